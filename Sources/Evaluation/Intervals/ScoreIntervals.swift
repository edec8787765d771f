/// Intervals of 95 % of a task's scores: where the score of many more statements like these lies.
///
/// Precision, recall, accuracy, exact match and the cells of a confusion matrix are shares, and have
/// Wilson's interval, which holds for few statements too and for shares of 0 and 1; where groups are
/// alike inside, it widens by the design effect. F1 = 2J / (1 + J) rises with the share
/// J = TP / (TP + FP + FN), and has the interval of that share (Lam, Gopal and Qian, "Confidence
/// intervals for the F1 score: a comparison of four methods", 2023, "Wilson indirect"). Averages over
/// labels have that of a bootstrap of whole groups.
public struct ScoreIntervals: Hashable, Codable, Sendable {
  /// The intervals of one label against the rest; `nil` where nothing could be counted.
  public struct Label: Hashable, Codable, Sendable {
    public let precision: ClosedRange<Double>?
    public let recall: ClosedRange<Double>?
    public let f1: ClosedRange<Double>?
    /// FP / (FP + TN): how many of those that do not carry the label are given it.
    public let falsePositiveRate: ClosedRange<Double>?
  }

  public let perLabel: [Label]
  public let macroPrecision: ClosedRange<Double>
  public let macroRecall: ClosedRange<Double>
  public let macroF1: ClosedRange<Double>
  public let microPrecision: ClosedRange<Double>
  public let microRecall: ClosedRange<Double>
  public let microF1: ClosedRange<Double>
  /// Of accuracy, or of exact match.
  public let correct: ClosedRange<Double>
  /// For a single-label task of k labels, gold label by gold label: the share of its statements that is
  /// given each label, and last, none. `nil` where a label has no statement, and as a whole with more than
  /// `largestMatrix` labels.
  public let rowShares: [[ClosedRange<Double>]?]?
  /// What was drawn: whole groups of statements, or statements where each stands for itself.
  public let sampling: Sampling

  /// Nobody reads the cells of a larger confusion matrix.
  public static let largestMatrix = 20

  /// Computes intervals.
  ///
  /// - Parameters:
  ///   - labelCount: the number of labels.
  ///   - gold: per statement, the indices of its labels; one for a single-label task.
  ///   - predicted: the same for the predictions; none for no answer.
  ///   - isSingleLabel: whether a statement carries one label.
  ///   - groups: for each statement the number of its group.
  /// - Returns: `nil` with fewer than two groups, which say nothing of others.
  public init?(
    labelCount: Int, gold: [[Int]], predicted: [[Int]], isSingleLabel: Bool, groups: [Int],
    bootstrap: Bootstrap = Bootstrap()
  ) {
    precondition(
      gold.count == predicted.count && gold.count == groups.count,
      "one prediction and one group for each statement")
    var counter = ScoreCounter(labelCount: labelCount, isSingleLabel: isSingleLabel)
    let units = ResampledUnits(width: counter.width, groups: groups) { row, entries in
      counter.fill(gold: gold[row], predicted: predicted[row], &entries)
    }
    guard units.count >= 2 else { return nil }
    sampling = Sampling(units, bootstrap)
    let scores = CountedScores(units.totals, labelCount: labelCount)
    let perLabel = (0..<labelCount).map { Label($0, scores.perLabel[$0], in: units) }
    self.perLabel = perLabel
    correct = BinomialProportion.interval(
      successes: [CountedScores.correct], trials: [CountedScores.statements], in: units)
    rowShares =
      isSingleLabel && labelCount <= Self.largestMatrix
      ? (0..<labelCount).map { Self.rowShares(ofGold: $0, labelCount: labelCount, in: units) } : nil
    let resampled = bootstrap.intervals(units) { totals in
      let scores = CountedScores(totals, labelCount: labelCount)
      return [
        scores.macroPrecision, scores.macroRecall, scores.macroF1,
        scores.microPrecision, scores.microRecall, scores.microF1,
      ]
    }
    // Where nothing varies, as without an error, the labels' own intervals are what is known.
    func average(_ interval: (Label) -> ClosedRange<Double>?) -> ClosedRange<Double> {
      let known = perLabel.indices.filter { scores.perLabel[$0].support > 0 }
        .map { interval(perLabel[$0]) ?? 0...1 }
      guard !known.isEmpty else { return 0...1 }
      let count = Double(known.count)
      let lower = known.reduce(0) { $0 + $1.lowerBound } / count
      return lower...max(lower, known.reduce(0) { $0 + $1.upperBound } / count)
    }
    macroPrecision = resampled[0] ?? average(\.precision)
    macroRecall = resampled[1] ?? average(\.recall)
    macroF1 = resampled[2] ?? average(\.f1)
    microPrecision = resampled[3] ?? average(\.precision)
    microRecall = resampled[4] ?? average(\.recall)
    microF1 = resampled[5] ?? average(\.f1)
  }

  private static func rowShares(
    ofGold gold: Int, labelCount: Int, in units: ResampledUnits
  ) -> [ClosedRange<Double>]? {
    let cells = (0...labelCount).map {
      CountedScores.matrixCell(gold, $0 == labelCount ? nil : $0, labelCount: labelCount)
    }
    guard cells.contains(where: { units.totals[$0] > 0 }) else { return nil }
    return cells.map { BinomialProportion.interval(successes: [$0], trials: cells, in: units) }
  }
}

extension ScoreIntervals.Label {
  init(_ label: Int, _ confusion: BinaryConfusion, in units: ResampledUnits) {
    let right = CountedScores.truePositives(label)
    let wrong = CountedScores.falsePositives(label)
    let missed = CountedScores.falseNegatives(label)
    func share(_ successes: Int, of trials: [Int], _ count: Int) -> ClosedRange<Double>? {
      count == 0
        ? nil : BinomialProportion.interval(successes: [successes], trials: trials, in: units)
    }
    precision = share(right, of: [right, wrong], confusion.predictedCount)
    recall = share(right, of: [right, missed], confusion.support)
    let jaccard = share(
      right, of: [right, wrong, missed], confusion.support + confusion.falsePositives)
    f1 = jaccard.map {
      2 * $0.lowerBound / (1 + $0.lowerBound)...2 * $0.upperBound / (1 + $0.upperBound)
    }
    let negatives = confusion.falsePositives + confusion.trueNegatives
    falsePositiveRate =
      negatives == 0
      ? nil
      : BinomialProportion.interval(
        successes: [wrong],
        trials: [CountedScores.statements], excluding: [right, missed], in: units)
  }
}

extension ScoreIntervals {
  /// Whether the intervals are of this many labels, where they come from a file.
  package func fits(labelCount: Int) -> Bool {
    perLabel.count == labelCount && sampling.unitCount >= 2
      && (rowShares.map { rows in
        rows.count == labelCount
          && rows.allSatisfy { $0.map { $0.count == labelCount + 1 } ?? true }
      } ?? true)
  }
}
