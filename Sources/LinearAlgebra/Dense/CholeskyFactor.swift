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
    return LinearAlgebraLibrary.solved(rightSide, factor: factor, order: order)
  }

  /// The inverse A⁻¹, both of its triangles.
  ///
  /// - Complexity: O(order³), twice the factor's work.
  public func inverse() -> Matrix {
    var inverse = Matrix(
      rows: order, columns: order,
      elements: LinearAlgebraLibrary.inverted(factor: factor, order: order))
    for row in 0..<order {
      for column in 0..<row {
        inverse.elements[row * order + column] = inverse.elements[column * order + row]
      }
    }
    return inverse
  }

  /// The natural logarithm of A's determinant, 2 Σ ln Lᵢᵢ.
  public var logDeterminant: Double {
    (0..<order).reduce(0) { $0 + 2 * log(factor[$1 * order + $1]) }
  }
}
