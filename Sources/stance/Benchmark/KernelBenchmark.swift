import StanceKit

/// The inner passes, each by itself on one thread, beside what the machine's memory can do.
struct KernelBenchmark {
  struct Kernel {
    let name: String
    let seconds: Double
    /// What is counted: bytes of text, or numbers.
    let amount: Double
    let unit: String
    /// What has to come from memory or go to it at least once, in bytes.
    let traffic: Double
  }

  let kernels: [Kernel]
  /// Bytes a second when one thread copies memory, reading and writing counted.
  let memoryBandwidth: Double

  init(_ material: StageBenchmark.Material, repeats: Int) throws {
    memoryBandwidth = Self.memoryBandwidth()
    var kernels: [Kernel] = []
    func measure<Result>(
      _ name: String, _ amount: Int, _ unit: String, traffic: Int, _ work: () throws -> Result
    ) rethrows {
      let seconds = try Measurement.repeating(repeats, work).measurement.median
      kernels.append(
        Kernel(
          name: name, seconds: seconds, amount: Double(amount), unit: unit,
          traffic: Double(traffic)))
    }
    let (texts, recipe, bytes) = (material.texts, material.recipe, material.byteCount)
    measure("tokenize", bytes, "byte", traffic: bytes) { TextPasses.tokenize(texts, recipe) }
    measure("tokenize and count words", bytes, "byte", traffic: bytes) {
      TextPasses.count(texts, .words, 1...1, recipe)
    }
    measure("vectorize", bytes, "byte", traffic: bytes) {
      TextPasses.vectorize(texts, material.extractor)
    }
    let problem = PenalizedProblem(
      material.features, SoftmaxRowLoss(material.targets), l2Penalty: material.l2Penalty,
      precision: .single)
    let nonZeros = material.features.nonZeroCount
    let series = material.features.rows * material.classCount * MemoryLayout<Double>.stride
    let matrix = problem.design.bytesPerPass
    let vector = [Double](repeating: 0.01, count: problem.dimension)
    measure("X·W", nonZeros, "non-zero", traffic: matrix + series) { problem.move(to: vector) }
    measure("softmax", series / 8, "margin", traffic: 4 * series) {
      problem.evaluate([Trial(block: 0, step: 0)])
    }
    measure("Xᵀ·R", nonZeros, "non-zero", traffic: matrix + series) {
      problem.computeGradients(of: [0], at: vector)
    }
    // The first product makes room for the result.
    problem.computeHessianProducts(of: [0], along: vector)
    measure("Hessian product", nonZeros, "non-zero", traffic: matrix + series) {
      problem.computeHessianProducts(of: [0], along: vector)
    }
    self.kernels = kernels
  }

  private static func memoryBandwidth() -> Double {
    let count = 1 << 24
    var source = [Double](repeating: 1, count: count)
    var target = source
    let (_, measurement) = Measurement.repeating(5) {
      source.withUnsafeBytes { source in
        target.withUnsafeMutableBytes { $0.copyMemory(from: source) }
      }
      // So that no copy is left out because nobody looks at it.
      source[0] += target[count - 1]
    }
    return Double(2 * count * MemoryLayout<Double>.stride) / measurement.median
  }
}
