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
    /// How many divisions into folds choices were made on; scores are of the first. `nil` in models
    /// that were trained when there was only one.
    public let repeatCount: Int?
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
    public internal(set) var evaluations: [TaskEvaluation]
    /// Whether thresholds were set anew after training, so that the evaluations are those of settings
    /// that were chosen on the same folds.
    public internal(set) var thresholdsWereReset: Bool?
    /// What the codebook's keywords alone reach on the same statements, for each task of which a label
    /// has some; `nil` in models of an earlier format.
    public let keywordBaselines: [KeywordBaseline.Score]?
    /// The statements that the evaluations are of; `nil` for all.
    public let statementKind: StatementKind?
  }

  public struct RecipeScore: Hashable, Codable, Sendable {
    public let recipe: String
    /// One for each task.
    public let macroF1: [Double]
  }
}

extension CrossValidation.Summary {
  /// Whether the summary describes these tasks, where it comes from a file.
  func fits(_ tasks: [Codebook.Task]) -> Bool {
    foldCount >= 2 && repeatCount ?? 1 >= 1 && groupCount >= 0 && nearDuplicateCount >= 0
      && candidateCount >= 0
      && evaluations.count == tasks.count
      && zip(evaluations, tasks).allSatisfy { $0.fits($1) }
      && recipeScores.allSatisfy { $0.macroF1.count == tasks.count }
      && (keywordBaselines ?? []).allSatisfy { $0.macroF1.isFinite }
      && statementKind?.values.isEmpty != true
  }
}

extension TaskEvaluation {
  /// Whether the scores are those of a task of this kind with these labels.
  fileprivate func fits(_ task: Codebook.Task) -> Bool {
    let labels = task.labels.map(\.name)
    let all = [scores] + byLanguage.map(\.scores) + [answered?.scores].compactMap(\.self)
    let allIntervals = [intervals] + byLanguage.map(\.intervals)
    return self.task == task.name && unlabelledCount >= 0 && calibration.map(\.label) == labels
      && (answered.map { $0.fits(labelCount: labels.count, statementCount: scores.statementCount) }
        ?? true)
      && allIntervals.allSatisfy { $0?.fits(labelCount: labels.count) ?? true }
      && all.allSatisfy { scores in
        switch (scores, task.kind) {
        case (.multiLabel, .multiLabel), (.singleLabel, .singleLabel):
          scores.common.labels == labels
        default: false
        }
      }
  }
}
