/// What the coders said about a statement in one task.
public enum Annotation: Hashable, Sendable {
  /// The labels of a multi-label task as indices into its labels, ascending; may be empty.
  case labels([Int])

  /// The label of a single-label task as an index into its labels.
  case label(Int)

  /// Nobody has labelled it: the record has no such field, or the cell of a single-label task is
  /// empty.
  case unlabelled

  /// The indices of the labels, ascending, whatever the task's kind; `nil` where nobody has labelled it.
  public var labels: [Int]? {
    switch self {
    case .labels(let labels): labels
    case .label(let label): [label]
    case .unlabelled: nil
    }
  }
}

/// The cell of a task column.
public enum AnnotationCell {
  /// The labels of a cell: separated by `;`, without white space around them or empty ones, in the
  /// order of the cell.
  public static func labels(_ cell: String) -> [String] {
    cell.split(separator: ";").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
