import LinearAlgebra

/// A score's probability as a fitted sigmoid, σ(slope · score + offset).
///
/// Source: Platt, Probabilistic outputs for support vector machines (1999); the fit follows Lin, Lin
/// & Weng, A note on Platt's probabilistic outputs (2007).
public struct PlattScaling: Hashable, Codable, Sendable {
  /// Above 0 where higher scores mean more positives.
  public let slope: Double
  public let offset: Double

  public init(slope: Double, offset: Double) {
    self.slope = slope
    self.offset = offset
  }

  /// σ(slope · score + offset).
  public func probability(of score: Double) -> Double {
    LogisticFunctions.sigmoid(slope * score + offset)
  }

  /// The slope and offset with the lowest log loss against smoothed targets:
  /// (n₊ + 1)/(n₊ + 2) for positives and 1/(n₋ + 2) for negatives, which keeps them finite even
  /// where scores separate the two (Lin, Lin & Weng 2007, equation 1).
  ///
  /// Newton's method with a backtracking line search, at most 100 steps.
  ///
  /// - Parameters:
  ///   - scores: finite, out-of-fold: on training scores the curve would be too steep.
  ///   - positives: one for each score.
  ///   - weights: one for each score, finite and at least 0, with n₊ and n₋ the sums of the
  ///     weights; nil for 1 each.
  public static func fit(
    scores: [Double], positives: [Bool], weights: [Double]? = nil
  ) -> PlattScaling {
    let weights = weights ?? Array(repeating: 1, count: scores.count)
    precondition(
      scores.count == positives.count && scores.count == weights.count,
      "one answer and one weight for each score")
    let positiveCount = zip(positives, weights).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
    let negativeCount = zip(positives, weights).reduce(0) { $0 + ($1.0 ? 0 : $1.1) }
    let high = (positiveCount + 1) / (positiveCount + 2)
    let low = 1 / (negativeCount + 2)
    let total = positiveCount + negativeCount
    let problem = PlattProblem(
      scores: scores, targets: positives.map { $0 ? high : low }, weights: weights)
    var point = PlattScaling(
      slope: 0, offset: LogisticFunctions.logit((positiveCount + 1) / (total + 2)))
    var loss = problem.loss(point)
    for _ in 0..<maximumSteps {
      let (gradient, hessian) = problem.derivatives(point)
      guard gradient.contains(where: { abs($0) > gradientTolerance * max(1, total) }),
        let factor = try? CholeskyFactor(hessian)
      else { break }
      let step = factor.solve(gradient)
      let decrease = gradient[0] * step[0] + gradient[1] * step[1]
      var length = 1.0
      while length > shortestStep {
        let next = PlattScaling(
          slope: point.slope - length * step[0], offset: point.offset - length * step[1])
        let nextLoss = problem.loss(next)
        if nextLoss < loss - sufficientDecrease * length * decrease {
          (point, loss) = (next, nextLoss)
          break
        }
        length /= 2
      }
      if length <= shortestStep { break }
    }
    return point
  }

  private static let maximumSteps = 100
  /// Per score; below it the probabilities move in their twelfth digit.
  private static let gradientTolerance = 1e-12
  /// Where halving has come to the limits of the numbers, the minimum is reached.
  private static let shortestStep = 1e-10
  /// Armijo's constant.
  private static let sufficientDecrease = 1e-4
}

/// Cross-entropy of σ(slope · score + offset) against targets in 0...1.
private struct PlattProblem {
  let scores: [Double]
  let targets: [Double]
  let weights: [Double]

  /// Σ w (softplus(m) − t m) with m = slope · score + offset.
  func loss(_ point: PlattScaling) -> Double {
    scores.indices.reduce(0) { sum, row in
      let margin = point.slope * scores[row] + point.offset
      return sum
        + weights[row] * (LogisticFunctions.softplus(margin) - targets[row] * margin)
    }
  }

  /// The gradient in slope and offset, and the 2 × 2 Hessian with a hair on its diagonal, so that it
  /// stays positive definite where all scores are equal.
  func derivatives(_ point: PlattScaling) -> (gradient: [Double], hessian: Matrix) {
    let ridge = 1e-12 * max(1, weights.reduce(0, +))
    var gradient = [0.0, 0.0]
    var hessian = [ridge, 0, 0, ridge]
    for (row, score) in scores.enumerated() {
      let margin = point.slope * score + point.offset
      let residual = weights[row] * (LogisticFunctions.sigmoid(margin) - targets[row])
      let curvature = weights[row] * LogisticFunctions.sigmoidDerivative(margin)
      gradient[0] += residual * score
      gradient[1] += residual
      hessian[0] += curvature * score * score
      hessian[1] += curvature * score
      hessian[3] += curvature
    }
    hessian[2] = hessian[1]
    return (gradient, Matrix(rows: 2, columns: 2, elements: hessian))
  }
}
