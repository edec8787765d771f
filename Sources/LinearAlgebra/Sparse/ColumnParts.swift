/// The columns of a sparse matrix in parts of equal work.
///
/// Where segments of rows are too few for the threads, each thread takes one part of the columns.
/// Every column's sum then belongs to one thread, which adds the rows in order: no buffer a thread,
/// and the same bits for any number of parts.
struct ColumnParts: Hashable, Sendable {
  /// The first column of each part but the first, rising.
  private let boundaries: [Int]

  /// The number of parts, at least 1.
  var count: Int { boundaries.count + 1 }

  /// All columns in one part.
  static let single = ColumnParts(boundaries: [])

  private init(boundaries: [Int]) { self.boundaries = boundaries }

  /// Cuts the columns into `count` parts of about as many non-zeros each.
  ///
  /// The constant column after the last has an entry in every row, but adding it needs neither an
  /// index nor memory, so it is not counted.
  init(of matrix: SparseMatrix, count: Int) {
    guard count > 1 else {
      self = .single
      return
    }
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
    self.boundaries = boundaries
  }

  /// Where rows cross from one part to the next.
  ///
  /// - Parameters:
  ///   - rows: how many.
  ///   - entries: the positions of a row's entries, by rising column.
  ///   - column: the column at a position.
  /// - Returns: row `r` crosses into part `k + 1` after number `r * (count - 1) + k` of its entries;
  ///   empty for a single part.
  func crossings(
    rows: Int, entries: (Int) -> Range<Int>, column: (Int) -> Int
  ) -> [Int32] {
    guard count > 1 else { return [] }
    var crossings: [Int32] = []
    crossings.reserveCapacity(rows * boundaries.count)
    for row in 0..<rows {
      let range = entries(row)
      var low = range.lowerBound
      for boundary in boundaries {
        var high = range.upperBound
        while low < high {
          let middle = (low + high) / 2
          if column(middle) < boundary {
            low = middle + 1
          } else {
            high = middle
          }
        }
        crossings.append(Int32(low - range.lowerBound))
      }
    }
    return crossings
  }
}

/// Where the rows of a design's arrays cross from one part of the columns to the next.
struct ColumnCrossings: Hashable, Sendable {
  /// Among the non-zeros in double precision.
  let documents: [Int32]
  /// Among the ones and the other entries of the scaled matrix.
  let units: [Int32]
  let others: [Int32]

  static let none = ColumnCrossings(documents: [], units: [], others: [])
}
