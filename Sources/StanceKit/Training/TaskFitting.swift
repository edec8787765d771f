/// Fits the classifier of one task, whichever its kind.
///
/// Every fit starts at zero and stops by the same rule, whether it is a candidate's on some folds or
/// the model's own: thresholds and calibration that were learned from the one fit the other.
struct TaskFitting: Sendable {
  let data: TaskData
  let parallelism: Parallelism

  /// - Parameters:
  ///   - features: one row for each of `rows`.
  ///   - rows: the statements; `nil` for all, in their order.
  ///   - candidate: how to weigh, to scale and to penalize.
  /// - Returns: coefficients of the features as they are, whatever they were scaled by.
  func fit(
    _ features: consuming SparseMatrix, rows: [Int]?, _ candidate: Candidate
  ) throws -> LinearModel {
    switch (data.task.kind, candidate.featureScaling) {
    case (.multiLabel, .none):
      return try fitLabels(Array(0..<data.labelCount), consume features, rows, candidate)
    case (.multiLabel, .logCountRatios):
      // Each label has scales of its own, and so a fit of its own.
      let models = try (0..<data.labelCount).map { label in
        try scaled(
          features,
          by: LogCountRatios.scales(
            features, positives: data.positives(label, rows), rowWeights: weights(rows))
        ) {
          try fitLabels([label], $0, rows, candidate)
        }
      }
      return LinearModel(
        coefficients: Matrix(
          rows: models.count, columns: features.columns,
          elements: models.flatMap(\.coefficients.elements)),
        intercepts: models.flatMap(\.intercepts))
    case (.singleLabel, .none):
      return try fitClasses(consume features, rows, candidate)
    case (.singleLabel, .logCountRatios):
      let scales = LogCountRatios.scales(
        features, classes: classes(rows), classCount: data.labelCount, rowWeights: weights(rows))
      return try scaled(features, by: scales) { try fitClasses($0, rows, candidate) }
    }
  }

  /// What a fit to scaled features says of the features as they are.
  private func scaled(
    _ features: SparseMatrix, by scales: [Double], _ fit: (SparseMatrix) throws -> LinearModel
  ) rethrows -> LinearModel {
    let fitted = try fit(features.scalingColumns(by: scales))
    var coefficients = fitted.coefficients
    for label in 0..<coefficients.rows {
      for feature in scales.indices { coefficients[label, feature] *= scales[feature] }
    }
    return LinearModel(coefficients: coefficients, intercepts: fitted.intercepts)
  }

  private func fitLabels(
    _ labels: [Int], _ features: consuming SparseMatrix, _ rows: [Int]?, _ candidate: Candidate
  ) throws -> LinearModel {
    let count = rows?.count ?? data.gold.count
    var positive = [Bool](repeating: false, count: count * labels.count)
    for (place, label) in labels.enumerated() {
      for index in 0..<count where data.gold[rows?[index] ?? index]?.contains(label) ?? false {
        positive[index * labels.count + place] = true
      }
    }
    let targets = LabelIndicators(
      labels: labels.count, positive: positive, rowWeights: weights(rows),
      weighting: candidate.classWeighting, smoothing: candidate.labelSmoothing)
    return try MultiLabelLogisticRegression(configuration(candidate)).fit(
      consume features, targets: targets, parallelism: parallelism
    ).model
  }

  private func fitClasses(
    _ features: consuming SparseMatrix, _ rows: [Int]?, _ candidate: Candidate
  ) throws -> LinearModel {
    let targets = ClassTargets(
      classes: classes(rows), classCount: data.labelCount, rowWeights: weights(rows),
      weighting: candidate.classWeighting)
    return try SoftmaxRegression(configuration(candidate)).fit(
      consume features, targets: targets, parallelism: parallelism
    ).model
  }

  private func weights(_ rows: [Int]?) -> [Double] {
    rows.map { $0.map { data.rowWeights[$0] } } ?? data.rowWeights
  }

  private func classes(_ rows: [Int]?) -> [Int] {
    rows.map { $0.map { data.gold[$0]?.first ?? 0 } } ?? data.gold.map { $0?.first ?? 0 }
  }

  private func configuration(_ candidate: Candidate) -> LogisticConfiguration {
    LogisticConfiguration(l2Penalty: candidate.l2Penalty, tolerance: Trainer.tolerance)
  }
}
