/// The scores of a single-label task, all read off its confusion matrix.
///
/// An unanswered statement is a miss of its gold label and no prediction of any other. When every
/// statement is answered, micro precision, micro recall, micro F1 and accuracy are one number;
/// macro recall is what is also called balanced accuracy.
public struct SingleLabelScores: PerLabelScores {
  /// The counts that the scores are made of.
  public let matrix: ConfusionMatrix
  public let perLabel: [BinaryConfusion]

  /// Scores a confusion matrix.
  public init(_ matrix: ConfusionMatrix) {
    self.matrix = matrix
    let supports = matrix.rowTotals
    let predicted = matrix.columnTotals
    let total = matrix.total
    perLabel = matrix.labels.indices.map { label in
      let correct = matrix[gold: label, predicted: label]
      return BinaryConfusion(
        truePositives: correct,
        falsePositives: predicted[label] - correct,
        falseNegatives: supports[label] - correct,
        trueNegatives: total - supports[label] - predicted[label] + correct)
    }
  }

  public var labels: [String] { matrix.labels }

  /// The share of all statements, answered or not, whose prediction is their gold label; 0 when
  /// there are none.
  public var accuracy: Double { ratio(matrix.correct, matrix.total) }
}

/// Written and read as the confusion matrix alone: everything else follows from it.
extension SingleLabelScores: Codable {
  public init(from decoder: any Decoder) throws {
    self.init(try ConfusionMatrix(from: decoder))
  }

  public func encode(to encoder: any Encoder) throws {
    try matrix.encode(to: encoder)
  }
}
