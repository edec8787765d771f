import Foundation

/// How a task's scores become probabilities and labels.
public enum DecisionRule: Hashable, Codable, Sendable {
  /// Multi-label: each label by itself, on when its probability reaches its threshold.
  case thresholds([LabelRule])
  /// Single-label: the label with the highest probability softmax(score / temperature).
  case mostProbable(temperature: Double)

  /// One label's calibration and threshold.
  public struct LabelRule: Hashable, Codable, Sendable {
    /// `nil` where the score's own probability is better out-of-fold.
    public let calibration: PlattScaling?
    /// In 0...1, of the calibrated probability.
    public let threshold: Double

    public init(calibration: PlattScaling?, threshold: Double) {
      self.calibration = calibration
      self.threshold = threshold
    }

    func probability(of score: Double) -> Double {
      calibration?.probability(of: score) ?? LogisticFunctions.sigmoid(score)
    }
  }

  /// What is known before anything was calibrated.
  static func standard(for task: Codebook.Task) -> DecisionRule {
    switch task.kind {
    case .multiLabel:
      .thresholds(
        Array(
          repeating: LabelRule(calibration: nil, threshold: Thresholds.standard),
          count: task.labels.count))
    case .singleLabel:
      .mostProbable(temperature: 1)
    }
  }

  /// The probabilities of a statement's scores, one for each label.
  func probabilities(of scores: some Collection<Double>) -> [Double] {
    switch self {
    case .thresholds(let rules):
      return zip(rules, scores).map { $0.probability(of: $1) }
    case .mostProbable(let temperature):
      return LogisticFunctions.softmax(scores.map { $0 / temperature })
    }
  }

  /// The labels of a statement with these probabilities, rising.
  func labels(of probabilities: [Double]) -> [Int] {
    switch self {
    case .thresholds(let rules):
      return rules.indices.filter { Thresholds.isOn(probabilities[$0], at: rules[$0].threshold) }
    case .mostProbable:
      // The first of equals, so that the answer does not depend on how the search is written.
      let best = probabilities.indices.max {
        (probabilities[$0], -$0) < (probabilities[$1], -$1)
      }
      return best.map { [$0] } ?? []
    }
  }
}
