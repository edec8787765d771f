import LinearAlgebra

/// One Newton iteration: conjugate gradients for the direction, then a line search.
///
/// Its vectors live from iteration to iteration, so that no loop allocates them.
struct NewtonSearch<Problem: BlockProblem> {
  private let problem: Problem
  /// F of each block at its current point.
  private(set) var values: [Double]
  private var steps: [Double]
  private var directions: [Double]
  private var residuals: [Double]
  private var inverses: [Double]

  init(_ problem: Problem, values: [Double]) {
    self.problem = problem
    self.values = values
    steps = Array(repeating: 0, count: problem.blockCount * problem.dimension)
    directions = steps
    residuals = steps
    inverses = steps
  }

  /// Moves the points of some blocks along their Newton directions.
  ///
  /// - Throws: `FittingError` with `noDescent`.
  mutating func improve(
    _ points: inout [Double], of blocks: [Int], ratios: [Double], tolerance: Double
  ) throws(FittingError) {
    problem.computePreconditioners(of: blocks, gradientRatios: ratios, into: &inverses)
    solve(blocks) { block in
      NewtonSearch.forcing(ratio: ratios[block], tolerance: tolerance)
    }
    problem.prepareTrials(of: blocks, from: points, along: steps)
    var accepted: [Trial] = []
    var pending = blocks.map { Trial(block: $0, step: 1) }
    while !pending.isEmpty {
      let found = problem.evaluate(pending)
      var shorter: [Trial] = []
      for (trial, found) in zip(pending, found) {
        let range = problem.range(of: trial.block)
        let slope = VectorOperations.dot(problem.gradients, range, steps, range)
        let old = TrialValue(value: values[trial.block], slope: slope)
        if LineSearch.accepts(trial.step, found, from: old) {
          values[trial.block] = found.value
          VectorOperations.add(trial.step, times: steps, range, to: &points, range)
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
      let range = problem.range(of: block)
      for position in range {
        residuals[position] = -problem.gradients[position]
        steps[position] = 0
      }
      squares[block] = VectorOperations.squaredNorm(residuals, diagonal: inverses, range)
      let relative = forcing(block)
      goals[block] = relative * relative * squares[block]
      VectorOperations.turn(
        &directions, keeping: 0, toward: residuals, diagonal: inverses, range)
    }
    var active = blocks
    for _ in 0..<NewtonSearch.maximumConjugateSteps {
      problem.computeHessianProducts(of: active, along: directions)
      active.removeAll { block in
        let range = problem.range(of: block)
        let curvature = VectorOperations.dot(directions, range, problem.hessianProducts, range)
        // Without curvature along the direction (saturated rows) what was found has to do.
        guard curvature > 0 else { return true }
        let factor = squares[block] / curvature
        guard factor.isFinite else { return true }
        VectorOperations.add(factor, times: directions, range, to: &steps, range)
        VectorOperations.add(-factor, times: problem.hessianProducts, range, to: &residuals, range)
        let old = squares[block]
        squares[block] = VectorOperations.squaredNorm(residuals, diagonal: inverses, range)
        if squares[block] <= goals[block] { return true }
        VectorOperations.turn(
          &directions, keeping: squares[block] / old, toward: residuals, diagonal: inverses, range)
        return false
      }
      if active.isEmpty { return }
    }
  }

  /// A direction that took this many steps is as good as rounding errors allow.
  private static var maximumConjugateSteps: Int { 1000 }
}
