/// Operations on vectors by several threads, with BLAS where it has them.
///
/// A vector is a range of an array's elements, so that the rows of a flat matrix serve as vectors
/// without a copy. Pieces have a fixed length, since a library may round differently at a piece's
/// end, and what is found in them is added in order.
package enum VectorOperations {
  @inline(__always)
  static func check(_ x: Int, _ xRange: Range<Int>, _ y: Int, _ yRange: Range<Int>) {
    precondition(
      xRange.lowerBound >= 0 && xRange.upperBound <= x && yRange.lowerBound >= 0
        && yRange.upperBound <= y && xRange.count == yRange.count
        && xRange.count <= Int(Int32.max),
      "vectors of the same length within their arrays")
    LinearAlgebraLibrary.useOneThread()
  }

  private static let pieceLength = 32_768

  /// Waking a thread takes longer than a piece or two.
  private static func workers(_ pieces: Int, _ parallelism: Parallelism) -> Parallelism {
    Parallelism(threads: max(1, min(parallelism.threads, pieces / 2)))
  }

  /// A vector of zeros. All threads touch its memory, because the first touch takes longer than any
  /// later pass.
  package static func zeros(_ count: Int, _ parallelism: Parallelism) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { elements, initializedCount in
      initializedCount = count
      guard let base = elements.baseAddress else { return }
      TableMemory.preferHugePages(base, byteCount: count * MemoryLayout<Double>.stride)
      nonisolated(unsafe) let target = base
      // Far apart, so that no two threads meet in a huge page but at the ranges' ends.
      let ranges = parallelism.ranges(of: count, minimumLength: pieceLength)
      parallelism.forEach(ranges.count) { index in
        (target + ranges[index].lowerBound).initialize(repeating: 0, count: ranges[index].count)
      }
    }
  }

  /// The Euclidean norm √(xᵀ x), without overflow or underflow on the way.
  package static func norm(
    _ x: [Double], _ range: Range<Int>, _ parallelism: Parallelism
  ) -> Double {
    check(x.count, range, x.count, range)
    let pieces = (range.count + pieceLength - 1) / pieceLength
    let norms = x.withUnsafeBufferPointer { x in
      guard let x = x.baseAddress else { return [Double]() }
      nonisolated(unsafe) let vector = x + range.lowerBound
      return workers(pieces, parallelism).map(pieces) { piece in
        let start = piece * pieceLength
        return BasicLinearAlgebra.norm(min(pieceLength, range.count - start), vector + start)
      }
    }
    return norms.withUnsafeBufferPointer { norms in
      norms.baseAddress.map { BasicLinearAlgebra.norm(pieces, $0) } ?? 0
    }
  }

  /// The inner product xᵀ y of two equally long ranges.
  package static func dot(
    _ x: [Double], _ xRange: Range<Int>, _ y: [Double], _ yRange: Range<Int>,
    _ parallelism: Parallelism
  ) -> Double {
    check(x.count, xRange, y.count, yRange)
    return x.withUnsafeBufferPointer { x in
      y.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return 0 }
        nonisolated(unsafe) let (left, right) = (x + xRange.lowerBound, y + yRange.lowerBound)
        let pieces = (xRange.count + pieceLength - 1) / pieceLength
        return workers(pieces, parallelism).map(pieces) { piece in
          let start = piece * pieceLength
          return BasicLinearAlgebra.dot(
            min(pieceLength, xRange.count - start), left + start, right + start)
        }.reduce(0, +)
      }
    }
  }

  /// y ← y + factor · x on equal ranges.
  package static func add(
    _ factor: Double, times x: [Double], to y: inout [Double], _ range: Range<Int>,
    _ parallelism: Parallelism
  ) {
    check(x.count, range, y.count, range)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        nonisolated(unsafe) let (source, target) = (x + range.lowerBound, y + range.lowerBound)
        let pieces = (range.count + pieceLength - 1) / pieceLength
        workers(pieces, parallelism).forEach(pieces) { piece in
          let start = piece * pieceLength
          BasicLinearAlgebra.add(
            min(pieceLength, range.count - start), factor, source + start, to: target + start)
        }
      }
    }
  }

  /// y ← 1 / (x + addend) on equal ranges.
  package static func invert(
    _ x: [Double], plus addend: Double, into y: inout [Double], _ range: Range<Int>,
    _ parallelism: Parallelism
  ) {
    check(x.count, range, y.count, range)
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return }
        nonisolated(unsafe) let (source, target) = (x, y)
        let pieces = (range.count + pieceLength - 1) / pieceLength
        workers(pieces, parallelism).forEach(pieces) { piece in
          let start = range.lowerBound + piece * pieceLength
          for position in start..<min(start + pieceLength, range.upperBound) {
            target[position] = 1 / (source[position] + addend)
          }
        }
      }
    }
  }
}
