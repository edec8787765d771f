/// What a share in a sample says of the share where the sample comes from.
public enum BinomialProportion {
  /// A normal variable lies above this many standard deviations below its mean with a probability of
  /// 80 %.
  public static let standardDeviationsOf80Percent = 0.8416212335729143
  /// And within this many on both sides with 95 %.
  public static let standardDeviationsOf95Percent = 1.959963984540054

  /// The lower end of Wilson's interval,
  /// (p̂ + z²/2n − z √(p̂ (1 − p̂)/n + z²/4n²)) / (1 + z²/n); 0 without trials.
  ///
  /// - Parameters:
  ///   - successes: in 0...trials; p̂ = successes / trials.
  ///   - trials: n, at least 0.
  ///   - standardDeviations: z, at least 0.
  ///
  /// Source: Wilson, "Probable inference, the law of succession, and statistical inference", Journal
  /// of the American Statistical Association 22 (1927).
  public static func lowerBound(
    successes: Int, trials: Int, standardDeviations: Double
  ) -> Double {
    let interval = interval(
      successes: successes, trials: trials, standardDeviations: standardDeviations)
    return interval.lowerBound
  }

  /// Wilson's interval, as for `lowerBound`; 0...1 without trials.
  public static func interval(
    successes: Int, trials: Int, standardDeviations: Double
  ) -> ClosedRange<Double> {
    precondition(0...trials ~= successes, "\(successes) successes in \(trials) trials")
    return interval(
      successes: Double(successes), trials: Double(trials), standardDeviations: standardDeviations)
  }

  /// The same of counts that need not be whole, such as effective ones.
  static func interval(
    successes: Double, trials: Double, standardDeviations: Double
  ) -> ClosedRange<Double> {
    precondition(standardDeviations >= 0, "a width of 0 or more")
    guard trials > 0 else { return 0...1 }
    let share = successes / trials
    let square = standardDeviations * standardDeviations
    let middle = share + square / (2 * trials)
    let width =
      standardDeviations
      * (share * (1 - share) / trials + square / (4 * trials * trials)).squareRoot()
    let scale = 1 + square / trials
    let lower = max(0, (middle - width) / scale)
    return lower...max(lower, min(1, (middle + width) / scale))
  }
}
