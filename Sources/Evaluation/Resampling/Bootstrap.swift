/// Intervals of 95 % by resampling whole groups.
///
/// Groups are drawn with replacement, as many as there are, and a score is computed of each resample;
/// the interval's ends are the quantiles that BCa chooses, which take back the bias and the changing
/// spread of scores such as F1. Percentiles alone are too narrow with few groups; so the quantiles are
/// those of Student's t, by the factor √(G / (G − 1)) further out.
///
/// Sources: Efron, "Better bootstrap confidence intervals", JASA 82 (1987), sections 3 and 7; Field and
/// Welsh, "Bootstrapping clustered data", JRSS B 69 (2007), for groups; Hesterberg, "What teachers
/// should know about the bootstrap", The American Statistician 69 (2015), section 5.3, for the
/// expansion.
public struct Bootstrap: Hashable, Codable, Sendable {
  /// At least 100 are needed for quantiles of 2.5 %; 2,000 leave an end uncertain by a tenth of the
  /// interval's half.
  public let resampleCount: Int
  public let seed: UInt64

  /// Takes the number of resamples, at least 100, and the seed of the draws.
  public init(resampleCount: Int = 2000, seed: UInt64 = 1) {
    precondition(resampleCount >= 100, "at least 100 resamples")
    self.resampleCount = resampleCount
    self.seed = seed
  }

  /// The intervals of some statistics of the same resamples.
  ///
  /// - Parameters:
  ///   - units: what is drawn.
  ///   - statistics: of the totals of any sample; not a number where they have no value there.
  /// - Returns: one for each statistic; `nil` with fewer than two units, without a value, and where all
  ///   resamples give the same value, so that they tell nothing.
  /// - Complexity: O(resamples · (units + entries)).
  func intervals(
    _ units: ResampledUnits, _ statistics: ([Double]) -> [Double]
  ) -> [ClosedRange<Double>?] {
    let estimates = statistics(units.totals)
    guard units.count >= 2 else { return estimates.map { _ in nil } }
    var generator = SplitMix64(seed: seed)
    var numbers = Array(repeating: Int32(0), count: units.multiplicities.count)
    var samples = estimates.map { _ in [Double]() }
    for _ in 0..<resampleCount {
      let values = statistics(units.resampledTotals(&numbers, using: &generator))
      for (index, value) in values.enumerated() where !value.isNaN { samples[index].append(value) }
    }
    let accelerations = Self.accelerations(units, statistics, count: estimates.count)
    return estimates.indices.map { index in
      guard !estimates[index].isNaN, !samples[index].isEmpty else { return nil }
      let sorted = samples[index].sorted()
      guard sorted[0] < sorted[sorted.count - 1] else { return nil }
      return Self.interval(
        of: estimates[index], sorted, acceleration: accelerations[index], unitCount: units.count)
    }
  }

  /// Σ (θ̄ − θᵢ)³ / 6 (Σ (θ̄ − θᵢ)²)^1.5, with θᵢ the statistic without unit i (Efron 1987, section 7).
  private static func accelerations(
    _ units: ResampledUnits, _ statistics: ([Double]) -> [Double], count: Int
  ) -> [Double] {
    var omitted = Array(repeating: [Double](), count: count)
    units.forEachOmission { _, totals in
      for (index, value) in statistics(totals).enumerated() { omitted[index].append(value) }
    }
    return omitted.map { values in
      let pairs = zip(values, units.multiplicities).filter { !$0.0.isNaN }
      let number = pairs.reduce(0) { $0 + $1.1 }
      let mean = pairs.reduce(0.0) { $0 + $1.0 * Double($1.1) } / Double(number)
      var (squares, cubes) = (0.0, 0.0)
      for (value, number) in pairs {
        let difference = mean - value
        squares += Double(number) * difference * difference
        cubes += Double(number) * difference * difference * difference
      }
      return squares > 0 ? cubes / (6 * squares * squares.squareRoot()) : 0
    }
  }

  private static func interval(
    of estimate: Double, _ sorted: [Double], acceleration: Double, unitCount: Int
  ) -> ClosedRange<Double> {
    let count = Double(sorted.count)
    let below = sorted.count { $0 < estimate }
    let ties = sorted.count { $0 == estimate }
    // Half of the ties lie on either side; never all resamples on one.
    let share = (Double(below) + Double(ties) / 2) / count
    let bias = NormalDistribution.quantile(min(max(share, 1 / count), 1 - 1 / count))
    let groups = Double(unitCount)
    let width =
      NormalDistribution.studentQuantile(
        normal: BinomialProportion.standardDeviationsOf95Percent, degreesOfFreedom: unitCount - 1)
      * (groups / (groups - 1)).squareRoot()
    func end(_ deviation: Double) -> Double {
      let shift = bias + deviation
      let scale = 1 - acceleration * shift
      // Where the correction turns over, the end is that of all resamples.
      guard scale > 0 else { return quantile(sorted, deviation < 0 ? 0 : 1) }
      return quantile(sorted, NormalDistribution.cumulative(bias + shift / scale))
    }
    let (lower, upper) = (end(-width), end(width))
    // An estimate in a corner may lie outside of its resamples' quantiles.
    return min(lower, estimate)...max(upper, estimate)
  }

  /// The p-quantile at position (n + 1) p, between neighbours by straight lines (Hyndman and Fan 1996,
  /// type 6, as Efron's).
  static func quantile(_ sorted: [Double], _ probability: Double) -> Double {
    let position = min(
      max(probability * Double(sorted.count + 1) - 1, 0), Double(sorted.count - 1))
    let index = Int(position)
    guard index + 1 < sorted.count else { return sorted[index] }
    let fraction = position - Double(index)
    return sorted[index] + fraction * (sorted[index + 1] - sorted[index])
  }
}
