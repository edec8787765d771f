extension [ReportSection] {
  /// One after another, with an empty line between.
  func text() -> [String] { Array<String>(flatMap { $0.text() }.dropFirst()) }
}

/// One subject of a report: what was found, in lines and a table, and what to do about it.
struct ReportSection {
  let title: String
  /// Sentences of their own.
  var lines: [String] = []
  var table: TextTable?
  /// What follows the table: how many more there are, what marks mean.
  var footnotes: [String] = []
  /// In plain words; none where there is nothing to do.
  var advice: [String] = []

  func text() -> [String] {
    var text = ["", Style.bold(title)]
    text += lines.map { "  \($0)" }
    if let table { text += [""] + table.lines(indent: "  ") }
    text += footnotes.map { "  \($0)" }
    if !advice.isEmpty {
      text += [""] + advice.flatMap { wrapped("What to do: \($0)", indent: "  ") }
    }
    return text
  }

  /// What stands under the section's title in a document.
  var blocks: [Document.Block] {
    let told = lines.filter { !$0.isEmpty }.map { Document.Block.paragraph(Document.plain($0)) }
    let notes = footnotes.filter { !$0.isEmpty }.map { Document.Block.note(Document.plain($0)) }
    return told + (table.map { [.table($0)] } ?? []) + notes
      + advice.map { .paragraph("**What to do:** \(Document.plain($0))") }
  }

  func markdown() -> [String] {
    Markdown.title(title, level: 2) + blocks.flatMap(Document.markdown)
  }

  /// `text` in lines that fit the terminal.
  private func wrapped(_ text: String, indent: String) -> [String] {
    let room = min(Terminal.width, 100) - indent.count
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, displayWidth(line) + 1 + displayWidth(String(word)) > room {
        lines.append(indent + line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [indent + line]
  }
}
