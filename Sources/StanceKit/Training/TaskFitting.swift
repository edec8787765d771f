/// Fits the classifier of one task, whichever its kind.
///
/// Every fit starts at zero and stops by the same rule, whether it is a candidate's on some folds or
/// the model's own: thresholds and calibration that were learned from the one fit the other.
struct TaskFitting: Sendable {
  let data: TaskData
  let parallelism: Parallelism

  /// - Parameters:
  ///   - features: one row for each of `rows`.
  ///   - candidate: how to weigh and to penalize.
  func fit(
    _ features: SparseMatrix, rows: [Int], _ candidate: Candidate
  ) throws -> LinearModel {
    let weights = rows.map { data.rowWeights[$0] }
    let configuration = LogisticConfiguration(
      l2Penalty: candidate.l2Penalty, tolerance: Trainer.tolerance)
    switch data.task.kind {
    case .multiLabel:
      var positive = [Bool](repeating: false, count: rows.count * data.labelCount)
      for (index, row) in rows.enumerated() {
        for label in data.gold[row] ?? [] { positive[index * data.labelCount + label] = true }
      }
      let targets = LabelIndicators(
        labels: data.labelCount, positive: positive, rowWeights: weights,
        weighting: candidate.classWeighting)
      return try MultiLabelLogisticRegression(configuration).fit(
        features, targets: targets, parallelism: parallelism
      ).model
    case .singleLabel:
      let targets = ClassTargets(
        classes: rows.map { data.gold[$0]?.first ?? 0 }, classCount: data.labelCount,
        rowWeights: weights, weighting: candidate.classWeighting)
      return try SoftmaxRegression(configuration).fit(
        features, targets: targets, parallelism: parallelism
      ).model
    }
  }
}
