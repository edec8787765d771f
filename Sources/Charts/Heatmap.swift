/// A confusion matrix as a picture: each cell shows its count and its share of the row, and is the
/// darker the larger the share.
public struct Heatmap {
  /// The kinds that rows are of, such as gold labels.
  public let rows: [String]
  /// The kinds that columns are of, such as predicted ones.
  public let columns: [String]
  /// rows × columns, none negative.
  public let counts: [[Int]]
  public var rowTitle = "gold"
  public var columnTitle = "predicted"
  /// What the picture shows, in words.
  public let description: String

  /// - Parameter counts: one row for each of `rows`, of one count for each of `columns`.
  public init(rows: [String], columns: [String], counts: [[Int]], description: String) {
    precondition(
      counts.count == rows.count && counts.allSatisfy { $0.count == columns.count },
      "a count for each row and column")
    (self.rows, self.columns, self.counts) = (rows, columns, counts)
    self.description = description
  }

  private static let cell = (width: 54.0, height: 34.0)
  private static let labelCharacters = 18
  /// The width of a character of the size that labels have, at most.
  private static let characterWidth = 6.6

  private var labelWidth: Double {
    let longest = rows.map(\.count).max() ?? 0
    return 22 + Double(min(longest, Self.labelCharacters)) * Self.characterWidth
  }

  public var svg: String {
    let cell = Self.cell
    let left = labelWidth
    let names = columns.map { $0.count }.max() ?? 0
    // Names that do not fit over their column stand upright.
    let isTurned = Double(names) * Self.characterWidth > cell.width
    let top =
      24 + (isTurned ? Double(min(names, Self.labelCharacters)) * Self.characterWidth : 14)
    var svg = SVG(
      width: left + Double(columns.count) * cell.width + 2,
      height: top + Double(rows.count) * cell.height + 2, description: description)
    svg.text(columnTitle, left, 12, class: "muted")
    svg.text(
      rowTitle, 12, top + Double(rows.count) * cell.height / 2, anchor: .middle, class: "muted",
      turned: true)
    for (index, name) in columns.enumerated() {
      let middle = left + (Double(index) + 0.5) * cell.width
      svg.text(
        name, isTurned ? middle + 4 : middle, top - 6, anchor: isTurned ? .start : .middle,
        limit: Self.labelCharacters, turned: isTurned)
    }
    for (row, name) in rows.enumerated() {
      let y = top + Double(row) * cell.height
      svg.text(
        name, left - 6, y + cell.height / 2 + 4, anchor: .end, limit: Self.labelCharacters)
      let total = counts[row].reduce(0, +)
      for column in columns.indices {
        let count = counts[row][column]
        let share = total == 0 ? 0 : Double(count) / Double(total)
        let x = left + Double(column) * cell.width
        let title = "\(name) → \(columns[column]): \(count) of \(total)"
        svg.rectangle(
          x: x, y: y, width: cell.width - 2, height: cell.height - 2,
          style: "fill:var(--accent);fill-opacity:\(SVG.number(0.06 + 0.94 * share))",
          title: title)
        let ink = share > 0.5 ? "fill:var(--on-accent)" : ""
        svg.text(
          String(count), x + cell.width / 2 - 1, y + 14, anchor: .middle, style: ink)
        svg.text(
          "\(Int((share * 100).rounded())) %", x + cell.width / 2 - 1, y + 27, anchor: .middle,
          class: "small", style: ink)
      }
    }
    return svg.markup
  }
}
