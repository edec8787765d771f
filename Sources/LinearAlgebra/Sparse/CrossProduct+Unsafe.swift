extension SparseMatrix {
  /// The products X Yᵀ of this matrix's rows with those of another: for documents the similarities
  /// of all pairs. With itself the result is exactly symmetric, as both sums run over the columns.
  ///
  /// - Parameter other: Y, with the same columns.
  /// - Returns: rows × other rows.
  /// - Complexity: O(rows × other rows + Σ over columns of non-zeros here times non-zeros there).
  public func crossProduct(_ other: SparseMatrix) -> Matrix {
    precondition(
      columns == other.columns,
      "a product of rows needs as many columns here (\(columns)) as there (\(other.columns))")
    let byColumn = other.columnLists()
    var result = Matrix(rows: rows, columns: other.rows)
    result.elements.withUnsafeMutableBufferPointer { products in
      byColumn.rows.withUnsafeBufferPointer { otherRows in
        byColumn.values.withUnsafeBufferPointer { otherValues in
          guard let products = products.baseAddress, let otherRows = otherRows.baseAddress,
            let otherValues = otherValues.baseAddress
          else { return }
          for row in 0..<rows {
            let target = products + row * other.rows
            for position in nonZeros(ofRow: row) {
              let (column, value) = (Int(columnIndices[position]), values[position])
              for entry in byColumn.offsets[column]..<byColumn.offsets[column + 1] {
                target[Int(otherRows[entry])] += value * otherValues[entry]
              }
            }
          }
        }
      }
    }
    return result
  }

  /// The entries column after column: for each its row and value, rows increasing.
  private func columnLists() -> (offsets: [Int], rows: [Int32], values: [Double]) {
    var offsets = [0]
    offsets.reserveCapacity(columns + 1)
    for count in nonZeroCountsByColumn() { offsets.append(offsets[offsets.count - 1] + count) }
    var next = offsets
    var entryRows = [Int32](repeating: 0, count: values.count)
    var entryValues = [Double](repeating: 0, count: values.count)
    for row in 0..<rows {
      for position in nonZeros(ofRow: row) {
        let column = Int(columnIndices[position])
        entryRows[next[column]] = Int32(row)
        entryValues[next[column]] = values[position]
        next[column] += 1
      }
    }
    return (offsets, entryRows, entryValues)
  }
}
