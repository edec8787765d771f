import StanceKit

/// The section of one task's scores.
struct ReportScores {
  private let material: ReportMaterial
  private let evaluation: TaskEvaluation
  private let report: EvaluationReport

  init(_ material: ReportMaterial, _ evaluation: TaskEvaluation) {
    self.material = material
    self.evaluation = evaluation
    report = EvaluationReport(evaluation, keywords: material.judged.keywordBaselines)
  }

  var section: Document.Section {
    var blocks: [Document.Block] = [.paragraph(Document.plain(report.title) + ".")]
    blocks.append(.table(report.scoreTable))
    let notes = [report.footnote].compactMap(\.self) + IntervalReport(evaluation.intervals).method
    if !notes.isEmpty { blocks.append(.note(Document.plain(notes.joined(separator: " ")) + ".")) }
    let sentences = [report.overall, report.floor].compactMap(\.self)
    blocks.append(.paragraph(Document.plain(sentences.map(Self.sentence).joined(separator: " "))))
    blocks += confusion + curves + thresholds
    if let languages = report.languageTable {
      blocks += [.heading("By language"), .table(languages)]
    }
    let calibration = CalibrationReport(evaluation, showsReliability: false)
    blocks += [.heading("Calibration"), .table(calibration.losses)]
    if let byLanguage = calibration.byLanguage { blocks.append(.table(byLanguage)) }
    blocks.append(
      .note(
        "Log loss, Brier score and expected calibration error (ten bins) are losses. An arrow leads from "
          + "the scores' own probabilities to the calibrated ones."))
    return Document.Section("Scores of \(oneLine(evaluation.task))", blocks)
  }

  private static func sentence(_ text: String) -> String {
    capitalized(text) + "."
  }

  // MARK: Confusion

  private var confusion: [Document.Block] {
    var blocks: [Document.Block] = [.heading("Confusion")]
    switch evaluation.scores {
    case .singleLabel(let scores):
      let matrix = MatrixTable(scores.matrix)
      blocks += [
        .pictures([ReportPictures.heatmap(matrix, evaluation.task)]), .table(matrix.table),
      ]
    case .multiLabel(let scores, let confusion):
      let matrix = MatrixTable(confusion)
      blocks += [
        .pictures(
          zip(scores.labels, scores.perLabel).map {
            ReportPictures.heatmap(MatrixTable($1, label: $0), $0)
          }),
        .pictures([ReportPictures.heatmap(matrix, "label by label")]), .table(matrix.table),
        .note(
          "Label by label: a missed gold label counts in the column of each label that was wrongly "
            + "predicted for that statement, a wrongly predicted label of a statement that missed nothing "
            + "in the row \"\(LabelConfusion.noneMissedTitle)\"."),
      ]
    }
    return blocks
  }

  // MARK: Curves

  private var curves: [Document.Block] {
    var pictures: [Document.Picture] = []
    if let trade = ReportPictures.precisionRecall(material, evaluation) { pictures.append(trade) }
    if let reliability = ReportPictures.reliability(evaluation) { pictures.append(reliability) }
    guard !pictures.isEmpty else { return [] }
    return [
      .heading("Precision over recall, and how often probabilities come true"), .pictures(pictures),
    ]
  }

  private var thresholds: [Document.Block] {
    guard
      let classifier = material.model.classifiers.first(where: { $0.task.name == evaluation.task }),
      let table = ModelReport(material.model).ruleTable(classifier)
    else { return [] }
    let sentence = classifier.rule.answerSentence.map { [Document.Block.paragraph($0)] } ?? []
    return [.heading("Thresholds")] + sentence + [.table(table)]
  }
}
