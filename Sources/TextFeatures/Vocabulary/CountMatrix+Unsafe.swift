import LinearAlgebra

/// Counts of terms in texts, texts × terms: runs of rows where they were counted.
struct CountMatrix: Sendable {
  private let runs: [CountedTexts]
  /// The first row of each run.
  private let starts: [Int]
  let rows: Int
  let columns: Int

  /// Joins runs whose terms have their columns.
  init(_ runs: [CountedTexts], columns: Int) {
    self.runs = runs
    self.columns = columns
    var (starts, rows): ([Int], Int) = ([], 0)
    for run in runs {
      starts.append(rows)
      rows += run.rowCount
    }
    (self.starts, self.rows) = (starts, rows)
  }

  /// The entries of all rows.
  var entryCount: Int { runs.reduce(0) { $0 + $1.entryCount } }

  /// Calls `body` with the entries of a row, by rising column.
  @inline(__always)
  func withRow<Result>(_ row: Int, _ body: (UnsafeBufferPointer<TermEntry>) -> Result) -> Result {
    var run = runs.count - 1
    while starts[run] > row { run -= 1 }
    return body(runs[run].row(row - starts[run]))
  }

  /// In how many of `rows` each column occurs.
  func documentFrequencies(of rows: some Sequence<Int>) -> [Int] {
    var frequencies = [Int](repeating: 0, count: columns)
    for row in rows {
      withRow(row) { for entry in $0 { frequencies[Int(entry.term)] += 1 } }
    }
    return frequencies
  }

  /// The same as a sparse matrix.
  var sparse: SparseMatrix {
    var builder = SparseRows(capacity: entryCount)
    for row in 0..<rows {
      withRow(row) { for entry in $0 { builder.append(entry.term, Double(entry.count)) } }
      builder.endRow()
    }
    return builder.matrix(columns: columns)
  }
}
