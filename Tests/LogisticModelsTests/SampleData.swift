import LinearAlgebra
import LogisticModels

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers for a seed on every platform.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func numbers(_ count: Int, in range: Range<Double> = -1..<1) -> [Double] {
    (0..<count).map { _ in Double.random(in: range, using: &self) }
  }
}

/// Random documents with labels and classes that depend on them.
struct SampleData {
  let documents: SparseMatrix
  let positive: [Bool]
  let classes: [Int]
  let rowWeights: [Double]
  let labels: Int
  let classCount: Int

  init(rows: Int = 90, features: Int = 12, labels: Int = 3, classes: Int = 3, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var dense = Matrix(rows: rows, columns: features)
    for row in 0..<rows {
      for column in 0..<features
      where Double.random(in: 0..<1, using: &generator) < 1 / (1 + Double(column) / 3) {
        dense[row, column] = Double.random(in: 0.1..<2, using: &generator)
      }
    }
    let documents = SparseMatrix(dense)
    self.documents = documents
    let planted = Matrix(
      rows: labels, columns: features,
      elements: generator.numbers(labels * features, in: -2..<2))
    positive = documents.product(planted).elements.map { score in
      Double.random(in: 0..<1, using: &generator) < LogisticFunctions.sigmoid(score)
    }
    // Every class occurs; otherwise it depends on the features.
    self.classes = (0..<rows).map { row in
      let sum = documents.values[documents.nonZeros(ofRow: row)].reduce(0, +)
      return row < classes ? row : Int(sum * 2) % classes
    }
    rowWeights = generator.numbers(rows, in: 0.2..<2)
    self.labels = labels
    classCount = classes
  }

  func indicators(
    _ weighting: ClassWeighting = .uniform, smoothing: Double = 0
  ) -> LabelIndicators {
    LabelIndicators(
      labels: labels, positive: positive, rowWeights: rowWeights, weighting: weighting,
      smoothing: smoothing)
  }

  func classTargets(_ weighting: ClassWeighting = .uniform) -> ClassTargets {
    ClassTargets(
      classes: classes, classCount: classCount, rowWeights: rowWeights, weighting: weighting)
  }
}

extension LogisticFit {
  /// Coefficients and intercepts in one array.
  var numbers: [Double] { model.coefficients.elements + model.intercepts }

  var isFinite: Bool { numbers.allSatisfy(\.isFinite) }
}

/// The largest difference between two arrays, relative to the largest number of the second.
func relativeDifference(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  return difference == 0 ? 0 : difference / scale
}

/// A tolerance at which fits of the same problem agree to about this times the condition number.
func exact(_ l2Penalty: Double) -> LogisticConfiguration {
  LogisticConfiguration(l2Penalty: l2Penalty, tolerance: 1e-10)
}

/// How far two fits at tolerance 1e-10 may differ: the condition number stays below 1e4.
let agreement = 1e-6
