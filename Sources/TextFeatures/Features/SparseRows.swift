import LinearAlgebra

/// Collects a CSR matrix row by row; the entries of a row may come in any order.
struct SparseRows {
  private var columns: [Int32] = []
  private var values: [Double] = []
  private var rowOffsets: [Int] = [0]
  private var sorter = ColumnSorter()
  private var isRising = true

  init(capacity: Int = 0) {
    columns.reserveCapacity(capacity)
    values.reserveCapacity(capacity)
  }

  /// Adds an entry to the current row; no column comes twice in a row.
  @inline(__always)
  mutating func append(_ column: Int32, _ value: Double) {
    if columns.count > rowOffsets[rowOffsets.count - 1], columns[columns.count - 1] > column {
      isRising = false
    }
    columns.append(column)
    values.append(value)
  }

  mutating func endRow() {
    if !isRising {
      sorter.sort(&columns, &values, from: rowOffsets[rowOffsets.count - 1])
      isRising = true
    }
    rowOffsets.append(columns.count)
  }

  consuming func matrix(columns columnCount: Int) -> SparseMatrix {
    SparseMatrix(
      rows: rowOffsets.count - 1, columns: columnCount, rowOffsets: rowOffsets,
      columnIndices: columns, values: values)
  }
}

/// Sorts the entries of a row by column: by insertion where they are few, otherwise byte by byte
/// (a least-significant-digit radix sort), which takes a tenth of the time of a comparing sort.
struct ColumnSorter {
  private static let longestInsertion = 24
  private var keys: [UInt64] = []
  private var spare: [UInt64] = []
  private var row: [Double] = []
  private var starts = [Int](repeating: 0, count: 256)

  /// Sorts `columns` from `start` on, which are not negative, and `values` with them.
  mutating func sort(_ columns: inout [Int32], _ values: inout [Double], from start: Int) {
    if columns.count - start <= Self.longestInsertion {
      Self.insertionSort(&columns, &values, from: start)
      return
    }
    // The upper half of a key is the column, the lower the place in the row.
    keys.removeAll(keepingCapacity: true)
    row.removeAll(keepingCapacity: true)
    var highest: Int32 = 0
    for place in start..<columns.count {
      highest = max(highest, columns[place])
      keys.append(UInt64(columns[place]) << 32 | UInt64(place - start))
      row.append(values[place])
    }
    if spare.count < keys.count { spare = [UInt64](repeating: 0, count: keys.count * 2) }
    var shift: UInt64 = 32
    while shift < 64, highest >> Int32(shift - 32) > 0 {
      sortByByte(at: shift)
      shift += 8
    }
    for (place, key) in keys.enumerated() {
      columns[start + place] = Int32(key >> 32)
      values[start + place] = row[Int(key & 0xFFFF_FFFF)]
    }
  }

  private mutating func sortByByte(at shift: UInt64) {
    for byte in 0..<256 { starts[byte] = 0 }
    for key in keys { starts[Int(key >> shift & 0xFF)] += 1 }
    var total = 0
    for byte in 0..<256 {
      (starts[byte], total) = (total, total + starts[byte])
    }
    for key in keys {
      let byte = Int(key >> shift & 0xFF)
      spare[starts[byte]] = key
      starts[byte] += 1
    }
    for place in keys.indices { keys[place] = spare[place] }
  }

  private static func insertionSort(
    _ columns: inout [Int32], _ values: inout [Double], from start: Int
  ) {
    for place in start..<columns.count {
      let (column, value) = (columns[place], values[place])
      var hole = place
      while hole > start, columns[hole - 1] > column {
        columns[hole] = columns[hole - 1]
        values[hole] = values[hole - 1]
        hole -= 1
      }
      (columns[hole], values[hole]) = (column, value)
    }
  }
}
