import Foundation

/// How a task's scores become probabilities and labels.
public enum DecisionRule: Hashable, Codable, Sendable {
  /// Multi-label: each label by itself, on when its probability reaches its threshold.
  case thresholds([LabelRule])
  /// Single-label: the label with the highest probability softmax(score / temperature + offset), times
  /// its weight where `labels` has one entry for each label, and then only if that one says so; `nil`
  /// where the most probable label always is given.
  case mostProbable(temperature: Temperature, labels: [ClassRule]?)

  /// One label's calibration and threshold.
  public struct LabelRule: Hashable, Codable, Sendable {
    /// `nil` where the score's own probability is better out-of-fold.
    public var calibration: PlattScaling?
    /// What holds instead for texts in a script whose own calibration is better out-of-fold; `nil` for
    /// none.
    public var calibrationByScript: [WritingSystem: PlattScaling]?
    /// In 0...1, of the calibrated probability; `nil` where the label is never given, as no
    /// threshold reaches its goal.
    public var threshold: Double?
    /// The probabilities in 0...1 for which a person should look; `nil` for none.
    public var unsure: ClosedRange<Double>?
    /// Where no threshold reaches the label's goal, the best that one can reach.
    public var bestReached: Double?

    public init(
      calibration: PlattScaling?, calibrationByScript: [WritingSystem: PlattScaling]? = nil,
      threshold: Double?, unsure: ClosedRange<Double>? = nil, bestReached: Double? = nil
    ) {
      self.calibration = calibration
      self.calibrationByScript = calibrationByScript
      self.threshold = threshold
      self.unsure = unsure
      self.bestReached = bestReached
    }

    func probability(of score: Double, in script: WritingSystem?) -> Double {
      calibration(in: script)?.probability(of: score) ?? LogisticFunctions.sigmoid(score)
    }

    /// What holds for texts in a script.
    func calibration(in script: WritingSystem?) -> PlattScaling? {
      script.flatMap { calibrationByScript?[$0] } ?? calibration
    }

    func isOn(_ probability: Double) -> Bool {
      threshold.map { Thresholds.isOn(probability, at: $0) } ?? false
    }
  }

  /// What a single-label task's scores are divided by to make them as sure as they are right, and shifted
  /// by to make labels as probable as they are frequent.
  public struct Temperature: Hashable, Sendable {
    /// In `TemperatureScaling.range`; 1 where the scores' own probabilities are better out-of-fold.
    public var general: Double
    /// What holds instead for texts in a script whose own temperature is better out-of-fold; `nil` for
    /// none.
    public var byScript: [WritingSystem: Double]?
    /// What is added to the divided scores, one number a label, the largest 0; `nil` where probabilities
    /// without are better out-of-fold.
    public var offsets: [Double]?

    public init(
      _ general: Double, byScript: [WritingSystem: Double]? = nil, offsets: [Double]? = nil
    ) {
      self.general = general
      self.byScript = byScript
      self.offsets = offsets
    }

    /// What holds for texts in a script.
    subscript(script: WritingSystem?) -> Double { script.flatMap { byScript?[$0] } ?? general }

    /// The scores of a text in a script whose softmax are its probabilities.
    func calibrated(_ scores: some Collection<Double>, in script: WritingSystem?) -> [Double] {
      let temperature = self[script]
      let divided = scores.map { $0 / temperature }
      return offsets.map { zip(divided, $0).map { $0 + $1 } } ?? divided
    }
  }

  /// When one label of a single-label task is the answer, and when it might be.
  public struct ClassRule: Hashable, Sendable {
    /// What the label's probability is multiplied by before the highest wins; above 0. It takes
    /// ``Temperature/offsets`` back where the label with the highest score is the better answer than the
    /// one with the highest probability, or serves ``DecisionGoal/balancedAccuracy``. Else it is 1.
    public var weight: Double
    /// The label is the answer where it wins with at least this probability; `nil` where it never is.
    public var answersFrom: Double?
    /// The label is a candidate beside the one that wins from this probability on, and then a person
    /// should choose; `nil` where it never is.
    public var isCandidateFrom: Double?
    /// Where no probability reaches the label's goal, the best that one can reach.
    public var bestReached: Double?

    public init(
      weight: Double = 1, answersFrom: Double? = 0, isCandidateFrom: Double? = nil,
      bestReached: Double? = nil
    ) {
      self.weight = weight
      self.answersFrom = answersFrom
      self.isCandidateFrom = isCandidateFrom
      self.bestReached = bestReached
    }

    /// Whether the label is the answer wherever it wins, and no candidate anywhere else.
    var isAlwaysGiven: Bool { answersFrom == 0 && isCandidateFrom == nil }
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
      .mostProbable(temperature: Temperature(1), labels: nil)
    }
  }

  /// Whether some statements are left to a person.
  public var abstains: Bool {
    switch self {
    case .thresholds(let rules): rules.contains { $0.unsure != nil }
    case .mostProbable(_, let labels): labels?.allSatisfy(\.isAlwaysGiven) == false
    }
  }

  /// Whether labels of a single-label task compete by more than their probabilities.
  public var weighsLabels: Bool {
    guard case .mostProbable(_, let rules?) = self else { return false }
    return rules.contains { $0.weight != 1 }
  }

  /// Whether probabilities of a single-label task are those of shifted scores.
  var shiftsScores: Bool {
    guard case .mostProbable(let temperature, _) = self else { return false }
    return temperature.offsets != nil
  }

  /// Whether probabilities depend on the script of a text.
  var dependsOnScript: Bool {
    switch self {
    case .thresholds(let rules): rules.contains { $0.calibrationByScript != nil }
    case .mostProbable(let temperature, _): temperature.byScript != nil
    }
  }

  /// The probabilities of a statement's scores, one for each label.
  ///
  /// - Parameter script: of the statement's text; `nil` for one without letters.
  func probabilities(of scores: some Collection<Double>, in script: WritingSystem?) -> [Double] {
    switch self {
    case .thresholds(let rules):
      return zip(rules, scores).map { $0.probability(of: $1, in: script) }
    case .mostProbable(let temperature, _):
      return LogisticFunctions.softmax(temperature.calibrated(scores, in: script))
    }
  }

  /// The labels of a statement with these probabilities, rising, if an answer has to be given.
  func labels(of probabilities: [Double]) -> [Int] {
    labels(standing: standings(of: probabilities))
  }

  /// What labels compete by: where those of a single-label task have weights, their probabilities times
  /// these, as shares of the sum; else their probabilities.
  func standings(of probabilities: [Double]) -> [Double] {
    guard weighsLabels, case .mostProbable(_, let rules?) = self else { return probabilities }
    let weighted = zip(rules, probabilities).map { $0.weight * $1 }
    let sum = weighted.reduce(0, +)
    return weighted.map { $0 / sum }
  }

  /// The labels of a statement with these standings, rising, if an answer has to be given.
  private func labels(standing standings: [Double]) -> [Int] {
    switch self {
    case .thresholds(let rules):
      return rules.indices.filter { rules[$0].isOn(standings[$0]) }
    case .mostProbable:
      // The first of equals, so that the answer does not depend on how the search is written.
      let best = standings.indices.max { (standings[$0], -$0) < (standings[$1], -$1) }
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
  /// - Parameters:
  ///   - script: of the statement's text; `nil` for one without letters.
  ///   - hasEvidence: whether anything of the text is known; else no label is given.
  func judgement(
    of scores: [Double], in script: WritingSystem?, task: String, hasEvidence: Bool
  ) -> TaskJudgement {
    judgement(
      probabilities: probabilities(of: scores, in: script), scores: scores, task: task,
      hasEvidence: hasEvidence)
  }

  /// The answer to a statement with these probabilities.
  ///
  /// - Parameter standings: what labels compete by, where it is not only these probabilities.
  func judgement(
    probabilities: [Double], standings: [Double]? = nil, scores: [Double], task: String,
    hasEvidence: Bool
  ) -> TaskJudgement {
    guard hasEvidence else {
      return TaskJudgement(task: task, labels: [], probabilities: probabilities, scores: scores)
    }
    let forced = labels(standing: standings ?? self.standings(of: probabilities))
    guard abstains else {
      return TaskJudgement(task: task, labels: forced, probabilities: probabilities, scores: scores)
    }
    let unsure = unsure(of: probabilities, labels: forced)
    return TaskJudgement(
      task: task, labels: unsure.isEmpty ? forced : forced.filter { !unsure.contains($0) },
      probabilities: probabilities, scores: scores, unsure: unsure, bestGuess: forced)
  }
}

/// A weight of 1 is not written, as before there were any.
extension DecisionRule.ClassRule: Codable {
  private enum CodingKeys: CodingKey {
    case weight, answersFrom, isCandidateFrom, bestReached
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      weight: try container.decodeIfPresent(Double.self, forKey: .weight) ?? 1,
      answersFrom: try container.decodeIfPresent(Double.self, forKey: .answersFrom),
      isCandidateFrom: try container.decodeIfPresent(Double.self, forKey: .isCandidateFrom),
      bestReached: try container.decodeIfPresent(Double.self, forKey: .bestReached))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if weight != 1 { try container.encode(weight, forKey: .weight) }
    try container.encodeIfPresent(answersFrom, forKey: .answersFrom)
    try container.encodeIfPresent(isCandidateFrom, forKey: .isCandidateFrom)
    try container.encodeIfPresent(bestReached, forKey: .bestReached)
  }
}

/// A number where it holds for all scripts, as in files of format versions 1 and 2.
extension DecisionRule.Temperature: Codable {
  private enum CodingKeys: CodingKey {
    case general, byScript, offsets
  }

  public init(from decoder: any Decoder) throws {
    if let number = try? decoder.singleValueContainer().decode(Double.self) {
      self.init(number)
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      try container.decode(Double.self, forKey: .general),
      byScript: try container.decodeIfPresent([WritingSystem: Double].self, forKey: .byScript),
      offsets: try container.decodeIfPresent([Double].self, forKey: .offsets))
  }

  public func encode(to encoder: any Encoder) throws {
    if byScript == nil, offsets == nil {
      var container = encoder.singleValueContainer()
      try container.encode(general)
      return
    }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(general, forKey: .general)
    try container.encodeIfPresent(byScript, forKey: .byScript)
    try container.encodeIfPresent(offsets, forKey: .offsets)
  }
}
