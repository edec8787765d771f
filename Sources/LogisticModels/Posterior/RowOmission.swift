import LinearAlgebra

/// What changes when each row in turn is left out, by one Newton step.
///
/// Without row i the gradient is −gᵢ and the Hessian H − (xᵢ, 1)(xᵢ, 1)ᵀ ⊗ Sᵢ. With C = C(xᵢ, xᵢ) the
/// row's own scores then have the covariance
///
///     C₋ᵢ = C (I − Sᵢ C)⁻¹ = C + C Rᵢ (I − Rᵢᵀ C Rᵢ)⁻¹ Rᵢᵀ C
///
/// and change by C₋ᵢ gᵢ; any row's scores change by C(x, xᵢ) φᵢ with φᵢ = (I − Sᵢ C)⁻¹ gᵢ.
///
/// Sources: Rad & Maleki, A scalable estimate of the out-of-sample prediction error via approximate
/// leave-one-out cross-validation (2020), equation 8; Beirami, Razaviyayn, Shahrampour & Tarokh, On
/// optimal generalizability in parametric learning (2017), equation 10.
struct RowOmission {
  /// C₋ᵢ gᵢ, rows × q.
  private(set) var steps: Matrix
  /// C₋ᵢ, rows × (q · q).
  private(set) var covariances: Matrix
  /// Of the scores of row i, the sum of squared changes by leaving out a row j ≠ i besides i,
  /// rows × (q · q).
  private(set) var changes: Matrix
  /// All φᵢ as the form of the posterior prepared them.
  let prepared: Matrix

  init(
    _ posterior: any ScoreCovariances, _ roots: CurvatureRoots, _ gradients: Matrix, rows: [Int]
  ) throws(FittingError) {
    let q = roots.outputs
    covariances = posterior.trainingCovariances()
    steps = Matrix(rows: rows.count, columns: q)
    var influences = gradients
    for row in rows.indices {
      let (root, covariance) = (roots.root(row), covariances.block(row, q))
      let rooted = covariance.product(root)
      let remainder = (root.transposed().product(rooted)).map { -$0 }.addingIdentity()
      let inverse: Matrix
      do {
        inverse = try CholeskyFactor(remainder).inverse()
      } catch {
        throw FittingError(
          code: .singularCurvature,
          message: """
            row \(rows[row]) alone determines a coefficient, so that nothing is left without it; add \
            rows, or fit with a stronger penalty
            """)
      }
      let without = covariance.adding(rooted.product(inverse).product(rooted.transposed()))
      let step = without.product(gradients.column(row, q))
      let influence = root.product(root.transposed()).product(step)
      covariances.setRow(row, without.elements)
      steps.setRow(row, step.elements)
      for output in 0..<q { influences[row, output] += influence[output, 0] }
    }
    prepared = posterior.prepared(influences)
    changes = posterior.trainingChanges(prepared)
    for row in rows.indices {
      // Row i's own part is its step; leaving i out widens what is left by (I − C Sᵢ)⁻¹.
      let step = steps.column(row, q)
      let others = changes.block(row, q).adding(step.product(step.transposed()).map { -$0 })
      let root = roots.root(row)
      let widening = covariances.block(row, q).product(root.product(root.transposed()))
        .addingIdentity()
      changes.setRow(row, widening.product(others).product(widening.transposed()).elements)
    }
  }
}

extension Matrix {
  /// One row of q × q numbers as a matrix.
  fileprivate func block(_ row: Int, _ q: Int) -> Matrix {
    Matrix(rows: q, columns: q, elements: Array(self.row(row)))
  }

  /// One row of q numbers as a column.
  fileprivate func column(_ row: Int, _ q: Int) -> Matrix {
    Matrix(rows: q, columns: 1, elements: Array(self.row(row)))
  }

  fileprivate func map(_ transform: (Double) -> Double) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map(transform))
  }

  fileprivate func adding(_ other: Matrix) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map(+))
  }

  fileprivate func addingIdentity() -> Matrix {
    var result = self
    for position in 0..<rows { result[position, position] += 1 }
    return result
  }
}
