/// One bin of a reliability diagram: statements with similar probabilities, and how often the
/// label was really there.
public struct ReliabilityBin: Hashable, Sendable, Codable {
  /// The bin holds probabilities above this (and 0, if it is the first).
  public let lowerBound: Double
  /// The bin holds probabilities up to this, inclusive.
  public let upperBound: Double
  /// The statements in the bin.
  public let count: Int
  /// The mean of their probabilities; 0 in an empty bin.
  public let meanProbability: Double
  /// The share of them that carry the label; 0 in an empty bin.
  public let observedFrequency: Double
}

extension ProbabilityScores {
  /// The reliability diagram of one label as a table of equal-width bins, from 0 to 1.
  ///
  /// Bin b of B holds ((b − 1)/B, b/B], the first also 0. Empty bins are listed.
  ///
  /// For a single-label task pass the probability of the predicted label, and whether it is right.
  ///
  /// - Parameters:
  ///   - probabilities: one per statement, in 0...1.
  ///   - positives: one per statement: does it carry the label?
  ///   - binCount: B, at least 1.
  public static func reliabilityTable(
    probabilities: [Double], positives: [Bool], binCount: Int = 10
  ) -> [ReliabilityBin] {
    check(probabilities, count: positives.count)
    precondition(binCount >= 1, "at least one bin is needed")
    var counts = Array(repeating: 0, count: binCount)
    var positiveCounts = counts
    var probabilitySums = Array(repeating: 0.0, count: binCount)
    for (probability, positive) in zip(probabilities, positives) {
      let bin = max(Int((probability * Double(binCount)).rounded(.up)) - 1, 0)
      counts[bin] += 1
      positiveCounts[bin] += positive ? 1 : 0
      probabilitySums[bin] += probability
    }
    return (0..<binCount).map { bin in
      ReliabilityBin(
        lowerBound: ratio(bin, binCount), upperBound: ratio(bin + 1, binCount), count: counts[bin],
        meanProbability: counts[bin] == 0 ? 0 : probabilitySums[bin] / Double(counts[bin]),
        observedFrequency: ratio(positiveCounts[bin], counts[bin]))
    }
  }

  /// The expected calibration error: Σ over bins of n_b/n · |mean probability − observed
  /// frequency|; a loss in 0...1, not a number when there are no statements.
  ///
  /// Its size depends on the number of bins and falls with the number of statements even for true
  /// probabilities: compare it only between predictions of the same statements with the same bins.
  ///
  /// - Parameters:
  ///   - probabilities: one per statement, in 0...1. For a single-label task: of the predicted
  ///     label.
  ///   - positives: one per statement: does it carry the label? For a single-label task: is the
  ///     predicted label right?
  ///   - binCount: the number of equal-width bins, at least 1; Guo et al. use 15.
  ///
  /// Source: Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML
  /// 2017, equation 3.
  public static func expectedCalibrationError(
    probabilities: [Double], positives: [Bool], binCount: Int = 10
  ) -> Double {
    let table = reliabilityTable(
      probabilities: probabilities, positives: positives, binCount: binCount)
    let sum = table.reduce(0.0) {
      $0 + Double($1.count) * abs($1.meanProbability - $1.observedFrequency)
    }
    return sum / Double(positives.count)
  }
}
