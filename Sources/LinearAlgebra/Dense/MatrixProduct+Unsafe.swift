extension Matrix {
  /// The product A B.
  ///
  /// - Parameter other: B, with as many rows as this matrix has columns.
  /// - Returns: rows × columns of `other`.
  /// - Complexity: O(rows × columns × columns of `other`).
  public func product(_ other: Matrix) -> Matrix {
    precondition(
      columns == other.rows,
      "a product needs as many columns (\(columns)) as the other matrix has rows (\(other.rows))")
    LinearAlgebraLibrary.useOneThread()
    var result = Matrix(rows: rows, columns: other.columns)
    guard columns > 0, !result.elements.isEmpty else { return result }
    result.elements.withUnsafeMutableBufferPointer { product in
      elements.withUnsafeBufferPointer { left in
        other.elements.withUnsafeBufferPointer { right in
          guard let product = product.baseAddress, let left = left.baseAddress,
            let right = right.baseAddress
          else { return }
          BasicLinearAlgebra.multiply(
            left, right, rows: rows, inner: columns, columns: other.columns, into: product)
        }
      }
    }
    return result
  }
}
