/// What a model says of one statement.
public struct Judgement: Hashable, Sendable {
  /// One for each of the model's tasks.
  public let tasks: [TaskJudgement]
  /// The share of the text's n-grams that the model knows, in 0...1; 0 for an empty text.
  public let coverage: Double
  /// Whether the model knows anything of the text. Without evidence no label is given, and the
  /// probabilities are those of a statement of which nothing is known.
  public let hasEvidence: Bool
  /// The texts of training that this one is nearly the same as, most alike first: what people said of
  /// them counts beside what the model says, where there is evidence.
  public let copies: [KnownStatements.Copy]
}

/// The answer to one task.
public struct TaskJudgement: Hashable, Sendable {
  public let task: String
  /// Numbers of the labels that are given, rising; none for "none of the labels", "not sure" or "no
  /// evidence".
  public let labels: [Int]
  /// One for each of the task's labels, in 0...1.
  public let probabilities: [Double]
  /// Those of the model itself, where codings of near copies changed them; else `nil`.
  public internal(set) var probabilitiesWithoutCopies: [Double]?
  /// What the labels compete by, where the probabilities do not tell: codings of near copies count beside
  /// weighted probabilities of the model.
  var standings: [Double]?
  /// One for each of the task's labels, before calibration.
  public let scores: [Double]
  /// Numbers of the labels that a person should look at, rising: those of a multi-label task that may
  /// be on or off, and those of a single-label task among which to choose. None unless the model was
  /// told to abstain or given targets.
  public let unsure: [Int]
  /// Numbers of the labels that would be given if an answer had to be, rising.
  public let bestGuess: [Int]

  /// One for each of the task's labels: between which probabilities it lies as far as the training
  /// statements tell. `nil` unless asked for, and where the model does not know or has no evidence.
  public internal(set) var intervals: [ProbabilityInterval]?

  init(
    task: String, labels: [Int], probabilities: [Double], scores: [Double], unsure: [Int] = [],
    bestGuess: [Int]? = nil
  ) {
    self.task = task
    self.labels = labels
    self.probabilities = probabilities
    self.scores = scores
    self.unsure = unsure
    self.bestGuess = bestGuess ?? labels
  }
}
