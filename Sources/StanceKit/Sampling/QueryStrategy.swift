/// By what the statements to label next are chosen.
public enum QueryStrategy: Hashable, Sendable {
  /// The most uncertain first, by the mean over the tasks of `Uncertainty.entropy`.
  case entropy
  /// The nearest to another answer first, by the lowest over the tasks of `Uncertainty.margin`.
  case margin
  /// Those nearest to changing sides on one label: edge cases, on both sides.
  case edge(task: Int, label: Int)
  /// Uncertain and unlike each other: each next statement has the highest entropy · (1 − cosine of
  /// its features with the nearest one chosen).
  case diverse
  /// A random draw: what the others have to beat, and what a score can be estimated on.
  case random
}

/// A statement that was chosen to be labelled.
public struct Query: Hashable, Sendable {
  /// Its index in the pool.
  public let row: Int
  /// What it was ranked by; `nil` in a random draw.
  public let score: Double?
  /// For each task considered the labels that the model is least sure about; empty in a random draw.
  public let doubts: [Doubt]
  /// Whether the model knows anything of the statement.
  public let hasEvidence: Bool

  public struct Doubt: Hashable, Sendable {
    /// An index of the model's classifiers.
    public let task: Int
    /// Indices of the task's labels.
    public let labels: [Int]
  }
}
