/// For every candidate of every recipe and task the score that each statement gets from a model
/// that saw neither it nor its group.
///
/// With many statements two folds tell which candidates have no hope; the other folds are spared
/// them, as in racing (Maron & Moore, "Hoeffding races", 1994).
struct OutOfFoldScores: Sendable {
  let repeats: FoldRepeats
  let grid: CandidateGrid
  /// [recipe][task][candidate]: observations × labels, before any calibration.
  let scores: [[[Matrix]]]
  /// [recipe]: whether the model of an observation's fold knows any of its terms.
  let evidence: [[Bool]]
  /// [recipe][task][candidate]: the macro F1 after the race where a candidate fell out of it, and so
  /// has no scores in the later folds; `nil` where it stayed.
  let scoresOfDropped: [[[Double?]]]

  /// The folds that the procedure is scored on.
  var folds: Folds { repeats.first }

  /// From so many labelled statements on there is a race: what it looks at of a statement that is
  /// judged later is too little to flatter the result.
  static let statementsForRace = 10_000
  private static let foldsForRace = 2

  /// Fits every candidate on every fold of every repeat.
  ///
  /// - Parameters:
  ///   - terms: the statements' term counts under each of the grid's recipes.
  ///   - parallelism: folds run side by side; the scores are the same for any number of threads.
  ///   - progress: called from any thread with the share of the work that is done.
  init(
    _ terms: [DocumentTerms], tasks: [TaskData], repeats: FoldRepeats, grid: CandidateGrid,
    parallelism: Parallelism, progress: @escaping @Sendable (Double) -> Void
  ) throws {
    self.repeats = repeats
    self.grid = grid
    let collector = FoldCollector(
      rows: repeats.observationCount, labels: tasks.map(\.labelCount), recipes: terms.count,
      candidates: grid.candidateCount)
    let fitting = FoldFitting(
      terms: terms, tasks: tasks, repeats: repeats, grid: grid, collector: collector)
    let all = fitting.allCandidates
    let size = tasks.map(\.labelledRows.count).min() ?? 0
    let isRace =
      size >= Self.statementsForRace && grid.candidateCount * terms.count > 1
      && repeats.first.count > Self.foldsForRace
    let first = fitting.jobs { isRace ? $0 < Self.foldsForRace : true }
    let rest = isRace ? fitting.jobs { $0 >= Self.foldsForRace } : []
    let total = Double(first.count + rest.count)
    try fitting.run(first, all, parallelism) { progress(Double($0) / total) }
    guard isRace else {
      (scores, evidence) = collector.collected
      scoresOfDropped = all.map { $0.map { $0.map { _ in nil } } }
      return
    }
    let dropped = fitting.dropped(afterFolds: Self.foldsForRace)
    try fitting.run(rest, dropped.map { $0.map { $0.map { $0 == nil } } }, parallelism) {
      progress(Double(first.count + $0) / total)
    }
    (scores, evidence) = collector.collected
    scoresOfDropped = dropped
  }
}
