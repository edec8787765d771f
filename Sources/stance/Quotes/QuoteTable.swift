import StanceKit

/// A table for people: speaker, what the model says, the words.
struct QuoteTable: QuoteWriter {
  let tasks: [AnswerFields]
  let nearCopy: NearCopyFields
  let hasSeveralArticles: Bool

  /// Names and labels longer than this are cut.
  private static let widestSpeaker = 28
  private static let widestLabels = 40

  func lines(_ judged: JudgedArticle) -> [UInt8] {
    var table = TextTable(
      header: ["speaker", "kind"] + tasks.map(\.task.name) + ["quotation"],
      alignments: Array(repeating: .left, count: tasks.count + 3))
    // What is left of the terminal's line for the words.
    let width = judged.quotations.indices.reduce(Self.widestSpeaker + 14) { width, index in
      let labels = self.labels(judged.judgement(index))
      return max(width, labels.reduce(Self.widestSpeaker + 14) { $0 + displayWidth($1) + 2 })
    }
    let room = Terminal.isOutputTerminal ? max(30, Terminal.width - width) : .max
    for (index, quotation) in judged.quotations.enumerated() {
      let name = quotation.speaker?.name ?? "(unknown)"
      let speaker = quotation.speaker?.party.map { "\(name) (\($0))" } ?? name
      let mark = judged.judgement(index).flatMap(nearCopy.shown).map { "\($0) " } ?? ""
      table.append(
        [
          TextTable.Cell(text: shortened(speaker, to: Self.widestSpeaker), paint: Style.bold),
          TextTable.Cell(text: quotation.kind.rawValue, paint: Style.dim),
        ]
          + labels(judged.judgement(index)).map { TextTable.Cell(text: $0) }
          + [TextTable.Cell(text: shortened(mark + quotation.text, to: room))])
    }
    var lines: [String] = []
    if hasSeveralArticles { lines.append(Style.bold(oneLine(judged.article.id))) }
    lines += judged.quotations.isEmpty ? ["(no quotations)"] : table.lines()
    if hasSeveralArticles { lines.append("") }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func labels(_ judgement: Judgement?) -> [String] {
    guard let judgement else { return [] }
    return zip(tasks, judgement.tasks).map { task, answer in
      guard judgement.hasEvidence else { return "(no evidence)" }
      let labels = task.shown(answer)
      return shortened(labels.isEmpty ? "(none)" : labels, to: Self.widestLabels)
    }
  }
}
