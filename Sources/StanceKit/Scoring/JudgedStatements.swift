/// Labelled statements, what a model that did not see them says of them, and how good that is.
public struct JudgedStatements: Sendable {
  /// How it came about that no answer is of a model that had seen the statement.
  public enum Origin: Hashable, Sendable {
    /// The model was trained on the statements; answers are those of cross-validation.
    case crossValidation
    /// The model was trained on others.
    case otherStatements
  }

  public let data: LabelledStatements
  public let model: Model
  public let origin: Origin
  /// One for each of the model's tasks that is labelled.
  public let evaluations: [TaskEvaluation]
  /// What is to be expected of new statements, where some are near copies of what the model was trained on.
  public let newStatements: ModelEvaluation.NewStatements?
  /// What errors on new statements are to be taken from.
  public let evaluationsOfNewStatements: [TaskEvaluation]
  /// What the codebook's keywords alone reach.
  public let keywordBaselines: [KeywordBaseline.Score]
  /// For each of the model's tasks one for each statement; `nil` for tasks that are not labelled, and
  /// those of which not all out-of-fold scores are kept.
  public let judgements: [[TaskJudgement]?]

  /// What cross-validation said of the statements that a model was trained on; where it is for one kind
  /// of statements, of these.
  ///
  /// - Parameter data: read by the model's codebook, or by some of its tasks.
  /// - Returns: `nil` where the model was trained without, on other labels, or keeps none of its scores.
  public init?(_ data: LabelledStatements, outOfFoldBy model: Model) {
    let kind = model.crossValidation?.statementKind
    guard let data = kind.map(data.selecting) ?? data else { return nil }
    let judgements = model.outOfFoldJudgements(of: data)
    guard let summary = model.crossValidation, judgements.contains(where: { $0 != nil }) else {
      return nil
    }
    (self.data, self.model, self.judgements) = (data, model, judgements)
    let asked = Set(data.codebook.tasks.map(\.name))
    (origin, newStatements) = (.crossValidation, nil)
    evaluations = summary.evaluations.filter { asked.contains($0.task) }
    evaluationsOfNewStatements = evaluations
    keywordBaselines = (summary.keywordBaselines ?? []).filter { asked.contains($0.task) }
  }

  /// What a model says of statements that it was not trained on.
  ///
  /// - Parameter data: read by the model's codebook.
  /// - Returns: `nil` where no task of the model is labelled.
  public init?(
    _ data: LabelledStatements, by model: Model, parallelism: Parallelism = .allCores
  ) {
    let all = model.classify(data.statements, layout: data.layout, parallelism: parallelism)
    let found = model.evaluation(of: all, on: data)
    guard !found.evaluations.isEmpty else { return nil }
    (self.data, self.model) = (data, model)
    (origin, evaluations) = (.otherStatements, found.evaluations)
    newStatements = found.newStatements
    evaluationsOfNewStatements = found.evaluationsOfNewStatements
    keywordBaselines = model.keywordBaselines(on: data)
    let labelled = Set(evaluations.map(\.task))
    judgements = model.classifiers.indices.map { task in
      labelled.contains(model.classifiers[task].task.name) ? all.map { $0.tasks[task] } : nil
    }
  }

  /// What speaks against learning from, or measuring on, the statements as they are.
  public func audit() -> Audit {
    let byName = Dictionary(
      uniqueKeysWithValues: zip(model.classifiers.map(\.task.name), judgements))
    return Audit(data, judgedAs: data.codebook.tasks.map { byName[$0.name] ?? nil })
  }
}
