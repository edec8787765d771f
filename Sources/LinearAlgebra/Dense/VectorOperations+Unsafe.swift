/// Operations on vectors, by BLAS on one thread.
///
/// A vector is a range of an array's elements, so that the rows of a flat matrix serve as vectors
/// without a copy.
package enum VectorOperations {
  /// The inner product xᵀ y of two equally long ranges.
  package static func dot(
    _ x: [Double], _ xRange: Range<Int>, _ y: [Double], _ yRange: Range<Int>
  ) -> Double {
    check(x.count, xRange, y.count, yRange)
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        return BasicLinearAlgebra.dot(
          xRange.count, x + xRange.lowerBound, y + yRange.lowerBound)
      }
    }
  }

  /// y ← y + factor · x.
  package static func add(
    _ factor: Double, times x: [Double], _ xRange: Range<Int>, to y: inout [Double],
    _ yRange: Range<Int>
  ) {
    check(x.count, xRange, y.count, yRange)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        BasicLinearAlgebra.add(
          xRange.count, factor, x + xRange.lowerBound, to: y + yRange.lowerBound)
      }
    }
  }

  /// x ← factor · x.
  package static func scale(_ x: inout [Double], _ range: Range<Int>, by factor: Double) {
    check(x.count, range, x.count, range)
    x.withUnsafeMutableBufferPointer { x in
      guard let x = x.baseAddress else { return }
      BasicLinearAlgebra.scale(range.count, factor, x + range.lowerBound)
    }
  }

  /// The Euclidean norm √(xᵀ x), without overflow or underflow on the way.
  package static func norm(_ x: [Double], _ range: Range<Int>) -> Double {
    check(x.count, range, x.count, range)
    return x.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return 0 }
      return BasicLinearAlgebra.norm(range.count, x + range.lowerBound)
    }
  }

  @inline(__always)
  static func check(_ x: Int, _ xRange: Range<Int>, _ y: Int, _ yRange: Range<Int>) {
    precondition(
      xRange.lowerBound >= 0 && xRange.upperBound <= x && yRange.lowerBound >= 0
        && yRange.upperBound <= y && xRange.count == yRange.count
        && xRange.count <= Int(Int32.max),
      "vectors of the same length within their arrays")
    LinearAlgebraLibrary.useOneThread()
  }
}

extension VectorOperations {
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
