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
