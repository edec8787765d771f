import Foundation

/// How a task's scores become probabilities and labels.
public enum DecisionRule: Hashable, Codable, Sendable {
  /// Multi-label: each label by itself, on when its probability reaches its threshold.
  case thresholds([LabelRule])
  /// Single-label: the label with the highest probability softmax(score / temperature), where
  /// `labels` has one entry for each label only if that one says so; `nil` where it always is given.
  case mostProbable(temperature: Double, labels: [ClassRule]?)

  /// One label's calibration and threshold.
  public struct LabelRule: Hashable, Codable, Sendable {
    /// `nil` where the score's own probability is better out-of-fold.
    public var calibration: PlattScaling?
    /// In 0...1, of the calibrated probability; `nil` where the label is never given, as no
    /// threshold reaches its goal.
    public var threshold: Double?
    /// The probabilities in 0...1 for which a person should look; `nil` for none.
    public var unsure: ClosedRange<Double>?
    /// Where no threshold reaches the label's goal, the best that one can reach.
    public var bestReached: Double?

    public init(
      calibration: PlattScaling?, threshold: Double?, unsure: ClosedRange<Double>? = nil,
      bestReached: Double? = nil
    ) {
      self.calibration = calibration
      self.threshold = threshold
      self.unsure = unsure
      self.bestReached = bestReached
    }

    func probability(of score: Double) -> Double {
      calibration?.probability(of: score) ?? LogisticFunctions.sigmoid(score)
    }

    func isOn(_ probability: Double) -> Bool {
      threshold.map { Thresholds.isOn(probability, at: $0) } ?? false
    }
  }

  /// When one label of a single-label task is the answer, and when it might be.
  public struct ClassRule: Hashable, Codable, Sendable {
    /// The label is the answer where it is the most probable one with at least this probability;
    /// `nil` where it never is.
    public var answersFrom: Double?
    /// The label is a candidate beside the most probable one from this probability on, and then a
    /// person should choose; `nil` where it never is.
    public var isCandidateFrom: Double?
    /// Where no probability reaches the label's goal, the best that one can reach.
    public var bestReached: Double?

    public init(
      answersFrom: Double? = 0, isCandidateFrom: Double? = nil, bestReached: Double? = nil
    ) {
      self.answersFrom = answersFrom
      self.isCandidateFrom = isCandidateFrom
      self.bestReached = bestReached
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
      .mostProbable(temperature: 1, labels: nil)
    }
  }

  /// Whether some statements are left to a person.
  public var abstains: Bool {
    switch self {
    case .thresholds(let rules): rules.contains { $0.unsure != nil }
    case .mostProbable(_, let labels): labels != nil
    }
  }

  /// The probabilities of a statement's scores, one for each label.
  func probabilities(of scores: some Collection<Double>) -> [Double] {
    switch self {
    case .thresholds(let rules):
      return zip(rules, scores).map { $0.probability(of: $1) }
    case .mostProbable(let temperature, _):
      return LogisticFunctions.softmax(scores.map { $0 / temperature })
    }
  }

  /// The labels of a statement with these probabilities, rising, if an answer has to be given.
  func labels(of probabilities: [Double]) -> [Int] {
    switch self {
    case .thresholds(let rules):
      return rules.indices.filter { rules[$0].isOn(probabilities[$0]) }
    case .mostProbable:
      // The first of equals, so that the answer does not depend on how the search is written.
      let best = probabilities.indices.max {
        (probabilities[$0], -$0) < (probabilities[$1], -$1)
      }
      return best.map { [$0] } ?? []
    }
  }

  /// The labels that a person should look at, rising; `labels` are those of `labels(of:)`.
  ///
  /// Multi-label: those with a probability for which the rule is unsure. Single-label: the candidates
  /// where there are several, or the only one where it is not probable enough.
  func unsure(of probabilities: [Double], labels: [Int]) -> [Int] {
    switch self {
    case .thresholds(let rules):
      return rules.indices.filter { rules[$0].unsure?.contains(probabilities[$0]) ?? false }
    case .mostProbable(_, nil): return []
    case .mostProbable(_, let rules?):
      guard let best = labels.first else { return [] }
      let candidates = rules.indices.filter { label in
        label == best || rules[label].isCandidateFrom.map { probabilities[label] >= $0 } ?? false
      }
      let isGiven = rules[best].answersFrom.map { probabilities[best] >= $0 } ?? false
      return candidates.count == 1 && isGiven ? [] : candidates
    }
  }

  /// The answer to a statement with these scores.
  ///
  /// - Parameter hasEvidence: whether anything of the text is known; else no label is given.
  func judgement(
    of scores: [Double], task: String, hasEvidence: Bool
  ) -> TaskJudgement {
    let probabilities = probabilities(of: scores)
    guard hasEvidence else {
      return TaskJudgement(task: task, labels: [], probabilities: probabilities, scores: scores)
    }
    let forced = labels(of: probabilities)
    guard abstains else {
      return TaskJudgement(task: task, labels: forced, probabilities: probabilities, scores: scores)
    }
    let unsure = unsure(of: probabilities, labels: forced)
    return TaskJudgement(
      task: task, labels: unsure.isEmpty ? forced : forced.filter { !unsure.contains($0) },
      probabilities: probabilities, scores: scores, unsure: unsure, bestGuess: forced)
  }
}
