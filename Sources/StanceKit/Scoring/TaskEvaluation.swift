/// How well a task's predictions agree with its gold labels.
public struct TaskEvaluation: Hashable, Codable, Sendable {
  public let task: String
  /// Of all statements, with the answers that would be given if one had to be.
  public let scores: TaskScores
  /// Of the scores; `nil` where the groups are too few or not known, and in models of older versions.
  public let intervals: ScoreIntervals?
  /// Of the statements that are not left to a person; `nil` where none is left.
  public let answered: AnsweredScores?
  /// By the statements' languages, told or guessed (`StatementLanguages`), in byte order; empty where there
  /// are none to tell apart.
  public let byLanguage: [LanguageScores]
  /// One for each label: how far its probabilities can be believed.
  public let calibration: [LabelCalibration]
  /// The same of all labels together; `nil` for multi-label tasks, and in models of older versions.
  public let answerCalibration: AnswerCalibration?
  /// Statements that the task does not label.
  public let unlabelledCount: Int

  public struct LanguageScores: Hashable, Codable, Sendable {
    public let language: String
    public let scores: TaskScores
    /// As those of all statements.
    public let intervals: ScoreIntervals?
    /// One for each label; `nil` in models of older versions.
    public let calibration: [LabelCalibration]?
    /// `nil` for multi-label tasks, and in models of older versions.
    public let answerCalibration: AnswerCalibration?
  }

  /// Compares predictions with gold labels.
  ///
  /// - Parameters:
  ///   - task: names the labels.
  ///   - gold: for each statement its label numbers, `nil` where the task is not labelled.
  ///   - predictions: one for each statement.
  ///   - traits: the statements' languages and groups.
  ///   - unlabelledCount: of statements that are not among these.
  init(
    _ task: Codebook.Task, gold: [[Int]?], predictions: [TaskJudgement], traits: StatementTraits,
    unlabelledCount: Int = 0
  ) {
    self.task = task.name
    let rows = gold.indices.filter { gold[$0] != nil }
    self.unlabelledCount = unlabelledCount + gold.count - rows.count
    let languages = traits.languages
    func scored(_ rows: [Int]) -> ScoredStatements {
      ScoredStatements(
        task, gold: rows.map { gold[$0] ?? [] }, predictions: rows.map { predictions[$0] },
        sampling: traits.sampling(rows))
    }
    let allScored = scored(rows)
    (scores, intervals) = (allScored.scores, allScored.intervals)
    answered = AnsweredScores(allScored)
    let known = Set(rows.compactMap { languages[$0] }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    func believed(_ rows: [Int], withReliability: Bool) -> TaskCalibration {
      TaskCalibration(
        task, gold: rows.map { gold[$0] ?? [] }, predictions: rows.map { predictions[$0] },
        withReliability: withReliability)
    }
    byLanguage = known.map { language in
      let rows = rows.filter { languages[$0] == language }
      let calibration = believed(rows, withReliability: false)
      let scored = scored(rows)
      return LanguageScores(
        language: language, scores: scored.scores, intervals: scored.intervals,
        calibration: calibration.labels, answerCalibration: calibration.answers)
    }
    let all = believed(rows, withReliability: true)
    (calibration, answerCalibration) = (all.labels, all.answers)
  }
}

/// A task's scores, by its kind.
public enum TaskScores: Hashable, Codable, Sendable {
  case multiLabel(MultiLabelScores, LabelConfusion)
  case singleLabel(SingleLabelScores)

  init(_ task: Codebook.Task, gold: [[Int]], predictions: [TaskJudgement]) {
    let names = task.labels.map(\.name)
    switch task.kind {
    case .multiLabel:
      let predicted = predictions.map(\.bestGuess)
      self = .multiLabel(
        MultiLabelScores(labels: names, gold: gold, predicted: predicted),
        LabelConfusion(labels: names, gold: gold, predicted: predicted))
    case .singleLabel:
      self = .singleLabel(
        SingleLabelScores(
          ConfusionMatrix(
            labels: names, gold: gold.map { $0.first ?? 0 },
            predicted: predictions.map(\.bestGuess.first))))
    }
  }

  /// What both kinds have.
  public var common: any PerLabelScores {
    switch self {
    case .multiLabel(let scores, _): scores
    case .singleLabel(let scores): scores
    }
  }

  /// The number of statements scored.
  public var statementCount: Int {
    switch self {
    case .multiLabel(let scores, _): scores.statementCount
    case .singleLabel(let scores): scores.matrix.total
    }
  }
}
