import StanceKit

/// What thresholds trade, and what the chosen ones give.
struct ThresholdReport {
  /// Where a table has a row; the model's own threshold has another.
  private static let shownThresholds = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]

  private let model: Model

  init(_ model: Model) { self.model = model }

  func lines() -> [String] {
    var lines: [String] = []
    for classifier in model.classifiers {
      lines += [Style.bold(title(classifier)), ""]
      if let trades = classifier.trades(at: Self.shownThresholds) {
        lines += sideBySide(trades.map { table($0).lines(indent: "  ") }, width: Terminal.width)
      } else {
        lines += [
          "  trained without cross-validation or by an older stance: no out-of-fold scores are kept, so "
            + "nothing is known of other thresholds", "",
        ]
      }
      lines += ModelReport(model).ruleTable(classifier)?.lines(indent: "  ") ?? []
      if let abstention = classifier.goals?.abstention {
        lines.append("  left to a person: \(abstention.wording)")
      }
      lines += quality(classifier)
      lines.append("")
    }
    while lines.last == "" { lines.removeLast() }
    return lines
  }

  private func title(_ classifier: TaskClassifier) -> String {
    guard let record = classifier.outOfFold else { return oneLine(classifier.task.name) }
    let sample =
      record.count < record.labelledCount
      ? ", a sample of \(grouped(record.labelledCount))" : ""
    let kind = model.crossValidation?.statementKind.map { " whose \(oneLine($0.wording))" } ?? ""
    return
      "\(oneLine(classifier.task.name)): out-of-fold on \(counted(record.count, "statement"))\(kind)\(sample)"
  }

  /// With the thresholds from where the label is given, the chosen one marked.
  private func table(_ trade: ThresholdTrade) -> TextTable {
    var table = TextTable(
      header: [trade.label, "", "precision", "recall", "F1", "share"],
      alignments: [.right, .left, .right, .right, .right, .right])
    for point in trade.points {
      let confusion = point.confusion
      let cells = [
        "from " + twoDigits(point.threshold), point.isChosen ? "<" : "",
        confusion.predictedCount == 0 ? "–" : twoDigits(confusion.precision),
        twoDigits(confusion.recall), twoDigits(confusion.f1), wholePercent(point.share),
      ]
      table.append(
        cells.map { text in
          point.isChosen
            ? TextTable.Cell(text: text, paint: { Style.bold($0) }) : TextTable.Cell(text: text)
        })
    }
    return table
  }

  /// The scores of the decisions as they are.
  private func quality(_ classifier: TaskClassifier) -> [String] {
    guard let evaluation = evaluation(classifier) else { return [] }
    let scores = evaluation.scores.common
    var lines = [
      "",
      "  each fold by thresholds that were set on the others: macro precision "
        + "\(threeDigits(scores.macroPrecision)), recall \(threeDigits(scores.macroRecall)), F1 "
        + threeDigits(scores.macroF1),
    ]
    lines += AnsweredReport(evaluation).lines(indent: "  ")
    return lines
  }

  private func evaluation(_ classifier: TaskClassifier) -> TaskEvaluation? {
    model.crossValidation?.evaluations.first { $0.task == classifier.task.name }
  }

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    if let kind = model.crossValidation?.statementKind { object.set("for", kind.object) }
    object.set("tasks", model.classifiers.map(self.object))
    return object
  }

  private func object(_ classifier: TaskClassifier) -> JSONObjectWriter {
    var task = JSONObjectWriter()
    task.set("task", classifier.task.name)
    if let record = classifier.outOfFold {
      task.set("statements", record.count)
      task.set("labelled", record.labelledCount)
    }
    DecisionDocument.fill(&task, classifier)
    let hundredths = (0...100).map { Double($0) / 100 }
    if let trades = classifier.trades(at: hundredths) {
      var labels = JSONObjectWriter()
      for trade in trades { labels.set(trade.label, trade.points.map(self.object)) }
      task.set("labels", labels)
    }
    if let evaluation = evaluation(classifier) {
      task.set("scores", EvaluationDocument.object([evaluation]))
    }
    return task
  }

  private func object(_ point: ThresholdTrade.Point) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("threshold", point.threshold)
    entry.set("precision", point.confusion.precision)
    entry.set("recall", point.confusion.recall)
    entry.set("f1", point.confusion.f1)
    entry.set("share", point.share)
    entry.set("chosen", point.isChosen)
    return entry
  }
}
