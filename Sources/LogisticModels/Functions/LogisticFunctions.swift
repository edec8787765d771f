#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The scalar functions of logistic models, each written so that nothing cancels or overflows.
///
/// Errors are bounds against the exact value, in units in the last place (ulp) of the result, for
/// every finite argument; the tests measure them. Nowhere else in this package does `1 - p` or
/// `log(1 + exp(x))` stand written out.
public enum LogisticFunctions {
  /// The logarithm of 1 + eˣ, the loss of a margin −x.
  ///
  /// max(x, 0) + ln(1 + e^−|x|), within 3 ulp.
  ///
  /// Source: Mächler, Accurately computing log(1 − exp(−|a|)) (2012), equation 10.
  public static func softplus(_ x: Double) -> Double {
    LogisticTerms(SIMD4(repeating: x)).softplus[0]
  }

  /// The sigmoid σ(x) = 1 / (1 + e^−x): the probability of a score.
  ///
  /// Within 3 ulp for x ≥ −708; below, where σ is smaller than 4e−308, it is 0.
  public static func sigmoid(_ x: Double) -> Double {
    LogisticTerms(SIMD4(repeating: x)).sigmoid[0]
  }

  /// The complement 1 − σ(x) = σ(−x), as exact as the sigmoid itself.
  public static func sigmoidComplement(_ x: Double) -> Double {
    LogisticTerms(SIMD4(repeating: x)).complement[0]
  }

  /// The derivative σ′(x) = σ(x) (1 − σ(x)), within 4 ulp for |x| ≤ 708; beyond it is 0.
  public static func sigmoidDerivative(_ x: Double) -> Double {
    LogisticTerms(SIMD4(repeating: x)).derivative[0]
  }

  /// The score of a probability: the logit ln(p / (1 − p)), the sigmoid's inverse.
  ///
  /// - Parameter probability: 0…1; the ends give −∞ and +∞.
  public static func logit(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability <= 1, "a probability is between 0 and 1")
    // Near 1/2 the quotient is near 1 and its logarithm loses digits; 2p − 1 is exact there.
    if probability > 0.25 && probability < 0.75 {
      return 2 * atanh(2 * probability - 1)
    }
    return log(probability) - log1p(-probability)
  }

  /// The logarithm of a sum of exponentials, ln Σ e^xᵢ.
  ///
  /// m + ln Σ e^(xᵢ − m) with m the largest; the absolute error is below
  /// (count + 3) · 2⁻⁵³ + |m| · 2⁻⁵³.
  ///
  /// Source: Blanchard, Higham & Higham, Accurately computing the log-sum-exp and softmax
  /// functions (2021), algorithm 3.1.
  ///
  /// - Parameter scores: at least one; −∞ is allowed.
  public static func logSumExp(_ scores: some Collection<Double>) -> Double {
    let largest = scores.max() ?? -.infinity
    guard largest.isFinite else { return largest }
    return largest + log(scores.reduce(0) { $0 + exponential(ofNonPositive: $1 - largest) })
  }

  /// The softmax e^xᵢ / Σ e^xⱼ of some scores.
  ///
  /// The relative error of each probability is below (count + 4) · 2⁻⁵³ plus the rounding of
  /// xᵢ − max x. Scores more than 708 below the largest get 0.
  ///
  /// Source: Blanchard, Higham & Higham (2021), algorithm 3.2.
  ///
  /// - Parameter scores: finite.
  /// - Returns: as many probabilities, which sum to 1.
  public static func softmax(_ scores: some Collection<Double>) -> [Double] {
    var probabilities = Array(scores)
    normalize(&probabilities)
    return probabilities
  }

  /// Replaces scores by their softmax, four at a time.
  private static func normalize(_ scores: inout [Double]) {
    guard var largest = scores.first else { return }
    for score in scores where score > largest { largest = score }
    var position = 0
    while position < scores.count {
      let count = min(4, scores.count - position)
      var four = SIMD4<Double>(repeating: 0)
      for lane in 0..<count { four[lane] = scores[position + lane] - largest }
      four = exponentials(ofNonPositive: four)
      for lane in 0..<count { scores[position + lane] = four[lane] }
      position += 4
    }
    var sum = 0.0
    for exponential in scores { sum += exponential }
    for index in scores.indices { scores[index] /= sum }
  }

  /// eˣ for x ≤ 0, by the same operations as the loops over rows.
  static func exponential(ofNonPositive x: Double) -> Double {
    exponentials(ofNonPositive: SIMD4(repeating: x))[0]
  }
}
