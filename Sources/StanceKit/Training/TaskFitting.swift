/// Fits the classifier of one task, whichever its kind.
struct TaskFitting: Sendable {
  let data: TaskData
  /// Relative to the gradient at zero coefficients.
  let tolerance: Double
  let parallelism: Parallelism

  /// The path of fits on some statements.
  ///
  /// - Parameters:
  ///   - features: one row for each of `rows`.
  ///   - l2Penalties: λ, falling.
  /// - Returns: one fit for each of `l2Penalties`.
  func path(
    _ features: SparseMatrix, rows: [Int], weighting: ClassWeighting, l2Penalties: [Double]
  ) throws -> [LinearModel] {
    let weights = rows.map { data.rowWeights[$0] }
    let configuration = LogisticConfiguration(l2Penalty: l2Penalties[0], tolerance: tolerance)
    switch data.task.kind {
    case .multiLabel:
      var positive = [Bool](repeating: false, count: rows.count * data.labelCount)
      for (index, row) in rows.enumerated() {
        for label in data.gold[row] ?? [] { positive[index * data.labelCount + label] = true }
      }
      let targets = LabelIndicators(
        labels: data.labelCount, positive: positive, rowWeights: weights, weighting: weighting)
      return try MultiLabelLogisticRegression(configuration).path(
        features, targets: targets, l2Penalties: l2Penalties, parallelism: parallelism
      ).map(\.model)
    case .singleLabel:
      let targets = ClassTargets(
        classes: rows.map { data.gold[$0]?.first ?? 0 }, classCount: data.labelCount,
        rowWeights: weights, weighting: weighting)
      return try SoftmaxRegression(configuration).path(
        features, targets: targets, l2Penalties: l2Penalties, parallelism: parallelism
      ).map(\.model)
    }
  }
}
