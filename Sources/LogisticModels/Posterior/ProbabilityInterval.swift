import Foundation

/// Between which probabilities a label lies, as far as the labelled rows tell.
///
/// It is about the model's coefficients, not about whether such a model is right, and not about the
/// single outcome, which stays uncertain even where the probability is known.
public struct ProbabilityInterval: Hashable, Codable, Sendable {
  public let lower: Double
  public let upper: Double

  /// The standard deviations that hold 95 % of a normal distribution in the middle.
  public static let standardDeviationsOf95Percent = 1.959963984540054

  /// σ(score ± z √variance).
  ///
  /// - Parameters:
  ///   - score: what the model says; with a calibration, slope · score + offset.
  ///   - variance: at least 0; with a calibration, slope² · variance.
  ///   - standardDeviations: z, at least 0.
  public init(
    score: Double, variance: Double,
    standardDeviations: Double = ProbabilityInterval.standardDeviationsOf95Percent
  ) {
    precondition(variance >= 0 && standardDeviations >= 0, "a variance and a width of 0 or more")
    let width = standardDeviations * variance.squareRoot()
    lower = LogisticFunctions.sigmoid(score - width)
    upper = LogisticFunctions.sigmoid(score + width)
  }

  private init(lower: Double, upper: Double) { (self.lower, self.upper) = (lower, upper) }

  /// The interval of what `rising` makes of the probability.
  ///
  /// - Parameter rising: from 0...1 to 0...1, and no lower for a higher probability.
  public func mapped(_ rising: (Double) -> Double) -> ProbabilityInterval {
    ProbabilityInterval(lower: rising(lower), upper: rising(upper))
  }

  /// The interval of each class of a softmax, σ(logit pₖ ± z √varianceₖ).
  ///
  /// The logit of a class, ln pₖ / (1 − pₖ) = sₖ − ln Σ_{j≠k} e^sⱼ, is its score against all others
  /// together. Its derivative g by the scores is 1 for the class and −pⱼ / (1 − pₖ) for the others; so
  /// by the delta method its variance is gᵀ C g with C the scores' covariance. Since g sums to zero,
  /// that is −Σ gᵢ gⱼ Dᵢⱼ over the pairs, of the differences' variances D. With two classes this is the
  /// interval of the binary model. The classes' intervals are not independent of each other.
  ///
  /// - Parameters:
  ///   - scores: at least two; with a temperature T, scores / T.
  ///   - differenceVariances: one number for each of `ClassPair.all`, at least 0; with a temperature,
  ///     D / T².
  ///   - standardDeviations: z, at least 0.
  public static func ofClasses(
    scores: [Double], differenceVariances: some Collection<Double>,
    standardDeviations: Double = ProbabilityInterval.standardDeviationsOf95Percent
  ) -> [ProbabilityInterval] {
    let pairs = ClassPair.all(classes: scores.count)
    precondition(
      scores.count >= 2 && differenceVariances.count == pairs.count,
      "\(differenceVariances.count) variances for the pairs of \(scores.count) classes")
    return scores.indices.map { label in
      let others = scores.indices.filter { $0 != label }
      var gradient = [Double](repeating: 1, count: scores.count)
      for (other, share) in zip(others, LogisticFunctions.softmax(others.map { scores[$0] })) {
        gradient[other] = -share
      }
      let variance = zip(pairs, differenceVariances).reduce(0) {
        $0 - gradient[$1.0.first] * gradient[$1.0.second] * $1.1
      }
      return ProbabilityInterval(
        score: scores[label] - LogisticFunctions.logSumExp(others.map { scores[$0] }),
        // Variances of pairs that were approximated one by one need not fit together.
        variance: max(0, variance), standardDeviations: standardDeviations)
    }
  }
}
