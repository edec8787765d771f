import LinearAlgebra

/// C(x) from the similarities of the rows: few rows, any number of features.
///
/// With K = X Xᵀ, R the block diagonal of the rows' curvature roots and B = Rᵀ 1 (each row's Rᵢᵀ one
/// under the other), A = Λ I + Rᵀ (K ⊗ I) R = L Lᵀ is all that is factorized. The intercepts, which
/// nothing penalizes, are the limit of a flat prior:
///
///     C(x) = (xᵀx I − tᵀt) / Λ + ρᵀ T⁻¹ ρ,   t = L⁻¹ Rᵀ (X x ⊗ I),
///     U = L⁻¹ B,   T = Λ Uᵀ U,   ρ = I − Uᵀ t.
///
/// Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), equations 2.41, 2.42
/// and 3.27 for the scaling by the curvature's root.
struct DualCovariances: ScoreCovariances {
  private let documents: SparseMatrix
  private let roots: CurvatureRoots
  /// Λ.
  private let penalty: Double
  private let factor: CholeskyFactor
  /// B, q × (rows q): every row one column.
  private let intercepts: Matrix
  /// U, q × (rows q).
  private let loweredIntercepts: Matrix
  /// T⁻¹, q × q.
  private let interceptCovariance: Matrix

  /// - Complexity: O(order³ + non-zeros · rows) with order = rows · q.
  init(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) throws(CholeskyFactor.NotPositiveDefinite) {
    self.documents = documents
    self.roots = roots
    self.penalty = penalty
    factor = try CholeskyFactor(Self.kernel(documents, roots, penalty: penalty))
    let q = roots.outputs
    var intercepts = Matrix(rows: q, columns: documents.rows * q)
    for row in 0..<documents.rows {
      for output in 0..<q {
        for column in 0...output {
          intercepts[output, row * q + column] = roots[row, output, column]
        }
      }
    }
    self.intercepts = intercepts
    loweredIntercepts = factor.solveLower(intercepts)
    var precision = Matrix(rows: q, columns: q)
    for a in 0..<q {
      for b in 0..<q {
        precision[a, b] = penalty * dot(loweredIntercepts.row(a), loweredIntercepts.row(b))
      }
    }
    interceptCovariance = try CholeskyFactor(precision).inverse()
  }

  /// A, whose entry at rows i, j and columns a, b of their roots is Kᵢⱼ (Rᵢᵀ Rⱼ)ₐᵦ.
  private static func kernel(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) -> Matrix {
    let (rows, q) = (documents.rows, roots.outputs)
    let similarities = documents.crossProduct(documents)
    var kernel = Matrix(rows: rows * q, columns: rows * q)
    for row in 0..<rows {
      for other in row..<rows {
        let similarity = similarities[row, other]
        guard similarity != 0 else { continue }
        for a in 0..<q {
          for b in 0..<q {
            var product = 0.0
            for output in max(a, b)..<q {
              product += roots[row, output, a] * roots[other, output, b]
            }
            kernel[row * q + a, other * q + b] = similarity * product
          }
        }
      }
    }
    for position in 0..<rows * q { kernel[position, position] += penalty }
    return kernel
  }

  /// So many rows' systems are solved at a time: enough for the library to work in blocks.
  private static let rowsPerSolve = 64

  func covariances(of documents: SparseMatrix) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(documents.rows * roots.outputs * roots.outputs)
    var start = 0
    while start < documents.rows {
      let end = min(documents.rows, start + Self.rowsPerSolve)
      elements += directCovariances(of: documents.selectingRows(start..<end)).elements
      start = end
    }
    return Matrix(
      rows: documents.rows, columns: roots.outputs * roots.outputs, elements: elements)
  }

  private func directCovariances(of documents: SparseMatrix) -> Matrix {
    let (rows, q) = (self.documents.rows, roots.outputs)
    let similarities = documents.crossProduct(self.documents)
    var rightSides = Matrix(rows: documents.rows * q, columns: rows * q)
    for document in 0..<documents.rows {
      for row in 0..<rows {
        let similarity = similarities[document, row]
        for output in 0..<q {
          for column in 0...output {
            rightSides[document * q + output, row * q + column] =
              similarity * roots[row, output, column]
          }
        }
      }
    }
    let lowered = factor.solveLower(rightSides)
    var result = Matrix(rows: documents.rows, columns: q * q)
    for document in 0..<documents.rows {
      let square = documents.values[documents.nonZeros(ofRow: document)].reduce(0) { $0 + $1 * $1 }
      var rest = Matrix(rows: q, columns: q)
      for a in 0..<q {
        for b in 0..<q {
          rest[a, b] =
            (a == b ? 1 : 0) - dot(loweredIntercepts.row(a), lowered.row(document * q + b))
        }
      }
      for a in 0..<q {
        for b in 0..<q {
          let product = dot(lowered.row(document * q + a), lowered.row(document * q + b))
          var covariance = ((a == b ? square : 0) - product) / penalty
          for first in 0..<q {
            for second in 0..<q {
              covariance += rest[first, a] * interceptCovariance[first, second] * rest[second, b]
            }
          }
          result[document, a * q + b] = covariance
        }
      }
    }
    return result
  }

  /// Below this share of the largest, a row's curvature is too small to divide by.
  private static let smallestCurvature = 1e-6

  /// Rᵢᵀ Cᵢ Rᵢ = I − Λ Pᵢᵢ with P = A⁻¹ − Λ G T⁻¹ Gᵀ and G = A⁻¹ B, by the inverse's diagonal alone.
  /// Rows of hardly any curvature are solved for directly.
  func trainingCovariances() -> Matrix {
    let (rows, q) = (documents.rows, roots.outputs)
    let blocks = factor.inverseDiagonalBlocks(size: q)
    let solved = factor.solve(intercepts)
    let pivots = (0..<rows).map(roots.smallestPivot)
    let bound = Self.smallestCurvature * (pivots.max() ?? 0)
    var result = Matrix(rows: rows, columns: q * q)
    var saturated: [Int] = []
    for row in 0..<rows {
      guard pivots[row] > bound else {
        saturated.append(row)
        continue
      }
      var leverage = [Double](repeating: 0, count: q * q)
      for a in 0..<q {
        for b in 0..<q {
          var entry = blocks[row, a * q + b]
          for first in 0..<q {
            for second in 0..<q {
              entry -=
                penalty * solved[first, row * q + a] * interceptCovariance[first, second]
                * solved[second, row * q + b]
            }
          }
          leverage[a * q + b] = (a == b ? 1 : 0) - penalty * entry
        }
      }
      for (position, entry) in roots.inverseCongruence(row, leverage).enumerated() {
        result[row, position] = entry
      }
    }
    let direct = covariances(of: documents.selectingRows(saturated))
    for (index, row) in saturated.enumerated() {
      for position in 0..<q * q { result[row, position] = direct[index, position] }
    }
    return result
  }
}

/// The inner product of two equally long rows.
private func dot(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
  zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
}
