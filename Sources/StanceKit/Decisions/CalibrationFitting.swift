/// Learns a task's calibration from out-of-fold scores.
struct CalibrationFitting {
  let data: TaskData
  let folds: Folds

  /// A rule that turns scores into probabilities, with thresholds of 0.5.
  ///
  /// - Parameters:
  ///   - scores: statements × labels, out-of-fold.
  ///   - rows: the statements to learn from.
  func rule(_ scores: Matrix, rows: [Int]) -> DecisionRule {
    switch data.task.kind {
    case .multiLabel:
      .thresholds(
        (0..<data.labelCount).map { label in
          DecisionRule.LabelRule(
            calibration: keptCalibration(
              rows.map { scores[$0, label] }, data.positives(label, rows), rows: rows),
            threshold: Thresholds.standard)
        })
    case .singleLabel:
      .mostProbable(temperature: temperature(scores, rows: rows), labels: nil)
    }
  }

  /// Platt scaling, if it lowers the log loss of folds that it was not fitted on.
  private func keptCalibration(
    _ scores: [Double], _ positives: [Bool], rows: [Int]
  ) -> PlattScaling? {
    func fit(_ indices: [Int]) -> PlattScaling? {
      let scaling = PlattScaling.fit(
        scores: indices.map { scores[$0] }, positives: indices.map { positives[$0] })
      // A falling curve would turn the order of the statements round.
      return scaling.slope > 0 ? scaling : nil
    }
    var calibrated = scores.map(LogisticFunctions.sigmoid)
    let plain = calibrated
    for fold in 0..<folds.count {
      let training = rows.indices.filter { folds.foldOfRow[rows[$0]] != fold }
      guard training.count < rows.count, let scaling = fit(training) else { continue }
      for index in rows.indices where folds.foldOfRow[rows[index]] == fold {
        calibrated[index] = scaling.probability(of: scores[index])
      }
    }
    let improves =
      ProbabilityScores.logLoss(probabilities: calibrated, positives: positives)
      < ProbabilityScores.logLoss(probabilities: plain, positives: positives)
    return improves ? fit(Array(rows.indices)) : nil
  }

  /// The temperature, if it lowers the log loss of folds that it was not fitted on; else 1.
  private func temperature(_ scores: Matrix, rows: [Int]) -> Double {
    func fit(_ chosen: [Int]) -> Double {
      TemperatureScaling.fit(
        scores: Matrix(
          rows: chosen.count, columns: data.labelCount, elements: chosen.flatMap { scores.row($0) }),
        classes: chosen.map { data.gold[$0]?.first ?? 0 }
      ).temperature
    }
    var loss = (plain: 0.0, scaled: 0.0)
    for fold in 0..<folds.count {
      let training = rows.filter { folds.foldOfRow[$0] != fold }
      let held = rows.filter { folds.foldOfRow[$0] == fold }
      guard !held.isEmpty, !training.isEmpty else { continue }
      let classes = held.map { data.gold[$0]?.first ?? 0 }
      loss.plain += logLoss(scores, held, classes, temperature: 1)
      loss.scaled += logLoss(scores, held, classes, temperature: fit(training))
    }
    return loss.scaled < loss.plain ? fit(rows) : 1
  }

  private func logLoss(
    _ scores: Matrix, _ rows: [Int], _ classes: [Int], temperature: Double
  ) -> Double {
    let rule = DecisionRule.mostProbable(temperature: temperature, labels: nil)
    let probabilities = rows.flatMap { rule.probabilities(of: scores.row($0)) }
    let mean = ProbabilityScores.logLoss(
      rowMajorProbabilities: probabilities, gold: classes, labelCount: data.labelCount)
    return mean * Double(rows.count)
  }
}
