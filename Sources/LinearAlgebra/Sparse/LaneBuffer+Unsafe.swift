/// Memory in which the labels of one feature stand side by side, so that one gather serves all.
///
/// Entry (feature, lane) is at `feature * width + lane`; lanes beyond the labels hold zeros.
final class LaneBuffer {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int

  init() {
    capacity = 64
    memory = TableMemory.allocate(byteCount: capacity)
  }

  deinit { memory.deallocate() }

  /// Makes room for `bytes` bytes; what was there is lost.
  private func reserve(_ bytes: Int) {
    // Copies follow each other without a gap, so only the first is aligned for eight lanes; the
    // others are for their own width.
    if bytes > capacity {
      memory.deallocate()
      capacity = bytes
      memory = TableMemory.allocate(byteCount: bytes)
    }
  }

  /// Makes room for `copies` buffers of `features` features, whose content is arbitrary.
  func uninitialized<Scalar: LaneScalar>(features: Int, width: Int, copies: Int) -> LanePointer<
    Scalar
  > {
    reserve(features * width * copies * MemoryLayout<Scalar>.stride)
    return LanePointer(memory: memory, columns: features - 1, width: width)
  }

  /// Interleaves the vectors of the lanes, `features` numbers each.
  ///
  /// - Parameter scales: what each feature's number is multiplied by; empty for 1.
  func interleave<Scalar: LaneScalar>(
    _ vectors: [Double], lanes: Lanes, features: Int, scaledBy scales: [Float] = [],
    _ parallelism: Parallelism
  ) -> LanePointer<Scalar> {
    let width = lanes.width
    let target: LanePointer<Scalar> = uninitialized(features: features, width: width, copies: 1)
    let ranges = parallelism.ranges(of: features, minimumLength: Self.featuresPerThread)
    vectors.withUnsafeBufferPointer { vectors in
      guard let base = vectors.baseAddress else { return }
      nonisolated(unsafe) let source = base
      parallelism.forEach(ranges.count) { index in
        if width > lanes.labels.count { target.clear(ranges[index]) }
        for (lane, label) in lanes.labels.enumerated() {
          let vector = source + label * lanes.stride
          if scales.isEmpty {
            for feature in ranges[index] {
              target.scalars[feature * width + lane] = Scalar(vector[feature])
            }
          } else {
            for feature in ranges[index] {
              target.scalars[feature * width + lane] =
                Scalar(vector[feature] * Double(scales[feature]))
            }
          }
        }
      }
    }
    return target
  }

  /// Adds the copies in order and gives each lane its vector: the inverse of `interleave`.
  ///
  /// - Parameter scales: what each feature's sum is multiplied by; empty for 1.
  func separate<Scalar: LaneScalar>(
    _ copies: Int, of source: LanePointer<Scalar>, into vectors: inout [Double], lanes: Lanes,
    features: Int, scaledBy scales: [Float] = [], _ parallelism: Parallelism
  ) {
    let ranges = parallelism.ranges(of: features, minimumLength: Self.featuresPerThread)
    vectors.withUnsafeMutableBufferPointer { vectors in
      guard let base = vectors.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelism.forEach(ranges.count) { index in
        for (lane, label) in lanes.labels.enumerated() {
          let vector = target + label * lanes.stride
          let first = source.scalars + lane
          for feature in ranges[index] { vector[feature] = Double(first[feature * source.width]) }
          for copy in 1..<max(1, copies) {
            let added = source.copy(copy).scalars + lane
            for feature in ranges[index] {
              vector[feature] += Double(added[feature * source.width])
            }
          }
          if !scales.isEmpty {
            for feature in ranges[index] { vector[feature] *= Double(scales[feature]) }
          }
        }
      }
    }
  }

  /// A thread with fewer features than this costs more to wake up than it saves.
  static let featuresPerThread = 10_000
}

/// Float or Double.
typealias LaneScalar = BinaryFloatingPoint & SIMDScalar & SendableMetatype

/// A lane buffer as a kernel sees it, valid until the buffer is used again.
struct LanePointer<Scalar: LaneScalar>: @unchecked Sendable {
  let memory: UnsafeMutableRawPointer
  /// The columns without the constant one, whose entry is the last.
  let columns: Int
  let width: Int

  var scalars: UnsafeMutablePointer<Scalar> { memory.assumingMemoryBound(to: Scalar.self) }

  /// The lanes of each feature as one vector of `width` numbers; the memory is aligned for 8.
  func vectors<Vector: SIMD>(_: Vector.Type) -> UnsafeMutablePointer<Vector>
  where Vector.Scalar == Scalar {
    memory.assumingMemoryBound(to: Vector.self)
  }

  /// The lanes of each feature, one number or a vector of them.
  func lanes<Vector: LaneVector>(_: Vector.Type) -> UnsafeMutablePointer<Vector> {
    memory.assumingMemoryBound(to: Vector.self)
  }

  /// The same memory with another number of lanes.
  func with(width: Int) -> LanePointer {
    LanePointer(memory: memory, columns: columns, width: width)
  }

  /// The copy of this buffer that stands `index` places behind it.
  func copy(_ index: Int) -> LanePointer {
    let bytes = (columns + 1) * width * MemoryLayout<Scalar>.stride
    return LanePointer(memory: memory + index * bytes, columns: columns, width: width)
  }

  /// Fills a buffer of twice the lanes' width: each feature's coefficients, and behind them zeros for
  /// what is summed up.
  ///
  /// - Parameters:
  ///   - vectors: the lanes' vectors, each of as many numbers as there are features.
  ///   - scales: what each feature's coefficients are multiplied by.
  func pair(_ vectors: UnsafePointer<Double>, scaledBy scales: [Float], _ lanes: Lanes) {
    let half = width / 2
    let count = lanes.labels.count
    for (lane, label) in lanes.labels.enumerated() {
      let vector = vectors + label * lanes.stride
      for feature in 0...columns {
        scalars[feature &* width &+ lane] = Scalar(vector[feature] * Double(scales[feature]))
        scalars[feature &* width &+ half &+ lane] = 0
      }
    }
    guard count < half else { return }
    for feature in 0...columns {
      for lane in count..<half {
        scalars[feature &* width &+ lane] = 0
        scalars[feature &* width &+ half &+ lane] = 0
      }
    }
  }

  /// The sums of a paired buffer.
  var secondHalf: LanePointer {
    LanePointer(
      memory: memory + width / 2 * MemoryLayout<Scalar>.stride, columns: columns, width: width)
  }

  /// Sets some features to zero.
  func clear(_ features: Range<Int>) {
    let start = features.lowerBound * width
    (scalars + start).initialize(repeating: 0, count: features.count * width)
  }
}

/// The memory that products need between their inputs and outputs, kept from pass to pass so that
/// a solver's loop allocates nothing. Serves one pass at a time.
package struct LaneWorkspace: ~Copyable {
  let input = LaneBuffer()
  let output = LaneBuffer()
  /// Weighted margins, row after row, when a Hessian product takes two passes.
  let residuals = LaneBuffer()
  let weights = WeightMemory()
  /// The same for more labels than one pass can serve, labels × rows.
  var margins: [Double] = []

  /// Makes an empty workspace, which grows at its first use.
  package init() {}
}

/// Where row weights stand in single precision.
struct WeightMemory {
  let factors = LaneBuffer()
  let weights = LaneBuffer()
}
