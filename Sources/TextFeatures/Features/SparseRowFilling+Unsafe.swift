import LinearAlgebra

/// Where the entries of a matrix's rows are written; each row by one thread.
struct SparseRowTarget: @unchecked Sendable {
  let columns: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Double>
  /// For each entry whether it is the product of its row's and its column's factor.
  let marks: UnsafeMutablePointer<Bool>
  /// The rows' factors.
  let rowFactors: UnsafeMutablePointer<Double>
}

extension SparseMatrix {
  /// A matrix whose row lengths are known, filled by several threads.
  ///
  /// - Parameters:
  ///   - rowOffsets: where each row starts, and where the last one ends.
  ///   - columnFactors: one for each column.
  ///   - runs: ranges of rows that one thread fills together; all rows, each once.
  ///   - fill: writes all entries of the rows of a run, by rising column, at the rows' offsets.
  static func filled(
    columnFactors: [Double], rowOffsets: [Int], runs: [Range<Int>], _ parallelism: Parallelism,
    _ fill: @Sendable (Range<Int>, SparseRowTarget) -> Void
  ) -> SparseMatrix {
    let rows = rowOffsets.count - 1
    let entries = rowOffsets[rows]
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
            let target = SparseRowTarget(
              columns: columns, values: values, marks: marks, rowFactors: rowFactors)
            parallelism.forEach(runs.count) { fill(runs[$0], target) }
          }
        }
      }
    }
    return SparseMatrix(
      rows: rows, columns: columnFactors.count, rowOffsets: rowOffsets,
      columnIndices: columnIndices, values: values, parallelism: parallelism
    ).with(EntryFactors(rows: rowFactors, columns: columnFactors, areProducts: marks))
  }
}
