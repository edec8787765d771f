/// How often one term occurs in one text; ordered by term.
struct TermEntry: Sendable {
  /// The term in the upper half, the count in the lower.
  private(set) var bits: UInt64

  @inline(__always)
  init(term: Int32, count: Int32) {
    bits = UInt64(UInt32(bitPattern: term)) << 32 | UInt64(UInt32(bitPattern: count))
  }

  var term: Int32 { Int32(truncatingIfNeeded: bits >> 32) }
  var count: Int32 { Int32(truncatingIfNeeded: bits) }

  @inline(__always)
  mutating func countAnother() { bits += 1 }
}

/// Sorts the entries of one text after another by term: few by counting for each how many are smaller,
/// which compares four at a time and branches on none; many byte by byte from the lowest (radix
/// sort). Both take a fraction of the time of a comparing sort.
struct TermEntrySorter {
  private static let longestRanking = 64
  private var spare: [TermEntry] = []
  private var starts = [Int](repeating: 0, count: 256)

  /// Sorts `entries`, whose terms lie in 0 ..< `termCount` and are different.
  mutating func sort(_ entries: UnsafeMutableBufferPointer<TermEntry>, termCount: Int) {
    let count = entries.count
    if count <= Self.longestRanking {
      Self.rankSort(entries)
      return
    }
    if spare.count < count {
      spare = [TermEntry](repeating: TermEntry(term: 0, count: 0), count: count * 2)
    }
    var passes = 0
    spare.withUnsafeMutableBufferPointer { spare in
      starts.withUnsafeMutableBufferPointer { starts in
        var (source, target) = (entries, UnsafeMutableBufferPointer(rebasing: spare[..<count]))
        while passes < 4, (termCount - 1) >> (passes * 8) > 0 {
          Self.distribute(source, into: target, shift: UInt64(32 + passes * 8), starts)
          (source, target) = (target, source)
          passes += 1
        }
        if passes & 1 == 1 { _ = entries.update(fromContentsOf: source) }
      }
    }
  }

  private static func distribute(
    _ source: UnsafeMutableBufferPointer<TermEntry>,
    into target: UnsafeMutableBufferPointer<TermEntry>, shift: UInt64,
    _ starts: UnsafeMutableBufferPointer<Int>
  ) {
    starts.update(repeating: 0)
    for entry in source { starts[Int(truncatingIfNeeded: entry.bits >> shift & 0xFF)] += 1 }
    var total = 0
    for byte in 0..<256 {
      (starts[byte], total) = (total, total + starts[byte])
    }
    for entry in source {
      let byte = Int(truncatingIfNeeded: entry.bits >> shift & 0xFF)
      target[starts[byte]] = entry
      starts[byte] += 1
    }
  }

  private static func rankSort(_ entries: UnsafeMutableBufferPointer<TermEntry>) {
    guard let base = entries.baseAddress, entries.count > 1 else { return }
    let count = entries.count
    let fours = (count &+ 3) / 4
    withUnsafeTemporaryAllocation(of: SIMD4<Int32>.self, capacity: longestRanking / 4) { vectors in
      withUnsafeTemporaryAllocation(of: TermEntry.self, capacity: longestRanking) { sorted in
        guard let vectors = vectors.baseAddress, let sorted = sorted.baseAddress else { return }
        vectors[fours &- 1] = SIMD4(repeating: .max)
        let terms = UnsafeMutableRawPointer(vectors)
        for place in 0..<count {
          terms.storeBytes(of: base[place].term, toByteOffset: place &* 4, as: Int32.self)
        }
        for place in 0..<count {
          let term = SIMD4(repeating: base[place].term)
          var smaller = SIMD4<Int32>.zero
          for index in 0..<fours {
            smaller.replace(with: smaller &+ SIMD4(repeating: 1), where: vectors[index] .< term)
          }
          sorted[Int(smaller.wrappedSum())] = base[place]
        }
        base.update(from: sorted, count: count)
      }
    }
  }
}
