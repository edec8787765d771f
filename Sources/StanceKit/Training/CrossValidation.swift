/// What cross-validation found: a summary that goes into the model, and every statement's
/// out-of-fold prediction.
public struct CrossValidation: Sendable {
  public let summary: Summary
  /// For each task and each statement what a model said that saw neither it nor its group.
  public let judgements: [[TaskJudgement]]
  public let folds: Folds

  /// The honest quality of the whole procedure, and how it chose.
  public struct Summary: Hashable, Codable, Sendable {
    public let foldCount: Int
    public let seed: UInt64
    /// Statements that stayed together: groups and clusters of near-duplicates.
    public let groupCount: Int
    /// Statements that have an earlier near-duplicate.
    public let nearDuplicateCount: Int
    /// How many ways to train were compared for each task.
    public let candidateCount: Int
    /// The best macro F1 of each recipe, task by task, as selection saw it on all statements.
    public let recipeScores: [RecipeScore]
    /// One for each task.
    public let evaluations: [TaskEvaluation]
  }

  public struct RecipeScore: Hashable, Codable, Sendable {
    public let recipe: String
    /// One for each task.
    public let macroF1: [Double]
  }
}
