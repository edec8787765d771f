import LinearAlgebra

/// Collects a CSR matrix row by row; the entries of a row come by rising column.
struct SparseRows {
  private var columns: [Int32] = []
  private var values: [Double] = []
  private var rowOffsets: [Int] = [0]

  init(capacity: Int = 0) {
    columns.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
  }

  /// Adds an entry to the current row.
  @inline(__always)
  mutating func append(_ column: Int32, _ value: Double) {
    columns.append(column)
    values.append(value)
  }

  mutating func endRow() {
    rowOffsets.append(columns.count)
  }

  consuming func matrix(columns columnCount: Int) -> SparseMatrix {
    SparseMatrix(
      rows: rowOffsets.count - 1, columns: columnCount, rowOffsets: rowOffsets,
      columnIndices: columns, values: values)
  }
}
