import Synchronization

/// What selection settled on for one task: how to fit and how to decide.
struct TaskChoice: Hashable, Sendable {
  var candidate: Int
  var rule: DecisionRule
}

/// What selection settled on: a recipe, and for each task how to fit and how to decide.
struct ModelChoice: Hashable, Sendable {
  var recipe: Int
  var tasks: [TaskChoice]
}

/// Chooses recipe, penalty, class weighting, thresholds and calibration on out-of-fold scores.
struct Selection: Sendable {
  let scores: OutOfFoldScores
  let tasks: [TaskData]
  /// For each task what its thresholds are set for.
  let goals: [TaskGoals]

  /// Two scores closer than this are equal, and the simpler candidate wins.
  static let tieMargin = 0.002

  /// The best choice as the given statements see it.
  func choice(on rows: [Int]) -> ModelChoice {
    var best: (score: Double, choice: ModelChoice)?
    for recipe in scores.grid.recipes.indices {
      let choices = tasks.indices.map { bestCandidate(recipe: recipe, task: $0, rows: rows) }
      let score = choices.reduce(0) { $0 + $1.score } / Double(choices.count)
      if score > (best?.score ?? -.infinity) + Self.tieMargin {
        let taskChoices = tasks.indices.map { task in
          TaskChoice(
            candidate: choices[task].candidate,
            rule: rule(
              recipe: recipe, task: task, candidate: choices[task].candidate, rows: rows))
        }
        best = (score, ModelChoice(recipe: recipe, tasks: taskChoices))
      }
    }
    guard let best else { preconditionFailure("a grid has at least one recipe") }
    return best.choice
  }

  /// The choice that each fold's statements are judged by: made without looking at their own
  /// scores (cross-fitting), so that what comes out is the quality of the whole procedure.
  func choicesByFold(_ parallelism: Parallelism) -> [ModelChoice] {
    let choices = Mutex([ModelChoice?](repeating: nil, count: scores.folds.count))
    parallelism.forEach(scores.folds.count) { fold in
      let choice = choice(on: scores.folds.training(excluding: fold))
      choices.withLock { $0[fold] = choice }
    }
    return choices.withLock { $0.compactMap { $0 } }
  }

  /// For each task and statement the answer of its fold's choice.
  func judgements(by choices: [ModelChoice]) -> [[TaskJudgement]] {
    tasks.indices.map { task in
      scores.folds.foldOfRow.enumerated().map { row, fold in
        let choice = choices[fold].tasks[task]
        let matrix = scores.scores[choices[fold].recipe][task][choice.candidate]
        return choice.rule.judgement(
          of: Array(matrix.row(row)), task: tasks[task].task.name,
          hasEvidence: scores.evidence[choices[fold].recipe][row])
      }
    }
  }

  /// For each task what is kept of its out-of-fold scores under a choice.
  func records(of choice: ModelChoice, languages: [String?]) -> [OutOfFoldRecord] {
    tasks.indices.map { task in
      OutOfFoldRecord(
        tasks[task], folds: scores.folds,
        scores: scores.scores[choice.recipe][task][choice.tasks[task].candidate],
        evidence: scores.evidence[choice.recipe], languages: languages)
    }
  }

  /// The macro F1 of every candidate of a recipe on `rows`, thresholds at their best.
  func candidateScores(recipe: Int, task: Int, rows: [Int]) -> [Double] {
    let labelled = labelledRows(of: task, in: rows)
    return scores.scores[recipe][task].map { macroF1(tasks[task], $0, labelled) }
  }

  private func bestCandidate(
    recipe: Int, task: Int, rows: [Int]
  ) -> (candidate: Int, score: Double) {
    var best = (candidate: 0, score: -Double.infinity)
    for (candidate, score) in candidateScores(recipe: recipe, task: task, rows: rows).enumerated()
    where score > best.score + Self.tieMargin {
      best = (candidate, score)
    }
    return best
  }

  private func rule(recipe: Int, task: Int, candidate: Int, rows: [Int]) -> DecisionRule {
    DecisionFitting(data: tasks[task], folds: scores.folds, goals: goals[task])
      .rule(
        scores.scores[recipe][task][candidate], rows: labelledRows(of: task, in: rows))
  }

  private func labelledRows(of task: Int, in rows: [Int]) -> [Int] {
    rows.filter { tasks[task].gold[$0] != nil && tasks[task].rowWeights[$0] > 0 }
  }

  private func macroF1(_ data: TaskData, _ scores: Matrix, _ rows: [Int]) -> Double {
    switch data.task.kind {
    case .multiLabel:
      let perLabel = (0..<data.labelCount).map { label in
        let values = rows.map { LogisticFunctions.sigmoid(scores[$0, label]) }
        let positives = data.positives(label, rows)
        let threshold = Thresholds.bestF1(probabilities: values, positives: positives)
        return BinaryConfusion(probabilities: values, positives: positives, threshold: threshold).f1
      }
      return perLabel.reduce(0, +) / Double(perLabel.count)
    case .singleLabel:
      let rule = DecisionRule.standard(for: data.task)
      let matrix = ConfusionMatrix(
        labels: data.task.labels.map(\.name), gold: rows.map { data.gold[$0]?.first ?? 0 },
        predicted: rows.map { rule.labels(of: Array(scores.row($0))).first })
      return SingleLabelScores(matrix).macroF1
    }
  }
}
