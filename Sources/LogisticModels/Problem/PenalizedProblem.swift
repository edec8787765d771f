package import LinearAlgebra

/// F(w) = mean loss of the margins [X 1] w + λ/2 ‖w without intercepts‖².
///
/// A block's vector holds, for each of its labels, the coefficients and then the intercept.
package final class PenalizedProblem<Loss: RowLoss>: BlockProblem {
  package let design: DesignMatrix
  package let loss: Loss
  /// λ.
  package var l2Penalty: Double
  package let gradientFloor: Double
  package private(set) var passes = 0
  package var gradients: [Double] { sums.products }
  /// How exact the passes at each point are.
  package enum Precision: Sendable {
    /// Double, for any tolerance.
    case double
    /// Single, which takes two passes a point where double takes three: for gradients down to 1e-4
    /// of the norm at zero.
    case single
  }
  private let precision: Precision
  /// Gradients, and the diagonal sums of the Hessian, which in single precision the same pass finds.
  private var sums: (products: [Double], squares: [Double])
  package private(set) var hessianProducts: [Double] = []
  package private(set) var frequentFactors: FrequentColumnFactors?
  private var series = RowSeriesSet()
  private var diagonalMemory: [Double] = []
  private var workspace = LaneWorkspace()
  /// ‖w‖², wᵀ s and ‖s‖² of each block, without intercepts.
  private var penaltyTerms: [SIMD3<Double>]
  /// Added to the curvature of each block's intercepts.
  ///
  /// No penalty bounds that curvature, so far from the minimum, where all rows are saturated, it
  /// may vanish and the Newton step explode. The damping falls with the gradient, which leaves the
  /// minimum and the speed near it as they are.
  private var interceptDamping: [Double]
  /// The damping at the gradient's norm at zero: far below a curvature p (1 − p) worth a label.
  private static var largestDamping: Double { 1e-4 }

  /// Prepares a problem; `move(to:)` comes before anything else.
  ///
  /// - Parameters:
  ///   - documents: rows × features; in single precision nothing reads them again.
  ///   - loss: of the documents' rows, in their order.
  package init(
    _ documents: consuming SparseMatrix, _ loss: Loss, l2Penalty: Double,
    precision: Precision = .double,
    _ parallelism: Parallelism = .serial
  ) {
    self.precision = precision
    // More labels in a block than one pass can serve take passes in double precision as well.
    let isSingle = precision == .single && loss.labelsPerBlock <= Lanes.widest
    design = DesignMatrix(
      consume documents, parallelism: parallelism, purpose: isSingle ? .singlePrecision : .allPasses
    )
    self.loss = loss.inOrder(design.rowOrder, design.parallelism)
    self.l2Penalty = l2Penalty
    // No goal in single precision comes near it.
    gradientFloor = precision == .single ? 0 : 4 * Double.ulpOfOne * design.largestRowNorm
    let numbers = loss.labels * design.dimension
    sums = (
      VectorOperations.zeros(numbers, design.parallelism),
      VectorOperations.zeros(numbers, design.parallelism)
    )
    penaltyTerms = Array(repeating: .zero, count: loss.labels / loss.labelsPerBlock)
    interceptDamping = Array(repeating: 0, count: penaltyTerms.count)
  }

  package var blockCount: Int { penaltyTerms.count }
  package var parallelism: Parallelism { design.parallelism }
  package var dimension: Int { loss.labelsPerBlock * design.dimension }

  package func move(to points: [Double]?) {
    series.startAtZero(count: loss.labels * loss.rows, design.parallelism)
    penaltyTerms = Array(repeating: .zero, count: blockCount)
    guard let points else { return }
    passes += 1
    computeMargins(of: Array(0..<blockCount), along: points, into: &series.margins)
    for block in 0..<blockCount {
      penaltyTerms[block] = SIMD3(squaredNorm(points, block), 0, 0)
    }
  }

  package func computeGradients(of blocks: [Int], at points: [Double]?) {
    passes += 1
    let lanes = lanes(blocks)
    switch precision {
    case .double:
      design.transposedProduct(
        series.residuals, lanes: lanes, into: &sums.products, using: &workspace)
    case .single:
      design.singleTransposedProducts(
        series.residuals, diagonal(lanes), lanes: lanes, into: &sums, using: &workspace)
    }
    if let points { addPenalty(times: points, of: blocks, to: &sums.products) }
  }

  package func computePreconditioners(
    of blocks: [Int], gradientRatios: [Double], into inverses: inout [Double]
  ) {
    for block in blocks {
      interceptDamping[block] = Self.largestDamping * min(1, gradientRatios[block])
    }
    let lanes = lanes(blocks)
    if precision == .double {
      // In single precision they came with the gradients.
      passes += 1
      design.transposedProduct(
        diagonal(lanes), of: .squares, lanes: lanes, into: &sums.squares, using: &workspace)
    }
    factorizeFrequentColumns(lanes.labels, diagonal: sums.squares)
    for label in lanes.labels {
      let intercept = (label + 1) * design.dimension - 1
      VectorOperations.invert(
        sums.squares, plus: l2Penalty, into: &inverses, label * design.dimension..<intercept,
        parallelism)
      let curvature = sums.squares[intercept] + interceptDamping[label / loss.labelsPerBlock]
      inverses[intercept] = curvature > 0 ? 1 / curvature : 1
    }
  }

  /// - Parameter diagonal: of the loss's Hessian; the constant column's is the sum of the curvatures.
  private func factorizeFrequentColumns(_ labels: [Int], diagonal: [Double]) {
    guard let columns = design.frequentColumns, labels.count <= Lanes.widest else {
      frequentFactors = nil
      return
    }
    let (dimension, l2Penalty) = (design.dimension, l2Penalty)
    let damping = interceptDamping
    let labelsPerBlock = loss.labelsPerBlock
    let factors = parallelism.map(labels.count) { index in
      columns.factor(
        curvature: diagonal[(labels[index] + 1) * dimension - 1], l2Penalty: l2Penalty,
        damping: damping[labels[index] / labelsPerBlock])
    }
    var found = FrequentColumnFactors(columns)
    for (label, factor) in zip(labels, factors) { found.factors[label] = factor }
    frequentFactors = found
  }

  package func computeHessianProducts(of blocks: [Int], along directions: [Double]) {
    passes += 1
    if hessianProducts.isEmpty {
      hessianProducts = VectorOperations.zeros(sums.products.count, parallelism)
    }
    design.hessianProduct(
      directions, weights: loss.hessianWeights(series.curvatures), lanes: lanes(blocks),
      into: &hessianProducts, using: &workspace)
    addPenalty(times: directions, of: blocks, to: &hessianProducts)
    for block in blocks {
      for label in labels(block) {
        let intercept = (label + 1) * design.dimension - 1
        hessianProducts[intercept] += interceptDamping[block] * directions[intercept]
      }
    }
  }

  package func multiply(_ conjugates: inout LaneConjugates) -> LaneConjugates.Sums {
    passes += 1
    var damping = LaneConjugates.Sums(repeating: 0)
    for (lane, label) in conjugates.lanes.labels.enumerated() {
      damping[lane] = interceptDamping[label / loss.labelsPerBlock]
    }
    return conjugates.multiply(
      loss.hessianWeights(series.curvatures), l2Penalty: l2Penalty, damping: damping)
  }

  package func prepareTrials(of blocks: [Int], from points: [Double], along steps: [Double]) {
    passes += 1
    computeMargins(of: blocks, along: steps, into: &series.searchMargins)
    for block in blocks {
      var product = 0.0
      for range in penalized(block) {
        product += VectorOperations.dot(points, range, steps, range, parallelism)
      }
      penaltyTerms[block] = SIMD3(squaredNorm(points, block), product, squaredNorm(steps, block))
    }
  }

  private func computeMargins(
    of blocks: [Int], along vectors: [Double], into margins: inout [Double]
  ) {
    switch precision {
    case .double:
      design.product(vectors, lanes: lanes(blocks), into: &margins, using: &workspace)
    case .single:
      design.singleProduct(vectors, lanes: lanes(blocks), into: &margins, using: &workspace)
    }
  }

  package func evaluate(_ trials: [Trial]) -> [TrialValue] {
    var values = loss.evaluate(trials, &series, design.parallelism)
    for (index, trial) in trials.enumerated() {
      let terms = penaltyTerms[trial.block]
      values[index].value +=
        l2Penalty / 2 * (terms.x + trial.step * (2 * terms.y + trial.step * terms.z))
      values[index].slope += l2Penalty * (terms.y + trial.step * terms.z)
    }
    return values
  }

  package func sampledSlopes(_ trials: [Trial]) -> [Double] {
    var slopes = loss.sampledSlopes(trials, &series, design.parallelism)
    for (index, trial) in trials.enumerated() {
      let terms = penaltyTerms[trial.block]
      slopes[index] += l2Penalty * (terms.y + trial.step * terms.z)
    }
    return slopes
  }

  package func accept(_ trials: [Trial]) {
    for trial in trials {
      VectorOperations.add(
        trial.step, times: series.searchMargins, to: &series.margins, rows(of: trial.block),
        design.parallelism)
    }
  }

  private func diagonal(_ lanes: Lanes) -> [Double] {
    loss.diagonal(
      of: series.curvatures, labels: lanes.labels, in: &diagonalMemory, parallelism)
  }

  private func addPenalty(times vectors: [Double], of blocks: [Int], to sums: inout [Double]) {
    for block in blocks {
      for range in penalized(block) {
        VectorOperations.add(l2Penalty, times: vectors, to: &sums, range, design.parallelism)
      }
    }
  }

  /// ‖v‖² of a block's part of v, without intercepts.
  private func squaredNorm(_ vectors: [Double], _ block: Int) -> Double {
    penalized(block).reduce(0) {
      $0 + VectorOperations.dot(vectors, $1, vectors, $1, parallelism)
    }
  }

  private func labels(_ block: Int) -> Range<Int> {
    block * loss.labelsPerBlock..<(block + 1) * loss.labelsPerBlock
  }

  package func lanes(_ blocks: [Int]) -> Lanes {
    Lanes(labels: blocks.flatMap(labels), stride: design.dimension)
  }

  private func rows(of block: Int) -> Range<Int> {
    labels(block).lowerBound * loss.rows..<labels(block).upperBound * loss.rows
  }

  /// Where a block's coefficients stand, without the intercepts.
  private func penalized(_ block: Int) -> [Range<Int>] {
    labels(block).map { $0 * design.dimension..<($0 + 1) * design.dimension - 1 }
  }
}
