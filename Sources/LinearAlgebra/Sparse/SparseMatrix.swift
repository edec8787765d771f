/// A sparse matrix of `Double` in compressed rows (CSR): one row a document, one column a feature.
///
/// The non-zeros of row `r` stand at `rowOffsets[r]..<rowOffsets[r + 1]` of `columnIndices` and
/// `values`. Column indices strictly increase within a row. Explicit zeros are allowed.
public struct SparseMatrix: Hashable, Sendable {
  /// The number of rows, at least 0.
  public let rows: Int
  /// The number of columns, at most `Int32.max`.
  public let columns: Int
  /// Where each row starts; `rows + 1` numbers, from 0 to the number of non-zeros.
  public let rowOffsets: [Int]
  /// The entries, or what writes them.
  let entries: Entries

  enum Entries: Sendable {
    case stored(StoredEntries)
    case written(WrittenRows)
  }

  /// Columns and values in arrays.
  struct StoredEntries: Sendable {
    let columnIndices: [Int32]
    let values: [Double]
    /// What most entries are products of, where whoever made the matrix knows it.
    var factors: EntryFactors?
  }

  /// The entries in arrays; where rows are written when they are needed, they are now, and kept.
  private var storedEntries: StoredEntries {
    switch entries {
    case .stored(let entries): entries
    case .written(let rows): rows.stored()
    }
  }

  /// The column of each non-zero, strictly increasing within a row.
  ///
  /// Take it out of a loop: a matrix of features is written to memory when this is first asked for.
  public var columnIndices: [Int32] { storedEntries.columnIndices }

  /// The value of each non-zero. Take it out of a loop, as `columnIndices`.
  public var values: [Double] { storedEntries.values }

  /// What most entries are products of, where whoever made the matrix knows it. Fits are faster by it.
  package var factors: EntryFactors? { storedEntries.factors }

  /// Whether the entries are in arrays, and not written whenever they are read.
  var isStored: Bool {
    if case .stored = entries { true } else { false }
  }

  /// Makes a matrix of its three arrays and checks all of their invariants, in O(rows + non-zeros).
  ///
  /// The products read without bounds checks, so these invariants are what keeps them safe; arrays
  /// that break them stop the program. Check data from a file before.
  public init(
    rows: Int, columns: Int, rowOffsets: [Int], columnIndices: [Int32], values: [Double]
  ) {
    precondition(rows >= 0 && columns >= 0 && columns <= Int(Int32.max), "shape out of range")
    precondition(
      rowOffsets.count == rows + 1 && rowOffsets[0] == 0 && rowOffsets[rows] == values.count,
      "row offsets must be \(rows + 1) numbers from 0 to \(values.count)")
    precondition(columnIndices.count == values.count, "as many column indices as values")
    for row in 0..<rows {
      let (start, end) = (rowOffsets[row], rowOffsets[row + 1])
      precondition(start <= end && end <= values.count, "row offsets must not decrease")
      var previous: Int32 = -1
      for position in start..<end {
        let column = columnIndices[position]
        precondition(column > previous, "column indices must increase within row \(row)")
        previous = column
      }
      precondition(Int(previous) < columns, "row \(row) has column \(previous) of \(columns)")
    }
    self.init(
      rows: rows, columns: columns, rowOffsets: rowOffsets,
      .stored(StoredEntries(columnIndices: columnIndices, values: values)))
  }

  /// A matrix whose entries have been checked, or are when they are written.
  init(rows: Int, columns: Int, rowOffsets: [Int], _ entries: Entries) {
    self.rows = rows
    self.columns = columns
    self.rowOffsets = rowOffsets
    self.entries = entries
  }

  /// Makes a sparse matrix of the entries of `dense` that are not zero.
  public init(_ dense: Matrix) {
    var rowOffsets = [0]
    var columnIndices: [Int32] = []
    var values: [Double] = []
    for row in 0..<dense.rows {
      for (column, value) in dense.row(row).enumerated() where value != 0 {
        columnIndices.append(Int32(column))
        values.append(value)
      }
      rowOffsets.append(values.count)
    }
    self.init(
      rows: dense.rows, columns: dense.columns, rowOffsets: rowOffsets,
      columnIndices: columnIndices, values: values)
  }

  /// The number of stored entries.
  public var nonZeroCount: Int { rowOffsets[rows] }

  /// The positions of one row's non-zeros in `columnIndices` and `values`.
  public func nonZeros(ofRow row: Int) -> Range<Int> {
    precondition(row >= 0 && row < rows, "no row \(row) in \(rows)")
    return rowOffsets[row]..<rowOffsets[row + 1]
  }
}

extension SparseMatrix {
  public static func == (left: SparseMatrix, right: SparseMatrix) -> Bool {
    left.rows == right.rows && left.columns == right.columns
      && left.rowOffsets == right.rowOffsets && left.columnIndices == right.columnIndices
      && left.values == right.values
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    hasher.combine(columnIndices)
    hasher.combine(values)
  }

  /// The same matrix, of whose entries some are known to be products.
  package func with(_ factors: EntryFactors?) -> SparseMatrix {
    if let factors {
      precondition(
        factors.rows.count == rows && factors.columns.count == columns
          && factors.areProducts.count == nonZeroCount,
        "a factor for each row and column, and a mark for each entry")
    }
    var entries = storedEntries
    entries.factors = factors
    return SparseMatrix(
      rows: rows, columns: columns, rowOffsets: rowOffsets, .stored(entries))
  }

  /// The matrix of the given rows, in the given order; a row may stand there more than once.
  public func selectingRows(_ selection: some Sequence<Int>) -> SparseMatrix {
    let selection = Array(selection)
    var offsets = [0]
    offsets.reserveCapacity(selection.count + 1)
    for row in selection { offsets.append(offsets[offsets.count - 1] + nonZeros(ofRow: row).count) }
    let selected: StoredEntries
    switch entries {
    case .stored(let entries): selected = entries.selectingRows(selection, of: self)
    case .written(let rows): selected = rows.selecting(selection, offsets: offsets)
    }
    return SparseMatrix(
      rows: selection.count, columns: columns, rowOffsets: offsets, .stored(selected))
  }

  /// The matrix with each column multiplied by a number.
  ///
  /// - Parameter factors: one for each column.
  public func scalingColumns(by factors: [Double]) -> SparseMatrix {
    precondition(factors.count == columns, "one factor for each of \(columns) columns")
    let entries = storedEntries
    return SparseMatrix(
      rows: rows, columns: columns, rowOffsets: rowOffsets,
      .stored(
        StoredEntries(
          columnIndices: entries.columnIndices,
          values: zip(entries.values, entries.columnIndices).map { $0 * factors[Int($1)] },
          factors: entries.factors?.scalingColumns(by: factors))))
  }

  /// The same matrix with its zeros written out.
  public func dense() -> Matrix {
    let entries = storedEntries
    var result = Matrix(rows: rows, columns: columns)
    for row in 0..<rows {
      for position in rowOffsets[row]..<rowOffsets[row + 1] {
        result.elements[row * columns + Int(entries.columnIndices[position])] =
          entries.values[position]
      }
    }
    return result
  }

  /// How many entries each column stores (`columns` numbers): for a document-term matrix the
  /// document frequencies.
  public func nonZeroCountsByColumn() -> [Int] {
    var counts = Array(repeating: 0, count: columns)
    for column in columnIndices { counts[Int(column)] += 1 }
    return counts
  }
}

extension SparseMatrix.StoredEntries {
  fileprivate func selectingRows(_ selection: [Int], of matrix: SparseMatrix) -> Self {
    var (columns, values): ([Int32], [Double]) = ([], [])
    for row in selection {
      let nonZeros = matrix.nonZeros(ofRow: row)
      columns.append(contentsOf: columnIndices[nonZeros])
      values.append(contentsOf: self.values[nonZeros])
    }
    return Self(
      columnIndices: columns, values: values,
      factors: factors?.selectingRows(selection, of: matrix))
  }
}
