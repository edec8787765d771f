/// The columns of a sparse matrix in parts of equal work, and where each row crosses from one part
/// to the next.
///
/// Where segments of rows are too few for the threads, each thread takes one part of the columns.
/// Every column's sum then belongs to one thread, which adds the rows in order: no buffer a thread,
/// and the same bits for any number of parts.
struct ColumnParts: Hashable, Sendable {
  /// The number of parts, at least 1.
  let count: Int
  /// Row `r` crosses into part `k + 1` after `crossings[r * (count - 1) + k]` of its non-zeros.
  let crossings: [Int32]

  /// All columns in one part.
  static let single = ColumnParts(count: 1, crossings: [])

  private init(count: Int, crossings: [Int32]) {
    self.count = count
    self.crossings = crossings
  }

  /// Cuts the columns into `count` parts of about as many non-zeros each.
  ///
  /// The constant column after the last has an entry in every row, but adding it needs neither an
  /// index nor memory, so it is not counted.
  init(of matrix: SparseMatrix, count: Int) {
    guard count > 1 else {
      self = .single
      return
    }
    let boundaries = ColumnParts.boundaries(of: matrix, count: count)
    var crossings: [Int32] = []
    crossings.reserveCapacity(matrix.rows * boundaries.count)
    for row in 0..<matrix.rows {
      let start = matrix.rowOffsets[row]
      var low = start
      for boundary in boundaries {
        var high = matrix.rowOffsets[row + 1]
        while low < high {
          let middle = (low + high) / 2
          if Int(matrix.columnIndices[middle]) < boundary {
            low = middle + 1
          } else {
            high = middle
          }
        }
        crossings.append(Int32(low - start))
      }
    }
    self.init(count: count, crossings: crossings)
  }

  /// The first column of each part but the first.
  private static func boundaries(of matrix: SparseMatrix, count: Int) -> [Int] {
    var boundaries: [Int] = []
    var seen = 0
    for (column, nonZeros) in matrix.nonZeroCountsByColumn().enumerated() {
      // A part ends before the column whose middle lies beyond the part's share.
      while boundaries.count < count - 1,
        2 * seen + nonZeros > 2 * matrix.nonZeroCount * (boundaries.count + 1) / count
      {
        boundaries.append(column)
      }
      seen += nonZeros
    }
    while boundaries.count < count - 1 { boundaries.append(matrix.columns) }
    return boundaries
  }
}
