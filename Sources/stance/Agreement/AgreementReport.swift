import StanceKit

/// Agreement of coders for people and documents.
struct AgreementReport {
  let coded: CodedStatements
  /// One for each task.
  let agreements: [Agreement]
  let showsText: Bool
  /// The most disagreements that are listed.
  let limit: Int

  private static let unknown = "–"

  init(_ coded: CodedStatements, _ agreements: [Agreement], showsText: Bool, limit: Int) {
    (self.coded, self.agreements) = (coded, agreements)
    (self.showsText, self.limit) = (showsText, limit)
  }

  // MARK: Text

  func lines() -> [String] {
    var lines: [String] = []
    for (index, agreement) in agreements.enumerated() {
      if index > 0 { lines.append("") }
      lines += [Style.bold(title(index)), ""]
      lines += coefficientTable(agreement).lines(indent: "  ")
      lines += [""] + labelTable(index).lines(indent: "  ")
      lines += footnotes(agreement).map { "  " + $0 }
      if !agreement.pairs.isEmpty { lines += [""] + pairTable(agreement).lines(indent: "  ") }
      lines += ["", "  " + disagreementTitle(index)]
      if let table = disagreementTable(index) { lines += [""] + table.lines(indent: "  ") }
    }
    return lines
  }

  func markdown() -> [String] {
    var lines: [String] = []
    for (index, agreement) in agreements.enumerated() {
      if index > 0 { lines.append("") }
      lines += Markdown.title(title(index), level: 2) + coefficientTable(agreement).markdown()
      lines += [""] + labelTable(index).markdown()
      for note in footnotes(agreement) { lines += ["", note + "."] }
      if !agreement.pairs.isEmpty { lines += [""] + pairTable(agreement).markdown() }
      lines += ["", disagreementTitle(index) + "."]
      if let table = disagreementTable(index) { lines += [""] + table.markdown() }
    }
    return lines
  }

  private func title(_ index: Int) -> String {
    let task = coded.codebook.tasks[index]
    let kind = task.kind == .multiLabel ? "any number of labels" : "one label"
    return "\(oneLine(task.name)): \(kind), \(counted(coded.coders.count, "coder")), "
      + "\(counted(agreements[index].statementCount, "statement")) with two answers or more"
  }

  private func coefficientTable(_ agreement: Agreement) -> TextTable {
    var table = TextTable(header: ["agreement in all labels", ""])
    table.append(["percent agreement", shown(agreement.percentAgreement)])
    if let kappa = agreement.cohenKappa { table.append(["Cohen's kappa", shown(kappa)]) }
    table.append(["Fleiss' kappa", shown(agreement.fleissKappa)])
    table.append(["Krippendorff's alpha", shown(agreement.krippendorffAlpha)])
    if let alpha = agreement.masiAlpha {
      table.append(["Krippendorff's alpha, MASI distances", shown(alpha)])
    }
    return table
  }

  private func labelTable(_ index: Int) -> TextTable {
    let kappa = coded.coders.count == 2 ? "Cohen's kappa" : "Fleiss' kappa"
    var table = TextTable(header: ["label", "answers", "agreement", kappa, "alpha"])
    for (label, agreement) in zip(coded.codebook.tasks[index].labels, agreements[index].labels) {
      table.append([
        label.name, grouped(agreement.answerCount), shown(agreement.percentAgreement),
        shown(agreement.kappa), shown(agreement.krippendorffAlpha),
      ])
    }
    return table
  }

  private func pairTable(_ agreement: Agreement) -> TextTable {
    var table = TextTable(header: ["coders", "statements", "agreement", "Cohen's kappa"])
    for pair in agreement.pairs {
      table.append([
        "\(coded.coders[pair.first]), \(coded.coders[pair.second])",
        grouped(pair.statementCount), shown(pair.percentAgreement), shown(pair.cohenKappa),
      ])
    }
    return table
  }

  private func footnotes(_ agreement: Agreement) -> [String] {
    (agreement.sampling.map { ["intervals of 95 %: \($0.wording)"] } ?? [])
      + ["Krippendorff relies on an alpha from 0.80, and draws tentative conclusions from 0.67"]
  }

  private func shown(_ coefficient: Agreement.Coefficient) -> String {
    coefficient.value.map { twoDigits($0, coefficient.interval) } ?? Self.unknown
  }

  // MARK: Disagreements

  private func disagreementTitle(_ index: Int) -> String {
    let count = coded.disagreements(onTask: index).count
    guard count > 0 else { return "no statement with different answers" }
    let rest = count > limit ? " (the first \(grouped(limit)); --disagreements writes all)" : ""
    return "\(counted(count, "statement")) with different answers\(rest)"
  }

  private func disagreementTable(_ index: Int) -> TextTable? {
    let rows = coded.disagreements(onTask: index).prefix(limit)
    guard !rows.isEmpty else { return nil }
    let task = coded.codebook.tasks[index]
    let header = ["id"] + coded.coders + ["majority"] + (showsText ? ["text"] : [])
    var table = TextTable(header: header, alignments: header.map { _ in .left })
    for row in rows {
      let answers = coded.answers[index][row].map { answer in
        answer.map { names($0, task) } ?? Self.unknown
      }
      table.append(
        [shortened(coded.statements[row].id, to: 30)] + answers + [majority(index, row)]
          + (showsText ? [coded.statements[row].text] : []))
    }
    return table
  }

  private func majority(_ index: Int, _ row: Int) -> String {
    guard let vote = coded.majority(onTask: index, ofStatement: row) else { return Self.unknown }
    let task = coded.codebook.tasks[index]
    guard !vote.tied.isEmpty else { return names(vote.labels, task) }
    let tie = "tie: \(names(vote.tied, task))"
    return vote.labels.isEmpty ? tie : "\(names(vote.labels, task)), \(tie)"
  }

  private func names(_ labels: [Int], _ task: Codebook.Task) -> String {
    labels.isEmpty ? "(none)" : labels.map { task.labels[$0].name }.joined(separator: ";")
  }
}
