/// The columns that most rows have, and how they go together: what a diagonal preconditioner cannot see.
///
/// Words like "the" and "of" stand in most rows, beside each other and beside the constant column, so
/// the Hessian's part for them is far from diagonal. Their part of a label's Hessian,
/// Xᵀ diag(h) X + D, is taken for (Σ h) M + D with the second moments M = mean x xᵀ of some rows, which
/// are the same for all labels and points. Solving it exactly saves a quarter of the products that
/// conjugate gradients take.
///
/// Source: the block of the variables that matter most, solved within a preconditioner that is diagonal
/// elsewhere: Nocedal & Wright, Numerical Optimization (2006), section 5.1 (preconditioning).
package struct FrequentColumns: Sendable {
  /// The columns, rising.
  package let columns: [Int]
  /// M, in the order of `columns`, with the constant column as the last.
  let moments: Matrix

  /// More would take longer to factorize than they save.
  static let maximumCount = 128
  /// So many rows tell the moments well enough; they are taken at equal distances.
  static let sampledRows = 1 << 13
  /// In how many parts they are summed up.
  private static let parts = 4

  /// Finds the columns; of equally frequent ones the first.
  package init(of documents: SparseMatrix, parallelism: Parallelism = .serial) {
    let step = max(1, documents.rows / Self.sampledRows)
    let rows = Array(stride(from: 0, to: documents.rows, by: step))
    // A fixed number of parts, whose sums are added in order: the same for any number of threads.
    let samples = parallelism.map(Self.parts) { part in
      documents.selectingRows(
        rows[rows.count * part / Self.parts..<rows.count * (part + 1) / Self.parts])
    }
    var counts = [Int32](repeating: 0, count: documents.columns)
    for sample in samples {
      for column in sample.columnIndices { counts[Int(column)] += 1 }
    }
    columns = Self.mostFrequent(counts)

    var places = [Int](repeating: -1, count: documents.columns)
    for (place, column) in columns.enumerated() { places[column] = place }
    let order = columns.count + 1
    let knownPlaces = places
    let parts = parallelism.map(Self.parts) { part in
      Self.moments(of: samples[part], knownPlaces, order: order)
    }
    var sums = parts[0]
    for part in parts.dropFirst() {
      for index in sums.indices { sums[index] += part[index] }
    }
    for index in sums.indices { sums[index] /= Double(max(1, rows.count)) }
    moments = Matrix(rows: order, columns: order, elements: sums)
  }

  /// Up to `maximumCount` columns, rising, given how often each occurs.
  private static func mostFrequent(_ counts: [Int32]) -> [Int] {
    var columnsWithCount = [Int](repeating: 0, count: Int(counts.max() ?? 0) + 1)
    for count in counts { columnsWithCount[Int(count)] += 1 }
    // All columns with this count or a higher one find room, and so many with the count below it.
    var (least, room) = (columnsWithCount.count, maximumCount)
    while least > 1, columnsWithCount[least - 1] <= room {
      least -= 1
      room -= columnsWithCount[least]
    }
    return counts.indices.filter { column in
      let count = Int(counts[column])
      guard count < least else { return true }
      guard count > 0, count == least - 1, room > 0 else { return false }
      room -= 1
      return true
    }
  }

  /// Σ x xᵀ of all rows, above the diagonal.
  private static func moments(
    of documents: SparseMatrix, _ places: [Int], order: Int
  ) -> [Double] {
    let (columns, values) = (documents.columnIndices, documents.values)
    var sums = [Double](repeating: 0, count: order * order)
    var entries: [(place: Int, value: Double)] = []
    for row in 0..<documents.rows {
      entries.removeAll(keepingCapacity: true)
      for position in documents.nonZeros(ofRow: row) {
        let place = places[Int(columns[position])]
        if place >= 0 { entries.append((place, values[position])) }
      }
      entries.append((order - 1, 1))
      // Places rise within a row.
      for (index, first) in entries.enumerated() {
        for second in entries[index...] {
          sums[first.place * order + second.place] += first.value * second.value
        }
      }
    }
    return sums
  }

  /// The factor of (Σ h) M + D.
  ///
  /// - Parameters:
  ///   - curvature: Σ h, the sum of a label's curvatures over the rows.
  ///   - l2Penalty: D for the columns.
  ///   - damping: D for the constant column.
  /// - Returns: `nil` where it is not positive definite: the curvature vanishes or columns depend on
  ///   each other.
  package func factor(
    curvature: Double, l2Penalty: Double, damping: Double
  ) -> CholeskyFactor? {
    guard curvature > 0, curvature.isFinite else { return nil }
    var matrix = moments
    for index in matrix.elements.indices { matrix.elements[index] *= curvature }
    let order = matrix.rows
    for place in 0..<order {
      matrix.elements[place * order + place] += place == order - 1 ? damping : l2Penalty
    }
    return try? CholeskyFactor(matrix)
  }
}

/// What a preconditioner has beside its diagonal: for some labels the factor of their frequent columns'
/// part of the Hessian.
package struct FrequentColumnFactors: Sendable {
  let columns: FrequentColumns
  /// By label.
  package var factors: [Int: CholeskyFactor] = [:]

  package init(_ columns: FrequentColumns) { self.columns = columns }
}
