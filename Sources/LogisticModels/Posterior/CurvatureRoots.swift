/// A square root of each row's curvature: Sᵢ = Rᵢ Rᵢᵀ with Sᵢ the second derivative of the row's
/// weighted loss by its scores, and Rᵢ lower triangular.
///
/// There are `outputs` scores a row: 1 for a label, classes − 1 for a softmax (`SoftmaxContrasts`).
struct CurvatureRoots: Sendable {
  /// The number of scores a row, q.
  let outputs: Int
  /// Rows × q × q, row after row.
  private(set) var elements: [Double]

  init(outputs: Int) {
    self.outputs = outputs
    elements = []
  }

  var rows: Int { elements.count / (outputs * outputs) }

  /// The entry (`output`, `column`) of Rᵢ; 0 above the diagonal.
  @inline(__always)
  subscript(row: Int, output: Int, column: Int) -> Double {
    elements[(row * outputs + output) * outputs + column]
  }

  /// Adds the root of one more row.
  ///
  /// - Parameter curvature: q × q, positive semidefinite. A pivot that rounding makes negative
  ///   stands for 0, and so does its column.
  mutating func append(_ curvature: [Double]) {
    let start = elements.count
    elements.append(contentsOf: repeatElement(0, count: outputs * outputs))
    for column in 0..<outputs {
      var pivot = curvature[column * outputs + column]
      for earlier in 0..<column {
        let entry = elements[start + column * outputs + earlier]
        pivot -= entry * entry
      }
      guard pivot > 0 else { continue }
      let root = pivot.squareRoot()
      elements[start + column * outputs + column] = root
      for output in column + 1..<max(column + 1, outputs) {
        var entry = curvature[output * outputs + column]
        for earlier in 0..<column {
          entry -=
            elements[start + output * outputs + earlier]
            * elements[start + column * outputs + earlier]
        }
        elements[start + output * outputs + column] = entry / root
      }
    }
  }

  /// The smallest squared entry on Rᵢ's diagonal.
  func smallestPivot(_ row: Int) -> Double {
    (0..<outputs).reduce(.infinity) { min($0, self[row, $1, $1] * self[row, $1, $1]) }
  }

  /// The curvature Sᵢ = Rᵢ Rᵢᵀ, q × q.
  func curvature(_ row: Int) -> [Double] {
    outer { self[row, $0, $1] }
  }

  /// Rᵢᵀ C Rᵢ of a symmetric q × q matrix C.
  func congruence(_ row: Int, _ matrix: ArraySlice<Double>) -> [Double] {
    var result = [Double](repeating: 0, count: outputs * outputs)
    let start = matrix.startIndex
    for a in 0..<outputs {
      for b in 0..<outputs {
        var sum = 0.0
        for first in a..<outputs {
          for second in b..<outputs {
            sum +=
              self[row, first, a] * matrix[start + first * outputs + second]
              * self[row, second, b]
          }
        }
        result[a * outputs + b] = sum
      }
    }
    return result
  }

  /// The matrix C with Rᵢᵀ C Rᵢ = E, for a symmetric E: Rᵢ⁻ᵀ E Rᵢ⁻¹.
  ///
  /// No entry on Rᵢ's diagonal may be 0.
  func inverseCongruence(_ row: Int, _ matrix: [Double]) -> [Double] {
    // Rᵀ Y = E by back substitution, then C = (R⁻ᵀ Yᵀ)ᵀ, which is symmetric.
    transposedSolve(row, transposed(transposedSolve(row, matrix)))
  }

  /// Rᵢ⁻ᵀ M, q × q.
  private func transposedSolve(_ row: Int, _ matrix: [Double]) -> [Double] {
    var result = matrix
    for column in 0..<outputs {
      for output in (0..<outputs).reversed() {
        var sum = result[output * outputs + column]
        for later in output + 1..<max(output + 1, outputs) {
          sum -= self[row, later, output] * result[later * outputs + column]
        }
        result[output * outputs + column] = sum / self[row, output, output]
      }
    }
    return result
  }

  private func transposed(_ matrix: [Double]) -> [Double] {
    (0..<outputs * outputs).map { matrix[$0 % outputs * outputs + $0 / outputs] }
  }

  /// The product of a q × q matrix of entries with its transpose.
  private func outer(_ entry: (Int, Int) -> Double) -> [Double] {
    (0..<outputs * outputs).map { position in
      let (first, second) = (position / outputs, position % outputs)
      return (0..<outputs).reduce(0) { $0 + entry(first, $1) * entry(second, $1) }
    }
  }
}
