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
    /// How probable the label is as it stands, in 0...1; lowest for the most suspect.
    public let confidence: Double
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

  /// - Parameter probabilities: out-of-fold, of the labels of each statement.
  init(_ data: TaskData, _ probabilities: [[Double]]) {
    task = data.task
    let rows = data.gold.indices.filter { data.gold[$0] != nil }
    labelledCount = rows.count
    switch data.task.kind {
    case .singleLabel:
      let found = ConfidentLearning(
        rowMajorProbabilities: rows.flatMap { probabilities[$0] },
        given: rows.map { data.gold[$0]?.first ?? 0 }, labelCount: data.labelCount)
      suspects = found.suspects.map {
        Suspect(
          row: rows[$0.row], change: .replace($0.given, with: $0.suggested),
          confidence: $0.confidence)
      }
    case .multiLabel:
      suspects = (0..<data.labelCount).flatMap { label in
        ConfidentLearning(
          probabilities: rows.map { probabilities[$0][label] },
          positives: data.positives(label, rows)
        ).suspects.map {
          Suspect(
            row: rows[$0.row], change: $0.given == 1 ? .remove(label) : .add(label),
            confidence: $0.confidence)
        }
      }.sorted { ($0.confidence, $0.row) < ($1.confidence, $1.row) }
    }
  }
}
