import LinearAlgebra

/// One block of features as one fold's training texts see it.
struct FoldBlock: Sendable {
  let counts: CountMatrix
  let weights: TermWeights
  /// The fold's column of each term, -1 where too few training texts contain it.
  let columns: [Int32]
  let firstColumn: Int32
  let columnCount: Int

  /// - Parameter frequencies: for each term the number of training texts that contain it.
  init(
    _ counts: CountMatrix, _ values: BlockValues, _ frequencies: [Int], trainingCount: Int,
    firstColumn: Int32
  ) {
    var next = firstColumn
    self.counts = counts
    self.firstColumn = firstColumn
    columns = frequencies.map { frequency in
      guard frequency >= values.minimumDocumentFrequency else { return -1 }
      next += 1
      return next - 1
    }
    columnCount = Int(next - firstColumn)
    weights = TermWeights(
      values, frequencies.map { UInt32($0) }, documentCount: trainingCount)
  }

  /// The factor of each column.
  var columnFactors: [Double] {
    columns.indices.filter { columns[$0] >= 0 }.map(weights.factor)
  }

  /// Adds how many of each text's terms have a column.
  ///
  /// - Parameter givesFactors: whether this block gives rows their factors.
  func count(
    _ rows: some Collection<Int>, into counts: inout [RowCount], givesFactors: Bool
  ) {
    for (index, row) in rows.enumerated() {
      self.counts.withRow(row) { entries in
        var count = counts[index]
        for entry in entries where columns[Int(entry.term)] >= 0 {
          count.entries += 1
          if givesFactors && weights.isFactor(count: Int(entry.count)) { count.marked += 1 }
        }
        counts[index] = count
      }
    }
  }

  /// Writes the texts' entries, scaled as the block is, each text's from its position on.
  ///
  /// - Parameter givesFactors: whether this block gives rows their factors.
  func write(
    _ rows: some Collection<Int>, to target: SparseRowTarget, at positions: inout [Int],
    givesFactors: Bool
  ) {
    for (index, row) in rows.enumerated() {
      let start = positions[index]
      var position = start
      var squares = 0.0
      counts.withRow(row) { entries in
        for entry in entries {
          let column = columns[Int(entry.term)]
          guard column >= 0 else { continue }
          let value = weights.weight(of: Int(entry.term), count: Int(entry.count))
          squares += value * value
          target.columns[position] = column
          target.values[position] = value
          target.marks[position] = givesFactors && weights.isFactor(count: Int(entry.count))
          position += 1
        }
      }
      weights.scale(squares) { length in
        for entry in start..<position { target.values[entry] /= length }
        if givesFactors { target.rowFactors[index] = 1 / length }
      }
      positions[index] = position
    }
  }
}

/// The entries of a text that have a column, and how many of these are products of factors.
struct RowCount {
  var entries: Int32 = 0
  var marked: Int32 = 0
}
