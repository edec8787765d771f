import LinearAlgebra

/// Newton's method with steps from preconditioned conjugate gradients, stopped early.
///
/// Each iteration solves ∇²F s = −∇F only as far as the gradient deserves, then searches along s.
/// All blocks go through it side by side; one that is done drops out of every pass.
///
/// Sources: Nocedal & Wright, Numerical Optimization (2006), algorithms 5.3 and 7.1; Hsia, Chiang &
/// Lin, Preconditioned conjugate gradient methods in truncated Newton frameworks for large-scale
/// linear classification (2018); Dembo & Steihaug, Truncated-Newton algorithms (1983).
struct TruncatedNewton {
  /// Where a block stops: ‖∇F(w)‖ ≤ tolerance · ‖∇F(0)‖.
  var tolerance: Double
  /// The most Newton iterations.
  var maximumIterations: Int

  /// Minimizes all blocks of a problem.
  ///
  /// - Parameters:
  ///   - problem: any current points.
  ///   - start: where to begin, for all blocks; `nil` for zero.
  ///   - normsAtZero: ‖∇F(0)‖ of each block, if known from a fit to the same data.
  /// - Throws: `FittingError` with `notConverged` or `noDescent`.
  func minimize(
    _ problem: some BlockProblem, startingAt start: [Double]?, normsAtZero: [Double]? = nil
  ) throws(FittingError) -> Minimum {
    let passesBefore = problem.passes
    let blocks = Array(0..<problem.blockCount)
    // Where the start is zero, the first gradients give the norms.
    var norms = normsAtZero ?? start.map { _ in gradientNormsAtZero(problem) }
    problem.move(to: start)
    let values = problem.evaluate(blocks.map { Trial(block: $0, step: 0) })
    var points =
      start
      ?? VectorOperations.zeros(problem.blockCount * problem.dimension, problem.parallelism)
    var search = NewtonSearch(problem, values: values.map(\.value))
    var ratios = [Double](repeating: 0, count: blocks.count)
    var active = blocks
    var iterations = 0
    while true {
      problem.computeGradients(of: active, at: points)
      let normsAtZero = norms ?? blocks.map(problem.gradientNorm)
      norms = normsAtZero
      var unfinished: [Int] = []
      for block in active {
        let norm = problem.gradientNorm(of: block)
        ratios[block] = normsAtZero[block] > 0 ? norm / normsAtZero[block] : 0
        // Below the floor the gradient is made of rounding errors.
        let goal = max(tolerance * normsAtZero[block], problem.gradientFloor)
        if !(norm <= goal) { unfinished.append(block) }
      }
      active = unfinished
      if active.isEmpty { break }
      guard iterations < maximumIterations else {
        throw notConverged(active, ratios)
      }
      iterations += 1
      try search.improve(&points, of: active, ratios: ratios, tolerance: tolerance)
    }
    return Minimum(
      points: points, values: search.values, gradientRatios: ratios, normsAtZero: norms ?? [],
      iterations: iterations, passes: problem.passes - passesBefore)
  }

  /// What ratios refer to; at w = 0 the penalty plays no part, so it serves a whole path.
  private func gradientNormsAtZero(_ problem: some BlockProblem) -> [Double] {
    let blocks = Array(0..<problem.blockCount)
    problem.move(to: nil)
    _ = problem.evaluate(blocks.map { Trial(block: $0, step: 0) })
    problem.computeGradients(of: blocks, at: nil)
    return blocks.map(problem.gradientNorm)
  }

  private func notConverged(_ active: [Int], _ ratios: [Double]) -> FittingError {
    let worst = active.max { ratios[$0] < ratios[$1] } ?? 0
    return FittingError(
      code: .notConverged,
      message: """
        after \(maximumIterations) iterations the gradient of block \(worst) is \
        \(ratios[worst]) of its norm at zero, but \(tolerance) was asked for; allow more \
        iterations, a larger tolerance or a stronger penalty
        """)
  }
}

/// Where a minimization ended.
struct Minimum: Sendable {
  /// The coefficients of all blocks.
  var points: [Double]
  /// F of each block.
  var values: [Double]
  /// ‖∇F‖ relative to its norm at zero, of each block.
  var gradientRatios: [Double]
  /// ‖∇F(0)‖ of each block.
  var normsAtZero: [Double]
  /// Newton iterations.
  var iterations: Int
  /// Passes over the matrix.
  var passes: Int
}

extension BlockProblem {
  /// Where a block's vector stands in the flat arrays.
  func range(of block: Int) -> Range<Int> { block * dimension..<(block + 1) * dimension }

  /// The norm of the last gradient of a block.
  func gradientNorm(of block: Int) -> Double {
    VectorOperations.norm(gradients, range(of: block), parallelism)
  }
}
