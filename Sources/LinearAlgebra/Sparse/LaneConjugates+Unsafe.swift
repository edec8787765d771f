/// The vectors of preconditioned conjugate gradients for a penalized Hessian,
/// ([X 1]ᵀ W [X 1] + D) s = −g, for up to `Lanes.widest` labels side by side.
///
/// D is λ for coefficients and a damping for the constant column. The vectors are in single
/// precision and in the layout of the Hessian product's kernel, which so reads and writes them in
/// place; each update goes through memory once, in pieces that any thread may take. Pieces have a
/// fixed length and their sums, one for each lane, are added in order and in double precision, so
/// the numbers are the same for any number of threads.
///
/// Lanes are independent systems here; where labels make up one system, as in a softmax, the caller
/// adds up their sums and gives them the same factors.
///
/// Source: Nocedal & Wright, Numerical Optimization (2006), algorithm 5.3.
package struct LaneConjugates: ~Copyable {
  /// One number for each lane, in the order of the labels.
  package typealias Sums = SIMD8<Double>

  /// The labels whose systems are being solved.
  package private(set) var lanes: Lanes
  private let design: DesignMatrix
  private var workspace = LaneWorkspace()
  private let memory: LaneMemory
  private var vectors: LaneVectors
  /// W for the lanes, once a product has needed it.
  private var weights: WeightRows?
  private var frequent: FrequentColumnFactors?
  /// P r of the frequent columns and the constant one, for each lane; empty where P is diagonal.
  private var solutions: [[Double]] = []

  /// Makes vectors for a design's Hessian.
  package init(_ design: DesignMatrix) {
    self.design = design
    memory = LaneMemory(design.scaled.columnScales)
    lanes = Lanes(labels: [], stride: design.dimension)
    vectors = LaneVectors(memory, workspace.output, design, width: 1)
  }

  /// Starts at s = 0: r = −g and d = P r.
  ///
  /// - Parameters:
  ///   - gradients: g, `dimension` numbers for each label.
  ///   - inverses: the preconditioner's diagonal P, as many.
  ///   - frequent: what P has in the place of the diagonal for the frequent columns.
  ///   - lanes: at most `Lanes.widest` labels.
  /// - Returns: rᵀ P r.
  package mutating func begin(
    against gradients: [Double], preconditioner inverses: [Double],
    frequent: FrequentColumnFactors? = nil, _ lanes: Lanes
  ) -> Sums {
    precondition(lanes.labels.count <= Lanes.widest, "at most \(Lanes.widest) labels")
    design.check(vectors: min(gradients.count, inverses.count), series: .max, lanes)
    self.lanes = lanes
    self.frequent = frequent
    weights = nil
    vectors = LaneVectors(memory, workspace.output, design, width: lanes.width)
    gradients.withUnsafeBufferPointer { gradients in
      inverses.withUnsafeBufferPointer { inverses in
        guard let gradients = gradients.baseAddress, let inverses = inverses.baseAddress else {
          return
        }
        vectors.begin(gradients, inverses, lanes, design.parallelism)
      }
    }
    clearFrequentInverses()
    let squares = advance(by: Sums(repeating: 0))
    turn(keeping: Sums(repeating: 0))
    return squares
  }

  /// Computes A d.
  ///
  /// - Parameters:
  ///   - weights: W; labels × rows, the same until the next start.
  ///   - l2Penalty: λ.
  ///   - damping: what is added for the constant column.
  /// - Returns: the curvature dᵀ A d.
  package mutating func multiply(
    _ weights: RowWeights, l2Penalty: Double, damping: Sums
  ) -> Sums {
    design.check(vectors: .max, series: weights.count, lanes)
    let rows = self.weights ?? design.weightRows(weights, lanes, in: workspace.weights)
    self.weights = rows
    design.multiply(vectors.pairs, rows, lanes, &workspace)
    return vectors.finishProducts(Float(l2Penalty), SIMD8<Float>(damping), design.parallelism)
  }

  /// Takes steps of length α: s ← s + α d and r ← r − α A d.
  ///
  /// - Returns: rᵀ P r.
  package mutating func advance(by factors: Sums) -> Sums {
    var sums = vectors.advance(SIMD8<Float>(factors), design.parallelism)
    solveFrequentColumns(addingTo: &sums)
    return sums
  }

  /// Turns to the next directions: d ← P r + β d.
  package mutating func turn(keeping factors: Sums) {
    vectors.turn(SIMD8<Float>(factors), design.parallelism)
    addSolutions()
  }

  /// Writes the solutions s, `dimension` numbers for each label.
  package func store(into steps: inout [Double]) {
    steps.withUnsafeMutableBufferPointer { steps in
      guard let base = steps.baseAddress else { return }
      nonisolated(unsafe) let target = base
      let ranges = design.parallelism.ranges(
        of: design.dimension, minimumLength: LaneBuffer.featuresPerThread)
      design.parallelism.forEach(ranges.count) { [vectors, lanes] index in
        for (lane, label) in lanes.labels.enumerated() {
          vectors.store(lane: lane, ranges[index], into: target + label * lanes.stride)
        }
      }
    }
  }

  /// Goes on with some of the lanes alone, once that makes the products cheaper.
  ///
  /// - Parameter steps: where the solutions of the lanes that are left out go.
  /// - Returns: whether it does; otherwise all lanes stay.
  package mutating func narrow(to labels: [Int], storing steps: inout [Double]) -> Bool {
    let narrower = Lanes(labels: labels, stride: lanes.stride)
    guard narrower.width < lanes.width else { return false }
    store(into: &steps)
    let kept = lanes.labels.indices.filter { labels.contains(lanes.labels[$0]) }
    vectors.compact(kept, width: narrower.width)
    if !solutions.isEmpty { solutions = kept.map { solutions[$0] } }
    lanes = narrower
    weights = nil
    return true
  }
}

// The frequent columns: their diagonal is zero, and what their factors give is added.
extension LaneConjugates {
  /// The frequent columns and the constant one.
  private var frequentFeatures: [Int] {
    (frequent?.columns.columns ?? []) + [design.dimension - 1]
  }

  private mutating func clearFrequentInverses() {
    solutions = []
    guard let frequent, !frequent.factors.isEmpty else { return }
    solutions = lanes.labels.map { _ in [] }
    for (lane, label) in lanes.labels.enumerated() where frequent.factors[label] != nil {
      for feature in frequentFeatures {
        vectors.clearInverse(of: feature, lane: lane)
      }
    }
  }

  /// Finds P r of the frequent columns and adds their part of rᵀ P r.
  private mutating func solveFrequentColumns(addingTo sums: inout Sums) {
    guard let frequent, !solutions.isEmpty else { return }
    let features = frequentFeatures
    for (lane, label) in lanes.labels.enumerated() {
      guard let factor = frequent.factors[label] else { continue }
      let residuals = features.map { vectors.residual(of: $0, lane: lane) }
      solutions[lane] = factor.solve(residuals)
      for (residual, solution) in zip(residuals, solutions[lane]) {
        sums[lane] += residual * solution
      }
    }
  }

  /// Adds P r of the frequent columns to the directions.
  private func addSolutions() {
    guard !solutions.isEmpty else { return }
    let features = frequentFeatures
    for (lane, solution) in solutions.enumerated() {
      for (feature, number) in zip(features, solution) {
        vectors.add(number, toDirectionOf: feature, lane: lane)
      }
    }
  }
}

/// Where conjugate gradients keep their vectors.
struct LaneMemory {
  let residuals = LaneBuffer()
  let steps = LaneBuffer()
  let inverses = LaneBuffer()
  private let scaleMemory = (LaneBuffer(), LaneBuffer())
  /// c and 1 / c², one number a feature.
  let scales: LanePointer<Float>
  let inverseSquares: LanePointer<Float>

  init(_ columnScales: [Float]) {
    let features = columnScales.count
    scales = scaleMemory.0.uninitialized(features: features, width: 1, copies: 1)
    inverseSquares = scaleMemory.1.uninitialized(features: features, width: 1, copies: 1)
    for (feature, scale) in columnScales.enumerated() {
      scales.scalars[feature] = scale
      inverseSquares.scalars[feature] = 1 / (scale * scale)
    }
  }
}
