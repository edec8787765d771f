extension Model {
  /// What models that did not see a statement said of it, for each task and statement of the data that
  /// this model was trained on.
  ///
  /// Thresholds are the model's, which were set on the same scores: for lists of statements, not for
  /// scores, which ``crossValidation`` has.
  ///
  /// - Parameter data: what the model was trained on; of that what it is for, where it is for one kind of
  ///   statements.
  /// - Returns: one for each statement, without labels where the task does not label it; `nil` for a
  ///   task whose labels are others than those the model was trained on, or of which not all scores are
  ///   kept.
  public func outOfFoldJudgements(of data: LabelledStatements) -> [[TaskJudgement]?] {
    classifiers.map { classifier in
      guard let record = classifier.outOfFold, record.count == record.labelledCount,
        let index = data.codebook.tasks.firstIndex(where: { $0.isSameQuestion(as: classifier.task) }
        )
      else { return nil }
      let rows = TaskData(data, task: index)
      let labelled = rows.labelledRows
      guard labelled.count == record.count,
        zip(labelled, record.gold).allSatisfy({ (rows.gold[$0] ?? []).sorted() == $1 })
      else { return nil }
      let scores = record.scoreMatrix
      let unknown = [Double](repeating: 0, count: classifier.task.labels.count)
      var judgements = [TaskJudgement](
        repeating: TaskJudgement(
          task: classifier.task.name, labels: [], probabilities: unknown, scores: unknown),
        count: data.statements.count)
      for (place, row) in labelled.enumerated() {
        judgements[row] = classifier.rule.judgement(
          of: Array(scores.row(place)), in: record.scripts[place], task: classifier.task.name,
          hasEvidence: record.evidence[place])
      }
      return judgements
    }
  }
}
