package import LinearAlgebra

/// The logistic loss of independent labels: Σᵢ wᵢ (softplus(−yᵢ mᵢ) + ε yᵢ mᵢ) for each, with y = ±1.
///
/// With smoothed labels, (1 − ε) softplus(−y m) + ε softplus(y m) is that, as softplus(x) − softplus(−x)
/// is x. Its derivative by mᵢ is wᵢ yᵢ (ε − σ(−yᵢ mᵢ)), its second derivative wᵢ σ′(mᵢ).
package struct BinaryRowLoss: RowLoss {
  package let rows: Int
  package let labels: Int
  package let labelsPerBlock = 1
  /// y · w / Σw, label after label: the sign bit holds y, also where the weight is 0.
  private var signedWeights: [Double]
  /// ε.
  private let smoothing: Double

  /// Takes indicators whose weights are positive in sum for each label.
  package init(_ targets: LabelIndicators, _ parallelism: Parallelism = .serial) {
    rows = targets.rows
    labels = targets.labels
    smoothing = targets.smoothing
    let labels = labels
    let sums = parallelism.map(labels) { label in
      stride(from: label, to: targets.weights.count, by: labels).reduce(0.0) {
        $0 + targets.weights[$1]
      }
    }
    signedWeights = Self.series(rows, labels, parallelism) { label, row in
      let source = row * labels + label
      let weight = targets.weights[source] / sums[label]
      return targets.positive[source] ? weight : -weight
    }
  }

  package func inOrder(_ order: [Int32], _ parallelism: Parallelism) -> BinaryRowLoss {
    guard !order.isEmpty else { return self }
    var result = self
    result.signedWeights = Self.series(rows, labels, parallelism) { label, place in
      signedWeights[label * rows + Int(order[place])]
    }
    return result
  }

  /// One number for each label and row, label after label.
  private static func series(
    _ rows: Int, _ labels: Int, _ parallelism: Parallelism,
    _ number: @Sendable (_ label: Int, _ row: Int) -> Double
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: rows * labels) { numbers, count in
      count = rows * labels
      guard let numbers = numbers.baseAddress else { return }
      nonisolated(unsafe) let target = numbers
      let ranges = parallelism.ranges(of: rows, minimumLength: minimumRowsPerThread)
      parallelism.forEach(ranges.count * labels) { index in
        let label = index / ranges.count
        for row in ranges[index % ranges.count] {
          target[label * rows + row] = number(label, row)
        }
      }
    }
  }

  /// A thread with fewer rows costs more to wake up than it saves.
  private static var minimumRowsPerThread: Int { 1 << 14 }

  package func evaluate(_ trial: Trial, _ range: Range<Int>, _ series: RowPointers) -> TrialValue {
    let step = SIMD4<Double>(repeating: trial.step)
    let smoothing = SIMD4<Double>(repeating: smoothing)
    let zero = SIMD4<Double>(repeating: 0)
    var (values, slopes) = (zero, zero)
    return signedWeights.withUnsafeBufferPointer { signedWeights in
      guard let signedWeights = signedWeights.baseAddress else {
        return TrialValue(value: 0, slope: 0)
      }
      let start = trial.block * rows
      var position = start + range.lowerBound
      let end = start + range.upperBound
      /// Four rows from a position on.
      @inline(__always)
      func four(_ position: Int) -> Rows {
        let count = min(4, max(0, end - position))
        let search = load(series.searchMargins + position, count)
        return Rows(
          position: position, count: count, search: search,
          margins: load(series.margins + position, count) + step * search,
          signedWeights: load(signedWeights + position, count))
      }
      // Twice four rows side by side: with one, a processor waits for chains of operations.
      while position < end {
        let (first, second) = (four(position), four(position + 4))
        let (firstTerms, secondTerms) = (first.terms, second.terms)
        let (firstResiduals, secondResiduals) = (
          first.residuals(firstTerms, smoothing), second.residuals(secondTerms, smoothing)
        )
        let (firstLosses, secondLosses) = (
          first.losses(firstTerms, smoothing), second.losses(secondTerms, smoothing)
        )
        values += firstLosses
        values += secondLosses
        slopes += firstResiduals * first.search
        slopes += secondResiduals * second.search
        store(firstResiduals, series.residuals + first.position, first.count)
        store(secondResiduals, series.residuals + second.position, second.count)
        store(first.curvatures(firstTerms), series.curvatures + first.position, first.count)
        store(second.curvatures(secondTerms), series.curvatures + second.position, second.count)
        position += 8
      }
      return TrialValue(value: sum(values), slope: sum(slopes))
    }
  }

  /// Up to four rows that are evaluated side by side.
  private struct Rows {
    let position: Int
    let count: Int
    let search: SIMD4<Double>
    let margins: SIMD4<Double>
    let signedWeights: SIMD4<Double>

    private var isNegative: SIMDMask<SIMD4<Int64>> { signedWeights .< 0 }

    private var weights: SIMD4<Double> {
      signedWeights.replacing(with: 0 - signedWeights, where: isNegative)
    }

    /// Of −y m.
    @inline(__always)
    var terms: LogisticTerms {
      LogisticTerms((0 - margins).replacing(with: margins, where: isNegative))
    }

    @inline(__always)
    func residuals(_ terms: LogisticTerms, _ smoothing: SIMD4<Double>) -> SIMD4<Double> {
      signedWeights * (smoothing - terms.sigmoid)
    }

    @inline(__always)
    func losses(_ terms: LogisticTerms, _ smoothing: SIMD4<Double>) -> SIMD4<Double> {
      weights * terms.softplus + smoothing * (signedWeights * margins)
    }

    @inline(__always)
    func curvatures(_ terms: LogisticTerms) -> SIMD4<Double> { weights * terms.derivative }
  }

  package func hessianWeights(_ curvatures: [Double]) -> RowWeights { .diagonal(curvatures) }

  package func diagonal(
    of curvatures: [Double], labels: [Int], in memory: inout [Double], _ parallelism: Parallelism
  ) -> [Double] {
    curvatures
  }
}
