/// The confusion matrix of a single-label task: rows are gold labels, columns are predictions.
///
/// A classifier may decline to answer, for example when a text has no known feature. Such
/// statements are counted beside the square matrix, in `unanswered`; everywhere a prediction is
/// written as `Int?`, and `nil` means "no answer". They belong to their gold row's total, so an
/// unanswered statement is a miss, never a wrong prediction of some label.
///
/// ```swift
/// let matrix = ConfusionMatrix(
///   labels: ["negative", "positive"], gold: [0, 0, 1], predicted: [0, 1, nil])
/// matrix[gold: 0, predicted: 1]    // 1
/// matrix[gold: 1, predicted: nil]  // 1
/// ```
public struct ConfusionMatrix: Hashable, Sendable {
  /// What the column of unanswered statements is called in a table.
  public static let unansweredTitle = "(no label)"

  /// The k labels, distinct, in the order of rows and columns.
  public let labels: [String]
  /// k × k counts, row-major: row = gold, column = predicted.
  public private(set) var counts: [Int]
  /// For each gold label, how many of its statements got no prediction; k counts.
  public private(set) var unanswered: [Int]

  /// Counts predictions against gold answers.
  ///
  /// - Parameters:
  ///   - labels: k distinct names.
  ///   - gold: one index in 0..<k per statement.
  ///   - predicted: one index in 0..<k per statement, or `nil` for no answer.
  public init(labels: [String], gold: [Int], predicted: [Int?]) {
    precondition(gold.count == predicted.count, "one prediction for each gold label is needed")
    self.init(
      labels: labels, counts: Array(repeating: 0, count: labels.count * labels.count),
      unanswered: Array(repeating: 0, count: labels.count))
    for (gold, predicted) in zip(gold, predicted) {
      precondition(labels.indices.contains(gold), "gold label outside 0..<\(labels.count)")
      if let predicted {
        counts[cell(gold, predicted)] += 1
      } else {
        unanswered[gold] += 1
      }
    }
  }

  init(labels: [String], counts: [Int], unanswered: [Int]) {
    precondition(Set(labels).count == labels.count, "labels are distinct")
    precondition(counts.count == labels.count * labels.count && unanswered.count == labels.count)
    self.labels = labels
    self.counts = counts
    self.unanswered = unanswered
  }

  /// How many statements of a gold label got a prediction; `nil` asks for those that got none.
  public subscript(gold gold: Int, predicted predicted: Int?) -> Int {
    guard let predicted else { return unanswered[gold] }
    return counts[cell(gold, predicted)]
  }

  /// Statements of each gold label, answered or not: the labels' support.
  public var rowTotals: [Int] {
    labels.indices.map { gold in
      labels.indices.reduce(unanswered[gold]) { $0 + counts[cell(gold, $1)] }
    }
  }

  /// How often each label was predicted.
  public var columnTotals: [Int] {
    labels.indices.map { predicted in
      labels.indices.reduce(0) { $0 + counts[cell($1, predicted)] }
    }
  }

  /// All statements, answered or not.
  public var total: Int { counts.reduce(0, +) + unansweredTotal }

  /// All statements without a prediction.
  public var unansweredTotal: Int { unanswered.reduce(0, +) }

  /// Statements whose prediction is their gold label: the sum of the diagonal.
  public var correct: Int { labels.indices.reduce(0) { $0 + counts[cell($1, $1)] } }

  /// The counts of two sets of statements; both matrices have the same labels in the same order.
  public func adding(_ other: ConfusionMatrix) -> ConfusionMatrix {
    precondition(labels == other.labels, "matrices of different labels cannot be added")
    return ConfusionMatrix(
      labels: labels,
      counts: zip(counts, other.counts).map { $0 + $1 },
      unanswered: zip(unanswered, other.unanswered).map { $0 + $1 })
  }

  private func cell(_ gold: Int, _ predicted: Int) -> Int {
    precondition(
      labels.indices.contains(gold) && labels.indices.contains(predicted),
      "label outside 0..<\(labels.count)")
    return gold * labels.count + predicted
  }
}
