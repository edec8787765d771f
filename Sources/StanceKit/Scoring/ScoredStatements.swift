/// What scores are broken down and resampled by.
struct StatementTraits {
  /// One for each statement.
  let languages: [String?]
  /// How the statements came to be among these; `nil` where that is not known, and nothing can be said
  /// of other statements.
  let sampling: Sampling?

  /// Statements drawn in groups.
  struct Sampling {
    /// For each statement the number of its group.
    let groups: [Int]
    let bootstrap: Bootstrap
  }

  func sampling(_ rows: [Int]) -> Sampling? {
    sampling.map { sampling in
      Sampling(groups: rows.map { sampling.groups[$0] }, bootstrap: sampling.bootstrap)
    }
  }

  /// Of statements as a file has them: those with the same `group` belong together.
  init(_ statements: [Statement], bootstrap: Bootstrap = Bootstrap()) {
    self.init(
      languages: StatementLanguages(statements).names,
      sampling: Sampling(groups: Self.groups(of: statements), bootstrap: bootstrap))
  }

  /// For each statement the number of its group; one without `group` is a group of its own.
  static func groups(of statements: [Statement]) -> [Int] {
    var numbers: [String: Int] = [:]
    return statements.indices.map { row in
      guard let group = statements[row].group else { return row }
      if let number = numbers[group] { return number }
      numbers[group] = row
      return row
    }
  }

  /// Those of some of the statements.
  func selecting(_ rows: [Int]) -> StatementTraits {
    StatementTraits(languages: rows.map { languages[$0] }, sampling: sampling(rows))
  }

  init(languages: [String?], sampling: Sampling?) {
    self.languages = languages
    self.sampling = sampling
  }
}

/// Labelled statements beside predictions, and the scores that follow.
struct ScoredStatements {
  let task: Codebook.Task
  let gold: [[Int]]
  let predictions: [TaskJudgement]
  let sampling: StatementTraits.Sampling?

  init(
    _ task: Codebook.Task, gold: [[Int]], predictions: [TaskJudgement],
    sampling: StatementTraits.Sampling?
  ) {
    self.task = task
    self.gold = gold
    self.predictions = predictions
    self.sampling = sampling
  }

  var scores: TaskScores { TaskScores(task, gold: gold, predictions: predictions) }

  var intervals: ScoreIntervals? {
    guard let sampling else { return nil }
    return ScoreIntervals(
      labelCount: task.labels.count, gold: gold, predicted: predictions.map(\.bestGuess),
      isSingleLabel: task.kind == .singleLabel, groups: sampling.groups,
      bootstrap: sampling.bootstrap)
  }

  /// Some of the statements.
  subscript(rows: [Int]) -> ScoredStatements {
    ScoredStatements(
      task, gold: rows.map { gold[$0] }, predictions: rows.map { predictions[$0] },
      sampling: sampling.map { sampling in
        .init(groups: rows.map { sampling.groups[$0] }, bootstrap: sampling.bootstrap)
      })
  }
}
