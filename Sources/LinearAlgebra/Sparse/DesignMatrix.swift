/// A document-term matrix with a constant column 1 after its last column, prepared for many
/// products by several threads.
///
/// A linear model's intercept is the coefficient of the constant column. Vectors of `dimension`
/// numbers stand one after another in flat arrays, and `Lanes` says which of them take part.
package struct DesignMatrix: Sendable {
  /// What a design is prepared for.
  package enum Purpose: Sendable {
    /// Products only.
    case products
    /// Products and transposed products.
    case productsAndTransposedProducts
    /// These and passes in single precision.
    case allPasses
    /// Passes in single precision over rows in the order in which they are fastest: see `rowOrder`.
    /// Passes in double precision are possible where the documents are stored, but read memory in no
    /// order; documents that are written whenever they are read are let go of.
    case singlePrecision
  }

  /// Which function of the entries a transposed product sums.
  package enum Entries: Sendable {
    /// The entries xᵢⱼ.
    case values
    /// Their squares xᵢⱼ².
    case squares
  }

  /// The rows.
  package let rows: Int
  /// The columns with the constant one.
  package let dimension: Int
  /// The matrix without the constant column; `nil` where no pass needs it.
  let documents: SparseMatrix?
  /// The matrix for passes in single precision.
  let scaled: ScaledMatrix
  /// The threads that serve a pass; fewer than asked for when the matrix is small.
  package let parallelism: Parallelism
  /// Places of rows in ranges for products.
  let rowRanges: [Range<Int>]
  /// Places of rows in the ranges whose sums are added in order; they depend on the matrix alone.
  let segments: [Range<Int>]
  /// Columns in parts, for more threads than segments.
  let columnParts: ColumnParts
  let crossings: ColumnCrossings

  /// The first of the documents' values that is infinite or not a number. To prepare all passes has
  /// found out whether there is one.
  package var firstEntryNotFinite: (position: Int, column: Int32, value: Double)? {
    guard !scaled.isFinite, let documents,
      let position = documents.firstPositionNotFinite(parallelism)
    else { return nil }
    return (position, documents.columnIndices[position], documents.values[position])
  }

  /// The columns that a preconditioner solves together; `nil` for a matrix so small that its products
  /// cost less.
  package let frequentColumns: FrequentColumns?

  /// The documents' row at each place of a series, empty for the documents' own order: series of numbers
  /// a row, margins and residuals and weights, are in this order everywhere.
  package var rowOrder: [Int32] { scaled.rowOrder }

  /// The bytes of the matrix that a pass in single precision reads.
  package var bytesPerPass: Int { scaled.byteCount }

  /// The largest Euclidean norm of a row, the constant column included: at least 1 (or 0 rows).
  package var largestRowNorm: Double {
    let documents = documentsInDouble
    let values = documents.values
    let largest = parallelism.map(rowRanges.count) { index in
      var largest = 1.0
      for row in rowRanges[index] {
        var squares = 1.0
        for position in documents.nonZeros(ofRow: row) {
          squares += values[position] * values[position]
        }
        largest = max(largest, squares)
      }
      return largest
    }
    return largest.reduce(1, max).squareRoot()
  }

  /// The matrix for passes in double precision.
  var documentsInDouble: SparseMatrix {
    guard let documents else {
      preconditionFailure("a design that was prepared for single precision serves no other passes")
    }
    return documents
  }

  /// A thread with less work than this takes longer to share than it saves: about 20 µs.
  package static let minimumNonZerosPerThread = 20_000

  /// The most segments of rows in a transposed product.
  static let maximumSegments = 8

  /// Segments are so few that each column has this many non-zeros in each on average: setting a
  /// segment's sums to zero and adding them up then costs a small part of the pass, and the sums that
  /// the threads work on at a time stay in the caches.
  static let minimumNonZerosPerSum = 32

  /// From this many non-zeros on there are at least two segments, so that a pass has work for two
  /// threads.
  static let minimumNonZerosForTwo = 1 << 20

  /// From this many non-zeros on factorizing the frequent columns costs a small part of the products
  /// that it saves.
  package static let minimumNonZerosForFrequentColumns = 1 << 22

  /// How many segments: 1, 2, 4 or 8, so that two or four threads get the same.
  private static func segmentCount(of documents: SparseMatrix) -> Int {
    let nonZeros = documents.nonZeroCount
    var count = nonZeros < minimumNonZerosForTwo ? 1 : 2
    while count < maximumSegments,
      nonZeros >= 2 * count * minimumNonZerosPerSum * (documents.columns + 1)
    {
      count *= 2
    }
    return count
  }

  /// Prepares a matrix.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - parallelism: how many threads may work at most.
  ///   - purpose: transposed products by several threads need a table of rows × (threads − 1).
  ///   - minimumNonZerosPerThread: fewer threads work when they would get less than this each.
  package init(
    _ documents: consuming SparseMatrix, parallelism: Parallelism,
    purpose: Purpose = .allPasses,
    minimumNonZerosPerThread: Int = DesignMatrix.minimumNonZerosPerThread
  ) {
    let work = documents.nonZeroCount + documents.rows
    let threads = max(1, min(parallelism.threads, work / max(1, minimumNonZerosPerThread)))
    self.parallelism = Parallelism(threads: threads)
    let segmentCount = Self.segmentCount(of: documents)
    (rows, dimension) = (documents.rows, documents.columns + 1)
    let letsGo = purpose == .singlePrecision && !documents.isStored
    // To cut columns in parts takes the entries once more.
    let documents = threads > segmentCount && purpose != .products ? documents.stored() : documents
    self.documents = letsGo ? nil : documents
    let scaled: ScaledMatrix
    switch purpose {
    case .products, .productsAndTransposedProducts:
      scaled = .none
      frequentColumns = nil
    case .allPasses, .singlePrecision:
      scaled = ScaledMatrix(
        of: documents, orderingIn: purpose == .singlePrecision ? segmentCount : nil,
        self.parallelism)
      let hasMany = documents.nonZeroCount >= Self.minimumNonZerosForFrequentColumns
      frequentColumns =
        hasMany
        ? FrequentColumns(of: documents, parallelism: self.parallelism) : nil
    }
    let nonZeros = { (place: Int) in
      scaled.rowScales.isEmpty ? documents.rowOffsets[place] : scaled.nonZeros(before: place)
    }
    self.scaled = scaled
    rowRanges = Self.ranges(rows: documents.rows, count: threads == 1 ? 1 : 4 * threads, nonZeros)
    segments = Self.ranges(rows: documents.rows, count: segmentCount, nonZeros)
    columnParts = ColumnParts(
      of: documents,
      count: purpose == .products ? 1 : (threads + segments.count - 1) / segments.count)
    crossings = Self.crossings(documents, scaled, columnParts)
  }

  private static func crossings(
    _ documents: SparseMatrix, _ scaled: ScaledMatrix, _ parts: ColumnParts
  ) -> ColumnCrossings {
    guard parts.count > 1 else { return .none }
    func crossings(_ entries: EntryColumns) -> [Int32] {
      parts.crossings(rows: scaled.rowScales.count) { row in
        Int(entries.offsets[row])..<Int(entries.offsets[row + 1])
      } column: { position in
        entries.columns.column(position)
      }
    }
    let (order, columns) = (scaled.rowOrder, documents.columnIndices)
    let inDocuments = parts.crossings(rows: documents.rows) { place in
      documents.nonZeros(ofRow: order.isEmpty ? place : Int(order[place]))
    } column: { position in
      Int(columns[position])
    }
    return ColumnCrossings(
      documents: inDocuments, units: crossings(scaled.units), others: crossings(scaled.others))
  }

  /// Cuts the rows into ranges of about as many non-zeros each.
  ///
  /// - Parameter nonZeros: how many stand before a row; for `rows` all of them.
  private static func ranges(
    rows: Int, count: Int, _ nonZeros: (Int) -> Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for index in 1...count {
      var end = index == count ? rows : start
      let share = nonZeros(rows) * index / count
      while end < rows && nonZeros(end) < share { end += 1 }
      if end > start { ranges.append(start..<end) }
      start = end
    }
    return ranges.isEmpty ? [0..<0] : ranges
  }
}
