import Testing

@testable import Evaluation

@Suite("Intervals of scores")
struct IntervalTests {
  /// Statements of three labels, a third of them wrong, in groups of five.
  private struct Sample {
    var gold: [[Int]] = []
    var predicted: [[Int]] = []

    init(count: Int, errorRate: Double = 0.3, seed: UInt64 = 1) {
      var generator = SplitMix64(seed: seed)
      for _ in 0..<count {
        let label = Int(generator.next() % 3)
        let isWrong = generator.uniform() < errorRate
        gold.append([label])
        predicted.append([isWrong ? (label + 1) % 3 : label])
      }
    }

    func intervals(groups: [Int]? = nil, seed: UInt64 = 1) -> ScoreIntervals? {
      ScoreIntervals(
        labelCount: 3, gold: gold, predicted: predicted, isSingleLabel: true,
        groups: groups ?? Array(gold.indices), bootstrap: Bootstrap(seed: seed))
    }

    var scores: SingleLabelScores {
      SingleLabelScores(
        ConfusionMatrix(
          labels: names(3), gold: gold.map { $0[0] }, predicted: predicted.map(\.first)))
    }
  }

  @Test("every score lies in its interval, and none is without width")
  func estimatesInside() throws {
    let sample = Sample(count: 300)
    let (scores, intervals) = (sample.scores, try #require(sample.intervals()))
    let pairs = [
      (scores.macroF1, intervals.macroF1), (scores.microF1, intervals.microF1),
      (scores.macroPrecision, intervals.macroPrecision),
      (scores.macroRecall, intervals.macroRecall), (scores.accuracy, intervals.correct),
    ]
    for (value, interval) in pairs {
      #expect(interval.contains(value))
      #expect(0.05...0.2 ~= interval.upperBound - interval.lowerBound)
    }
    for (confusion, interval) in zip(scores.perLabel, intervals.perLabel) {
      #expect(try #require(interval.precision).contains(confusion.precision))
      #expect(try #require(interval.recall).contains(confusion.recall))
      #expect(try #require(interval.f1).contains(confusion.f1))
    }
    #expect(intervals.sampling.unit == .statement && intervals.sampling.unitCount == 300)
  }

  /// Both are approximately normal here, with a standard error of √(p (1 − p) / n) = 0.0145.
  @Test("a resampled share agrees with Wilson's interval")
  func agreesWithWilson() throws {
    let intervals = try #require(Sample(count: 1000).intervals())
    // For one label a statement micro F1 is accuracy.
    #expect(abs(intervals.microF1.lowerBound - intervals.correct.lowerBound) < 0.004)
    #expect(abs(intervals.microF1.upperBound - intervals.correct.upperBound) < 0.004)
  }

  @Test("the order of the statements does not matter, nor how groups are numbered")
  func orderOfStatements() throws {
    let sample = Sample(count: 120)
    var reversed = sample
    reversed.gold.reverse()
    reversed.predicted.reverse()
    let groups = sample.gold.indices.map { $0 / 4 }
    #expect(
      sample.intervals(groups: groups)
        == reversed.intervals(groups: groups.reversed().map { 7 - 3 * $0 }))
  }

  @Test("the seed decides the resamples")
  func seeds() throws {
    let sample = Sample(count: 120)
    let first = try #require(sample.intervals(seed: 1))
    #expect(first == sample.intervals(seed: 1))
    let second = try #require(sample.intervals(seed: 2))
    #expect(first.macroF1 != second.macroF1)
    #expect(abs(first.macroF1.lowerBound - second.macroF1.lowerBound) < 0.02)
  }

  /// Four copies of each statement in one group say what one says: the interval is that of a quarter
  /// of the statements, but for the factor of few groups.
  @Test("copies within a group do not narrow the interval")
  func copies() throws {
    let sample = Sample(count: 200)
    let single = try #require(sample.intervals())
    var copied = sample
    copied.gold = sample.gold.flatMap { Array(repeating: $0, count: 4) }
    copied.predicted = sample.predicted.flatMap { Array(repeating: $0, count: 4) }
    let groups = copied.gold.indices.map { $0 / 4 }
    let kept = try #require(copied.intervals(groups: groups))
    #expect(kept.macroF1 == single.macroF1)
    #expect(abs(kept.correct.lowerBound - single.correct.lowerBound) < 1e-3)
    #expect(kept.sampling.unit == .group && kept.sampling.unitCount == 200)
    let split = try #require(copied.intervals())
    #expect(
      split.macroF1.upperBound - split.macroF1.lowerBound
        < 0.6 * (single.macroF1.upperBound - single.macroF1.lowerBound))
  }

  @Test("without an error the interval still has a lower end")
  func withoutError() throws {
    let intervals = try #require(Sample(count: 30, errorRate: 0).intervals())
    #expect(intervals.macroF1.upperBound == 1 && 0.7...0.95 ~= intervals.macroF1.lowerBound)
  }

  @Test("one group says nothing of others")
  func oneGroup() {
    let sample = Sample(count: 30)
    #expect(sample.intervals(groups: Array(repeating: 4, count: 30)) == nil)
  }

  @Test("labels that nobody carries or predicts have no interval of what cannot be counted")
  func emptyLabel() throws {
    let intervals = try #require(
      ScoreIntervals(
        labelCount: 2, gold: [[0], [0], []], predicted: [[0], [], []], isSingleLabel: false,
        groups: [0, 1, 2]))
    let empty = intervals.perLabel[1]
    #expect(empty.precision == nil && empty.recall == nil && empty.f1 == nil)
    #expect(empty.falsePositiveRate != nil && intervals.rowShares == nil)
  }

  @Test("a confusion matrix's cells have Wilson's intervals of their row")
  func cells() throws {
    let sample = Sample(count: 90)
    let (matrix, intervals) = (sample.scores.matrix, try #require(sample.intervals()))
    let rows = try #require(intervals.rowShares)
    for gold in 0..<3 {
      let row = try #require(rows[gold])
      for (predicted, interval) in zip([0, 1, 2, nil], row) {
        #expect(
          interval
            == BinomialProportion.interval(
              successes: matrix[gold: gold, predicted: predicted], trials: matrix.rowTotals[gold],
              standardDeviations: BinomialProportion.standardDeviationsOf95Percent))
      }
    }
  }
}

@Suite("Resampling")
struct ResamplingTests {
  @Test("units that add the same are kept once, with their number")
  func patterns() {
    let units = ResampledUnits(width: 2, groups: [0, 0, 1, 2, 3]) { row, entries in
      entries.append(.init(cell: [0, 1, 0, 0, 1][row], amount: 1))
    }
    #expect(units.count == 4 && units.isGrouped)
    #expect(units.multiplicities.reduce(0, +) == 4 && units.multiplicities.count == 3)
    #expect(units.totals == [3, 2])
  }

  @Test("every resample has as many units, and each unit is drawn as often as the others")
  func draws() {
    let units = ResampledUnits(width: 7, groups: Array(0..<7)) { row, entries in
      entries.append(.init(cell: row, amount: 1))
    }
    var generator = Evaluation.SplitMix64(seed: 3)
    var numbers = Array(repeating: Int32(0), count: 7)
    var sums = Array(repeating: 0.0, count: 7)
    for _ in 0..<4000 {
      let totals = units.resampledTotals(&numbers, using: &generator)
      #expect(totals.reduce(0, +) == 7)
      for cell in 0..<7 { sums[cell] += totals[cell] }
    }
    // 4,000 with a standard deviation of √(4000 · 6/7) = 59.
    for sum in sums { #expect(abs(sum - 4000) < 4 * 59) }
  }

  /// scipy.stats.norm.ppf and scipy.stats.t.ppf (1.17.1).
  @Test("quantiles agree with scipy's")
  func quantiles() {
    #expect(abs(NormalDistribution.quantile(0.975) - 1.959963984540054) < 1e-12)
    #expect(abs(NormalDistribution.quantile(0.001) + 3.090232306167813) < 1e-12)
    #expect(abs(NormalDistribution.cumulative(1) - 0.8413447460685429) < 1e-15)
    let references = [(5, 2.570581835636314), (10, 2.2281388519649385), (50, 2.008559112100761)]
    for (degrees, value) in references {
      let found = NormalDistribution.studentQuantile(
        normal: BinomialProportion.standardDeviationsOf95Percent, degreesOfFreedom: degrees)
      #expect(abs(found - value) < 1e-3)
    }
  }

  /// Type 6 of Hyndman and Fan: numpy.quantile([1, 2, 4, 8], p, method="weibull").
  @Test("quantiles of samples are those of numpy")
  func sampleQuantiles() {
    let values = [(0.1, 1.0), (0.25, 1.25), (0.5, 3.0), (0.9, 8.0)]
    for (probability, value) in values {
      #expect(abs(Bootstrap.quantile([1, 2, 4, 8], probability) - value) < 1e-12)
    }
  }

  @Test("a statistic that never varies has no interval, nor one without a value")
  func degenerate() {
    let units = ResampledUnits(width: 1, groups: Array(0..<20)) { row, entries in
      entries.append(.init(cell: 0, amount: Double(row)))
    }
    let intervals = Bootstrap().intervals(units) { [1, .nan, $0[0]] }
    #expect(intervals[0] == nil && intervals[1] == nil)
    #expect(intervals[2].map { $0.contains(190) } == true)
  }
}
