/// A score by the name it has on the command line; higher is better.
public enum Metric: String, CaseIterable, Sendable {
  case macroF1 = "macro-f1"
  case microF1 = "micro-f1"
  case macroPrecision = "macro-precision"
  case macroRecall = "macro-recall"
  /// Single-label tasks only.
  case accuracy
  /// Multi-label tasks only.
  case exactMatch = "exact-match"

  /// The metric's value, `nil` where the kind of task has none.
  public func value(of scores: TaskScores) -> Double? {
    switch (self, scores) {
    case (.macroF1, _): scores.common.macroF1
    case (.microF1, _): scores.common.microF1
    case (.macroPrecision, _): scores.common.macroPrecision
    case (.macroRecall, _): scores.common.macroRecall
    case (.accuracy, .singleLabel(let scores)): scores.accuracy
    case (.exactMatch, .multiLabel(let scores, _)): scores.exactMatch
    case (.accuracy, _), (.exactMatch, _): nil
    }
  }

  /// The metric's interval of 95 %, among those of the scores that have the metric.
  public func interval(of intervals: ScoreIntervals) -> ClosedRange<Double> {
    switch self {
    case .macroF1: intervals.macroF1
    case .microF1: intervals.microF1
    case .macroPrecision: intervals.macroPrecision
    case .macroRecall: intervals.macroRecall
    case .accuracy, .exactMatch: intervals.correct
    }
  }
}
