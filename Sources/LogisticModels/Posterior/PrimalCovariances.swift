import LinearAlgebra

/// C(x) = (x, 1)ᵀ H⁻¹ (x, 1) with H⁻¹ written out: few features, any number of rows.
struct PrimalCovariances: ScoreCovariances {
  private let documents: SparseMatrix
  private let outputs: Int
  /// H⁻¹, where feature j's coefficient for output a stands at j q + a and the intercepts at the
  /// end.
  private let inverse: Matrix

  /// - Complexity: O(order³ + Σ non-zeros of a row² · q²) with order = (features + 1) q.
  init(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) throws(CholeskyFactor.NotPositiveDefinite) {
    self.documents = documents
    outputs = roots.outputs
    inverse = try CholeskyFactor(Self.hessian(documents, roots, penalty: penalty)).inverse()
  }

  /// The upper triangle of H.
  private static func hessian(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) -> Matrix {
    let q = roots.outputs
    let order = (documents.columns + 1) * q
    var hessian = Matrix(rows: order, columns: order)
    for position in 0..<documents.columns * q { hessian[position, position] = penalty }
    for row in 0..<documents.rows {
      let entries = Self.entries(documents, row)
      let curvature = roots.curvature(row)
      for (index, first) in entries.enumerated() {
        for second in entries[index...] {
          let product = first.value * second.value
          for a in 0..<q {
            for b in 0..<q {
              hessian[first.column * q + a, second.column * q + b] += product * curvature[a * q + b]
            }
          }
        }
      }
    }
    return hessian
  }

  func covariances(of documents: SparseMatrix) -> Matrix {
    var result = Matrix(rows: documents.rows, columns: outputs * outputs)
    for row in 0..<documents.rows {
      let entries = Self.entries(documents, row)
      for a in 0..<outputs {
        for b in a..<outputs {
          var sum = 0.0
          for first in entries {
            var inner = 0.0
            for second in entries {
              inner +=
                second.value * inverse[first.column * outputs + a, second.column * outputs + b]
            }
            sum += first.value * inner
          }
          result[row, a * outputs + b] = sum
          result[row, b * outputs + a] = sum
        }
      }
    }
    return result
  }

  func trainingCovariances() -> Matrix { covariances(of: documents) }

  /// The non-zeros of (x, 1).
  private static func entries(
    _ documents: SparseMatrix, _ row: Int
  ) -> [(column: Int, value: Double)] {
    documents.nonZeros(ofRow: row).map {
      (Int(documents.columnIndices[$0]), documents.values[$0])
    } + [(documents.columns, 1)]
  }
}
