import StanceKit

/// Evaluations as JSON, every score by its name.
enum EvaluationDocument {
  static func object(
    _ evaluations: [TaskEvaluation], keywords: [KeywordBaseline.Score] = [],
    newStatements: ModelEvaluation.NewStatements? = nil
  ) -> JSONObjectWriter {
    var document = JSONObjectWriter()
    for evaluation in evaluations {
      let floor = keywords.first { $0.task == evaluation.task }?.macroF1
      var entry = object(evaluation, keywordMacroF1: floor)
      NewStatementsReport(evaluation, newStatements)?.fill(&entry)
      document.set(evaluation.task, entry)
    }
    return document
  }

  private static func object(
    _ evaluation: TaskEvaluation, keywordMacroF1: Double?
  ) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    if case .multiLabel = evaluation.scores {
      object.set("kind", Codebook.Task.Kind.multiLabel.rawValue)
    } else {
      object.set("kind", Codebook.Task.Kind.singleLabel.rawValue)
    }
    object.set("unlabelled", evaluation.unlabelledCount)
    fill(&object, evaluation.scores, evaluation.intervals)
    if let keywordMacroF1 { object.set("keyword-baseline-macro-f1", keywordMacroF1) }
    object.set(
      "calibration",
      evaluation.calibration.map(CalibrationDocument.object))
    if let answers = evaluation.answerCalibration {
      object.set("answer-calibration", CalibrationDocument.object(answers))
    }
    if let answered = evaluation.answered {
      var entry = JSONObjectWriter()
      entry.set("left-to-a-person", answered.leftCount)
      fill(&entry, answered.scores, answered.intervals)
      var kept = JSONObjectWriter()
      for (index, label) in answered.scores.common.labels.enumerated() {
        kept.set(label, answered.keptRecall(index))
      }
      entry.set("recall-with-questions", kept)
      object.set("answered", entry)
    }
    var languages = JSONObjectWriter()
    for entry in evaluation.byLanguage {
      var scores = JSONObjectWriter()
      fill(&scores, entry.scores, entry.intervals)
      if let calibration = entry.calibration {
        scores.set("calibration", calibration.map(CalibrationDocument.object))
      }
      if let answers = entry.answerCalibration {
        scores.set("answer-calibration", CalibrationDocument.object(answers))
      }
      languages.set(entry.language, scores)
    }
    object.set("languages", languages)
    return object
  }

  static func fill(
    _ object: inout JSONObjectWriter, _ scores: TaskScores, _ intervals: ScoreIntervals?
  ) {
    object.set("statements", scores.statementCount)
    for metric in Metric.allCases {
      guard let value = metric.value(of: scores) else { continue }
      object.set(metric.rawValue, value)
      object.set("\(metric.rawValue)-interval", interval: intervals.map(metric.interval))
    }
    if let intervals { object.set("intervals", IntervalDocument.method(intervals.sampling)) }
    var labels = JSONObjectWriter()
    for (index, name) in scores.common.labels.enumerated() {
      let confusion = scores.common.perLabel[index]
      var label = JSONObjectWriter()
      label.set("precision", confusion.precision)
      label.set("recall", confusion.recall)
      label.set("f1", confusion.f1)
      label.set("support", confusion.support)
      label.set("true-positives", confusion.truePositives)
      label.set("false-positives", confusion.falsePositives)
      label.set("false-negatives", confusion.falseNegatives)
      label.set("true-negatives", confusion.trueNegatives)
      IntervalDocument.fill(&label, intervals?.perLabel[index])
      labels.set(name, label)
    }
    object.set("labels", labels)
    let matrix: MatrixTable
    switch scores {
    case .multiLabel(_, let confusion): matrix = MatrixTable(confusion)
    case .singleLabel(let scores): matrix = MatrixTable(scores.matrix)
    }
    var confusion = JSONObjectWriter()
    for (title, counts) in zip(matrix.rowTitles, matrix.counts) {
      var row = JSONObjectWriter()
      for (column, count) in zip(matrix.columnTitles, counts) { row.set(column, count) }
      confusion.set(title, row)
    }
    object.set("confusion", confusion)
    if case .singleLabel(let scores) = scores, let rows = intervals?.rowShares {
      object.set("confusion-intervals", IntervalDocument.matrix(rows, scores.matrix))
    }
  }
}
