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
///
/// Of recipes that tie with the best within one standard error, the simplest wins. Penalty and class
/// weighting are those with the highest score: to prefer a stronger penalty wherever the lead of a
/// weaker one may be chance costs as much as what it saves, as it makes timid models of all small sets.
struct Selection: Sendable {
  private let scores: OutOfFoldScores
  private let tasks: [TaskData]
  /// The tasks' annotations of all observations.
  private let observed: [TaskData]
  private let folds: Folds
  /// For each task what its thresholds are set for.
  private let goals: [TaskGoals]
  /// The statements that decisions are learned from; recipes and penalties are chosen on all.
  private let decisionRows: Set<Int>

  init(scores: OutOfFoldScores, tasks: [TaskData], goals: [TaskGoals], decisionRows: [Int]) {
    self.scores = scores
    self.tasks = tasks
    self.goals = goals
    self.decisionRows = Set(decisionRows)
    observed = tasks.map { $0.repeated(scores.repeats.divisions.count) }
    folds = scores.repeats.foldsOfObservations
  }

  /// The choice as the given statements see it.
  func choice(on statements: [Int]) -> ModelChoice {
    let rows = scores.repeats.observations(of: statements)
    var candidates: [[Int]] = []
    var found: [CandidateScore] = []
    for recipe in scores.grid.recipes.indices {
      var chosen: [Int] = []
      var best: [CandidateScore] = []
      for task in tasks.indices {
        let all = candidateScores(recipe: recipe, task: task, rows: rows)
        chosen.append(CandidateScore.best(of: all))
        best.append(all[chosen[task]])
      }
      candidates.append(chosen)
      found.append(CandidateScore(mean: best))
    }
    let recipe = CandidateScore.simplest(of: found)
    return ModelChoice(
      recipe: recipe,
      tasks: tasks.indices.map { task in
        let candidate = candidates[recipe][task]
        return TaskChoice(
          candidate: candidate,
          rule: rule(recipe: recipe, task: task, candidate: candidate, rows: statements))
      })
  }

  /// The choice that each fold's statements are judged by: made without looking at their own
  /// scores (cross-fitting), so that what comes out is the quality of the whole procedure.
  func choicesByFold(_ parallelism: Parallelism) -> [ModelChoice] {
    parallelism.map(scores.folds.count) { choice(on: scores.folds.training(excluding: $0)) }
  }

  /// For each task and statement the answer of its fold's choice.
  func judgements(by choices: [ModelChoice]) -> [[TaskJudgement]] {
    tasks.indices.map { task in
      scores.folds.foldOfRow.enumerated().map { row, fold in
        let choice = choices[fold].tasks[task]
        let matrix = scores.scores[choices[fold].recipe][task][choice.candidate]
        return choice.rule.judgement(
          of: Array(matrix.row(row)), in: tasks[task].script(row), task: tasks[task].task.name,
          hasEvidence: scores.evidence[choices[fold].recipe][row])
      }
    }
  }

  /// For each task what is kept of its out-of-fold scores under a choice.
  func records(of choice: ModelChoice, languages: [String?]) -> [OutOfFoldRecord] {
    tasks.indices.map { task in
      OutOfFoldRecord(
        tasks[task], rows: tasks[task].labelledRows.filter(decisionRows.contains),
        folds: scores.folds,
        scores: scores.scores[choice.recipe][task][choice.tasks[task].candidate],
        evidence: scores.evidence[choice.recipe], languages: languages)
    }
  }

  /// The macro F1 of the best candidate of a recipe on all statements.
  func bestScore(recipe: Int, task: Int) -> Double {
    let rows = Array(0..<scores.repeats.observationCount)
    let best = candidateScores(recipe: recipe, task: task, rows: rows).map(\.macroF1).max() ?? 0
    // Where all fell out of the race, what they had come to by then.
    return best.isFinite ? best : scores.scoresOfDropped[recipe][task].compactMap(\.self).max() ?? 0
  }

  private func candidateScores(recipe: Int, task: Int, rows: [Int]) -> [CandidateScore] {
    let labelled = labelledRows(of: task, in: rows)
    return scores.scores[recipe][task].indices.map { candidate in
      guard scores.scoresOfDropped[recipe][task][candidate] == nil else { return .dropped }
      return CandidateScore(
        observed[task], scores.scores[recipe][task][candidate], rows: labelled, folds: folds)
    }
  }

  /// Thresholds and calibration, from the first repeat, whose scores the model keeps.
  private func rule(recipe: Int, task: Int, candidate: Int, rows: [Int]) -> DecisionRule {
    DecisionFitting(data: tasks[task], folds: scores.folds, goals: goals[task])
      .rule(
        scores.scores[recipe][task][candidate],
        rows: labelledRows(of: task, in: rows.filter(decisionRows.contains)))
  }

  private func labelledRows(of task: Int, in rows: [Int]) -> [Int] {
    observed[task].labelledRows(among: rows)
  }
}
