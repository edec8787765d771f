import LinearAlgebra

/// What the inverse that is at hand tells of the posterior's own rows, without further systems.
extension DualCovariances {
  /// Below this share of the largest, a row's curvature is too small to divide by.
  private static let smallestCurvature = 1e-6

  /// The rows whose curvature almost vanishes, as do probabilities of 0 and 1: for them the formulas
  /// for new rows hold.
  private var saturatedRows: [Int] {
    let pivots = (0..<documents.rows).map(roots.smallestPivot)
    let bound = Self.smallestCurvature * (pivots.max() ?? 0)
    return pivots.indices.filter { pivots[$0] <= bound }
  }

  /// The entry of Rᵀ C R at two positions.
  @inline(__always)
  private func leverage(_ first: Int, _ second: Int) -> Double {
    var intercept = 0.0
    for output in 0..<roots.outputs {
      intercept += solved[output, first] * weighted[output, second]
    }
    return (first == second ? 1 : 0) - penalty * (inverse[first, second] - intercept)
  }

  func trainingCovariances() -> Matrix {
    let q = roots.outputs
    var result = Matrix(rows: documents.rows, columns: q * q)
    for row in 0..<documents.rows {
      var block = Matrix(rows: q, columns: q)
      for a in 0..<q {
        for b in 0..<q { block[a, b] = leverage(row * q + a, row * q + b) }
      }
      result.setRow(row, congruence(roots.inverseRoot(row), block))
    }
    return replacing(saturatedRows, in: result, by: covariances)
  }

  func trainingChanges(_ prepared: Matrix) -> Matrix {
    let q = roots.outputs
    var result = Matrix(rows: documents.rows, columns: q * q)
    for row in 0..<documents.rows {
      addSquares(to: &result, row: row, prepared) { output, position in
        leverage(row * q + output, position)
      }
      let block = Matrix(rows: q, columns: q, elements: Array(result.row(row)))
      result.setRow(row, congruence(roots.inverseRoot(row), block))
    }
    return replacing(saturatedRows, in: result) { changes(of: $0, prepared) }
  }

  /// Some rows' results as they come for new rows.
  private func replacing(
    _ rows: [Int], in results: Matrix, by body: (SparseMatrix) -> Matrix
  ) -> Matrix {
    guard !rows.isEmpty else { return results }
    var results = results
    let replaced = body(documents.selectingRows(rows))
    for (index, row) in rows.enumerated() { results.setRow(row, replaced.row(index)) }
    return results
  }

  /// Mᵀ E M, row after row.
  private func congruence(_ matrix: Matrix, _ middle: Matrix) -> [Double] {
    matrix.transposed().product(middle).product(matrix).elements
  }
}
