/// How well a model's answers agree with labelled statements.
public struct ModelEvaluation: Sendable {
  /// One for each of the model's tasks that is labelled.
  public let evaluations: [TaskEvaluation]
  /// The same without near copies of what the model was trained on, which tell nothing of new statements;
  /// `nil` where there are none, and where the model does not know.
  public let newStatements: NewStatements?

  /// What errors on new statements are to be taken from: the scores without near copies, and those of all
  /// where nothing else is labelled.
  public var evaluationsOfNewStatements: [TaskEvaluation] {
    evaluations.map { whole in
      newStatements?.evaluations.first { $0.task == whole.task } ?? whole
    }
  }

  /// How well a model does on statements that are no near copies of those that it was trained on.
  public struct NewStatements: Sendable {
    /// For each task that is labelled how many of its labelled statements are near copies.
    public let copyCounts: [String: Int]
    /// One for each task that is labelled among the others.
    public let evaluations: [TaskEvaluation]
  }
}

extension Model {
  /// How well the model's answers agree with labelled statements, for each of its tasks that is
  /// labelled.
  ///
  /// - Parameters:
  ///   - data: read by the model's codebook.
  ///   - bootstrap: how intervals are resampled.
  public func evaluate(
    on data: LabelledStatements, bootstrap: Bootstrap = .init(),
    parallelism: Parallelism = .allCores
  ) -> [TaskEvaluation] {
    evaluations(
      of: classify(data.statements, layout: data.layout, parallelism: parallelism), on: data,
      bootstrap: bootstrap)
  }

  /// The same, and without near copies of what the model was trained on.
  public func evaluation(
    on data: LabelledStatements, bootstrap: Bootstrap = .init(),
    parallelism: Parallelism = .allCores
  ) -> ModelEvaluation {
    evaluation(
      of: classify(data.statements, layout: data.layout, parallelism: parallelism), on: data,
      bootstrap: bootstrap)
  }

  /// - Parameter judgements: one for each statement.
  func evaluation(
    of judgements: [Judgement], on data: LabelledStatements, bootstrap: Bootstrap = .init()
  ) -> ModelEvaluation {
    let all = evaluations(of: judgements, on: data, bootstrap: bootstrap)
    let rows = judgements.indices.filter { judgements[$0].copies.isEmpty }
    let new =
      rows.count == judgements.count
      ? all
      : evaluations(
        of: rows.map { judgements[$0] }, on: data.selecting(rows), bootstrap: bootstrap)
    let counts = all.map { whole in
      let rest = new.first { $0.task == whole.task }
      return (
        whole.task, whole.scores.statementCount - (rest?.scores.statementCount ?? 0)
      )
    }
    return ModelEvaluation(
      evaluations: all,
      newStatements: rows.count == judgements.count
        ? nil : .init(copyCounts: Dictionary(uniqueKeysWithValues: counts), evaluations: new))
  }

  /// How well answers agree with the labels, for each of the tasks that is labelled.
  ///
  /// - Parameter judgements: one for each statement.
  func evaluations(
    of judgements: [Judgement], on data: LabelledStatements, bootstrap: Bootstrap = .init()
  ) -> [TaskEvaluation] {
    let traits = StatementTraits(data.statements, bootstrap: bootstrap)
    return classifiers.indices.compactMap { index in
      let task = classifiers[index].task
      guard let column = data.codebook.tasks.firstIndex(where: { $0.isSameQuestion(as: task) })
      else { return nil }
      let gold = TaskData(data, task: column).gold
      guard gold.contains(where: { $0 != nil }) else { return nil }
      return TaskEvaluation(
        task, gold: gold, predictions: judgements.map { $0.tasks[index] }, traits: traits)
    }
  }
}

extension [TaskEvaluation] {
  /// The languages that any of them tells apart, in byte order.
  var languages: [String] {
    Set(flatMap { $0.byLanguage.map(\.language) })
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension Codebook.Task {
  /// Whether both ask for the same labels, however they are worded.
  func isSameQuestion(as other: Codebook.Task) -> Bool {
    name == other.name && kind == other.kind && labels.map(\.name) == other.labels.map(\.name)
  }
}
