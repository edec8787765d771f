/// What a label's threshold is set for, on out-of-fold probabilities.
public enum DecisionGoal: Hashable, Codable, Sendable {
  /// A threshold with the highest F1 but for chance (`Thresholds.steadyF1`). In a single-label task the
  /// label that wins is given whatever its probability: the most probable one, or that with the highest
  /// score where calibration has offsets and scores serve macro F1 better.
  case bestF1
  /// A threshold for balanced accuracy: to find statements that carry the label, and to leave out those
  /// that do not, count the same, however rare the label is. In a single-label task labels compete by their
  /// probabilities times weights, which serves macro recall. Both have the lowest log loss where labels
  /// count the same, with a prior that keeps weights near 1 (``BalancingWeights``).
  case balancedAccuracy
  /// As many statements as can be given the label so that this share of them carries it, with the
  /// confidence of `Thresholds.confidence`. In a single-label task the label that wins is given
  /// only from such a probability on.
  case precision(Double)
  /// As few statements as can be given the label so that this share of those that carry it is among
  /// them, with the same confidence. In a single-label task the label is a candidate from such a
  /// probability on, and with several candidates the answer is left to a person.
  case recall(Double)
  /// This threshold, whatever it does. In a single-label task the label that wins is given only
  /// from this probability on.
  case fixed(Double)

  /// Whether its number is one that the goal can have.
  var isValid: Bool {
    switch self {
    case .bestF1, .balancedAccuracy: true
    case .precision(let share), .recall(let share): share > 0 && share < 1
    case .fixed(let threshold): (0...1).contains(threshold)
    }
  }
}

/// Which answers are left to a person: the least certain ones, by the probability that an answer is
/// wrong (Chow, "On optimum recognition error and reject tradeoff", 1970).
public enum Abstention: Hashable, Codable, Sendable {
  /// At most this share of the out-of-fold statements.
  case share(Double)
  /// So many that of the answers given at most this share is wrong, with the confidence of
  /// `Thresholds.confidence`. In a multi-label task an answer is right when all of its labels are.
  case error(Double)

  var isValid: Bool {
    switch self {
    case .share(let share): share >= 0 && share < 1
    case .error(let error): error > 0 && error < 1
    }
  }
}

/// The goals of one task's decisions.
public struct TaskGoals: Hashable, Codable, Sendable {
  /// One for each label.
  public var labels: [DecisionGoal]
  /// `nil` where every statement is answered.
  public var abstention: Abstention?

  public init(labels: [DecisionGoal], abstention: Abstention? = nil) {
    self.labels = labels
    self.abstention = abstention
  }

  /// The best F1 for each label, and an answer to every statement.
  static func standard(for task: Codebook.Task) -> TaskGoals {
    TaskGoals(labels: Array(repeating: .bestF1, count: task.labels.count))
  }

  /// Whether they are goals that a task with so many labels can have.
  func fit(labelCount: Int) -> Bool {
    labels.count == labelCount && labels.allSatisfy(\.isValid) && abstention?.isValid ?? true
  }
}
