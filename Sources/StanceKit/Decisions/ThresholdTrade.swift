/// What a label's threshold trades: more statements for more of them right.
public struct ThresholdTrade: Hashable, Sendable {
  public let label: String
  /// By rising threshold.
  public let points: [Point]

  /// What one threshold gives, out-of-fold.
  public struct Point: Hashable, Sendable {
    public let threshold: Double
    public let confusion: BinaryConfusion
    /// Whether it is the model's threshold.
    public let isChosen: Bool

    /// The share of the statements that are given the label.
    public var share: Double {
      Double(confusion.predictedCount) / Double(max(1, confusion.total))
    }
  }
}

extension TaskClassifier {
  /// For each label what other thresholds would give; `nil` without out-of-fold scores.
  ///
  /// In a single-label task a label is given where it wins and its probability
  /// reaches the threshold; where its goal is a recall, it is a candidate where either is so.
  ///
  /// The settings were chosen and calibrated on the same scores, so that all is a little too good.
  ///
  /// - Parameter thresholds: in 0...1, rising; the model's own is added.
  public func trades(at thresholds: [Double]) -> [ThresholdTrade]? {
    guard let record = outOfFold else { return nil }
    let scores = record.scoreMatrix
    let probabilities = (0..<record.count).map {
      rule.probabilities(of: scores.row($0), in: record.scripts[$0])
    }
    let best = probabilities.map { rule.labels(of: $0).first }
    return task.labels.indices.map { label in
      let positives = record.gold.map { $0.contains(label) }
      let values = probabilities.indices.map { row in
        guard record.evidence[row] else { return -1.0 }
        return reach(label, probabilities[row][label], isBest: best[row] == label)
      }
      let chosen = chosenThreshold(label)
      let all = Set(thresholds + [chosen].compactMap(\.self)).sorted()
      return ThresholdTrade(
        label: task.labels[label].name,
        points: all.map { threshold in
          ThresholdTrade.Point(
            threshold: threshold,
            confusion: BinaryConfusion(
              probabilities: values, positives: positives, threshold: threshold),
            isChosen: threshold == chosen)
        })
    }
  }

  /// The highest threshold that gives the label; below 0 where none does.
  private func reach(_ label: Int, _ probability: Double, isBest: Bool) -> Double {
    switch rule {
    case .thresholds: probability
    case .mostProbable:
      if case .recall = goals?.labels[label] {
        isBest ? 1 : probability
      } else {
        isBest ? probability : -1
      }
    }
  }

  private func chosenThreshold(_ label: Int) -> Double? {
    switch rule {
    case .thresholds(let rules): rules[label].threshold
    case .mostProbable(_, let rules):
      if case .recall = goals?.labels[label] {
        rules?[label].isCandidateFrom
      } else {
        rules == nil ? 0 : rules?[label].answersFrom
      }
    }
  }
}
