/// The scores of a multi-label task, where a statement carries any number of labels, or none.
public struct MultiLabelScores: PerLabelScores {
  public let labels: [String]
  public let perLabel: [BinaryConfusion]
  /// The statements that were scored.
  public let statementCount: Int
  /// Statements whose predicted labels are exactly their gold labels; none and none is exact.
  public let exactMatchCount: Int

  /// Scores predicted label sets against gold label sets.
  ///
  /// - Parameters:
  ///   - labels: q distinct names.
  ///   - gold: per statement, the indices in 0..<q of its labels, in any order; empty for none.
  ///   - predicted: the same for the predictions.
  public init(labels: [String], gold: [[Int]], predicted: [[Int]]) {
    precondition(Set(labels).count == labels.count, "labels are distinct")
    precondition(gold.count == predicted.count, "one prediction for each statement is needed")
    var correct = Array(repeating: 0, count: labels.count)
    var missed = correct
    var wrong = correct
    var exactMatchCount = 0
    var split = LabelSplit(labelCount: labels.count)
    for (gold, predicted) in zip(gold, predicted) {
      split.update(gold: gold, predicted: predicted)
      for label in split.correct { correct[label] += 1 }
      for label in split.missed { missed[label] += 1 }
      for label in split.wrong { wrong[label] += 1 }
      if split.missed.isEmpty && split.wrong.isEmpty { exactMatchCount += 1 }
    }
    self.labels = labels
    self.exactMatchCount = exactMatchCount
    statementCount = gold.count
    perLabel = labels.indices.map {
      BinaryConfusion(
        truePositives: correct[$0], falsePositives: wrong[$0], falseNegatives: missed[$0],
        trueNegatives: gold.count - correct[$0] - wrong[$0] - missed[$0])
    }
  }

  /// The share of statements whose predicted labels are exactly their gold labels (subset
  /// accuracy); 0 when there are no statements.
  public var exactMatch: Double { ratio(exactMatchCount, statementCount) }

  /// Σ (FP + FN) / (n q): the share of label decisions that are wrong, a loss. Not a number when
  /// there are no statements or no labels.
  public var hammingLoss: Double {
    let pooled = pooled
    return Double(pooled.falsePositives + pooled.falseNegatives)
      / Double(statementCount * labels.count)
  }
}

extension MultiLabelScores: Codable {
  private enum CodingKeys: CodingKey { case labels, perLabel, statementCount, exactMatchCount }

  /// Reads the counts; throws `DecodingError` when they contradict each other.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    labels = try container.decodeLabels(forKey: .labels)
    perLabel = try container.decode([BinaryConfusion].self, forKey: .perLabel)
    statementCount = try container.decodeCount(forKey: .statementCount)
    exactMatchCount = try container.decodeCount(forKey: .exactMatchCount)
    guard perLabel.count == labels.count else {
      throw container.corrupted(
        .perLabel,
        """
        found the counts of \(perLabel.count) labels, expected those of \(labels.count); write \
        the file again with this tool
        """)
    }
    for (label, confusion) in zip(labels, perLabel) where confusion.total != statementCount {
      throw container.corrupted(
        .perLabel,
        """
        the counts of label "\(label)" add up to \(confusion.total), expected the \
        \(statementCount) of statementCount; write the file again with this tool
        """)
    }
    guard exactMatchCount <= statementCount else {
      throw container.corrupted(
        .exactMatchCount,
        """
        found \(exactMatchCount) exact matches, expected at most the \(statementCount) of \
        statementCount; write the file again with this tool
        """)
    }
  }
}
