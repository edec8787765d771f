#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The Cholesky factor L of a symmetric positive definite matrix A = L Lᵀ.
///
/// Source: Golub & Van Loan, Matrix Computations, 4th edition, section 4.2; computed by LAPACK.
public struct CholeskyFactor: Hashable, Sendable {
  /// A matrix that has no Cholesky factor.
  public struct NotPositiveDefinite: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the matrix.
    public enum Code: String, Hashable, Sendable {
      /// A leading minor is zero or negative.
      case minorNotPositive
      /// An entry is infinite or not a number.
      case entryNotFinite
    }

    /// What is wrong with the matrix.
    public let code: Code
    /// The order of the first leading minor that is not positive (from 1), or the row (from 1) of
    /// the first entry that is not finite.
    public let order: Int

    public var description: String {
      switch code {
      case .minorNotPositive:
        """
        the leading minor of order \(order) is not positive, but a Cholesky factor needs a \
        positive definite matrix; add to the diagonal or drop dependent columns
        """
      case .entryNotFinite:
        """
        row \(order) has an entry that is infinite or not a number, but a Cholesky factor needs \
        finite entries; check the numbers the matrix was made of
        """
      }
    }
  }

  /// The number of rows and columns.
  public let order: Int
  /// LAPACK's result: the upper triangle, row after row, holds Lᵀ.
  private let factor: [Double]

  /// Factorizes a matrix.
  ///
  /// - Parameter matrix: symmetric; only its upper triangle is read.
  /// - Throws: `NotPositiveDefinite`.
  /// - Complexity: O(order³).
  public init(_ matrix: Matrix) throws(NotPositiveDefinite) {
    precondition(
      matrix.rows == matrix.columns,
      "a symmetric matrix has as many rows (\(matrix.rows)) as columns (\(matrix.columns))")
    // LAPACK may take a matrix with NaN for positive definite.
    if let position = matrix.elements.firstIndex(where: { !$0.isFinite }) {
      throw NotPositiveDefinite(code: .entryNotFinite, order: position / matrix.columns + 1)
    }
    let (factor, minor) = LinearAlgebraLibrary.factorized(matrix.elements, order: matrix.rows)
    if minor > 0 { throw NotPositiveDefinite(code: .minorNotPositive, order: minor) }
    self.order = matrix.rows
    self.factor = factor
  }

  /// The solution x of A x = b.
  ///
  /// - Parameter rightSide: b, `order` numbers.
  /// - Complexity: O(order²).
  public func solve(_ rightSide: [Double]) -> [Double] {
    precondition(
      rightSide.count == order, "a right side of \(order) numbers, not \(rightSide.count)")
    return LinearAlgebraLibrary.solved(.both, rightSide, factor: factor, order: order)
  }

  /// The solutions x of A x = b for several right sides.
  ///
  /// - Parameter rightSides: right sides × `order`: every row is one b.
  /// - Returns: right sides × `order`: every row is one x.
  /// - Complexity: O(order² × right sides).
  public func solve(_ rightSides: Matrix) -> Matrix { solve(.both, rightSides) }

  /// The solutions x of L x = b for several right sides, whose squares ‖x‖² are bᵀ A⁻¹ b.
  ///
  /// - Parameter rightSides: right sides × `order`: every row is one b.
  /// - Returns: right sides × `order`: every row is one x.
  /// - Complexity: O(order² × right sides), half of `solve`.
  public func solveLower(_ rightSides: Matrix) -> Matrix { solve(.lower, rightSides) }

  /// The inverse A⁻¹, both of its triangles.
  ///
  /// - Complexity: O(order³), twice the factor's work.
  public func inverse() -> Matrix {
    var elements = LinearAlgebraLibrary.inverted(.both, factor: factor, order: order)
    for row in 0..<order {
      for column in 0..<row { elements[row * order + column] = elements[column * order + row] }
    }
    return Matrix(rows: order, columns: order, elements: elements)
  }

  /// The square blocks of A⁻¹ along its diagonal, without the rest of it.
  ///
  /// - Parameter size: the order of each block; it divides `order`. With 1 the blocks are the
  ///   diagonal's entries.
  /// - Returns: blocks × (size · size), every row one block row after row.
  /// - Complexity: O(order³), as much work as the factor.
  public func inverseDiagonalBlocks(size: Int = 1) -> Matrix {
    precondition(size >= 1 && order % size == 0, "blocks of \(size) do not fill order \(order)")
    // A⁻¹ = L⁻ᵀ L⁻¹: its entries are products of two columns of L⁻¹, which stand in our rows.
    let inverse = LinearAlgebraLibrary.inverted(.lower, factor: factor, order: order)
    var blocks = Matrix(rows: order / size, columns: size * size)
    for block in 0..<order / size {
      for first in 0..<size {
        for second in 0...first {
          let (row, other) = (block * size + first, block * size + second)
          // Before the later column's diagonal that column is zero.
          let product = VectorOperations.dot(
            inverse, row * order + row..<(row + 1) * order,
            inverse, other * order + row..<(other + 1) * order)
          blocks[block, first * size + second] = product
          blocks[block, second * size + first] = product
        }
      }
    }
    return blocks
  }

  private func solve(_ system: LinearAlgebraLibrary.TriangularSystem, _ sides: Matrix) -> Matrix {
    precondition(
      sides.columns == order, "right sides of \(order) numbers, not \(sides.columns)")
    return Matrix(
      rows: sides.rows, columns: order,
      elements: LinearAlgebraLibrary.solved(
        system, sides.elements, factor: factor, order: order))
  }

  /// The natural logarithm of A's determinant, 2 Σ ln Lᵢᵢ.
  public var logDeterminant: Double {
    (0..<order).reduce(0) { $0 + 2 * log(factor[$1 * order + $1]) }
  }
}
