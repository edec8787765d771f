import LinearAlgebra

/// F(w) = mean loss of the margins [X 1] w + λ/2 ‖w without intercepts‖².
///
/// A block's vector holds, for each of its labels, the coefficients and then the intercept.
final class PenalizedProblem<Loss: RowLoss>: BlockProblem {
  let design: DesignMatrix
  let loss: Loss
  /// λ.
  var l2Penalty: Double
  let gradientFloor: Double
  private(set) var passes = 0
  private(set) var gradients: [Double]
  var hessianProducts: [Double] { outputs.products }
  private var series: RowSeriesSet
  private var outputs: HessianOutputs
  private var workspace = LaneWorkspace()
  /// ‖w‖², wᵀ s and ‖s‖² of each block, without intercepts.
  private var penaltyTerms: [SIMD3<Double>]

  /// Prepares a problem at w = 0.
  init(_ design: DesignMatrix, _ loss: Loss, l2Penalty: Double) {
    self.design = design
    self.loss = loss
    self.l2Penalty = l2Penalty
    gradientFloor = 4 * Double.ulpOfOne * design.largestRowNorm
    let numbers = loss.labels * design.dimension
    gradients = Array(repeating: 0, count: numbers)
    series = RowSeriesSet(count: loss.labels * loss.rows)
    outputs = HessianOutputs(margins: loss.labels * loss.rows, products: numbers)
    penaltyTerms = Array(repeating: .zero, count: loss.labels / loss.labelsPerBlock)
  }

  var blockCount: Int { penaltyTerms.count }
  var dimension: Int { loss.labelsPerBlock * design.dimension }

  func move(to points: [Double]) {
    if points.allSatisfy({ $0 == 0 }) {
      for position in series.margins.indices { series.margins[position] = 0 }
    } else {
      passes += 1
      design.product(
        points, lanes: lanes(Array(0..<blockCount)), into: &series.margins, using: &workspace)
    }
    let zeros = [Double](repeating: 0, count: points.count)
    beginSearch(of: Array(0..<blockCount))
    prepareTrials(of: Array(0..<blockCount), from: points, along: zeros)
  }

  func computeGradients(of blocks: [Int], at points: [Double]) {
    passes += 1
    design.transposedProduct(
      series.residuals, lanes: lanes(blocks), into: &gradients, using: &workspace)
    addPenalty(times: points, of: blocks, to: &gradients)
  }

  func computePreconditioners(of blocks: [Int], into inverses: inout [Double]) {
    passes += 1
    let lanes = lanes(blocks)
    design.transposedProduct(
      loss.diagonal(of: series.curvatures, labels: lanes.labels), of: .squares, lanes: lanes,
      into: &inverses, using: &workspace)
    for label in lanes.labels {
      let intercept = (label + 1) * design.dimension - 1
      for position in label * design.dimension..<intercept {
        inverses[position] = 1 / (inverses[position] + l2Penalty)
      }
      // No penalty keeps the intercept's curvature from vanishing.
      inverses[intercept] = inverses[intercept] > 0 ? 1 / inverses[intercept] : 1
    }
  }

  func computeHessianProducts(of blocks: [Int], along directions: [Double]) {
    passes += 1
    design.hessianProduct(
      directions, weights: loss.hessianWeights(series.curvatures), lanes: lanes(blocks),
      into: &outputs, using: &workspace)
    addPenalty(times: directions, of: blocks, to: &outputs.products)
  }

  func beginSearch(of blocks: [Int]) {
    for block in blocks {
      for position in rows(of: block) { series.searchMargins[position] = 0 }
    }
  }

  func extendSearch(of block: Int, by factor: Double) {
    VectorOperations.add(
      factor, times: outputs.margins, to: &series.searchMargins, rows(of: block),
      design.parallelism)
  }

  func prepareTrials(of blocks: [Int], from points: [Double], along steps: [Double]) {
    for block in blocks {
      var terms = SIMD3<Double>.zero
      for range in penalized(block) {
        terms += SIMD3(
          VectorOperations.dot(points, range, points, range),
          VectorOperations.dot(points, range, steps, range),
          VectorOperations.dot(steps, range, steps, range))
      }
      penaltyTerms[block] = terms
    }
  }

  func evaluate(_ trials: [Trial]) -> [TrialValue] {
    var values = loss.evaluate(trials, &series, design.parallelism)
    for (index, trial) in trials.enumerated() {
      let terms = penaltyTerms[trial.block]
      values[index].value +=
        l2Penalty / 2 * (terms.x + trial.step * (2 * terms.y + trial.step * terms.z))
      values[index].slope += l2Penalty * (terms.y + trial.step * terms.z)
    }
    return values
  }

  func accept(_ trials: [Trial]) {
    for trial in trials {
      VectorOperations.add(
        trial.step, times: series.searchMargins, to: &series.margins, rows(of: trial.block),
        design.parallelism)
    }
  }

  private func addPenalty(times vectors: [Double], of blocks: [Int], to sums: inout [Double]) {
    for block in blocks {
      for range in penalized(block) {
        VectorOperations.add(l2Penalty, times: vectors, range, to: &sums, range)
      }
    }
  }

  private func labels(_ block: Int) -> Range<Int> {
    block * loss.labelsPerBlock..<(block + 1) * loss.labelsPerBlock
  }

  private func lanes(_ blocks: [Int]) -> Lanes {
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
