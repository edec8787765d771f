/// How far probabilities can be believed; all three are losses.
public struct ProbabilityLosses: Hashable, Codable, Sendable {
  public let logLoss: Double
  public let brierScore: Double
  /// Ten bins of equal width.
  public let expectedCalibrationError: Double

  /// Of one label; 0 without statements.
  init(probabilities: [Double], positives: [Bool]) {
    guard !positives.isEmpty else {
      (logLoss, brierScore, expectedCalibrationError) = (0, 0, 0)
      return
    }
    logLoss = ProbabilityScores.logLoss(probabilities: probabilities, positives: positives)
    brierScore = ProbabilityScores.brierScore(probabilities: probabilities, positives: positives)
    expectedCalibrationError = ProbabilityScores.expectedCalibrationError(
      probabilities: probabilities, positives: positives)
  }

  /// Of all labels of a single-label task together: the log loss of the gold label, Brier's score in
  /// its own form (0...2), and the calibration error of the answers; 0 without statements.
  init(probabilities: [[Double]], answers: [Int], gold: [Int]) {
    guard let labelCount = probabilities.first?.count else {
      (logLoss, brierScore, expectedCalibrationError) = (0, 0, 0)
      return
    }
    let rows = probabilities.flatMap(\.self)
    logLoss = ProbabilityScores.logLoss(
      rowMajorProbabilities: rows, gold: gold, labelCount: labelCount)
    brierScore = ProbabilityScores.brierScore(
      rowMajorProbabilities: rows, gold: gold, labelCount: labelCount)
    let (given, isRight) = Self.given(answers, probabilities, gold)
    expectedCalibrationError = ProbabilityScores.expectedCalibrationError(
      probabilities: given, positives: isRight)
  }

  /// The probability of each answer, and whether it is the gold label.
  static func given(
    _ answers: [Int], _ probabilities: [[Double]], _ gold: [Int]
  ) -> ([Double], [Bool]) {
    (zip(probabilities, answers).map { $0[$1] }, zip(answers, gold).map { $0 == $1 })
  }
}

/// How far one label's probabilities can be believed, before and after calibration.
public struct LabelCalibration: Hashable, Codable, Sendable {
  public let label: String
  public let logLoss: Double
  public let brierScore: Double
  /// Ten bins of equal width.
  public let expectedCalibrationError: Double
  /// The same of the scores' own probabilities; `nil` in models of older versions.
  public let uncalibrated: ProbabilityLosses?
  /// Ten bins; `nil` for parts of the statements, and in models of older versions.
  public let reliability: [ReliabilityBin]?

  init(
    label: String, calibrated: [Double], uncalibrated: [Double], positives: [Bool],
    withReliability: Bool
  ) {
    self.label = label
    let losses = ProbabilityLosses(probabilities: calibrated, positives: positives)
    (logLoss, brierScore) = (losses.logLoss, losses.brierScore)
    expectedCalibrationError = losses.expectedCalibrationError
    self.uncalibrated = ProbabilityLosses(probabilities: uncalibrated, positives: positives)
    reliability =
      withReliability
      ? ProbabilityScores.reliabilityTable(probabilities: calibrated, positives: positives) : nil
  }
}

/// How far the probabilities of a single-label task can be believed, all labels together.
public struct AnswerCalibration: Hashable, Codable, Sendable {
  public let calibrated: ProbabilityLosses
  public let uncalibrated: ProbabilityLosses
  /// Of the answer: how often it is right.
  public let reliability: [ReliabilityBin]?

  init(
    calibrated: [[Double]], uncalibrated: [[Double]], answers: [Int], gold: [Int],
    withReliability: Bool
  ) {
    self.calibrated = ProbabilityLosses(probabilities: calibrated, answers: answers, gold: gold)
    self.uncalibrated = ProbabilityLosses(
      probabilities: uncalibrated, answers: answers, gold: gold)
    let (given, isRight) = ProbabilityLosses.given(answers, calibrated, gold)
    reliability =
      withReliability
      ? ProbabilityScores.reliabilityTable(probabilities: given, positives: isRight) : nil
  }
}

/// The calibration of a task on some statements.
struct TaskCalibration {
  let labels: [LabelCalibration]
  /// `nil` for multi-label tasks.
  let answers: AnswerCalibration?

  /// - Parameters:
  ///   - gold: for each statement its label numbers.
  ///   - predictions: one for each statement.
  ///   - withReliability: whether to make tables.
  init(
    _ task: Codebook.Task, gold: [[Int]], predictions: [TaskJudgement], withReliability: Bool
  ) {
    let rule = DecisionRule.standard(for: task)
    let plain = predictions.map { rule.probabilities(of: $0.scores, in: nil) }
    labels = task.labels.indices.map { label in
      LabelCalibration(
        label: task.labels[label].name, calibrated: predictions.map { $0.probabilities[label] },
        uncalibrated: plain.map { $0[label] }, positives: gold.map { $0.contains(label) },
        withReliability: withReliability)
    }
    // Where a model has no evidence, its most probable label stands for the answer.
    answers =
      task.kind == .singleLabel
      ? AnswerCalibration(
        calibrated: predictions.map(\.probabilities), uncalibrated: plain,
        answers: predictions.map { $0.bestGuess.first ?? rule.labels(of: $0.probabilities)[0] },
        gold: gold.map { $0.first ?? 0 }, withReliability: withReliability) : nil
  }
}
