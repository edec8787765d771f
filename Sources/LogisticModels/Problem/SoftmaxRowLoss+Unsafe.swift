package import LinearAlgebra

/// The cross-entropy of a softmax: Σᵢ wᵢ (ln Σ_c e^mᵢc − mᵢ,class).
///
/// Its derivative by mᵢc is wᵢ (pᵢc − [c = class]); its second derivative wᵢ (diag pᵢ − pᵢ pᵢᵀ).
package struct SoftmaxRowLoss: RowLoss {
  package let rows: Int
  package let labels: Int
  package var labelsPerBlock: Int { labels }
  /// Each row's class, as a number that is compared with others side by side.
  private var classes: [Double]
  /// w / Σw.
  private var weights: [Double]

  /// Takes targets whose weights are positive in sum.
  package init(_ targets: ClassTargets) {
    rows = targets.classes.count
    labels = targets.classCount
    classes = targets.classes.map(Double.init)
    let sum = targets.weights.reduce(0, +)
    weights = targets.weights.map { $0 / sum }
  }

  package func inOrder(_ order: [Int32], _ parallelism: Parallelism) -> SoftmaxRowLoss {
    guard !order.isEmpty else { return self }
    var result = self
    (result.classes, result.weights) = parallelism.both {
      order.map { classes[Int($0)] }
    } _: {
      order.map { weights[Int($0)] }
    }
    return result
  }

  package func evaluate(_ trial: Trial, _ range: Range<Int>, _ series: RowPointers) -> TrialValue {
    classes.withUnsafeBufferPointer { classes in
      weights.withUnsafeBufferPointer { weights in
        var result = TrialValue(value: 0, slope: 0)
        guard let classes = classes.baseAddress, let weights = weights.baseAddress else {
          return result
        }
        var (values, slopes) = (SIMD4<Double>(repeating: 0), SIMD4<Double>(repeating: 0))
        var row = range.lowerBound
        while row < range.upperBound {
          let count = min(4, range.upperBound - row)
          let (largest, normalizer) = exponentials(row, count, trial.step, series)
          let (targets, search) = lossAndSlope(
            Rows(first: row, count: count, classes: classes, weights: weights), normalizer, series,
            &slopes)
          let margins = targets + SIMD4(repeating: trial.step) * search
          let losses = logarithms(ofAtLeastOne: normalizer) + (largest - margins)
          values += load(weights + row, count) * losses
          row += 4
        }
        result.value = sum(values)
        result.slope = sum(slopes)
        return result
      }
    }
  }

  /// Up to four rows that are evaluated side by side.
  private struct Rows {
    let first: Int
    let count: Int
    let classes: UnsafePointer<Double>
    let weights: UnsafePointer<Double>
  }

  /// Leaves e^(m − max m) of four rows in the curvatures; returns the maxima and the sums.
  @inline(__always)
  private func exponentials(
    _ row: Int, _ count: Int, _ step: Double, _ series: RowPointers
  ) -> (largest: SIMD4<Double>, sum: SIMD4<Double>) {
    @inline(__always)
    func margins(_ label: Int) -> SIMD4<Double> {
      let position = label * rows + row
      return load(series.margins + position, count)
        + SIMD4(repeating: step) * load(series.searchMargins + position, count)
    }
    var largest = margins(0)
    for label in 1..<labels {
      let other = margins(label)
      largest.replace(with: other, where: other .> largest)
    }
    var sum = SIMD4<Double>(repeating: 0)
    for label in 0..<labels {
      let exponential = LogisticModels.exponentials(ofNonPositive: margins(label) - largest)
      store(exponential, series.curvatures + label * rows + row, count)
      sum += exponential
    }
    return (largest, sum)
  }

  /// Turns exponentials into probabilities and residuals, and adds to the slopes.
  ///
  /// - Returns: the margins and search margins of the rows' own classes.
  @inline(__always)
  private func lossAndSlope(
    _ rows: Rows, _ normalizer: SIMD4<Double>, _ series: RowPointers, _ slopes: inout SIMD4<Double>
  ) -> (margins: SIMD4<Double>, search: SIMD4<Double>) {
    let zero = SIMD4<Double>(repeating: 0)
    let factor = 1 / normalizer
    let weights = load(rows.weights + rows.first, rows.count)
    let classes = load(rows.classes + rows.first, rows.count)
    var (others, slope) = (zero, zero)
    for label in 0..<labels {
      let position = label &* self.rows &+ rows.first
      let probabilities = load(series.curvatures + position, rows.count) * factor
      store(probabilities, series.curvatures + position, rows.count)
      let isTarget = classes .== SIMD4(repeating: Double(label))
      let residuals = (weights * probabilities).replacing(with: zero, where: isTarget)
      store(residuals, series.residuals + position, rows.count)
      others += residuals
      slope += residuals * load(series.searchMargins + position, rows.count)
    }
    // p − 1 of the row's own class is minus the sum of the others: nothing cancels.
    var (margins, search) = (zero, zero)
    for lane in 0..<rows.count {
      let row = rows.first &+ lane
      let position = Int(rows.classes[row]) &* self.rows &+ row
      series.residuals[position] = -others[lane]
      margins[lane] = series.margins[position]
      search[lane] = series.searchMargins[position]
    }
    slopes += slope - others * search
    return (margins, search)
  }

  package func hessianWeights(_ curvatures: [Double]) -> RowWeights {
    .diagonalMinusRankOne(probabilities: curvatures, weights: weights)
  }

  /// wᵢ pᵢc (1 − pᵢc), with the complement as the sum of the other classes.
  package func diagonal(
    of curvatures: [Double], labels: [Int], in memory: inout [Double], _ parallelism: Parallelism
  ) -> [Double] {
    if memory.count != curvatures.count {
      memory = VectorOperations.zeros(curvatures.count, parallelism)
    }
    memory.withUnsafeMutableBufferPointer { diagonal in
      curvatures.withUnsafeBufferPointer { curvatures in
        weights.withUnsafeBufferPointer { weights in
          guard let source = curvatures.baseAddress, let base = diagonal.baseAddress,
            let weights = weights.baseAddress
          else { return }
          nonisolated(unsafe) let (probabilities, target, factors) = (source, base, weights)
          let ranges = parallelism.ranges(of: rows, minimumLength: Self.rowsPerSum)
          parallelism.forEach(ranges.count) { index in
            for row in stride(from: ranges[index].lowerBound, to: ranges[index].upperBound, by: 4) {
              let count = min(4, ranges[index].upperBound - row)
              for label in 0..<self.labels {
                var complement = SIMD4<Double>(repeating: 0)
                for other in 0..<self.labels where other != label {
                  complement += load(probabilities + (other &* rows &+ row), count)
                }
                let position = label &* rows &+ row
                store(
                  load(factors + row, count) * load(probabilities + position, count) * complement,
                  target + position, count)
              }
            }
          }
        }
      }
    }
    return memory
  }
}
