import Foundation
import StanceKit

/// What a report says, section by section.
struct ReportContents {
  let material: ReportMaterial
  /// The longest list.
  let limit: Int
  let showsText: Bool
  /// The command that made the report.
  let command: String

  init(_ material: ReportMaterial, limit: Int, showsText: Bool, command: String) {
    (self.material, self.limit, self.showsText) = (material, limit, showsText)
    self.command = command
  }

  func document() -> Document {
    let name = material.model.codebook.name.map(oneLine) ?? "Stances"
    return Document(
      title: name,
      subtitle:
        "Report on \(counted(material.data.statements.count, "labelled statement")), by stance "
        + "\(Document.plain(material.model.provenance.version)).",
      sections: [summary, data]
        + material.judged.evaluations.map { ReportScores(material, $0).section }
        + [learning, terms, hardest, suspects, labelledShares, classifiedShares, decisions, again]
        .compactMap(\.self))
  }

  // MARK: What was found

  private var summary: Document.Section {
    var table = TextTable(
      header: ["task", "statements", "macro F1", "95 %", "keywords alone"],
      alignments: [.left, .right, .right, .left, .right])
    for evaluation in material.judged.evaluations {
      let floor = material.judged.keywordBaselines.first { $0.task == evaluation.task }?.macroF1
      let interval = evaluation.intervals?.macroF1
      table.append([
        evaluation.task, grouped(evaluation.scores.statementCount),
        threeDigits(evaluation.scores.common.macroF1),
        interval.map { "\(threeDigits($0.lowerBound)) to \(threeDigits($0.upperBound))" } ?? "–",
        floor.map(threeDigits) ?? "–",
      ])
    }
    return Document.Section("Summary", [.table(table), .paragraph(howMeasured)])
  }

  private var howMeasured: String {
    switch material.judged.origin {
    case .crossValidation:
      let folds = material.model.crossValidation.map { "\($0.foldCount)-fold " } ?? ""
      return
        "Scores are those of \(folds)cross-validation: each statement was judged by a model that saw "
        + "neither it nor its group nor its near-duplicates, with settings and thresholds chosen without "
        + "it."
        + (material.model.crossValidation?.statementKind.map {
          " They are of the statements whose \(Document.plain($0.wording)), for which the model is, and so "
            + "are data and lists; all statements taught it."
        } ?? "")
    case .otherStatements:
      let copies = material.judged.evaluations.compactMap { evaluation in
        NewStatementsReport(evaluation, material.judged.newStatements).map {
          " \(Document.plain(evaluation.task)): \($0.sentence)"
        }
      }
      return copies.isEmpty
        ? "Scores are those of the model on these statements, which it was not trained on."
        : "Scores are those of the model on these statements, which it was not trained on but for near copies."
          + copies.joined()
    }
  }

  private var data: Document.Section {
    let report = AuditReport(
      material.audit, limit: limit, showsText: showsText, whereMore: "--top shows more")
    var blocks: [Document.Block] = []
    for section in report.sections(suspects: false) {
      blocks += [.heading(section.title)] + section.blocks
    }
    return Document.Section("Data", blocks)
  }

  private var learning: Document.Section? {
    guard !material.learningCurves.isEmpty else { return nil }
    var blocks: [Document.Block] = [
      .paragraph(
        "Models of growing shares of the statements, all measured on the same held-out statements, with "
          + "one fixed recipe and penalty: scores with both chosen are a little higher throughout.")
    ]
    blocks.append(.pictures(material.learningCurves.map(ReportPictures.learningCurve)))
    for curve in material.learningCurves {
      let section = LearningCurveReport(curve).section
      blocks += [.heading(section.title)] + section.blocks
    }
    return Document.Section("What more labels would bring", blocks)
  }

  /// Terms of single statements say more of those than of the label.
  private static let leastFrequency = 3

  private var terms: Document.Section? {
    guard limit > 0 else { return nil }
    let report = GlobalReport(
      model: material.model, count: limit, minimumCount: Self.leastFrequency)
    var blocks: [Document.Block] = []
    for (task, classifier) in material.model.classifiers.enumerated()
    where material.data.codebook.task(named: classifier.task.name) != nil {
      for (label, definition) in classifier.task.labels.enumerated() {
        blocks += [
          .heading("\(oneLine(classifier.task.name)): \(oneLine(definition.name))"),
          .table(report.table(task, label)),
        ]
      }
    }
    return Document.Section(
      "Strongest terms",
      blocks + [
        .note(
          "adds: what the term adds to the label's score where a statement of usual length has it once; "
            + "in: how many training statements have it. Terms of fewer than \(Self.leastFrequency) are "
            + "left out.")
      ])
  }

  private var hardest: Document.Section? {
    guard limit > 0 else { return nil }
    let wording = AuditWording(data: material.data)
    var blocks: [Document.Block] = []
    for list in HardStatements.lists(material, count: limit) {
      let names =
        ["place", "id", "labelled", "judged", "probability of the labels"]
        + (showsText ? ["text"] : [])
      var table = TextTable(
        header: names,
        alignments: names.map { $0.hasPrefix("probability") ? .right : .left })
      for found in list.statements {
        table.append(
          [
            wording.place(found.row), wording.id(found.row),
            wording.labels(found.row, task: list.task), found.judged,
            found.probability < 0.005 ? "< 0.01" : twoDigits(found.probability),
          ] + (showsText ? [wording.text(found.row)] : []))
      }
      blocks += [.heading(oneLine(material.data.codebook.tasks[list.task].name)), .table(table)]
    }
    guard !blocks.isEmpty else { return nil }
    return Document.Section(
      "Hardest statements",
      [
        .paragraph(
          "The statements whose labels the model found least probable, labels taken as independent. Some "
            + "are hard, some are labelled wrongly.")
      ] + blocks)
  }

  private var suspects: Document.Section? {
    let found = material.audit.suspicions
    guard !found.isEmpty else { return nil }
    let report = AuditReport(
      material.audit, limit: limit, showsText: showsText, whereMore: "--top shows more")
    return Document.Section(
      "Suspected labels",
      found.map(report.suspects).flatMap { [.heading($0.title)] + $0.blocks })
  }

  // MARK: Shares

  private var labelledShares: Document.Section? {
    shares(
      "Shares as labelled", material.labelledShares,
      "Shares of the labelled statements, with Wilson's intervals of 95 %. They are shares of a larger "
        + "whole only if the statements were drawn from it at random.")
  }

  private var classifiedShares: Document.Section? {
    material.classifiedFile.flatMap { file in
      shares(
        "Shares as classified", material.classifiedShares,
        "Shares among the statements of `\(Document.plain(URL(filePath: file).lastPathComponent))`, "
          + "corrected for the model's errors, with intervals of 95 % that know of both the sample and "
          + "the errors. They suppose that the model errs there as where it was measured. Rings are the "
          + "shares as the model answers.")
    }
  }

  private func shares(
    _ title: String, _ all: [ReportShares], _ explanation: String
  ) -> Document.Section? {
    guard !all.isEmpty else { return nil }
    var blocks: [Document.Block] = [.paragraph(explanation)]
    for shares in all {
      let by = shares.by.map { " by \(oneLine($0))" } ?? ""
      blocks.append(.heading("\(oneLine(shares.task))\(by)"))
      let pictures = ReportPictures.shares(shares)
      if !pictures.isEmpty { blocks.append(.pictures(pictures)) }
      blocks.append(.table(shares.table))
      if shares.furtherCount > 0 {
        blocks.append(.note("… and \(grouped(shares.furtherCount)) more groups (--top)"))
      }
    }
    return Document.Section(title, blocks)
  }

  // MARK: The model

  private var decisions: Document.Section {
    let card = ModelCard(material.model)
    return Document.Section(
      "Model card", card.decisions + [.heading("Labels in the training data")] + card.labels)
  }

  private var again: Document.Section {
    var table = TextTable(header: ["file", "SHA-256"], alignments: [.left, .left])
    for input in material.inputs { table.append([input.name, input.sha256]) }
    let provenance = material.model.provenance
    return Document.Section(
      "To make this again",
      [
        .verbatim([oneLine(command)]), .table(table),
        .paragraph(
          "With stance \(Document.plain(provenance.version)) and "
            + "\(Document.plain(provenance.linearAlgebra)). The same files, command and seed give the "
            + "same report, byte for byte."),
      ])
  }
}

extension ReportShares {
  var table: TextTable {
    let isCorrected = groups.contains { $0.shares.contains { $0?.raw != nil } }
    let names =
      [by.map(oneLine) ?? "of", "statements", "label"]
      + (isCorrected ? ["raw", "corrected", "95 %"] : ["share", "95 %"])
    var table = TextTable(
      header: names,
      alignments: names.enumerated().map { index, name in
        index == 0 || name == "label" || name == "95 %" ? .left : .right
      })
    for group in groups {
      for (label, share) in group.shares.enumerated() {
        let estimate = share?.estimate
        let interval = estimate?.interval
        let shown = (isCorrected ? [share?.raw] : []) + [estimate?.share]
        table.append(
          [
            label == 0 ? shortened(by == nil ? "all" : group.name ?? "(none)", to: 40) : "",
            label == 0 ? grouped(group.statementCount) : "", labels[label],
          ] + shown.map { $0.map(percent) ?? "–" } + [
            interval.map { "\(percent($0.lowerBound)) to \(percent($0.upperBound))" } ?? "–"
          ])
      }
    }
    return table
  }

  private func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
