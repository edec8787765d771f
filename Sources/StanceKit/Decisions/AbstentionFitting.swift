/// Finds how certain an answer must be to be given, on out-of-fold probabilities.
///
/// Of a label that is on, 1 − p is the probability of being wrong; of one that is off, p. An answer is
/// as uncertain as the most uncertain of its labels, and of a single-label task as 1 − p of the label
/// given. Those that are more uncertain than a bound are left to a person (Chow 1970), so that each
/// label of a multi-label task has a band around its threshold, and the answer of a single-label task
/// a lower bound.
struct AbstentionFitting {
  /// Thresholds as the goals set them, without bands.
  let rule: DecisionRule
  /// For each statement its probabilities, and its gold labels, rising.
  let statements: [(probabilities: [Double], gold: [Int])]

  /// The rule with bands; `bound` is that of the uncertainty.
  func rule(for abstention: Abstention) -> DecisionRule {
    let bound: Double?
    switch abstention {
    case .share(let share): bound = self.bound(leaving: share)
    case .error(let error): bound = self.bound(withError: error)
    }
    return bound.map(rule(below:)) ?? rule
  }

  /// The smallest bound above which at most `share` of the statements lie; `nil` for none.
  private func bound(leaving share: Double) -> Double? {
    let falling = statements.map { uncertainty($0.probabilities) ?? .infinity }.sorted(by: >)
    var count = Int(share * Double(falling.count))
    // Equally uncertain ones are left together or not at all.
    while count > 0, count < falling.count, falling[count - 1] == falling[count] { count -= 1 }
    guard count > 0, count < falling.count else { return nil }
    guard falling[count - 1].isFinite else { return nil }
    return falling[count] + (falling[count - 1] - falling[count]) / 2
  }

  /// The largest bound below which answers are wrong so rarely; 0 where none is.
  private func bound(withError error: Double) -> Double {
    var (certainties, isRight) = ([Double](), [Bool]())
    for statement in statements {
      // What the goals leave to a person is not answered anyway.
      guard let uncertainty = uncertainty(statement.probabilities) else { continue }
      certainties.append(1 - uncertainty)
      isRight.append(rule.labels(of: statement.probabilities) == statement.gold)
    }
    let found = Thresholds.lowest(
      withPrecision: 1 - error, probabilities: certainties, positives: isRight)
    return found.threshold.map { 1 - $0 } ?? 0
  }

  /// How probably the answer is wrong; `nil` where there is none.
  private func uncertainty(_ probabilities: [Double]) -> Double? {
    let labels = rule.labels(of: probabilities)
    guard rule.unsure(of: probabilities, labels: labels).isEmpty else { return nil }
    switch rule {
    case .thresholds(let rules):
      return rules.indices.reduce(0) { worst, label in
        let probability = probabilities[label]
        return max(worst, rules[label].isOn(probability) ? 1 - probability : probability)
      }
    case .mostProbable:
      return labels.first.map { 1 - probabilities[$0] }
    }
  }

  /// The rule, answering only where the uncertainty is below a bound in 0...1; never for 0.
  private func rule(below bound: Double) -> DecisionRule {
    switch rule {
    case .thresholds(let rules):
      return .thresholds(
        rules.map { label in
          var label = label
          let lower = min(bound, label.threshold ?? 1)
          // A label that is never on is in question up to the probability 1.
          let upper =
            bound > 0 ? label.threshold.map { max(1 - bound, $0).nextDown } ?? 1 : 1
          label.unsure = lower <= upper ? lower...upper : nil
          return label
        })
    case .mostProbable(let temperature, let present):
      let labelCount = statements.first?.probabilities.count ?? 0
      let rules = present ?? Array(repeating: DecisionRule.ClassRule(), count: labelCount)
      return .mostProbable(
        temperature: temperature,
        labels: rules.map { label in
          var label = label
          label.answersFrom = bound > 0 ? label.answersFrom.map { max($0, 1 - bound) } : nil
          return label
        })
    }
  }
}
