import LinearAlgebra

/// One Newton iteration: conjugate gradients for the direction, then a line search.
///
/// Its vectors live from iteration to iteration, so that no loop allocates them.
struct NewtonSearch<Problem: BlockProblem> {
  private let problem: Problem
  /// F of each block at its current point.
  private(set) var values: [Double]
  private var vectors: ConjugateVectors

  init(_ problem: Problem, values: [Double]) {
    self.problem = problem
    self.values = values
    vectors = ConjugateVectors(
      count: problem.blockCount * problem.dimension, parallelism: problem.parallelism)
  }

  /// Moves the points of some blocks along their Newton directions.
  ///
  /// - Throws: `FittingError` with `noDescent`.
  mutating func improve(
    _ points: inout [Double], of blocks: [Int], ratios: [Double], tolerance: Double
  ) throws(FittingError) {
    problem.computePreconditioners(
      of: blocks, gradientRatios: ratios, into: &vectors.preconditioner)
    solve(blocks) { block in
      NewtonSearch.forcing(ratio: ratios[block], tolerance: tolerance)
    }
    problem.prepareTrials(of: blocks, from: points, along: vectors.steps)
    var accepted: [Trial] = []
    var pending = blocks.map { Trial(block: $0, step: 1) }
    while !pending.isEmpty {
      let found = problem.evaluate(pending)
      var shorter: [Trial] = []
      for (trial, found) in zip(pending, found) {
        let range = problem.range(of: trial.block)
        let slope = VectorOperations.dot(problem.gradients, range, vectors.steps, range)
        let old = TrialValue(value: values[trial.block], slope: slope)
        if LineSearch.accepts(trial.step, found, from: old) {
          values[trial.block] = found.value
          VectorOperations.add(trial.step, times: vectors.steps, range, to: &points, range)
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

  /// How exactly to solve for the step: the residual's norm relative to the gradient's.
  ///
  /// The root of what the gradient has come down to makes convergence superlinear (Nocedal &
  /// Wright, theorem 7.2); no system is solved further than the goal needs.
  static func forcing(ratio: Double, tolerance: Double) -> Double {
    max(min(0.5, ratio.squareRoot()), 0.3 * tolerance / ratio)
  }

  /// Solves ∇²F s = −∇F by conjugate gradients, preconditioned with the Hessian's diagonal.
  private mutating func solve(_ blocks: [Int], forcing: (Int) -> Double) {
    var squares = [Double](repeating: 0, count: problem.blockCount)
    var goals = squares
    for block in blocks {
      squares[block] = vectors.begin(against: problem.gradients, problem.range(of: block))
      let relative = forcing(block)
      goals[block] = relative * relative * squares[block]
    }
    var active = blocks
    for _ in 0..<NewtonSearch.maximumConjugateSteps {
      problem.computeHessianProducts(of: active, along: vectors.directions)
      active.removeAll { block in
        let range = problem.range(of: block)
        let curvature = vectors.curvature(problem.hessianProducts, range)
        // Without curvature along the direction (saturated rows) what was found has to do.
        guard curvature > 0 else { return true }
        let factor = squares[block] / curvature
        guard factor.isFinite else { return true }
        let old = squares[block]
        squares[block] = vectors.advance(by: factor, problem.hessianProducts, range)
        if squares[block] <= goals[block] { return true }
        vectors.turn(keeping: squares[block] / old, range)
        return false
      }
      if active.isEmpty { return }
    }
  }

  /// A direction that took this many steps is as good as rounding errors allow.
  private static var maximumConjugateSteps: Int { 1000 }
}
