/// Memory in which the labels of one feature stand side by side, so that one gather serves all.
///
/// Entry (feature, lane) is at `feature * width + lane`; lanes beyond the labels hold zeros.
final class LaneBuffer {
  private var memory: UnsafeMutableRawPointer
  private var capacity: Int

  init() {
    capacity = 64
    memory = .allocate(byteCount: capacity, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// Makes room for `count` doubles; what was there is lost.
  private func reserve(_ count: Int) {
    // Copies follow each other without a gap, so only the first is aligned for eight lanes; the
    // others are for their own width.
    let bytes = count * MemoryLayout<Double>.stride
    if bytes > capacity {
      memory.deallocate()
      capacity = bytes
      memory = .allocate(byteCount: bytes, alignment: 64)
    }
  }

  /// Makes room for `copies` buffers of `features` features, whose content is arbitrary.
  func uninitialized(features: Int, width: Int, copies: Int) -> LanePointer {
    reserve(features * width * copies)
    return LanePointer(memory: memory, columns: features - 1, width: width)
  }

  /// Interleaves the vectors of the lanes, `features` numbers each.
  func interleave(_ vectors: [Double], lanes: Lanes, features: Int) -> LanePointer {
    let width = lanes.width
    let target = uninitialized(features: features, width: width, copies: 1)
    if width > lanes.labels.count { target.clear(0..<features) }
    vectors.withUnsafeBufferPointer { vectors in
      guard let source = vectors.baseAddress else { return }
      for (lane, label) in lanes.labels.enumerated() {
        let vector = source + label * lanes.stride
        for feature in 0..<features { target.scalars[feature * width + lane] = vector[feature] }
      }
    }
    return target
  }

  /// Adds the copies in order and gives each lane its vector: the inverse of `interleave`.
  func separate(
    _ copies: Int, into vectors: inout [Double], lanes: Lanes, features: Int,
    _ parallelism: Parallelism
  ) {
    let source = LanePointer(memory: memory, columns: features - 1, width: lanes.width)
    let ranges = parallelism.ranges(of: features, minimumLength: 10_000)
    vectors.withUnsafeMutableBufferPointer { vectors in
      guard let base = vectors.baseAddress else { return }
      nonisolated(unsafe) let target = base
      parallelism.forEach(ranges.count) { index in
        for copy in 1..<max(1, copies) {
          source.add(source.copy(copy), ranges[index])
        }
        for (lane, label) in lanes.labels.enumerated() {
          let vector = target + label * lanes.stride
          for feature in ranges[index] {
            vector[feature] = source.scalars[feature * source.width + lane]
          }
        }
      }
    }
  }
}

/// A lane buffer as a kernel sees it, valid until the buffer is used again.
struct LanePointer: @unchecked Sendable {
  let memory: UnsafeMutableRawPointer
  /// The columns without the constant one, whose entry is the last.
  let columns: Int
  let width: Int

  var scalars: UnsafeMutablePointer<Double> { memory.assumingMemoryBound(to: Double.self) }

  /// The lanes of each feature as one vector of `width` numbers; the memory is aligned for 8.
  func vectors<Vector: SIMD>(_: Vector.Type) -> UnsafeMutablePointer<Vector>
  where Vector.Scalar == Double {
    memory.assumingMemoryBound(to: Vector.self)
  }

  /// The copy of this buffer that stands `index` places behind it.
  func copy(_ index: Int) -> LanePointer {
    let bytes = (columns + 1) * width * MemoryLayout<Double>.stride
    return LanePointer(memory: memory + index * bytes, columns: columns, width: width)
  }

  /// Sets some features to zero.
  func clear(_ features: Range<Int>) {
    let start = features.lowerBound * width
    (scalars + start).initialize(repeating: 0, count: features.count * width)
  }

  /// Adds another buffer's numbers for some features.
  func add(_ other: LanePointer, _ features: Range<Int>) {
    let (target, source) = (scalars, other.scalars)
    for position in features.lowerBound * width..<features.upperBound * width {
      target[position] += source[position]
    }
  }
}

/// The memory that products need between their inputs and outputs, kept from pass to pass so that
/// a solver's loop allocates nothing. Serves one pass at a time.
package struct LaneWorkspace: ~Copyable {
  let input = LaneBuffer()
  let output = LaneBuffer()
  /// Weighted margins, labels × rows, when a Hessian product takes two passes.
  var weighted: [Double] = []

  /// Makes an empty workspace, which grows at its first use.
  package init() {}
}
