extension SparseMatrix {
  /// The product X Wᵀ: for each document and label the sum of value times coefficient.
  ///
  /// - Parameters:
  ///   - coefficients: W, labels × columns.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: rows × labels.
  /// - Complexity: O(non-zeros × labels).
  public func product(_ coefficients: Matrix, parallelism: Parallelism = .serial) -> Matrix {
    product(
      coefficients, intercepts: Array(repeating: 0, count: coefficients.rows),
      parallelism: parallelism)
  }

  /// The scores X Wᵀ + 1 bᵀ of linear models with coefficients W and intercepts b.
  ///
  /// - Parameters:
  ///   - coefficients: W, labels × columns.
  ///   - intercepts: b, one number a label.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: rows × labels.
  /// - Complexity: O(non-zeros × labels).
  public func product(
    _ coefficients: Matrix, intercepts: [Double], parallelism: Parallelism = .serial
  ) -> Matrix {
    precondition(
      coefficients.columns == columns && intercepts.count == coefficients.rows,
      "the product of a matrix with \(columns) columns needs labels × \(columns) coefficients")
    let labels = coefficients.rows
    let design = DesignMatrix(self, parallelism: parallelism, purpose: .products)
    var vectors: [Double] = []
    vectors.reserveCapacity(labels * design.dimension)
    for label in 0..<labels {
      vectors.append(contentsOf: coefficients.row(label))
      vectors.append(intercepts[label])
    }
    var byLabel = Matrix(rows: labels, columns: rows)
    var workspace = LaneWorkspace()
    design.product(
      vectors, lanes: Lanes(count: labels, stride: design.dimension), into: &byLabel.elements,
      using: &workspace)
    return labels == 1
      ? Matrix(rows: rows, columns: 1, elements: byLabel.elements) : byLabel.transposed()
  }

  /// The transposed product (Xᵀ R)ᵀ: for each label and column the sum over the rows of residual
  /// times value.
  ///
  /// - Parameters:
  ///   - residuals: R, rows × labels.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: labels × columns.
  /// - Complexity: O(non-zeros × labels).
  public func transposedProduct(_ residuals: Matrix, parallelism: Parallelism = .serial) -> Matrix {
    transposedProduct(residuals, of: .values, parallelism: parallelism)
  }

  /// The transposed product with the squares of the entries: Σᵢ rᵢ xᵢⱼ² for each label and column.
  ///
  /// With curvatures for residuals this is the diagonal of a generalized linear model's Hessian.
  ///
  /// - Parameters:
  ///   - residuals: rows × labels.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: labels × columns.
  /// - Complexity: O(non-zeros × labels).
  public func transposedProductOfSquares(
    _ residuals: Matrix, parallelism: Parallelism = .serial
  ) -> Matrix {
    transposedProduct(residuals, of: .squares, parallelism: parallelism)
  }

  private func transposedProduct(
    _ residuals: Matrix, of entries: DesignMatrix.Entries, parallelism: Parallelism
  ) -> Matrix {
    precondition(
      residuals.rows == rows, "residuals have \(residuals.rows) rows, the matrix has \(rows)")
    let labels = residuals.columns
    let design = DesignMatrix(
      self, parallelism: parallelism, purpose: .productsAndTransposedProducts)
    var sums = [Double](repeating: 0, count: labels * design.dimension)
    var workspace = LaneWorkspace()
    design.transposedProduct(
      residuals.transposed().elements, of: entries,
      lanes: Lanes(count: labels, stride: design.dimension), into: &sums, using: &workspace)
    var result = Matrix(rows: labels, columns: columns)
    for label in 0..<labels {
      let start = label * design.dimension
      result.elements.replaceSubrange(
        label * columns..<(label + 1) * columns, with: sums[start..<start + columns])
    }
    return result
  }
}
