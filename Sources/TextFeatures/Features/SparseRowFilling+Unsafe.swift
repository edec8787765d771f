import LinearAlgebra

/// Where the entries of a matrix's rows are written; each row by one thread.
struct SparseRowTarget: @unchecked Sendable {
  let columns: UnsafeMutablePointer<Int32>
  let values: UnsafeMutablePointer<Double>
}

extension SparseMatrix {
  /// A matrix whose row lengths are known, filled by several threads.
  ///
  /// - Parameters:
  ///   - rowOffsets: where each row starts, and where the last one ends.
  ///   - runs: ranges of rows that one thread fills together; all rows, each once.
  ///   - fill: writes all entries of the rows of a run, by rising column, at the rows' offsets.
  static func filled(
    columns: Int, rowOffsets: [Int], runs: [Range<Int>], _ parallelism: Parallelism,
    _ fill: @Sendable (Range<Int>, SparseRowTarget) -> Void
  ) -> SparseMatrix {
    let rows = rowOffsets.count - 1
    let entries = rowOffsets[rows]
    var values: [Double] = []
    let columnIndices = [Int32](unsafeUninitializedCapacity: max(entries, 1)) { columns, count in
      count = entries
      values = [Double](unsafeUninitializedCapacity: max(entries, 1)) { values, count in
        count = entries
        guard let columns = columns.baseAddress, let values = values.baseAddress else { return }
        TableMemory.preferHugePages(columns, byteCount: entries * MemoryLayout<Int32>.stride)
        TableMemory.preferHugePages(values, byteCount: entries * MemoryLayout<Double>.stride)
        let target = SparseRowTarget(columns: columns, values: values)
        parallelism.forEach(runs.count) { fill(runs[$0], target) }
      }
    }
    return SparseMatrix(
      rows: rows, columns: columns, rowOffsets: rowOffsets, columnIndices: columnIndices,
      values: values, parallelism: parallelism)
  }
}
