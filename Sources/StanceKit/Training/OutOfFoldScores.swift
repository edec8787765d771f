import Synchronization

/// For every candidate of every recipe and task the score that each statement gets from a model
/// that saw neither it nor its group.
struct OutOfFoldScores: Sendable {
  let folds: Folds
  let grid: CandidateGrid
  /// [recipe][task][candidate]: statements × labels, before any calibration.
  let scores: [[[Matrix]]]
  /// [recipe]: whether the model of a statement's fold knows any of its terms.
  let evidence: [[Bool]]

  /// Fits every candidate on every fold.
  ///
  /// - Parameters:
  ///   - terms: the statements' term counts under each of the grid's recipes.
  ///   - parallelism: folds run side by side; the scores are the same for any number of threads.
  ///   - progress: called from any thread with the share of the work that is done.
  init(
    _ terms: [DocumentTerms], tasks: [TaskData], folds: Folds, grid: CandidateGrid,
    parallelism: Parallelism, progress: @escaping @Sendable (Double) -> Void
  ) throws {
    self.folds = folds
    self.grid = grid
    let candidates = grid.candidates
    let collector = FoldCollector(
      rows: folds.foldOfRow.count, labels: tasks.map(\.labelCount), recipes: terms.count,
      candidates: candidates.count)
    let jobCount = folds.count * terms.count
    parallelism.forEach(jobCount) { job in
      // The richest recipe first, so that the threads end together.
      let recipe = terms.count - 1 - job / folds.count
      let fold = job % folds.count
      collector.run(of: jobCount, progress) {
        let held = folds.held(out: fold)
        let training = folds.training(excluding: fold)
        let features = terms[recipe].features(training: training, heldOut: held)
        collector.store(
          held.indices.map { features.hasEvidence(heldOut: $0) }, held, recipe: recipe)
        for (taskIndex, task) in tasks.enumerated() {
          let fitting = TaskFitting(data: task, parallelism: .serial)
          for (index, candidate) in candidates.enumerated() {
            let fit = try fitting.fit(features.training, rows: training, candidate)
            let scores = fit.scores(features.heldOut, parallelism: .serial)
            collector.store(scores, held, recipe: recipe, task: taskIndex, index)
          }
        }
      }
    }
    (scores, evidence) = try collector.finished()
  }
}

/// Puts together what the folds deliver from several threads.
private final class FoldCollector: Sendable {
  private struct State {
    var scores: [[[Matrix]]]
    var evidence: [[Bool]]
    var error: (any Error)?
    var finishedJobs = 0
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

  func run(of jobs: Int, _ progress: (Double) -> Void, _ job: () throws -> Void) {
    guard state.withLock({ $0.error == nil }) else { return }
    do {
      try job()
    } catch {
      state.withLock { if $0.error == nil { $0.error = error } }
    }
    progress(
      state.withLock {
        $0.finishedJobs += 1
        return Double($0.finishedJobs) / Double(jobs)
      })
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

  func finished() throws -> (scores: [[[Matrix]]], evidence: [[Bool]]) {
    try state.withLock { state in
      if let error = state.error { throw error }
      return (state.scores, state.evidence)
    }
  }
}
