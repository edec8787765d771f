import LinearAlgebra

/// A convex function of a few numbers, of which a calibration seeks the minimum.
protocol ConvexLoss {
  func value(at point: [Double]) -> Double

  /// The gradient, and the Hessian with something on its diagonal that keeps it positive definite.
  func derivatives(at point: [Double]) -> (gradient: [Double], hessian: Matrix)
}

extension ConvexLoss {
  /// Where the function is lowest, by Newton's method with a backtracking line search of at most 100
  /// steps (Nocedal & Wright, Numerical optimization, 2006, algorithm 3.1 and section 3.3).
  ///
  /// - Parameter tolerance: no entry of the gradient is larger at the end, unless the steps are used up,
  ///   or halving one has come to the limits of the numbers.
  func minimum(from start: [Double], tolerance: Double) -> [Double] {
    var point = start
    var value = value(at: point)
    for _ in 0..<100 {
      let (gradient, hessian) = derivatives(at: point)
      guard gradient.contains(where: { abs($0) > tolerance }),
        let step = try? CholeskyFactor(hessian).solve(gradient)
      else { break }
      let decrease = zip(gradient, step).reduce(0) { $0 + $1.0 * $1.1 }
      var length = 1.0
      while length > shortestStep {
        let next = zip(point, step).map { $0 - length * $1 }
        let nextValue = self.value(at: next)
        if nextValue < value - sufficientDecrease * length * decrease {
          (point, value) = (next, nextValue)
          break
        }
        length /= 2
      }
      if length <= shortestStep { break }
    }
    return point
  }
}

private let shortestStep = 1e-10
/// Armijo's constant.
private let sufficientDecrease = 1e-4
