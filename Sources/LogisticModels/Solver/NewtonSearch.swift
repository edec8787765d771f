import LinearAlgebra

/// One Newton iteration: conjugate gradients for the direction, then a line search.
///
/// Its vectors live from iteration to iteration, so that no loop allocates them.
struct NewtonSearch<Problem: BlockProblem>: ~Copyable {
  private let problem: Problem
  /// F of each block at its current point.
  private(set) var values: [Double]
  /// s of each block, and the inverse diagonal of its Hessian.
  private var steps: [Double]
  private var preconditioner: [Double]
  /// sᵀ ∇F of each block at its current point.
  private var slopes: [Double]
  private var conjugates: LaneConjugates

  init(_ problem: Problem, values: [Double]) {
    self.problem = problem
    self.values = values
    let count = problem.blockCount * problem.dimension
    steps = VectorOperations.zeros(count, problem.parallelism)
    preconditioner = VectorOperations.zeros(count, problem.parallelism)
    slopes = Array(repeating: 0, count: problem.blockCount)
    conjugates = LaneConjugates(problem.design)
  }

  /// Moves the points of some blocks along their Newton directions.
  ///
  /// - Throws: `FittingError` with `noDescent`.
  mutating func improve(
    _ points: inout [Double], of blocks: [Int], ratios: [Double], tolerance: Double
  ) throws(FittingError) {
    problem.computePreconditioners(
      of: blocks, gradientRatios: ratios, into: &preconditioner)
    solve(blocks) { block in
      NewtonSearch.forcing(ratio: ratios[block], tolerance: tolerance)
    }
    problem.prepareTrials(of: blocks, from: points, along: steps)
    for block in blocks {
      let range = problem.range(of: block)
      slopes[block] = VectorOperations.dot(
        problem.gradients, range, steps, range, problem.parallelism)
    }
    var accepted: [Trial] = []
    var pending = promisingTrials(of: blocks)
    while !pending.isEmpty {
      let found = problem.evaluate(pending)
      var shorter: [Trial] = []
      for (trial, found) in zip(pending, found) {
        let range = problem.range(of: trial.block)
        let old = TrialValue(value: values[trial.block], slope: slopes[trial.block])
        if LineSearch.accepts(trial.step, found, from: old) {
          values[trial.block] = found.value
          VectorOperations.add(
            trial.step, times: steps, to: &points, range, problem.parallelism)
          accepted.append(trial)
        } else {
          let step = try LineSearch.shorten(trial.step, found, from: old)
          shorter.append(Trial(block: trial.block, step: step))
        }
      }
      pending = shorter
    }
    problem.accept(accepted)
  }

  /// Steps near the lowest points along the directions.
  private func promisingTrials(of blocks: [Int]) -> [Trial] {
    var estimates = blocks.map { StepEstimate(slope: slopes[$0]) }
    // φ′(α) − φ′(0) is known well from few rows, since nothing cancels in it as it does in φ′.
    let first = problem.sampledSlopes(blocks.map { Trial(block: $0, step: 0) })
    while true {
      let pending = estimates.indices.filter { !estimates[$0].isDone }
      if pending.isEmpty { break }
      let found = problem.sampledSlopes(
        pending.map { Trial(block: blocks[$0], step: estimates[$0].step) })
      for (index, slope) in zip(pending, found) {
        estimates[index].record(slopes[blocks[index]] + (slope - first[index]))
      }
    }
    return zip(blocks, estimates).map { Trial(block: $0, step: $1.step) }
  }

  /// How exactly to solve for the step: the residual's norm relative to the gradient's.
  ///
  /// A fifth makes the most of the gradients that the outer iterations take. The root of what the
  /// gradient has come down to makes convergence superlinear (Nocedal & Wright, theorem 7.2); no system
  /// is solved further than the goal needs.
  static func forcing(ratio: Double, tolerance: Double) -> Double {
    max(min(0.2, ratio.squareRoot()), 0.2 * tolerance / ratio)
  }

  /// Solves ∇²F s = −∇F by conjugate gradients, preconditioned with the Hessian's diagonal.
  private mutating func solve(_ blocks: [Int], forcing: (Int) -> Double) {
    let labels = problem.lanes([0]).labels.count
    guard labels <= Lanes.widest else {
      solveWide(blocks, forcing: forcing)
      return
    }
    let count = Lanes.widest / labels
    for start in stride(from: 0, to: blocks.count, by: count) {
      solveLanes(Array(blocks[start..<min(start + count, blocks.count)]), labels, forcing: forcing)
    }
  }

  /// Solves the systems of blocks whose labels one pass can serve.
  private mutating func solveLanes(_ blocks: [Int], _ labels: Int, forcing: (Int) -> Double) {
    var stored = blocks
    /// What a block's lanes sum up to.
    func total(_ sums: LaneConjugates.Sums, _ block: Int) -> Double {
      let first = (stored.firstIndex(of: block) ?? 0) * labels
      return (first..<first + labels).reduce(0) { $0 + sums[$1] }
    }
    /// The same number for all of a block's lanes; zero where nothing is to change any more.
    func lanes(_ numbers: [Int: Double]) -> LaneConjugates.Sums {
      var result = LaneConjugates.Sums(repeating: 0)
      for (index, block) in stored.enumerated() {
        for lane in index * labels..<(index + 1) * labels { result[lane] = numbers[block] ?? 0 }
      }
      return result
    }
    let sums = conjugates.begin(
      against: problem.gradients, preconditioner: preconditioner,
      frequent: problem.frequentFactors, problem.lanes(blocks))
    var squares: [Int: Double] = [:]
    var goals: [Int: Double] = [:]
    for block in blocks {
      squares[block] = total(sums, block)
      let relative = forcing(block)
      goals[block] = relative * relative * total(sums, block)
    }
    var active = blocks
    for _ in 0..<Self.maximumConjugateSteps {
      let curvatures = problem.multiply(&conjugates)
      var factors: [Int: Double] = [:]
      for block in active {
        let (curvature, square) = (total(curvatures, block), squares[block] ?? 0)
        // Without curvature along the direction (saturated rows) what was found has to do.
        if curvature > 0, (square / curvature).isFinite { factors[block] = square / curvature }
      }
      let found = conjugates.advance(by: lanes(factors))
      var kept: [Int: Double] = [:]
      active.removeAll { block in
        guard factors[block] != nil, let old = squares[block], let goal = goals[block] else {
          return true
        }
        let square = total(found, block)
        squares[block] = square
        kept[block] = square / old
        return square <= goal
      }
      if active.isEmpty { break }
      if conjugates.narrow(to: problem.lanes(active).labels, storing: &steps) { stored = active }
      conjugates.turn(keeping: lanes(kept))
    }
    conjugates.store(into: &steps)
  }

  /// Solves the systems of blocks with more labels than one pass can serve.
  private mutating func solveWide(_ blocks: [Int], forcing: (Int) -> Double) {
    var vectors = ConjugateVectors(
      count: problem.blockCount * problem.dimension, parallelism: problem.parallelism)
    vectors.preconditioner = preconditioner
    for block in blocks {
      let range = problem.range(of: block)
      var square = vectors.begin(against: problem.gradients, range)
      let relative = forcing(block)
      let goal = relative * relative * square
      for _ in 0..<Self.maximumConjugateSteps {
        problem.computeHessianProducts(of: [block], along: vectors.directions)
        let factor = square / vectors.curvature(problem.hessianProducts, range)
        guard factor > 0, factor.isFinite else { break }
        let old = square
        square = vectors.advance(by: factor, problem.hessianProducts, range)
        if square <= goal { break }
        vectors.turn(keeping: square / old, range)
      }
    }
    steps = vectors.steps
  }

  /// A direction that took this many steps is as good as rounding errors allow.
  private static var maximumConjugateSteps: Int { 1000 }
}
