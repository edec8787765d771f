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
    let start = [0, LogisticFunctions.logit((positiveCount + 1) / (total + 2))]
    let found = problem.minimum(from: start, tolerance: gradientTolerance * max(1, total))
    return PlattScaling(slope: found[0], offset: found[1])
  }

  /// Per score; below it the probabilities move in their twelfth digit.
  private static let gradientTolerance = 1e-12
}

/// Cross-entropy of σ(slope · score + offset) against targets in 0...1.
private struct PlattProblem: ConvexLoss {
  let scores: [Double]
  let targets: [Double]
  let weights: [Double]

  /// Σ w (softplus(m) − t m) with m = slope · score + offset.
  func value(at point: [Double]) -> Double {
    scores.indices.reduce(0) { sum, row in
      let margin = point[0] * scores[row] + point[1]
      return sum
        + weights[row] * (LogisticFunctions.softplus(margin) - targets[row] * margin)
    }
  }

  /// The gradient in slope and offset, and the 2 × 2 Hessian with a hair on its diagonal, so that it
  /// stays positive definite where all scores are equal.
  func derivatives(at point: [Double]) -> (gradient: [Double], hessian: Matrix) {
    let ridge = 1e-12 * max(1, weights.reduce(0, +))
    var gradient = [0.0, 0.0]
    var hessian = [ridge, 0, 0, ridge]
    for (row, score) in scores.enumerated() {
      let margin = point[0] * score + point[1]
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
