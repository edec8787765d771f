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

/// Sorts the entries of one text after another by term: few by insertion, many byte by byte from
/// the lowest (radix sort), which takes a fraction of the time of a comparing sort.
struct TermEntrySorter {
  private static let longestInsertion = 64
  private var spare: [TermEntry] = []
  private var starts = [Int](repeating: 0, count: 256)

  /// Sorts `entries`, whose terms lie in 0 ..< `termCount` and are different.
  mutating func sort(_ entries: UnsafeMutableBufferPointer<TermEntry>, termCount: Int) {
    let count = entries.count
    if count <= Self.longestInsertion {
      Self.insertionSort(entries)
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

  private static func insertionSort(_ entries: UnsafeMutableBufferPointer<TermEntry>) {
    for place in entries.indices {
      let entry = entries[place]
      var hole = place
      while hole > 0, entries[hole - 1].bits > entry.bits {
        entries[hole] = entries[hole - 1]
        hole -= 1
      }
      entries[hole] = entry
    }
  }
}
