/// What a model says of one statement.
public struct Judgement: Hashable, Sendable {
  /// One for each of the model's tasks.
  public let tasks: [TaskJudgement]
  /// The share of the text's n-grams that the model knows, in 0...1; 0 for an empty text.
  public let coverage: Double
  /// Whether the model knows anything of the text. Without evidence no label is given, and the
  /// probabilities are those of a statement of which nothing is known.
  public let hasEvidence: Bool
}

/// The answer to one task.
public struct TaskJudgement: Hashable, Sendable {
  public let task: String
  /// Numbers of the task's labels, rising; none for "none of the labels" or "no evidence".
  public let labels: [Int]
  /// One for each of the task's labels, in 0...1.
  public let probabilities: [Double]
}
