import Foundation

/// Learns a task's decision rule from out-of-fold scores.
struct DecisionFitting {
  let data: TaskData
  let folds: Folds
  let goals: TaskGoals
  /// Whether calibration may have offsets, where it is fitted.
  var allowsOffsets = true

  /// - Parameters:
  ///   - scores: statements × labels, out-of-fold.
  ///   - rows: the statements to learn from.
  func rule(_ scores: Matrix, rows: [Int]) -> DecisionRule {
    let calibration = CalibrationFitting(
      data: data, folds: folds, allowsOffsets: allowsOffsets)
    return decided(calibration.rule(scores, rows: rows), scores, rows)
  }

  /// A rule with the calibration of the given one, and thresholds and bands for the goals.
  ///
  /// - Parameters:
  ///   - scores: statements × labels, out-of-fold.
  ///   - rows: the statements to learn from.
  func decided(_ calibrated: DecisionRule, _ scores: Matrix, _ rows: [Int]) -> DecisionRule {
    let probabilities = rows.map {
      calibrated.probabilities(of: scores.row($0), in: data.script($0))
    }
    let rule =
      switch calibrated {
      case .thresholds(let rules):
        DecisionRule.thresholds(
          rules.indices.map { label in
            labelRule(
              rules[label], goals.labels[label], probabilities.map { $0[label] },
              data.positives(label, rows))
          })
      case .mostProbable(let temperature, _):
        DecisionRule.mostProbable(
          temperature: temperature, labels: classRules(temperature, scores, probabilities, rows))
      }
    guard let abstention = goals.abstention else { return rule }
    let statements = zip(rows, probabilities).map { row, probabilities in
      (probabilities: probabilities, gold: (data.gold[row] ?? []).sorted())
    }
    return AbstentionFitting(rule: rule, statements: statements).rule(for: abstention)
  }

  /// A label's rule with the calibration of the given one, and the threshold for a goal.
  private func labelRule(
    _ calibrated: DecisionRule.LabelRule, _ goal: DecisionGoal, _ probabilities: [Double],
    _ positives: [Bool]
  ) -> DecisionRule.LabelRule {
    var rule = calibrated
    (rule.unsure, rule.bestReached) = (nil, nil)
    let found: TargetedThreshold
    let target: Double
    switch goal {
    case .bestF1:
      rule.threshold = Thresholds.steadyF1(probabilities: probabilities, positives: positives)
      return rule
    case .balancedAccuracy:
      rule.threshold = Self.balancedThreshold(probabilities, positives)
      return rule
    case .fixed(let threshold):
      rule.threshold = threshold
      return rule
    case .precision(let precision):
      found = Thresholds.lowest(
        withPrecision: precision, probabilities: probabilities, positives: positives)
      target = precision
    case .recall(let recall):
      found = Thresholds.highest(
        withRecall: recall, probabilities: probabilities, positives: positives)
      target = recall
    }
    rule.threshold = found.threshold
    rule.bestReached = found.reached < target ? found.reached : nil
    return rule
  }

  /// Where a label's probability, times its weight, is that of its absence.
  private static func balancedThreshold(_ probabilities: [Double], _ positives: [Bool]) -> Double {
    let weights = BalancingWeights.fit(
      probabilities: Matrix(
        rows: probabilities.count, columns: 2, elements: probabilities.flatMap { [1 - $0, $0] }),
      classes: positives.map { $0 ? 1 : 0 }, isWeighted: [false, true])
    return 1 / (1 + weights[1])
  }

  /// What probabilities are multiplied by before the highest wins; `nil` for nothing.
  ///
  /// Where scores are shifted to true probabilities, the label with the highest score may still be the
  /// better answer: weights that take the offsets back are used where they lead in macro F1 by more than
  /// one standard error. For balanced accuracy ``BalancingWeights`` come instead, or on top where not all
  /// labels have this goal.
  private func classWeights(
    _ temperature: DecisionRule.Temperature, _ scores: Matrix, _ probabilities: [[Double]],
    _ rows: [Int]
  ) -> [Double]? {
    let isBalanced = goals.labels.map { $0 == .balancedAccuracy }
    let present =
      isBalanced.contains(false) ? unshifting(temperature, scores, rows) : nil
    guard isBalanced.contains(true) else { return present }
    let weights = present ?? Array(repeating: 1, count: data.labelCount)
    let balancing = BalancingWeights.fit(
      probabilities: Matrix(
        rows: rows.count, columns: data.labelCount,
        elements: probabilities.flatMap { zip($0, weights).map { $0 * $1 } }),
      classes: rows.map { data.gold[$0]?.first ?? 0 }, isWeighted: isBalanced)
    return zip(weights, balancing).map { $0 * $1 }
  }

  private func unshifting(
    _ temperature: DecisionRule.Temperature, _ scores: Matrix, _ rows: [Int]
  ) -> [Double]? {
    guard let offsets = temperature.offsets else { return nil }
    var shifted = scores
    for row in rows {
      let calibrated = temperature.calibrated(scores.row(row), in: data.script(row))
      for (label, score) in calibrated.enumerated() { shifted[row, label] = score }
    }
    let byScore = CandidateScore(data, scores, rows: rows, folds: folds)
    let byProbability = CandidateScore(data, shifted, rows: rows, folds: folds)
    return byProbability.ties(with: byScore) ? nil : offsets.map { exp(-$0) }
  }

  /// `nil` where the most probable label always is given.
  private func classRules(
    _ temperature: DecisionRule.Temperature, _ scores: Matrix, _ probabilities: [[Double]],
    _ rows: [Int]
  ) -> [DecisionRule.ClassRule]? {
    let weights = classWeights(temperature, scores, probabilities, rows)
    guard weights != nil || goals.labels.contains(where: { $0 != .bestF1 }) else { return nil }
    let weighted = (0..<data.labelCount).map { label in
      DecisionRule.ClassRule(weight: weights?[label] ?? 1)
    }
    let winning = DecisionRule.mostProbable(temperature: temperature, labels: weighted)
    let answers = probabilities.map { winning.labels(of: $0).first }
    return goals.labels.enumerated().map { label, goal in
      var rule = weighted[label]
      let positives = data.positives(label, rows)
      switch goal {
      case .bestF1, .balancedAccuracy: break
      case .fixed(let threshold): rule.answersFrom = threshold
      case .precision(let precision):
        // Only where the label wins can it be given.
        let given = answers.indices.filter { answers[$0] == label }
        let found = Thresholds.lowest(
          withPrecision: precision, probabilities: given.map { probabilities[$0][label] },
          positives: given.map { positives[$0] })
        rule.answersFrom = found.threshold
        rule.bestReached = found.reached < precision ? found.reached : nil
      case .recall(let recall):
        // Where it wins, the label is a candidate however improbable.
        let found = Thresholds.highest(
          withRecall: recall,
          probabilities: probabilities.indices.map {
            answers[$0] == label ? 1 : probabilities[$0][label]
          }, positives: positives)
        rule.isCandidateFrom = found.threshold
        rule.bestReached = found.reached < recall ? found.reached : nil
      }
      return rule
    }
  }
}
