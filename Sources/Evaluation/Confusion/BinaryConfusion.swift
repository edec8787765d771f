/// One label against the rest: how often it was rightly and wrongly given, missed, and left off.
///
/// Scores whose denominator is zero are 0, as scikit-learn's `zero_division=0`: a label that was
/// never predicted has precision 0, a label that never occurs has recall 0.
public struct BinaryConfusion: Hashable, Sendable {
  /// Statements that carry the label and were given it.
  public let truePositives: Int
  /// Statements that do not carry the label but were given it.
  public let falsePositives: Int
  /// Statements that carry the label but were not given it.
  public let falseNegatives: Int
  /// Statements that neither carry the label nor were given it.
  public let trueNegatives: Int

  /// Takes the four counts, each at least 0.
  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0, trueNegatives: Int = 0
  ) {
    precondition(
      min(truePositives, falsePositives, falseNegatives, trueNegatives) >= 0,
      "counts of a confusion matrix are not negative")
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// Counts the statements whose probability reaches a threshold against the gold answers.
  ///
  /// - Parameters:
  ///   - probabilities: one per statement, in 0...1.
  ///   - positives: one per statement: does it carry the label?
  ///   - threshold: the label is on when its probability is at least this (`Thresholds.isOn`).
  public init(probabilities: [Double], positives: [Bool], threshold: Double) {
    precondition(
      probabilities.count == positives.count, "one probability for each statement is needed")
    var counts = (on: (right: 0, wrong: 0), off: (right: 0, wrong: 0))
    for (probability, positive) in zip(probabilities, positives) {
      switch (Thresholds.isOn(probability, at: threshold), positive) {
      case (true, true): counts.on.right += 1
      case (true, false): counts.on.wrong += 1
      case (false, true): counts.off.wrong += 1
      case (false, false): counts.off.right += 1
      }
    }
    self.init(
      truePositives: counts.on.right, falsePositives: counts.on.wrong,
      falseNegatives: counts.off.wrong, trueNegatives: counts.off.right)
  }

  /// Statements that carry the label: TP + FN.
  public var support: Int { truePositives + falseNegatives }

  /// Statements that were given the label: TP + FP.
  public var predictedCount: Int { truePositives + falsePositives }

  /// All statements: TP + FP + FN + TN.
  public var total: Int { support + falsePositives + trueNegatives }

  /// TP / (TP + FP): how many of those given the label carry it. 0 when none was given it.
  public var precision: Double { ratio(truePositives, predictedCount) }

  /// TP / (TP + FN): how many of those that carry the label were given it. 0 without support.
  public var recall: Double { ratio(truePositives, support) }

  /// 2 TP / (2 TP + FP + FN), the harmonic mean of precision and recall. 0 when both are.
  public var f1: Double { ratio(2 * truePositives, support + predictedCount) }

  /// The counts of two sets of statements, or of two labels, added cell by cell.
  public static func + (left: Self, right: Self) -> Self {
    Self(
      truePositives: left.truePositives + right.truePositives,
      falsePositives: left.falsePositives + right.falsePositives,
      falseNegatives: left.falseNegatives + right.falseNegatives,
      trueNegatives: left.trueNegatives + right.trueNegatives)
  }
}

extension BinaryConfusion: Codable {
  private enum CodingKeys: CodingKey {
    case truePositives, falsePositives, falseNegatives, trueNegatives
  }

  /// Reads the four counts; throws `DecodingError` when one is missing, negative or above 2³².
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      truePositives: try container.decodeCount(forKey: .truePositives),
      falsePositives: try container.decodeCount(forKey: .falsePositives),
      falseNegatives: try container.decodeCount(forKey: .falseNegatives),
      trueNegatives: try container.decodeCount(forKey: .trueNegatives))
  }
}

/// A share of counts; 0 when there is nothing to divide by.
func ratio(_ numerator: Int, _ denominator: Int) -> Double {
  denominator == 0 ? 0 : Double(numerator) / Double(denominator)
}
