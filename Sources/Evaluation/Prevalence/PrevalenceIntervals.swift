import Foundation

extension PrevalenceCorrection {
  /// A share and the interval that its uncertainties leave.
  public struct Estimate: Hashable, Sendable {
    public let share: Double
    /// From the lower to the upper bound, within 0...1.
    public let interval: ClosedRange<Double>
  }

  /// What is known of one class's share.
  public struct ClassEstimate: Hashable, Sendable {
    /// As the classifier answers, with Wilson's interval, which knows of the sample only.
    public let raw: Estimate
    /// Corrected for the classifier's errors; `nil` where they are too many, and where these errors
    /// could hardly have given such answers: all draws then end at the same bound. Its interval knows of
    /// the sample and of how well the errors are known.
    public let corrected: Estimate?
  }

  /// Estimates, those that are corrected with percentile intervals of a parametric bootstrap.
  ///
  /// Each draw takes the answers of the sample and the errors of each class from the Dirichlet
  /// distributions that their counts leave (with one further statement spread evenly over the answers:
  /// Jeffreys' prior for two), and corrects the one by the other. A class that was never missed in ten
  /// statements is thus not taken to be missed never.
  ///
  /// - Parameters:
  ///   - level: of the intervals, above 0 and below 1.
  ///   - draws: at least 100.
  ///   - generator: decides the draws.
  /// - Returns: one for each class.
  /// - Complexity: O(draws · strata · k³).
  public func estimates(
    level: Double = 0.95, draws: Int = 2000, using generator: inout some RandomNumberGenerator
  ) -> [ClassEstimate] {
    precondition(level > 0 && level < 1 && draws >= 100, "a level in 0...1 from enough draws")
    let point = correctedShares
    var corrected = [[Double]](repeating: [], count: classCount)
    var failures = 0
    for _ in 0..<draws {
      let observations: [Observation] = strata.map { stratum in
        (
          rates: stratum.errors.map { Self.dirichlet($0, using: &generator) },
          answers: Self.dirichlet(stratum.answers, using: &generator),
          weight: Double(stratum.total)
        )
      }
      if let shares = self.corrected(observations) {
        for label in 0..<classCount { corrected[label].append(shares[label]) }
      } else {
        failures += 1
      }
    }
    // Where draws say that nothing can be said, so does the interval.
    let isOpen = Double(failures) > (1 - level) / 2 * Double(draws)
    let shares = rawShares
    return (0..<classCount).map { label in
      let interval = isOpen ? 0...1 : Self.interval(corrected[label], level)
      let isAtBound = interval.lowerBound == interval.upperBound
      return ClassEstimate(
        raw: Estimate(
          share: shares[label],
          interval: BinomialProportion.interval(
            successes: strata.reduce(0) { $0 + $1.answers[label] }, trials: statementCount,
            standardDeviations: NormalDistribution.standardDeviations(holding: level))),
        corrected: isAtBound ? nil : point.map { Estimate(share: $0[label], interval: interval) })
    }
  }

  /// The percentile interval of draws, each rank the nearest inside.
  private static func interval(_ draws: [Double], _ level: Double) -> ClosedRange<Double> {
    guard !draws.isEmpty else { return 0...1 }
    let sorted = draws.sorted()
    let tail = Int((1 - level) / 2 * Double(sorted.count))
    return max(0, sorted[tail])...min(1, sorted[sorted.count - 1 - tail])
  }

  /// Shares drawn from the Dirichlet distribution of counts, to each of which an even part of one is
  /// added.
  static func dirichlet(
    _ counts: [Int], using generator: inout some RandomNumberGenerator
  ) -> [Double] {
    let prior = 1 / Double(counts.count)
    let gammas = counts.map { RandomGamma.draw(shape: Double($0) + prior, using: &generator) }
    let total = gammas.reduce(0, +)
    // With tiny shapes all draws may be 0.
    return total > 0
      ? gammas.map { $0 / total } : gammas.map { _ in 1 / Double(counts.count) }
  }
}

/// Gamma-distributed numbers (Marsaglia & Tsang, "A simple method for generating gamma variables", ACM
/// TOMS 26, 2000).
package enum RandomGamma {
  /// - Parameter shape: above 0; the scale is 1.
  package static func draw(shape: Double, using generator: inout some RandomNumberGenerator)
    -> Double
  {
    if shape < 1 {
      // Section 6: a draw of shape + 1 times a power of a uniform number.
      let boosted = draw(shape: shape + 1, using: &generator)
      return boosted * pow(uniform(&generator), 1 / shape)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal(&generator)
      let cube = 1 + c * x
      guard cube > 0 else { continue }
      let v = cube * cube * cube
      let u = uniform(&generator)
      if log(u) < 0.5 * x * x + d - d * v + d * log(v) { return d * v }
    }
  }

  /// A number above 0 and up to 1.
  private static func uniform(_ generator: inout some RandomNumberGenerator) -> Double {
    Double((generator.next() >> 11) + 1) * 0x1p-53
  }

  /// A normal number (Box & Muller 1958).
  private static func normal(_ generator: inout some RandomNumberGenerator) -> Double {
    (-2 * log(uniform(&generator))).squareRoot() * cos(2 * .pi * uniform(&generator))
  }
}
