/// An orthonormal basis Q of the differences between classes: classes × (classes − 1), with QᵀQ = I
/// and columns that sum to zero.
///
/// A softmax does not change when all scores of a row shift alike. In terms of QᵀW and Qᵀb the
/// penalty is the same, the coefficients at the minimum lose nothing (they sum to zero over the
/// classes), and no direction is left that nothing determines.
///
/// The columns are Helmert's: column k compares class k + 1 with the mean of those before it.
struct SoftmaxContrasts: Sendable {
  let classes: Int
  /// q = classes − 1.
  var outputs: Int { classes - 1 }
  /// Classes × q.
  private let basis: [Double]

  init(classes: Int) {
    self.classes = classes
    var basis = [Double](repeating: 0, count: classes * (classes - 1))
    for column in 0..<classes - 1 {
      let before = Double(column + 1)
      let norm = (before * (before + 1)).squareRoot()
      for earlier in 0...column { basis[earlier * (classes - 1) + column] = -1 / norm }
      basis[(column + 1) * (classes - 1) + column] = before / norm
    }
    self.basis = basis
  }

  /// Qᵀ v of one number a class.
  func contrasts(_ vector: [Double]) -> [Double] {
    (0..<outputs).map { column in
      (0..<classes).reduce(0) { $0 + basis[$1 * outputs + column] * vector[$1] }
    }
  }

  /// Q u of one number a contrast.
  func classScores(_ contrasts: some Collection<Double>) -> [Double] {
    (0..<classes).map { label in
      zip(basis[label * outputs..<(label + 1) * outputs], contrasts).reduce(0) {
        $0 + $1.0 * $1.1
      }
    }
  }

  /// Qᵀ (diag p − p pᵀ) Q, row after row.
  func curvature(_ probabilities: [Double]) -> [Double] {
    var result: [Double] = []
    for a in 0..<outputs {
      // (diag p − p pᵀ) q = p ∘ (q − pᵀq) for a column q.
      let mean = (0..<classes).reduce(0) { $0 + probabilities[$1] * basis[$1 * outputs + a] }
      let column = (0..<classes).map { probabilities[$0] * (basis[$0 * outputs + a] - mean) }
      result += contrasts(column)
    }
    return result
  }

  /// The variance (e_j − e_k)ᵀ Q C Qᵀ (e_j − e_k) of each pair of classes, of a q × q covariance C.
  func differenceVariances(_ covariance: ArraySlice<Double>) -> [Double] {
    ClassPair.all(classes: classes).map { pair in
      let difference = (0..<outputs).map {
        basis[pair.first * outputs + $0] - basis[pair.second * outputs + $0]
      }
      var variance = 0.0
      for (position, entry) in covariance.enumerated() {
        variance += difference[position / outputs] * entry * difference[position % outputs]
      }
      return variance
    }
  }
}
