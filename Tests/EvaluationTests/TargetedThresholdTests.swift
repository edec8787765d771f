import Evaluation
import Testing

@Suite("Thresholds for a target")
struct TargetedThresholdTests {
  /// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
  /// (1998), table I, method 3.
  @Test(
    "Wilson's interval is that of the published examples",
    arguments: [
      (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
      (1, 29, 0.0061, 0.1718),
    ])
  func wilson(successes: Int, trials: Int, lower: Double, upper: Double) {
    let interval = BinomialProportion.interval(
      successes: successes, trials: trials,
      standardDeviations: BinomialProportion.standardDeviationsOf95Percent)
    #expect(abs(interval.lowerBound - lower) < 0.00005)
    #expect(abs(interval.upperBound - upper) < 0.00005)
  }

  @Test("without trials nothing is known")
  func noTrials() {
    #expect(BinomialProportion.interval(successes: 0, trials: 0, standardDeviations: 2) == 0...1)
  }

  @Test(
    "it is the lowest cut whose bound reaches the precision",
    arguments: 1...20 as ClosedRange<UInt64>, [0.6, 0.8, 0.9])
  func bruteForcePrecision(seed: UInt64, target: Double) {
    let (probabilities, positives) = sample(seed: seed, count: 60, levels: 40)
    let found = Thresholds.lowest(
      withPrecision: target, probabilities: probabilities, positives: positives)
    let reaching = Set(probabilities).filter { level in
      bound(.precision, probabilities, positives, at: level) >= target
    }
    guard let threshold = found.threshold else {
      #expect(reaching.isEmpty)
      #expect(
        found.reached
          == Set(probabilities).map { bound(.precision, probabilities, positives, at: $0) }.max())
      return
    }
    #expect(probabilities.filter { $0 >= threshold }.min() == reaching.min())
    #expect(found.reached >= target)
  }

  @Test(
    "it is the highest cut whose bound reaches the recall, else the highest that misses none",
    arguments: 1...20 as ClosedRange<UInt64>, [0.5, 0.8, 0.95])
  func bruteForceRecall(seed: UInt64, target: Double) {
    let (probabilities, positives) = sample(seed: seed, count: 60, levels: 40)
    let found = Thresholds.highest(
      withRecall: target, probabilities: probabilities, positives: positives)
    let levels = Set(probabilities)
    let reaching = levels.filter { bound(.recall, probabilities, positives, at: $0) >= target }
    let lowestPositive = zip(probabilities, positives).filter(\.1).map(\.0).min()
    #expect(
      found.threshold.flatMap { threshold in probabilities.filter { $0 >= threshold }.min() }
        == reaching.max() ?? lowestPositive)
    #expect((found.reached >= target) == !reaching.isEmpty)
  }

  @Test("seven right answers without a wrong one are a precision of 0.9, six are not yet")
  func fewPositives() {
    func threshold(_ count: Int) -> Double? {
      Thresholds.lowest(
        withPrecision: 0.9, probabilities: Array(repeating: 0.8, count: count) + [0.4, 0.4, 0.4],
        positives: Array(repeating: true, count: count) + [false, false, false]
      ).threshold
    }
    #expect(threshold(6) == nil)
    #expect(threshold(7).map { $0 > 0.4 && $0 <= 0.8 } == true)
  }

  @Test("without a positive no precision is reached")
  func noPositive() {
    let found = Thresholds.lowest(
      withPrecision: 0.5, probabilities: [0.9, 0.1], positives: [false, false])
    #expect(found.threshold == nil && found.reached == 0)
    #expect(
      Thresholds.lowest(withPrecision: 0.5, probabilities: [], positives: []).threshold == nil)
  }

  @Test(
    "what was reached on one half holds on the other, but for its chance",
    arguments: [120, 400, 3000], [0.8, 0.9])
  func holdsOnNewData(count: Int, target: Double) {
    var held = (precision: 0, recall: 0)
    for seed in 1...20 as ClosedRange<UInt64> {
      let (probabilities, positives) = sample(seed: 1000 + seed, count: 2 * count, levels: 100_000)
      let learned = (Array(probabilities[..<count]), Array(positives[..<count]))
      let new = (Array(probabilities[count...]), Array(positives[count...]))
      let precise = Thresholds.lowest(
        withPrecision: target, probabilities: learned.0, positives: learned.1)
      let confusion = BinaryConfusion(
        probabilities: new.0, positives: new.1, threshold: precise.threshold ?? 1.1)
      held.precision += holds(confusion.truePositives, of: confusion.predictedCount, target) ? 1 : 0
      let complete = Thresholds.highest(
        withRecall: target, probabilities: learned.0, positives: learned.1)
      let found = BinaryConfusion(
        probabilities: new.0, positives: new.1, threshold: complete.threshold ?? 1.1)
      held.recall += holds(found.truePositives, of: found.support, target) ? 1 : 0
    }
    #expect(held.precision >= 18 && held.recall >= 18)
  }

  /// Whether a share is the target or below it by no more than half of its own interval.
  private func holds(_ successes: Int, of trials: Int, _ target: Double) -> Bool {
    guard trials > 0 else { return true }
    let interval = BinomialProportion.interval(
      successes: successes, trials: trials,
      standardDeviations: BinomialProportion.standardDeviationsOf95Percent)
    return Double(successes) / Double(trials)
      >= target - (interval.upperBound - interval.lowerBound) / 2
  }

  private enum Score { case precision, recall }

  private func bound(
    _ score: Score, _ probabilities: [Double], _ positives: [Bool], at threshold: Double
  ) -> Double {
    let confusion = BinaryConfusion(
      probabilities: probabilities, positives: positives, threshold: threshold)
    return BinomialProportion.lowerBound(
      successes: confusion.truePositives,
      trials: score == .precision ? confusion.predictedCount : confusion.support,
      standardDeviations: Thresholds.confidence)
  }

  /// Statements whose probabilities are true, in a few levels or many.
  private func sample(seed: UInt64, count: Int, levels: UInt64) -> ([Double], [Bool]) {
    var generator = SplitMix64(seed: seed)
    let probabilities = (0..<count).map { _ in
      Double(generator.next() % levels) / Double(levels)
    }
    return (probabilities, probabilities.map { generator.uniform() < $0 })
  }
}
