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

  /// The interval of each class of a softmax, σ(logit pₖ ± z √varianceₖ).
  ///
  /// The logit of a class is mₖ = sₖ − ln Σ_{j≠k} e^sⱼ, its score against all others together. Its
  /// derivative by the scores is 1 for the class and minus the others' shares of one another,
  /// gⱼ = −pⱼ / (1 − pₖ); so its variance is gᵀ C g (delta method). With two classes this is the
  /// interval of the binary model. Intervals of different classes are not independent.
  ///
  /// - Parameters:
  ///   - scores: at least two; with a temperature T, scores / T.
  ///   - covariance: C, classes × classes, row after row; with a temperature, C / T².
  ///   - standardDeviations: z, at least 0.
  public static func ofClasses(
    scores: [Double], covariance: some Collection<Double>,
    standardDeviations: Double = ProbabilityInterval.standardDeviationsOf95Percent
  ) -> [ProbabilityInterval] {
    let (count, covariance) = (scores.count, Array(covariance))
    precondition(
      count >= 2 && covariance.count == count * count,
      "\(covariance.count) covariances for the \(count) scores of at least two classes")
    return scores.indices.map { label in
      let others = scores.indices.filter { $0 != label }
      let shares = LogisticFunctions.softmax(others.map { scores[$0] })
      var gradient = [Double](repeating: 0, count: count)
      gradient[label] = 1
      for (other, share) in zip(others, shares) { gradient[other] = -share }
      var variance = 0.0
      for (position, entry) in covariance.enumerated() {
        variance += gradient[position / count] * entry * gradient[position % count]
      }
      return ProbabilityInterval(
        score: scores[label] - LogisticFunctions.logSumExp(others.map { scores[$0] }),
        // A certain class may come out a rounding below zero.
        variance: max(0, variance), standardDeviations: standardDeviations)
    }
  }
}
