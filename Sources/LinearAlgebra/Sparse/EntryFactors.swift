/// Which entries of a matrix are a number of their row times a number of their column.
///
/// In a weighted count matrix these are the terms that stand in a text once: one over the text's length
/// times the term's idf.
package struct EntryFactors: Hashable, Sendable {
  /// r, one for each row.
  package let rows: [Double]
  /// c, one for each column.
  package let columns: [Double]
  /// Whether an entry is r c, for each non-zero.
  package let areProducts: [Bool]

  package init(rows: [Double], columns: [Double], areProducts: [Bool]) {
    self.rows = rows
    self.columns = columns
    self.areProducts = areProducts
  }

  func selectingRows(_ selection: [Int], of matrix: SparseMatrix) -> EntryFactors {
    var marks: [Bool] = []
    for row in selection { marks.append(contentsOf: areProducts[matrix.nonZeros(ofRow: row)]) }
    return EntryFactors(rows: selection.map { rows[$0] }, columns: columns, areProducts: marks)
  }

  /// Those of the matrix whose columns are multiplied by numbers.
  func scalingColumns(by numbers: [Double]) -> EntryFactors {
    EntryFactors(
      rows: rows, columns: zip(columns, numbers).map { $0 * $1 }, areProducts: areProducts)
  }
}
