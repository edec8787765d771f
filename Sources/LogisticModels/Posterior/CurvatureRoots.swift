import LinearAlgebra

/// A square root of each row's curvature: Sᵢ = Rᵢ Rᵢᵀ with Sᵢ the second derivative of the row's
/// weighted loss by its scores, and Rᵢ lower triangular.
///
/// There are `outputs` scores a row: 1 for a label, classes − 1 for a softmax (`SoftmaxContrasts`).
struct CurvatureRoots: Sendable {
  /// The number of scores a row, q.
  let outputs: Int
  /// Rows × q × q, row after row.
  private var elements: [Double] = []

  init(outputs: Int) { self.outputs = outputs }

  var rows: Int { elements.count / (outputs * outputs) }

  /// The entry (`output`, `column`) of Rᵢ; 0 above the diagonal.
  @inline(__always)
  subscript(row: Int, output: Int, column: Int) -> Double {
    elements[(row * outputs + output) * outputs + column]
  }

  /// Rᵢ, q × q.
  func root(_ row: Int) -> Matrix {
    let count = outputs * outputs
    return Matrix(
      rows: outputs, columns: outputs, elements: Array(elements[row * count..<(row + 1) * count]))
  }

  /// Adds the root of one more row.
  ///
  /// - Parameter curvature: q × q, positive semidefinite. A pivot that rounding makes negative
  ///   stands for 0, and so does its column.
  mutating func append(_ curvature: [Double]) {
    var root = Matrix(rows: outputs, columns: outputs)
    for column in 0..<outputs {
      var pivot = curvature[column * outputs + column]
      for earlier in 0..<column { pivot -= root[column, earlier] * root[column, earlier] }
      guard pivot > 0 else { continue }
      root[column, column] = pivot.squareRoot()
      for output in stride(from: column + 1, to: outputs, by: 1) {
        var entry = curvature[output * outputs + column]
        for earlier in 0..<column { entry -= root[output, earlier] * root[column, earlier] }
        root[output, column] = entry / root[column, column]
      }
    }
    elements += root.elements
  }

  /// The smallest squared entry on Rᵢ's diagonal.
  func smallestPivot(_ row: Int) -> Double {
    (0..<outputs).reduce(.infinity) { min($0, self[row, $1, $1] * self[row, $1, $1]) }
  }

  /// Rᵢ⁻¹, with a column of zeros where the diagonal has a zero.
  func inverseRoot(_ row: Int) -> Matrix {
    var inverse = Matrix(rows: outputs, columns: outputs)
    for column in 0..<outputs where self[row, column, column] > 0 {
      inverse[column, column] = 1 / self[row, column, column]
      for output in stride(from: column + 1, to: outputs, by: 1)
      where self[row, output, output] > 0 {
        var sum = 0.0
        for inner in column..<output { sum += self[row, output, inner] * inverse[inner, column] }
        inverse[output, column] = -sum / self[row, output, output]
      }
    }
    return inverse
  }
}
