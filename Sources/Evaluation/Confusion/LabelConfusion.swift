/// The confusion matrix of a multi-label task: which label was taken for which.
///
/// It has a row and a column for each label, and one more of each, the rims. For every statement,
/// with gold labels G and predicted labels P:
///
/// | what | where it is counted |
/// |---|---|
/// | each correct label g ∈ G ∩ P | diagonal: row g, column g |
/// | each missed label g ∈ G ∖ P, when P ∖ G is not empty | row g, column p, for each p ∈ P ∖ G |
/// | each missed label g ∈ G ∖ P, when P ∖ G is empty | row g, column `(none instead)` |
/// | each wrong label p ∈ P ∖ G, when G ∖ P is empty | row `(none missed)`, column p |
/// | neither: G and P are both empty | row `(none missed)`, column `(none instead)` |
///
/// A row's total may exceed its label's support (one missed label beside two wrong ones counts
/// twice), so precision and recall come from `MultiLabelScores`, not from this matrix.
///
/// Source: Heydarian, Doyle and Samavi, "MLCM: Multi-Label Confusion Matrix", IEEE Access 10
/// (2022), 19083-19095. Its first and third categories are followed as they are. In its second
/// category (all gold labels found, and more besides) MLCM charges each surplus label to the row
/// of every gold label, which makes labels that were found look mistaken for another; here they go
/// to the row `(none missed)`, where MLCM too puts them when a statement has no gold label.
public struct LabelConfusion: Hashable, Sendable {
  /// The last row: the predicted label stands in for no missed gold label, it is one too many.
  public static let noneMissedTitle = "(none missed)"
  /// The last column: the gold label was missed, and no wrong label was given in its place.
  public static let noneInsteadTitle = "(none instead)"

  /// The q labels, distinct, in the order of rows and columns.
  public let labels: [String]
  /// (q + 1) × (q + 1) counts, row-major; the last row and the last column are the rims.
  public private(set) var counts: [Int]

  /// Counts predicted label sets against gold label sets.
  ///
  /// - Parameters:
  ///   - labels: q distinct names.
  ///   - gold: per statement, the indices in 0..<q of its labels, in any order; empty for none.
  ///   - predicted: the same for the predictions.
  public init(labels: [String], gold: [[Int]], predicted: [[Int]]) {
    precondition(gold.count == predicted.count, "one prediction for each statement is needed")
    let width = labels.count + 1
    self.init(labels: labels, counts: Array(repeating: 0, count: width * width))
    let rim = labels.count
    var split = LabelSplit(labelCount: labels.count)
    for (gold, predicted) in zip(gold, predicted) {
      split.update(gold: gold, predicted: predicted)
      for label in split.correct { counts[label * width + label] += 1 }
      if split.correct.isEmpty && split.missed.isEmpty && split.wrong.isEmpty {
        counts[rim * width + rim] += 1
      } else if split.missed.isEmpty {
        for label in split.wrong { counts[rim * width + label] += 1 }
      } else if split.wrong.isEmpty {
        for label in split.missed { counts[label * width + rim] += 1 }
      } else {
        for missed in split.missed {
          for wrong in split.wrong { counts[missed * width + wrong] += 1 }
        }
      }
    }
  }

  init(labels: [String], counts: [Int]) {
    precondition(Set(labels).count == labels.count, "labels are distinct")
    precondition(counts.count == (labels.count + 1) * (labels.count + 1))
    self.labels = labels
    self.counts = counts
  }

  /// One cell; `nil` names the rim: row `(none missed)`, column `(none instead)`.
  public subscript(gold gold: Int?, predicted predicted: Int?) -> Int {
    let row = gold ?? labels.count
    let column = predicted ?? labels.count
    precondition(
      0...labels.count ~= row && 0...labels.count ~= column, "label outside 0..<\(labels.count)")
    return counts[row * (labels.count + 1) + column]
  }

  /// The q + 1 row titles: the labels, then `(none missed)`.
  public var rowTitles: [String] { labels + [Self.noneMissedTitle] }

  /// The q + 1 column titles: the labels, then `(none instead)`.
  public var columnTitles: [String] { labels + [Self.noneInsteadTitle] }

  /// The counts of two sets of statements; both matrices have the same labels in the same order.
  public func adding(_ other: LabelConfusion) -> LabelConfusion {
    precondition(labels == other.labels, "matrices of different labels cannot be added")
    return LabelConfusion(labels: labels, counts: zip(counts, other.counts).map { $0 + $1 })
  }
}
