extension VectorOperations {
  /// The squared norm xᵀ P x in the metric of a diagonal matrix P.
  ///
  /// - Parameters:
  ///   - x: the array of the vector.
  ///   - diagonal: the array of P's diagonal, in the same range.
  ///   - range: where both stand.
  package static func squaredNorm(
    _ x: [Double], diagonal: [Double], _ range: Range<Int>
  ) -> Double {
    check(x.count, range, diagonal.count, range)
    return x.withUnsafeBufferPointer { x in
      diagonal.withUnsafeBufferPointer { diagonal in
        // Four sums, always in the same order.
        var sums = SIMD4<Double>(repeating: 0)
        var position = range.lowerBound
        while position + 4 <= range.upperBound {
          for lane in 0..<4 {
            sums[lane] += x[position + lane] * x[position + lane] * diagonal[position + lane]
          }
          position += 4
        }
        while position < range.upperBound {
          sums[0] += x[position] * x[position] * diagonal[position]
          position += 1
        }
        return (sums[0] + sums[1]) + (sums[2] + sums[3])
      }
    }
  }

  /// d ← P r + factor · d, the next direction of preconditioned conjugate gradients.
  ///
  /// - Parameters:
  ///   - d: the array of the direction.
  ///   - factor: what remains of the direction.
  ///   - r: the array of the residual.
  ///   - diagonal: the array of P's diagonal.
  ///   - range: where all three stand.
  package static func turn(
    _ d: inout [Double], keeping factor: Double, toward r: [Double], diagonal: [Double],
    _ range: Range<Int>
  ) {
    check(d.count, range, r.count, range)
    check(diagonal.count, range, r.count, range)
    d.withUnsafeMutableBufferPointer { d in
      r.withUnsafeBufferPointer { r in
        diagonal.withUnsafeBufferPointer { diagonal in
          for position in range {
            d[position] = diagonal[position] * r[position] + factor * d[position]
          }
        }
      }
    }
  }

  /// y ← y + factor · x on equal ranges, by several threads.
  ///
  /// The pieces have a fixed length, since a library may round differently at a piece's end.
  package static func add(
    _ factor: Double, times x: [Double], to y: inout [Double], _ range: Range<Int>,
    _ parallelism: Parallelism
  ) {
    check(x.count, range, y.count, range)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        nonisolated(unsafe) let (source, target) = (x + range.lowerBound, y + range.lowerBound)
        let length = 32_768
        parallelism.forEach((range.count + length - 1) / length) { piece in
          let start = piece * length
          BasicLinearAlgebra.add(
            min(length, range.count - start), factor, source + start, to: target + start)
        }
      }
    }
  }
}
