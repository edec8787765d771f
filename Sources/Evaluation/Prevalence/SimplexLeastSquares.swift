/// The point q of the simplex (q ≥ 0, Σ q = 1) that is nearest to a point u by (q − u)ᵀ H (q − u).
///
/// A primal active-set method (Nocedal & Wright 2006, algorithm 16.3): it starts in the middle of the
/// simplex and ends, after finitely many steps, in the only minimum of a positive definite H.
enum SimplexLeastSquares {
  /// A multiplier or coordinate this much below 0 is 0: far above rounding, far below what counts.
  private static let tolerance = 1e-10

  /// - Parameters:
  ///   - matrix: H, k × k, row-major, symmetric, positive definite.
  ///   - target: u, k numbers.
  /// - Complexity: O(k³) a step, usually a few steps.
  static func nearest(matrix: [Double], target: [Double]) -> [Double] {
    let k = target.count
    precondition(k >= 1 && matrix.count == k * k, "a square matrix for each coordinate")
    var point = [Double](repeating: 1 / Double(k), count: k)
    var isFree = [Bool](repeating: true, count: k)
    // Every step frees or binds one coordinate; far more than ever needed.
    for _ in 0..<(8 * k + 16) {
      let free = (0..<k).filter { isFree[$0] }
      guard let (solution, multiplier) = equalityMinimum(matrix, target, free) else { return point }
      var step = 1.0
      var blocking: Int?
      for (index, coordinate) in free.enumerated() where solution[index] < point[coordinate] {
        let length = point[coordinate] / (point[coordinate] - solution[index])
        if length < step { (step, blocking) = (length, coordinate) }
      }
      for (index, coordinate) in free.enumerated() {
        point[coordinate] += step * (solution[index] - point[coordinate])
      }
      if let blocking, free.count > 1 {
        point[blocking] = 0
        isFree[blocking] = false
        continue
      }
      // At the minimum of this face: is there a bound that would rather be left?
      let gradient = (0..<k).map { row in
        (0..<k).reduce(0) { $0 + matrix[row * k + $1] * (point[$1] - target[$1]) }
      }
      let worst = (0..<k).filter { !isFree[$0] }.min {
        (gradient[$0], $0) < (gradient[$1], $1)
      }
      guard let worst, gradient[worst] - multiplier < -tolerance else { return point }
      isFree[worst] = true
    }
    return point
  }

  /// The minimum on the plane Σ q = 1 where only some coordinates may differ from 0, and the
  /// multiplier of the sum; `nil` where the system is singular.
  private static func equalityMinimum(
    _ matrix: [Double], _ target: [Double], _ free: [Int]
  ) -> ([Double], Double)? {
    let k = target.count
    let n = free.count
    // H q − λ 1 = H u on the free coordinates, Σ q = 1.
    var rows = free.map { row in
      free.map { matrix[row * k + $0] } + [-1]
        + [(0..<k).reduce(0) { $0 + matrix[row * k + $1] * target[$1] }]
    }
    rows.append([Double](repeating: 1, count: n) + [0, 1])
    guard let solved = LinearSystem.solve(rows) else { return nil }
    return (Array(solved[..<n]), solved[n])
  }
}

/// Small systems of linear equations.
enum LinearSystem {
  /// Solves A x = b by elimination with row exchanges; `nil` where A is singular.
  ///
  /// - Parameter rows: the rows of A, each with its element of b at its end.
  static func solve(_ rows: [[Double]]) -> [Double]? {
    var rows = rows
    let n = rows.count
    for column in 0..<n {
      let pivot = (column..<n).max { abs(rows[$0][column]) < abs(rows[$1][column]) } ?? column
      rows.swapAt(column, pivot)
      guard abs(rows[column][column]) > 1e-14 else { return nil }
      for row in column + 1..<max(n, column + 1) {
        let factor = rows[row][column] / rows[column][column]
        if factor == 0 { continue }
        for other in column...n { rows[row][other] -= factor * rows[column][other] }
      }
    }
    var solution = [Double](repeating: 0, count: n)
    for row in (0..<n).reversed() {
      let known = (row + 1..<max(n, row + 1)).reduce(0) { $0 + rows[row][$1] * solution[$1] }
      solution[row] = (rows[row][n] - known) / rows[row][row]
    }
    return solution
  }
}
