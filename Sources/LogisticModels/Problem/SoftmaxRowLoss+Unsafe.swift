package import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The cross-entropy of a softmax: Σᵢ wᵢ (ln Σ_c e^mᵢc − mᵢ,class).
///
/// Its derivative by mᵢc is wᵢ (pᵢc − [c = class]); its second derivative wᵢ (diag pᵢ − pᵢ pᵢᵀ).
package struct SoftmaxRowLoss: RowLoss {
  package let rows: Int
  package let labels: Int
  package var labelsPerBlock: Int { labels }
  private var classes: [Int]
  /// w / Σw.
  private var weights: [Double]

  /// Takes targets whose weights are positive in sum.
  package init(_ targets: ClassTargets) {
    rows = targets.classes.count
    labels = targets.classCount
    classes = targets.classes
    let sum = targets.weights.reduce(0, +)
    weights = targets.weights.map { $0 / sum }
  }

  package func inOrder(_ order: [Int32]) -> SoftmaxRowLoss {
    guard !order.isEmpty else { return self }
    var result = self
    result.classes = order.map { classes[Int($0)] }
    result.weights = order.map { weights[Int($0)] }
    return result
  }

  package func evaluate(_ trial: Trial, _ range: Range<Int>, _ series: RowPointers) -> TrialValue {
    var result = TrialValue(value: 0, slope: 0)
    var row = range.lowerBound
    while row < range.upperBound {
      let count = min(4, range.upperBound - row)
      let (largest, normalizer) = exponentials(row, count, trial.step, series)
      for lane in 0..<count {
        let value = lossAndResiduals(
          row + lane, normalizer[lane], largest[lane], trial.step, series)
        result.value += value.value
        result.slope += value.slope
      }
      row += 4
    }
    return result
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

  /// Turns one row's exponentials into probabilities, residuals and the loss.
  @inline(__always)
  private func lossAndResiduals(
    _ row: Int, _ normalizer: Double, _ largest: Double, _ step: Double, _ series: RowPointers
  ) -> TrialValue {
    let (weight, target) = (weights[row], classes[row])
    let factor = 1 / normalizer
    var others = 0.0
    var slope = 0.0
    for label in 0..<labels {
      let position = label * rows + row
      let probability = series.curvatures[position] * factor
      series.curvatures[position] = probability
      if label != target {
        let residual = weight * probability
        series.residuals[position] = residual
        others += residual
        slope += residual * series.searchMargins[position]
      }
    }
    // p − 1 of the row's own class is minus the sum of the others: nothing cancels.
    let position = target * rows + row
    series.residuals[position] = -others
    slope -= others * series.searchMargins[position]
    let margin = series.margins[position] + step * series.searchMargins[position]
    return TrialValue(value: weight * (log(normalizer) + (largest - margin)), slope: slope)
  }

  package func hessianWeights(_ curvatures: [Double]) -> RowWeights {
    .diagonalMinusRankOne(probabilities: curvatures, weights: weights)
  }

  /// wᵢ pᵢc (1 − pᵢc), with the complement as the sum of the other classes.
  package func diagonal(
    of curvatures: [Double], labels: [Int], in memory: inout [Double], _ parallelism: Parallelism
  ) -> [Double] {
    if memory.count != curvatures.count {
      memory = Array(repeating: 0, count: curvatures.count)
    }
    memory.withUnsafeMutableBufferPointer { diagonal in
      curvatures.withUnsafeBufferPointer { curvatures in
        guard let source = curvatures.baseAddress, let base = diagonal.baseAddress else { return }
        nonisolated(unsafe) let (probabilities, target) = (source, base)
        let ranges = parallelism.ranges(of: rows, minimumLength: Self.rowsPerSum)
        parallelism.forEach(ranges.count) { index in
          for label in 0..<self.labels {
            for row in ranges[index] {
              var complement = 0.0
              for other in 0..<self.labels where other != label {
                complement += probabilities[other &* rows &+ row]
              }
              let position = label &* rows &+ row
              target[position] = weights[row] * probabilities[position] * complement
            }
          }
        }
      }
    }
    return memory
  }
}
