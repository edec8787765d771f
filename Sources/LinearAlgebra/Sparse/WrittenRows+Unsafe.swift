import Synchronization

/// Where the entries of some rows of a matrix are written, row after row and by rising column.
package struct SparseRowTarget: @unchecked Sendable {
  package let columns: UnsafeMutablePointer<Int32>
  /// Finite.
  package let values: UnsafeMutablePointer<Double>
  /// For each entry whether it is the product of its row's and its column's factor.
  package let marks: UnsafeMutablePointer<Bool>
  /// For each row its factor.
  package let rowFactors: UnsafeMutablePointer<Double>
}

extension SparseMatrix {
  /// A matrix whose rows are written anew whenever they are read.
  ///
  /// A fit reads a matrix once and keeps it in a form of its own, a fifth as large. What would be filled
  /// for that alone is never in memory but for some rows at a time.
  ///
  /// - Parameters:
  ///   - columnFactors: for each column what its marked entries are a multiple of.
  ///   - rowOffsets: where each row starts, and where the last one ends.
  ///   - markedCounts: how many entries of each row are marked.
  ///   - parallelism: how many threads may write all rows.
  ///   - write: writes the entries of some rows that follow each other, the first at the target's start;
  ///     the same whenever it is called, from any thread.
  package init(
    columnFactors: [Double], rowOffsets: [Int], markedCounts: [Int32], _ parallelism: Parallelism,
    write: @escaping @Sendable (Range<Int>, SparseRowTarget) -> Void
  ) {
    precondition(
      rowOffsets.first == 0 && markedCounts.count == rowOffsets.count - 1
        && columnFactors.count <= Int(Int32.max), "an offset and a count for each row")
    for row in markedCounts.indices {
      precondition(
        (0...rowOffsets[row + 1] - rowOffsets[row]).contains(Int(markedCounts[row])),
        "row \(row) has no more marks than entries")
    }
    self.init(
      rows: markedCounts.count, columns: columnFactors.count, rowOffsets: rowOffsets,
      .written(
        WrittenRows(
          columnFactors: columnFactors, rowOffsets: rowOffsets, markedCounts: markedCounts,
          parallelism, write)))
  }

  /// The same matrix with its entries in arrays, for whoever reads them more than once.
  package func stored() -> SparseMatrix {
    guard case .written(let written) = entries else { return self }
    return SparseMatrix(
      rows: rows, columns: columns, rowOffsets: rowOffsets, .stored(written.stored()))
  }
}

/// The rows of a matrix that are written whenever they are read.
final class WrittenRows: Sendable {
  let columnFactors: [Double]
  let rowOffsets: [Int]
  let markedCounts: [Int32]
  private let parallelism: Parallelism
  private let writer: @Sendable (Range<Int>, SparseRowTarget) -> Void
  /// All of them, once somebody has asked for their arrays.
  private let kept = Mutex<SparseMatrix.StoredEntries?>(nil)

  /// Small enough that no thread waits long for another's last one.
  private static let rangesPerThread = 16
  /// So many entries stay in a near cache from being written to being read.
  private static let entriesPerRun = 8192

  init(
    columnFactors: [Double], rowOffsets: [Int], markedCounts: [Int32], _ parallelism: Parallelism,
    _ writer: @escaping @Sendable (Range<Int>, SparseRowTarget) -> Void
  ) {
    self.columnFactors = columnFactors
    self.rowOffsets = rowOffsets
    self.markedCounts = markedCounts
    self.parallelism = parallelism
    self.writer = writer
  }

  private var rowCount: Int { markedCounts.count }

  /// Calls `body` with all rows, some at a time, from several threads; the entries are there until it
  /// returns.
  func forEachRun(
    _ parallelism: Parallelism, _ body: @Sendable (Range<Int>, SparseRowTarget) -> Void
  ) {
    let ranges = Parallelism(threads: Self.rangesPerThread * parallelism.threads)
      .ranges(of: rowCount, minimumLength: 1000)
    parallelism.forEach(ranges.count) { index in
      let memory = RowMemory()
      var start = ranges[index].lowerBound
      while start < ranges[index].upperBound {
        let run = start..<endOfRun(from: start, in: ranges[index])
        let target = memory.target(
          entries: rowOffsets[run.upperBound] - rowOffsets[start], rows: run.count)
        write(run, to: target)
        body(run, target)
        start = run.upperBound
      }
    }
  }

  private func endOfRun(from start: Int, in range: Range<Int>) -> Int {
    let last = rowOffsets[start] + Self.entriesPerRun
    var end = start + 1
    while end < range.upperBound, rowOffsets[end + 1] <= last { end += 1 }
    return end
  }

  /// Writes some rows, and makes sure of what loops over entries rely on.
  private func write(_ rows: Range<Int>, to target: SparseRowTarget) {
    writer(rows, target)
    let first = rowOffsets[rows.lowerBound]
    var zero = 0.0
    for row in rows {
      var previous: Int32 = -1
      var marked: Int32 = 0
      for position in rowOffsets[row] - first..<rowOffsets[row + 1] - first {
        let column = target.columns[position]
        precondition(column > previous, "column indices must increase within row \(row)")
        previous = column
        zero += target.values[position] * 0
        marked &+= target.marks[position] ? 1 : 0
      }
      precondition(marked == markedCounts[row], "row \(row) has other marks than were counted")
      precondition(
        Int(previous) < columnFactors.count,
        "row \(row) has column \(previous) of \(columnFactors.count)")
    }
    precondition(zero == 0, "the values of rows \(rows) must be finite")
  }

  /// All entries in arrays, which are kept.
  func stored() -> SparseMatrix.StoredEntries {
    kept.withLock { kept in
      if let kept { return kept }
      let runs = parallelism.ranges(of: rowCount, minimumLength: 1000)
      let all = Self.filled(entries: rowOffsets[rowCount], rows: rowCount, columnFactors) {
        target in
        parallelism.forEach(runs.count) { index in
          let first = runs[index].lowerBound
          write(runs[index], to: target.from(rowOffsets[first], first))
        }
      }
      kept = all
      return all
    }
  }

  /// Some rows' entries in arrays.
  ///
  /// - Parameter offsets: where each of them starts, and where the last one ends.
  func selecting(_ selection: [Int], offsets: [Int]) -> SparseMatrix.StoredEntries {
    Self.filled(entries: offsets[selection.count], rows: selection.count, columnFactors) { target in
      for (place, row) in selection.enumerated() {
        write(row..<row + 1, to: target.from(offsets[place], place))
      }
    }
  }

  private static func filled(
    entries: Int, rows: Int, _ columnFactors: [Double], _ fill: (SparseRowTarget) -> Void
  ) -> SparseMatrix.StoredEntries {
    var values: [Double] = []
    var marks: [Bool] = []
    var rowFactors: [Double] = []
    let columnIndices = [Int32](unsafeUninitializedCapacity: max(entries, 1)) { columns, count in
      count = entries
      values = [Double](unsafeUninitializedCapacity: max(entries, 1)) { values, count in
        count = entries
        marks = [Bool](unsafeUninitializedCapacity: max(entries, 1)) { marks, count in
          count = entries
          rowFactors = [Double](unsafeUninitializedCapacity: max(rows, 1)) { rowFactors, count in
            count = rows
            guard let columns = columns.baseAddress, let values = values.baseAddress,
              let marks = marks.baseAddress, let rowFactors = rowFactors.baseAddress
            else { return }
            TableMemory.preferHugePages(columns, byteCount: entries * MemoryLayout<Int32>.stride)
            TableMemory.preferHugePages(values, byteCount: entries * MemoryLayout<Double>.stride)
            fill(
              SparseRowTarget(
                columns: columns, values: values, marks: marks, rowFactors: rowFactors))
          }
        }
      }
    }
    return SparseMatrix.StoredEntries(
      columnIndices: columnIndices, values: values,
      factors: EntryFactors(rows: rowFactors, columns: columnFactors, areProducts: marks))
  }
}

extension SparseRowTarget {
  /// Where later entries and rows are written.
  fileprivate func from(_ entry: Int, _ row: Int) -> SparseRowTarget {
    SparseRowTarget(
      columns: columns + entry, values: values + entry, marks: marks + entry,
      rowFactors: rowFactors + row)
  }
}

/// Memory for some rows' entries, one thread's.
private final class RowMemory {
  private var capacity = (entries: 0, rows: 0)
  private var current: SparseRowTarget?

  /// Room for so many entries and rows, in the place of those before.
  func target(entries: Int, rows: Int) -> SparseRowTarget {
    if let current, entries <= capacity.entries, rows <= capacity.rows { return current }
    free()
    capacity = (max(entries, capacity.entries), max(rows, capacity.rows))
    let target = SparseRowTarget(
      columns: .allocate(capacity: max(1, capacity.entries)),
      values: .allocate(capacity: max(1, capacity.entries)),
      marks: .allocate(capacity: max(1, capacity.entries)),
      rowFactors: .allocate(capacity: max(1, capacity.rows)))
    current = target
    return target
  }

  private func free() {
    guard let current else { return }
    current.columns.deallocate()
    current.values.deallocate()
    current.marks.deallocate()
    current.rowFactors.deallocate()
  }

  deinit { free() }
}
