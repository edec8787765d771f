/// Rows of cells with aligned columns; the first row is the header.
struct TextTable {
  struct Cell {
    var text: String
    /// Paints the padded text.
    var paint: (String) -> String = { $0 }
  }

  private var rows: [[Cell]]
  let alignments: [Alignment]

  /// The first column is aligned left, the others right unless told.
  init(header: [String], alignments: [Alignment]? = nil) {
    rows = [header.map { Cell(text: oneLine($0), paint: Style.dim) }]
    self.alignments = alignments ?? header.indices.map { $0 == 0 ? .left : .right }
  }

  mutating func append(_ cells: [String]) {
    append(cells.map { Cell(text: $0) })
  }

  mutating func append(_ cells: [Cell]) {
    precondition(cells.count == alignments.count, "one cell for each column")
    // Names may come from a file that somebody made: no control character reaches the terminal.
    rows.append(cells.map { Cell(text: oneLine($0.text), paint: $0.paint) })
  }

  /// The header's and the rows' cells, unpainted.
  var texts: [[String]] { rows.map { $0.map(\.text) } }

  /// The lines, without ends; no line has trailing spaces unless it is painted.
  func lines(indent: String = "") -> [String] {
    let widths = alignments.indices.map { column in
      rows.reduce(0) { max($0, displayWidth($1[column].text)) }
    }
    return rows.map { row in
      var line = indent
      for (column, cell) in row.enumerated() {
        if column > 0 { line += "  " }
        let isLast = column == row.count - 1
        let width = isLast && alignments[column] == .left ? 0 : widths[column]
        line += cell.paint(padded(cell.text, to: width, alignments[column]))
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// As a table of GitHub's Markdown.
  func markdown() -> [String] {
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    guard let header = rows.first else { return [] }
    let rule = alignments.map { $0 == .left ? "---" : "---:" }
    return [line(header.map { Markdown.cell($0.text) }), "|" + rule.joined(separator: "|") + "|"]
      + rows.dropFirst().map { line($0.map { Markdown.cell($0.text) }) }
  }
}
