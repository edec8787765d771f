import Synchronization

/// Fits candidates on folds.
struct FoldFitting: Sendable {
  /// One fold of one repeat under one recipe.
  struct Job {
    let recipe: Int
    let division: Int
    let fold: Int
  }

  let terms: [DocumentTerms]
  let tasks: [TaskData]
  let repeats: FoldRepeats
  let grid: CandidateGrid
  let collector: FoldCollector

  /// [recipe][task][candidate]: every one takes part.
  var allCandidates: [[[Bool]]] {
    terms.map { _ in
      tasks.map { _ in Array(repeating: true, count: grid.candidateCount) }
    }
  }

  /// The jobs of some folds of the first repeat and, with the last of these, of all other repeats;
  /// the richest recipe's first, so that the threads end together.
  func jobs(_ isWanted: (Int) -> Bool) -> [Job] {
    terms.indices.reversed().flatMap { recipe in
      repeats.divisions.indices.flatMap { division in
        (0..<repeats.first.count).filter {
          division > 0 ? isWanted(repeats.first.count - 1) : isWanted($0)
        }
        .map { Job(recipe: recipe, division: division, fold: $0) }
      }
    }
  }

  /// Fits those candidates of each recipe and task that take part.
  ///
  /// - Parameter progress: called from any thread with the number of finished jobs.
  func run(
    _ jobs: [Job], _ takesPart: [[[Bool]]], _ parallelism: Parallelism,
    _ progress: @escaping @Sendable (Int) -> Void
  ) throws {
    let jobs = jobs.filter { takesPart[$0.recipe].contains { $0.contains(true) } }
    let finished = Atomic<Int>(0)
    _ = try parallelism.map(jobs.count) { index in
      try fit(jobs[index], takesPart[jobs[index].recipe])
      progress(finished.wrappingAdd(1, ordering: .relaxed).newValue)
    }
  }

  private func fit(_ job: Job, _ takesPart: [[Bool]]) throws {
    let folds = repeats.divisions[job.division]
    let held = folds.held(out: job.fold)
    let training = folds.training(excluding: job.fold)
    let observations = held.map { job.division * repeats.statementCount + $0 }
    let features = terms[job.recipe].features(training: training, heldOut: held)
    collector.store(
      held.indices.map { features.hasEvidence(heldOut: $0) }, observations,
      recipe: job.recipe)
    for (taskIndex, task) in tasks.enumerated() {
      let fitting = TaskFitting(data: task, parallelism: .serial)
      for (index, candidate) in grid.candidates(task.task.kind).enumerated()
      where takesPart[taskIndex][index] {
        let fit = try fitting.fit(features.training, rows: training, candidate)
        let scores = fit.scores(features.heldOut, parallelism: .serial)
        collector.store(scores, observations, recipe: job.recipe, task: taskIndex, index)
      }
    }
  }

  /// [recipe][task][candidate]: the macro F1 on the first folds of candidates that lie further behind
  /// the best of their task than chance allows; `nil` for the others.
  ///
  /// Where one answer in ten is another, the difference of two candidates on n statements has a standard
  /// error of about √(0.1/n), a third of the margin.
  func dropped(afterFolds count: Int) -> [[[Double?]]] {
    let scores = collector.collected.scores
    let folds = repeats.first
    let found = terms.indices.map { recipe in
      tasks.indices.map { task in
        let rows = tasks[task].labelledRows.filter { folds.foldOfRow[$0] < count }
        return (0..<grid.candidateCount).map { candidate in
          CandidateScore(tasks[task], scores[recipe][task][candidate], rows: rows, folds: folds)
            .macroF1
        }
      }
    }
    return found.map { recipe in
      tasks.indices.map { task in
        let rows = tasks[task].labelledRows.count { folds.foldOfRow[$0] < count }
        let best = found.compactMap { $0[task].max() }.max() ?? 0
        let least = best - 1 / Double(max(1, rows)).squareRoot()
        return recipe[task].map { $0 < least ? $0 : nil }
      }
    }
  }
}

/// Puts together what the folds deliver from several threads.
final class FoldCollector: Sendable {
  private struct State {
    var scores: [[[Matrix]]]
    var evidence: [[Bool]]
  }

  private let state: Mutex<State>

  init(rows: Int, labels: [Int], recipes: Int, candidates: Int) {
    let task = labels.map { labelCount in
      [Matrix](
        repeating: Matrix(rows: rows, columns: labelCount, repeating: 0), count: candidates)
    }
    state = Mutex(
      State(
        scores: Array(repeating: task, count: recipes),
        evidence: Array(repeating: Array(repeating: false, count: rows), count: recipes)))
  }

  func store(_ scores: Matrix, _ rows: [Int], recipe: Int, task: Int, _ candidate: Int) {
    state.withLock { state in
      for (index, row) in rows.enumerated() {
        for label in 0..<scores.columns {
          state.scores[recipe][task][candidate][row, label] = scores[index, label]
        }
      }
    }
  }

  func store(_ evidence: [Bool], _ rows: [Int], recipe: Int) {
    state.withLock { state in
      for (row, hasEvidence) in zip(rows, evidence) { state.evidence[recipe][row] = hasEvidence }
    }
  }

  /// What was stored so far.
  var collected: (scores: [[[Matrix]]], evidence: [[Bool]]) {
    state.withLock { ($0.scores, $0.evidence) }
  }
}
