/// A document-term matrix in single precision, as the passes of a fit read it:
/// X = diag(r) (U + V) diag(c).
///
/// U has a 1 for each entry that is known to be a product of the row's and the column's factor (see
/// `EntryFactors`), of which nothing but the column is kept, in two bytes where that is enough; V holds
/// the others, each over r and c. A pass then reads two bytes an entry where column and value take eight,
/// and multiplies by r once a row, by c once a column.
struct ScaledMatrix: Sendable {
  /// r, above 0.
  let rowScales: [Float]
  /// c, above 0; 1 for the constant column, which stands last.
  let columnScales: [Float]
  /// c².
  let squaredColumnScales: [Float]
  /// Where U has its ones.
  let units: EntryColumns
  /// Where V has its entries.
  let others: EntryColumns
  let otherValues: [Float]
  /// Whether all entries are known to be finite.
  let isFinite: Bool
  /// The documents' row that stands at each place; empty for the documents' own order.
  let rowOrder: [Int32]

  /// For passes that do not read it.
  static let none = ScaledMatrix(
    rowScales: [], columnScales: [1], squaredColumnScales: [1], units: .none, others: .none,
    otherValues: [], isFinite: false, rowOrder: [])

  /// Factors beyond this, or below one over it, are of no use: their squares have to stay finite.
  private static let largestScale = 0x1p30

  /// The bytes of all of it that loops over rows read.
  var byteCount: Int {
    units.byteCount + others.byteCount
      + MemoryLayout<Float>.stride * (otherValues.count + rowScales.count)
  }

  /// The non-zeros of the rows before a place.
  func nonZeros(before place: Int) -> Int {
    Int(units.offsets[place]) + Int(others.offsets[place])
  }

  /// The factors that a matrix is taken apart by; `nil` where they are not known or of no use.
  static func usableFactors(of documents: SparseMatrix) -> EntryFactors? {
    guard let factors = documents.factors else { return nil }
    return areUsable(factors.rows) && areUsable(factors.columns) ? factors : nil
  }

  static func areUsable<Scale: BinaryFloatingPoint>(_ scales: [Scale]) -> Bool {
    scales.allSatisfy { $0 >= Scale(1 / largestScale) && $0 <= Scale(largestScale) }
  }
}

/// The columns of some of the entries of a matrix, row after row.
struct EntryColumns: Sendable {
  /// Where each row starts, and where the last one ends.
  let offsets: [UInt32]
  let columns: ColumnMemory

  var byteCount: Int { offsets.count * MemoryLayout<UInt32>.stride + columns.byteCount }

  static let none = EntryColumns(offsets: [0], columns: ColumnMemory(count: 0, isNarrow: true))
}
