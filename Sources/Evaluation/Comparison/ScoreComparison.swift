/// Two classifiers' scores on the same statements, and what their difference says of others.
///
/// Differences are second less first. Their intervals of 95 % are those of a bootstrap that draws both
/// answers to a statement, and all statements of a group, together. The p-values are those of
/// approximate randomization: how often the difference is at least as large when the two change places
/// in half of the groups.
///
/// Sources: Noreen, Computer-intensive methods for testing hypotheses (1989), section 2; Yeh, "More
/// accurate tests for the statistical significance of result differences", COLING 2000.
public struct ScoreComparison: Hashable, Sendable {
  /// A score of both.
  public struct Difference: Hashable, Sendable {
    public let first: Double
    public let second: Double
    /// Of the second less the first.
    public let interval: ClosedRange<Double>?
    public let pValue: Double

    public var difference: Double { second - first }
  }

  /// One label against the rest.
  public struct Label: Hashable, Sendable {
    public let support: Int
    public let precision: Difference
    public let recall: Difference
    public let f1: Difference
    /// Of whether the label is given where, and only where, it belongs.
    public let mcNemar: McNemarTest
    /// McNemar's p-value, corrected for the number of labels by Holm's method.
    public let adjustedPValue: Double
  }

  public let statementCount: Int
  public let macroPrecision: Difference
  public let macroRecall: Difference
  public let macroF1: Difference
  public let microF1: Difference
  /// Accuracy, or exact match.
  public let correct: Difference
  /// Of whether all labels are right.
  public let mcNemar: McNemarTest
  public let labels: [Label]
  public let sampling: Sampling
  /// How often the two changed places at random.
  public let swapCount: Int

  /// How intervals and p-values are drawn.
  public struct Configuration: Hashable, Sendable {
    public var bootstrap: Bootstrap
    /// At least 99: the smallest p-value that n swaps can show is 1 / (n + 1).
    public var swapCount: Int

    public init(bootstrap: Bootstrap = .init(), swapCount: Int = 9999) {
      precondition(swapCount >= 99, "at least 99 swaps")
      (self.bootstrap, self.swapCount) = (bootstrap, swapCount)
    }
  }

  /// Compares answers.
  ///
  /// - Parameters:
  ///   - labelCount: the number of labels.
  ///   - gold: per statement, the numbers of its labels; one for a single-label task.
  ///   - first: the same for the first classifier's answers; none for no answer.
  ///   - second: the same for the second's.
  ///   - groups: for each statement the number of its group.
  /// - Complexity: O(resamples · (groups + entries)).
  public init(
    labelCount: Int, gold: [[Int]], answers: (first: [[Int]], second: [[Int]]), groups: [Int],
    configuration: Configuration = .init()
  ) {
    let (first, second) = answers
    let bootstrap = configuration.bootstrap
    precondition(
      gold.count == first.count && gold.count == second.count && gold.count == groups.count,
      "two answers and a group for each statement")
    statementCount = gold.count
    let units = Self.units(labelCount, gold, answers, groups)
    let half = units.width / 2
    func scores(_ totals: (first: [Double], second: [Double])) -> [(Double, Double)] {
      let (first, second) = (
        CountedScores(totals.first, labelCount: labelCount),
        CountedScores(totals.second, labelCount: labelCount)
      )
      return zip(first.compared, second.compared).map { ($0, $1) }
    }
    func sides(_ totals: [Double]) -> (first: [Double], second: [Double]) {
      (Array(totals[..<half]), Array(totals[half...]))
    }
    let found = scores(sides(units.totals))
    let intervals = bootstrap.intervals(units) { scores(sides($0)).map { $1 - $0 } }
    let pValues = Self.pValues(SwappedUnits(units), found.map { $1 - $0 }, configuration) {
      scores($0).map { $1 - $0 }
    }
    let differences = found.indices.map { index in
      Difference(
        first: found[index].0, second: found[index].1, interval: intervals[index],
        pValue: pValues[index])
    }
    (macroPrecision, macroRecall, macroF1) = (differences[0], differences[1], differences[2])
    (microF1, correct) = (differences[3], differences[4])
    let right = Self.areRight(labelCount, gold, first)
    let otherRight = Self.areRight(labelCount, gold, second)
    mcNemar = McNemarTest(
      first: right.all, second: otherRight.all, groups: groups)
    let tests = (0..<labelCount).map { label in
      McNemarTest(first: right.labels[label], second: otherRight.labels[label], groups: groups)
    }
    let adjusted = MultipleTests.holm(tests.map(\.pValue))
    labels = (0..<labelCount).map { label in
      let place = CountedScores.comparedCount + 3 * label
      return Label(
        support: gold.count { $0.contains(label) }, precision: differences[place],
        recall: differences[place + 1], f1: differences[place + 2], mcNemar: tests[label],
        adjustedPValue: adjusted[label])
    }
    sampling = Sampling(units, bootstrap)
    swapCount = configuration.swapCount
  }

  private static func units(
    _ labelCount: Int, _ gold: [[Int]], _ answers: (first: [[Int]], second: [[Int]]),
    _ groups: [Int]
  ) -> ResampledUnits {
    var counter = ScoreCounter(labelCount: labelCount, isSingleLabel: false)
    let width = counter.width
    return ResampledUnits(width: 2 * width, groups: groups) { row, entries in
      counter.fill(gold: gold[row], predicted: answers.first[row], &entries)
      counter.fill(gold: gold[row], predicted: answers.second[row], offset: width, &entries)
    }
  }

  /// (1 + number of draws at least as extreme) / (1 + number of draws).
  private static func pValues(
    _ units: SwappedUnits, _ found: [Double], _ configuration: Configuration,
    _ statistics: ((first: [Double], second: [Double])) -> [Double]
  ) -> [Double] {
    if units.isUniform { return found.map { _ in 1 } }
    // A stream of its own, apart from that of the bootstrap.
    var generator = SplitMix64(seed: ~configuration.bootstrap.seed)
    var extreme = Array(repeating: 1, count: found.count)
    for _ in 0..<configuration.swapCount {
      for (index, value) in statistics(units.draw(using: &generator)).enumerated()
      where abs(value) >= abs(found[index]) - rounding {
        extreme[index] += 1
      }
    }
    return extreme.map { Double($0) / Double(configuration.swapCount + 1) }
  }

  /// Differences of scores below 1 that are equal but for their last digits.
  private static let rounding = 1e-12

  /// Whether all labels of each statement are right, and each label.
  private static func areRight(
    _ labelCount: Int, _ gold: [[Int]], _ answers: [[Int]]
  ) -> (all: [Bool], labels: [[Bool]]) {
    var split = LabelSplit(labelCount: labelCount)
    var all: [Bool] = []
    var labels = Array(repeating: Array(repeating: true, count: gold.count), count: labelCount)
    for row in gold.indices {
      split.update(gold: gold[row], predicted: answers[row])
      all.append(split.missed.isEmpty && split.wrong.isEmpty)
      for label in split.missed { labels[label][row] = false }
      for label in split.wrong { labels[label][row] = false }
    }
    return (all, labels)
  }
}

extension CountedScores {
  /// How many scores precede those of the labels.
  fileprivate static var comparedCount: Int { 5 }

  /// The scores of all labels together, then three of each.
  fileprivate var compared: [Double] {
    [macroPrecision, macroRecall, macroF1, microF1, correctShare]
      + perLabel.flatMap { [$0.precision, $0.recall, $0.f1] }
  }
}
