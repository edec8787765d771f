package import LinearAlgebra

/// The logistic loss of independent labels: Σᵢ wᵢ softplus(−yᵢ mᵢ) for each, with y = ±1.
///
/// Its derivative by mᵢ is −wᵢ yᵢ σ(−yᵢ mᵢ), its second derivative wᵢ σ′(mᵢ).
package struct BinaryRowLoss: RowLoss {
  package let rows: Int
  package let labels: Int
  package let labelsPerBlock = 1
  /// y · w / Σw, label after label: the sign bit holds y, also where the weight is 0.
  private var signedWeights: [Double]

  /// Takes indicators whose weights are positive in sum for each label.
  package init(_ targets: LabelIndicators) {
    rows = targets.rows
    labels = targets.labels
    var signedWeights = [Double](repeating: 0, count: rows * labels)
    for label in 0..<labels {
      var sum = 0.0
      for row in 0..<rows { sum += targets.weights[row * labels + label] }
      for row in 0..<rows {
        let source = row * labels + label
        let weight = targets.weights[source] / sum
        signedWeights[label * rows + row] = targets.positive[source] ? weight : -weight
      }
    }
    self.signedWeights = signedWeights
  }

  package func inOrder(_ order: [Int32], _ parallelism: Parallelism) -> BinaryRowLoss {
    guard !order.isEmpty else { return self }
    var result = self
    let parts = parallelism.map(labels) { label in
      order.map { signedWeights[label * rows + Int($0)] }
    }
    result.signedWeights = parts.count == 1 ? parts[0] : Array(parts.joined())
    return result
  }

  package func evaluate(_ trial: Trial, _ range: Range<Int>, _ series: RowPointers) -> TrialValue {
    let step = SIMD4<Double>(repeating: trial.step)
    let zero = SIMD4<Double>(repeating: 0)
    var (values, slopes) = (zero, zero)
    return signedWeights.withUnsafeBufferPointer { signedWeights in
      guard let signedWeights = signedWeights.baseAddress else {
        return TrialValue(value: 0, slope: 0)
      }
      let start = trial.block * rows
      var position = start + range.lowerBound
      let end = start + range.upperBound
      while position < end {
        let count = min(4, end - position)
        let search = load(series.searchMargins + position, count)
        let margins = load(series.margins + position, count) + step * search
        let signed = load(signedWeights + position, count)
        let isNegative = signed .< 0
        let weights = signed.replacing(with: zero - signed, where: isNegative)
        // σ and softplus of −y m.
        let terms = LogisticTerms((zero - margins).replacing(with: margins, where: isNegative))
        let residuals = (zero - signed) * terms.sigmoid
        values += weights * terms.softplus
        slopes += residuals * search
        store(residuals, series.residuals + position, count)
        store(weights * terms.derivative, series.curvatures + position, count)
        position += 4
      }
      return TrialValue(value: sum(values), slope: sum(slopes))
    }
  }

  package func hessianWeights(_ curvatures: [Double]) -> RowWeights { .diagonal(curvatures) }

  package func diagonal(
    of curvatures: [Double], labels: [Int], in memory: inout [Double], _ parallelism: Parallelism
  ) -> [Double] {
    curvatures
  }
}
