// The one file that names the C libraries of vectors and matrices.
#if canImport(Accelerate)
  internal import Accelerate
#else
  internal import CBLAS
  internal import CLAPACK
#endif

/// The calls to BLAS and LAPACK that this module makes, in Swift's types.
///
/// Pointers come from the files named `…+Unsafe.swift`; lengths were checked there.
enum BasicLinearAlgebra {
  #if canImport(Accelerate)
    typealias Length = __LAPACK_int
  #else
    typealias Length = Int32
  #endif

  static func dot(_ count: Int, _ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>) -> Double {
    cblas_ddot(Length(count), x, 1, y, 1)
  }

  static func add(
    _ count: Int, _ factor: Double, _ x: UnsafePointer<Double>, to y: UnsafeMutablePointer<Double>
  ) {
    cblas_daxpy(Length(count), factor, x, 1, y, 1)
  }

  static func norm(_ count: Int, _ x: UnsafePointer<Double>) -> Double {
    cblas_dnrm2(Length(count), x, 1)
  }

  /// Overwrites the upper triangle (row after row) of a symmetric matrix with its Cholesky factor.
  ///
  /// - Returns: 0, or the order of the first leading minor that is not positive.
  static func factorize(_ order: Int, _ matrix: UnsafeMutablePointer<Double>) -> Int {
    // LAPACK counts column after column, so our upper triangle is its lower one.
    var (triangle, status) = (CChar(UInt8(ascii: "L")), Length(0))
    var (order, stride) = (Length(order), Length(max(1, order)))
    #if canImport(Accelerate)
      dpotrf_(&triangle, &order, matrix, &stride, &status)
    #else
      dpotrf_(&triangle, &order, matrix, &stride, &status, 1)
    #endif
    return Int(status)
  }

  /// Solves a system with a factor of `factorize`, overwriting the right side with the solution.
  static func solve(
    _ order: Int, _ factor: UnsafePointer<Double>, _ rightSide: UnsafeMutablePointer<Double>
  ) {
    var (triangle, status, one) = (CChar(UInt8(ascii: "L")), Length(0), Length(1))
    var (order, stride) = (Length(order), Length(max(1, order)))
    var sideStride = stride
    #if canImport(Accelerate)
      dpotrs_(
        &triangle, &order, &one, UnsafeMutablePointer(mutating: factor), &stride, rightSide,
        &sideStride, &status)
    #else
      dpotrs_(&triangle, &order, &one, factor, &stride, rightSide, &sideStride, &status, 1)
    #endif
  }

  /// Overwrites a factor of `factorize` with the same triangle of the matrix's inverse.
  static func invert(_ order: Int, _ factor: UnsafeMutablePointer<Double>) {
    var (triangle, status) = (CChar(UInt8(ascii: "L")), Length(0))
    var (order, stride) = (Length(order), Length(max(1, order)))
    #if canImport(Accelerate)
      dpotri_(&triangle, &order, factor, &stride, &status)
    #else
      dpotri_(&triangle, &order, factor, &stride, &status, 1)
    #endif
  }

  /// The product of two matrices that stand row after row: (rows × inner) · (inner × columns).
  static func multiply(
    _ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, rows: Int, inner: Int,
    columns: Int, into product: UnsafeMutablePointer<Double>
  ) {
    let (rows, inner, columns) = (Length(rows), Length(inner), Length(columns))
    cblas_dgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, rows, columns, inner, 1, left, inner, right,
      columns, 0, product, columns)
  }
}
