import Synchronization

/// One repetition: every statement judged out-of-fold at every share of the training groups.
struct SubsetRun: Sendable {
  let tasks: [TaskData]
  /// One for each statement: those of one number stay together.
  let groups: [Int]
  /// [task][share][statement]: the labels it was given; `nil` where no model could be fitted.
  let answers: [[[[Int]]?]]
  /// [task][share]: labelled statements trained on, the mean over the folds.
  let trainingCounts: [[Double]]

  /// - Parameter progress: called with the share of the work that is done.
  init(
    _ prepared: PreparedData, shares: [Double], seed: UInt64, _ parallelism: Parallelism,
    _ progress: @escaping @Sendable (Double) -> Void
  ) throws {
    guard let folds = prepared.repeats?.first, let groups = prepared.groups?.numbers else {
      preconditionFailure("a learning curve is measured by cross-validation")
    }
    let (tasks, goals, smoothing) = (
      prepared.tasks, prepared.goals, prepared.grid.labelSmoothing
    )
    (self.tasks, self.groups) = (tasks, groups)
    let order = Self.groupOrder(groups, seed: seed)
    let terms = prepared.terms[0]
    let jobCount = folds.count * shares.count
    let collected = Mutex(Collected(tasks: tasks, shares: shares.count, rows: groups.count))
    parallelism.forEach(jobCount) { job in
      // The largest first, so that the threads end together.
      let share = shares.count - 1 - job / folds.count
      let fold = job % folds.count
      let held = folds.held(out: fold)
      let others = folds.training(excluding: fold)
      let training = Self.part(shares[share], of: others, groups, order)
      let features = terms.features(training: training, heldOut: held)
      for (index, task) in tasks.enumerated() {
        let count = training.count { task.rowWeights[$0] > 0 }
        let candidate = Candidate(
          classWeighting: .uniform,
          l2Penalty: 1
            / (LearningCurveMeasurement.Configuration.inversePenalty * Double(max(1, count))),
          labelSmoothing: task.task.kind == .multiLabel ? smoothing : 0)
        let fitted: Matrix?
        if task.canBeFitted(on: training) {
          do {
            fitted = try TaskFitting(data: task, parallelism: .serial)
              .fit(features.training, rows: training, candidate)
              .scores(features.heldOut, parallelism: .serial)
          } catch {
            collected.withLock { if $0.error == nil { $0.error = error } }
            fitted = nil
          }
        } else {
          fitted = nil
        }
        let evidence = held.indices.map { features.hasEvidence(heldOut: $0) }
        collected.withLock {
          $0.store(fitted, evidence, held, count, task: index, share: share)
        }
      }
      progress(
        collected.withLock {
          $0.finishedJobs += 1
          return Double($0.finishedJobs) / Double(jobCount)
        })
    }
    let results = try collected.withLock { collected in
      if let error = collected.error { throw error }
      return collected
    }
    trainingCounts = results.counts.map { $0.map { Double($0) / Double(folds.count) } }
    answers = parallelism.map(tasks.count) { task in
      shares.indices.map { share in
        results.isComplete[task][share]
          ? Self.answers(
            DecisionFitting(data: tasks[task], folds: folds, goals: goals[task]),
            results.scores[task][share], results.evidence[share]) : nil
      }
    }
  }

  /// Decides each fold's statements by a rule that the other folds' scores teach.
  private static func answers(
    _ fitting: DecisionFitting, _ scores: Matrix, _ evidence: [Bool]
  ) -> [[Int]] {
    let folds = fitting.folds
    var answers = [[Int]](repeating: [], count: scores.rows)
    for fold in 0..<folds.count {
      let rows = fitting.data.labelledRows.filter { folds.foldOfRow[$0] != fold }
      let rule = fitting.rule(scores, rows: rows)
      for row in folds.held(out: fold) where evidence[row] {
        answers[row] = rule.labels(
          of: rule.probabilities(of: scores.row(row), in: fitting.data.script(row)))
      }
    }
    return answers
  }

  /// For each group its place in a random order.
  private static func groupOrder(_ groups: [Int], seed: UInt64) -> [Int: Int] {
    var distinct = Array(Set(groups)).sorted()
    var generator = SplitMix64(seed: seed)
    shuffle(&distinct, using: &generator)
    return Dictionary(
      distinct.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// The rows of the first groups that together are a share of all groups of `rows`.
  private static func part(
    _ share: Double, of rows: [Int], _ groups: [Int], _ order: [Int: Int]
  ) -> [Int] {
    let places = Set(rows.compactMap { order[groups[$0]] }).sorted()
    let count = Int((share * Double(places.count)).rounded(.up))
    guard count < places.count else { return rows }
    let limit = places[max(1, count) - 1]
    return rows.filter { order[groups[$0]] ?? 0 <= limit }
  }
}

extension TaskData {
  /// Whether every label is carried by some and, where there is a choice to make, not by all.
  fileprivate func canBeFitted(on rows: [Int]) -> Bool {
    let labelled = rows.filter { gold[$0] != nil && rowWeights[$0] > 0 }
    return (0..<labelCount).allSatisfy { label in
      let count = positives(label, labelled).count { $0 }
      return count > 0 && count < labelled.count
    }
  }
}

/// What the folds deliver from several threads.
private struct Collected: Sendable {
  /// [task][share]: statements × labels.
  var scores: [[Matrix]]
  /// [share][statement]
  var evidence: [[Bool]]
  var isComplete: [[Bool]]
  /// Summed over the folds.
  var counts: [[Int]]
  var error: (any Error)?
  var finishedJobs = 0

  init(tasks: [TaskData], shares: Int, rows: Int) {
    scores = tasks.map { task in
      [Matrix](
        repeating: Matrix(rows: rows, columns: task.labelCount, repeating: 0), count: shares)
    }
    evidence = [[Bool]](repeating: [Bool](repeating: false, count: rows), count: shares)
    isComplete = tasks.map { _ in [Bool](repeating: true, count: shares) }
    counts = tasks.map { _ in [Int](repeating: 0, count: shares) }
  }

  mutating func store(
    _ fitted: Matrix?, _ known: [Bool], _ rows: [Int], _ count: Int, task: Int, share: Int
  ) {
    counts[task][share] += count
    guard let fitted else {
      isComplete[task][share] = false
      return
    }
    for (index, row) in rows.enumerated() {
      evidence[share][row] = known[index]
      for label in 0..<fitted.columns { scores[task][share][row, label] = fitted[index, label] }
    }
  }
}
