import LinearAlgebra

/// C(x, x′) = (x, 1)ᵀ H⁻¹ (x′, 1) with H⁻¹ written out: few features, any number of rows.
///
/// Feature j's coefficient for output a stands at j q + a; the intercepts stand at the end.
struct PrimalCovariances: ScoreCovariances {
  private let documents: SparseMatrix
  private let outputs: Int
  private let inverse: Matrix

  /// - Complexity: O(order³ + Σ non-zeros of a row² · q²) with order = (features + 1) q.
  init(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) throws(CholeskyFactor.NotPositiveDefinite) {
    self.documents = documents
    outputs = roots.outputs
    var hessian = Self.sum(documents, outputs) { row in
      let root = roots.root(row)
      return root.product(root.transposed())
    }
    for position in 0..<documents.columns * outputs { hessian[position, position] += penalty }
    inverse = try CholeskyFactor(hessian).inverse()
  }

  /// Σᵢ (xᵢ, 1)(xᵢ, 1)ᵀ ⊗ Mᵢ.
  private static func sum(
    _ documents: SparseMatrix, _ outputs: Int, _ matrix: (Int) -> Matrix
  ) -> Matrix {
    let order = (documents.columns + 1) * outputs
    var result = Matrix(rows: order, columns: order)
    for row in 0..<documents.rows {
      let entries = Self.entries(documents, row)
      let block = matrix(row)
      for first in entries {
        for second in entries {
          let product = first.value * second.value
          for a in 0..<outputs {
            for b in 0..<outputs {
              result[first.column * outputs + a, second.column * outputs + b] +=
                product * block[a, b]
            }
          }
        }
      }
    }
    return result
  }

  func covariances(of documents: SparseMatrix) -> Matrix { quadraticForms(documents, inverse) }

  func trainingCovariances() -> Matrix { covariances(of: documents) }

  /// The sandwich H⁻¹ (Σᵢ (xᵢ ⊗ φᵢ)(xᵢ ⊗ φᵢ)ᵀ) H⁻¹.
  func prepared(_ influences: Matrix) -> Matrix {
    let sum = Self.sum(documents, outputs) { row in
      let column = Matrix(rows: outputs, columns: 1, elements: Array(influences.row(row)))
      return column.product(column.transposed())
    }
    return inverse.product(sum).product(inverse)
  }

  func changes(of documents: SparseMatrix, _ prepared: Matrix) -> Matrix {
    quadraticForms(documents, prepared)
  }

  func trainingChanges(_ prepared: Matrix) -> Matrix { changes(of: documents, prepared) }

  /// (x, 1)ᵀ M (x, 1) of each row, rows × (q · q).
  private func quadraticForms(_ documents: SparseMatrix, _ matrix: Matrix) -> Matrix {
    var result = Matrix(rows: documents.rows, columns: outputs * outputs)
    for row in 0..<documents.rows {
      let entries = Self.entries(documents, row)
      for a in 0..<outputs {
        for b in 0..<outputs {
          var sum = 0.0
          for first in entries {
            var inner = 0.0
            for second in entries {
              inner +=
                second.value * matrix[first.column * outputs + a, second.column * outputs + b]
            }
            sum += first.value * inner
          }
          result[row, a * outputs + b] = sum
        }
      }
    }
    return result
  }

  /// The non-zeros of (x, 1).
  private static func entries(
    _ documents: SparseMatrix, _ row: Int
  ) -> [(column: Int, value: Double)] {
    let (columns, values) = (documents.columnIndices, documents.values)
    return documents.nonZeros(ofRow: row).map { (Int(columns[$0]), values[$0]) }
      + [(documents.columns, 1)]
  }
}
