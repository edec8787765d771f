/// The labels of a task that out-of-fold probabilities contradict.
public struct TaskSuspicions: Sendable {
  public let task: Codebook.Task
  public let labelledCount: Int
  /// The most suspect first.
  public let suspects: [Suspect]

  /// One label of one statement that is likely to be wrong.
  public struct Suspect: Hashable, Sendable {
    public let row: Int
    public let change: Change
    /// p̂ of the label as it is, less p̂ of what is more likely; in −1...1, lowest for the most
    /// suspect.
    public let margin: Double
  }

  /// What would have to change.
  public enum Change: Hashable, Sendable {
    /// Single-label: one label for another.
    case replace(Int, with: Int)
    /// Multi-label: the label is given and seems wrong.
    case remove(Int)
    /// Multi-label: the label is missing.
    case add(Int)
  }

  /// - Parameter judgements: out-of-fold, one for each statement.
  init(_ data: TaskData, _ judgements: [TaskJudgement]) {
    task = data.task
    let rows = data.gold.indices.filter { data.gold[$0] != nil }
    labelledCount = rows.count
    switch data.task.kind {
    case .singleLabel:
      let found = ConfidentLearning(
        rowMajorProbabilities: rows.flatMap { judgements[$0].probabilities },
        given: rows.map { data.gold[$0]?.first ?? 0 }, labelCount: data.labelCount)
      suspects = found.suspects.map {
        Suspect(
          row: rows[$0.row], change: .replace($0.given, with: $0.suggested), margin: $0.margin)
      }
    case .multiLabel:
      suspects = (0..<data.labelCount).flatMap { label in
        ConfidentLearning(
          probabilities: rows.map { judgements[$0].probabilities[label] },
          positives: data.positives(label, rows)
        ).suspects.map {
          Suspect(
            row: rows[$0.row], change: $0.given == 1 ? .remove(label) : .add(label),
            margin: $0.margin)
        }
      }.sorted { ($0.margin, $0.row) < ($1.margin, $1.row) }
    }
  }
}
