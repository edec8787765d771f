/// The cells of some neighbouring rows in a task's column.
///
/// They are fetched together: which label a cell has cannot be foreseen, and a processor that has guessed
/// wrong waits anew for every cell from memory.
struct TaskCells {
  private static let batch = 64

  private var cells: [String?] = []
  private var first = 0

  /// The ranges of rows that are fetched together.
  static func batches(of rowCount: Int) -> some Sequence<Range<Int>> {
    stride(from: 0, to: rowCount, by: batch).lazy.map { $0..<min($0 + batch, rowCount) }
  }

  mutating func fetch(_ rows: Range<Int>, ofColumn column: Int, in statements: [Statement]) {
    cells.removeAll(keepingCapacity: true)
    first = rows.lowerBound
    for row in rows { cells.append(statements[row].annotations[column]) }
  }

  /// The cell of a row that was fetched; `nil` where its record has none.
  subscript(row: Int) -> String? { cells[row - first] }
}
