import LinearAlgebra

/// Where a loss finds and leaves its numbers, label after label.
package struct RowPointers: @unchecked Sendable {
  let margins: UnsafePointer<Double>
  let searchMargins: UnsafePointer<Double>
  let residuals: UnsafeMutablePointer<Double>
  let curvatures: UnsafeMutablePointer<Double>
}

/// Up to four rows' numbers, side by side; what lies beyond the end is zero.
@inline(__always)
func load(_ source: UnsafePointer<Double>, _ count: Int) -> SIMD4<Double> {
  if count >= 4 {
    return UnsafeRawPointer(source).loadUnaligned(as: SIMD4<Double>.self)
  }
  var result = SIMD4<Double>(repeating: 0)
  for lane in 0..<count { result[lane] = source[lane] }
  return result
}

/// The inverse of `load`.
@inline(__always)
func store(_ numbers: SIMD4<Double>, _ target: UnsafeMutablePointer<Double>, _ count: Int) {
  if count >= 4 {
    for lane in 0..<4 { target[lane] = numbers[lane] }
  } else {
    for lane in 0..<count { target[lane] = numbers[lane] }
  }
}

/// The four lanes' sum, in one order everywhere.
@inline(__always)
func sum(_ lanes: SIMD4<Double>) -> Double { (lanes[0] + lanes[1]) + (lanes[2] + lanes[3]) }

extension RowLoss {
  /// Evaluates several blocks' trials, in blocks of rows that any thread may take.
  func evaluate(
    _ trials: [Trial], _ series: inout RowSeriesSet, _ parallelism: Parallelism
  ) -> [TrialValue] {
    let sums = (rows + Self.rowsPerSum - 1) / Self.rowsPerSum
    return totals(of: trials, pieces: sums, &series, parallelism) { trial, piece, pointers in
      let first = piece * Self.rowsPerSum
      return evaluate(trial, first..<min(first + Self.rowsPerSum, rows), pointers)
    }
  }

  /// The slopes of several blocks' trials, estimated from groups of rows at equal distances.
  func sampledSlopes(
    _ trials: [Trial], _ series: inout RowSeriesSet, _ parallelism: Parallelism
  ) -> [Double] {
    let groups = (rows + Self.rowsPerGroup - 1) / Self.rowsPerGroup
    let distance = max(1, groups / Self.sampledGroups)
    let sampled = (groups + distance - 1) / distance
    let pieces = (sampled + Self.groupsPerSum - 1) / Self.groupsPerSum
    let scale = Double(groups) / Double(max(1, sampled))
    return totals(of: trials, pieces: pieces, &series, parallelism) { trial, piece, pointers in
      var total = TrialValue(value: 0, slope: 0)
      let first = piece * Self.groupsPerSum
      for group in first..<min(first + Self.groupsPerSum, sampled) {
        let start = group * distance * Self.rowsPerGroup
        let range = start..<min(start + Self.rowsPerGroup, rows)
        total.slope += evaluate(trial, range, pointers).slope
      }
      return total
    }.map { $0.slope * scale }
  }

  /// What `value` finds in the pieces of each trial, added up in order.
  private func totals(
    of trials: [Trial], pieces: Int, _ series: inout RowSeriesSet, _ parallelism: Parallelism,
    _ value: @Sendable (Trial, Int, RowPointers) -> TrialValue
  ) -> [TrialValue] {
    precondition(series.margins.count == labels * rows, "margins before trials")
    var partial = [TrialValue](
      repeating: TrialValue(value: 0, slope: 0), count: pieces * trials.count)
    series.margins.withUnsafeBufferPointer { margins in
      series.searchMargins.withUnsafeBufferPointer { searchMargins in
        series.residuals.withUnsafeMutableBufferPointer { residuals in
          series.curvatures.withUnsafeMutableBufferPointer { curvatures in
            partial.withUnsafeMutableBufferPointer { partial in
              guard let margins = margins.baseAddress,
                let searchMargins = searchMargins.baseAddress,
                let residuals = residuals.baseAddress, let curvatures = curvatures.baseAddress
              else { return }
              let pointers = RowPointers(
                margins: margins, searchMargins: searchMargins, residuals: residuals,
                curvatures: curvatures)
              nonisolated(unsafe) let results = partial
              // Fewer than eight sums are not worth waking a thread.
              let enough = results.count >= 8 * parallelism.threads
              (enough ? parallelism : .serial).forEach(results.count) { index in
                results[index] = value(trials[index / pieces], index % pieces, pointers)
              }
            }
          }
        }
      }
    }
    return trials.indices.map { trial in
      var total = TrialValue(value: 0, slope: 0)
      for value in partial[trial * pieces..<(trial + 1) * pieces] {
        total.value += value.value
        total.slope += value.slope
      }
      return total
    }
  }
}
