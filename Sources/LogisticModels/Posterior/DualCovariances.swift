import LinearAlgebra

/// C(x, x′) from the similarities of the rows: few rows, any number of features.
///
/// With K = X Xᵀ, R the block diagonal of the rows' curvature roots and B the Rᵢ one beside the other
/// (q × rows q), all comes from the inverse of A = Λ I + Rᵀ (K ⊗ I) R. The intercepts, which nothing
/// penalizes, are the limit of a flat prior. With G = B A⁻¹ and T = Λ G Bᵀ, for a row x with
/// k = Rᵀ (X x ⊗ I) and s = A⁻¹ k:
///
///     ρ = I − B s,   C(x, x) = (xᵀx I − kᵀs) / Λ + ρᵀ T⁻¹ ρ,   C(x, X) R = sᵀ + Λ ρᵀ T⁻¹ G,
///
/// and among the rows themselves Rᵀ C R = I − Λ (A⁻¹ − Λ Gᵀ T⁻¹ G).
///
/// Source: Rasmussen & Williams, Gaussian Processes for Machine Learning (2006), equations 2.41, 2.42
/// and, for the scaling by the curvature's root, 3.26 and 3.27.
struct DualCovariances: ScoreCovariances {
  let documents: SparseMatrix
  let roots: CurvatureRoots
  /// Λ.
  let penalty: Double
  /// B, q × (rows · q).
  private let intercepts: Matrix
  /// A⁻¹.
  let inverse: Matrix
  /// G, q × (rows · q).
  let solved: Matrix
  /// Λ T⁻¹ G, q × (rows · q).
  let weighted: Matrix
  /// T⁻¹, q × q.
  private let interceptCovariance: Matrix

  /// - Complexity: O(order³ + Σ over columns of non-zeros²) with order = rows · q.
  init(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) throws(CholeskyFactor.NotPositiveDefinite) {
    self.documents = documents
    self.roots = roots
    self.penalty = penalty
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
    inverse = try CholeskyFactor(Self.kernel(documents, roots, penalty: penalty)).inverse()
    solved = intercepts.product(inverse)
    let precision = solved.product(intercepts.transposed())
    interceptCovariance = try CholeskyFactor(
      Matrix(rows: q, columns: q, elements: precision.elements.map { penalty * $0 })
    ).inverse()
    var weighted = interceptCovariance.product(solved)
    for row in 0..<q {
      for column in 0..<weighted.columns { weighted[row, column] *= penalty }
    }
    self.weighted = weighted
  }

  /// The upper triangle of A, whose entry at rows i, j and columns a, b of their roots is
  /// Kᵢⱼ (Rᵢᵀ Rⱼ)ₐᵦ.
  private static func kernel(
    _ documents: SparseMatrix, _ roots: CurvatureRoots, penalty: Double
  ) -> Matrix {
    let (rows, q) = (documents.rows, roots.outputs)
    let similarities = documents.crossProduct(documents)
    var kernel = Matrix(rows: rows * q, columns: rows * q)
    for row in 0..<rows {
      for other in row..<rows {
        let similarity = similarities[row, other]
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

  /// kᵀ of some rows: (rows here · q) × (rows of the posterior · q).
  private func scaledSimilarities(_ documents: SparseMatrix) -> Matrix {
    let q = roots.outputs
    let similarities = documents.crossProduct(self.documents)
    var result = Matrix(rows: documents.rows * q, columns: self.documents.rows * q)
    for document in 0..<documents.rows {
      for row in 0..<self.documents.rows {
        let similarity = similarities[document, row]
        for output in 0..<q {
          for column in 0...output {
            result[document * q + output, row * q + column] =
              similarity * roots[row, output, column]
          }
        }
      }
    }
    return result
  }

  /// ρᵀ of some rows, of their sᵀ: (rows here · q) × q.
  private func remainders(_ solutions: Matrix) -> Matrix {
    let q = roots.outputs
    var result = solutions.product(intercepts.transposed())
    for row in 0..<result.rows {
      for column in 0..<q {
        result[row, column] = (row % q == column ? 1 : 0) - result[row, column]
      }
    }
    return result
  }

  func covariances(of documents: SparseMatrix) -> Matrix {
    inBlocks(documents) { documents in
      let q = roots.outputs
      let similarities = scaledSimilarities(documents)
      let solutions = similarities.product(inverse)
      let remainders = remainders(solutions)
      let weighted = remainders.product(interceptCovariance)
      var result = Matrix(rows: documents.rows, columns: q * q)
      let values = documents.values
      for document in 0..<documents.rows {
        let square = values[documents.nonZeros(ofRow: document)]
          .reduce(0) { $0 + $1 * $1 }
        for a in 0..<q {
          for b in 0..<q {
            let explained = dot(similarities, document * q + a, solutions, document * q + b)
            result[document, a * q + b] =
              ((a == b ? square : 0) - explained) / penalty
              + dot(weighted, document * q + a, remainders, document * q + b)
          }
        }
      }
      return result
    }
  }

  /// Rᵢ⁻¹ φᵢ of all rows, in one column.
  func prepared(_ influences: Matrix) -> Matrix {
    Matrix(
      rows: documents.rows * roots.outputs, columns: 1,
      elements: (0..<documents.rows).flatMap { row in
        roots.inverseRoot(row).product(
          Matrix(rows: roots.outputs, columns: 1, elements: Array(influences.row(row)))
        ).elements
      })
  }

  func changes(of documents: SparseMatrix, _ prepared: Matrix) -> Matrix {
    inBlocks(documents) { documents in
      let q = roots.outputs
      let solutions = scaledSimilarities(documents).product(inverse)
      let added = remainders(solutions).product(weighted)
      var result = Matrix(rows: documents.rows, columns: q * q)
      for document in 0..<documents.rows {
        addSquares(to: &result, row: document, prepared) { output, position in
          solutions[document * q + output, position] + added[document * q + output, position]
        }
      }
      return result
    }
  }

  /// Adds Σᵢ vᵢ vᵢᵀ to a row of q × q numbers, with vᵢ = Mᵢ ψᵢ of the q × q blocks of a q × (rows · q)
  /// matrix.
  func addSquares(
    to result: inout Matrix, row: Int, _ prepared: Matrix, _ entry: (Int, Int) -> Double
  ) {
    let q = roots.outputs
    var change = [Double](repeating: 0, count: q)
    for other in 0..<documents.rows {
      for output in 0..<q {
        change[output] = 0
        for position in other * q..<(other + 1) * q {
          change[output] += entry(output, position) * prepared[position, 0]
        }
      }
      for a in 0..<q {
        for b in 0..<q { result[row, a * q + b] += change[a] * change[b] }
      }
    }
  }

  /// The inner product of a row of each of two matrices.
  private func dot(_ first: Matrix, _ row: Int, _ second: Matrix, _ other: Int) -> Double {
    zip(first.row(row), second.row(other)).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension Matrix {
  /// Replaces one row's entries.
  mutating func setRow(_ row: Int, _ entries: some Collection<Double>) {
    for (column, entry) in entries.enumerated() { self[row, column] = entry }
  }
}
