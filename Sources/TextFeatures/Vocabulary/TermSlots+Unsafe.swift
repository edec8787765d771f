import LinearAlgebra

/// A term as a hash table holds it: a short one whole, a longer one by its first sixteen bytes.
struct TermSlot: BitwiseCopyable {
  /// The first eight bytes.
  var low: UInt64
  /// The next eight bytes.
  var high: UInt64
  /// The term's number plus one; 0 in an empty slot.
  var number: UInt32
  var length: UInt32
  /// The last text that contained the term, and where among that text's entries.
  var text: Int32
  var place: Int32
}

/// Open addressing with linear probing over a power-of-two table. Half a cache line tells a term of
/// up to sixteen bytes from all others, so that a lookup costs one read of memory.
struct TermSlots: ~Copyable {
  let base: UnsafeMutablePointer<TermSlot>
  let count: Int

  /// Makes empty slots, at least two for every three of `terms` terms to come.
  init(terms: Int) {
    var count = 16
    while count * 2 < terms * 3 { count *= 2 }
    self.count = count
    base = TableMemory.allocate(byteCount: count * MemoryLayout<TermSlot>.stride)
      .bindMemory(to: TermSlot.self, capacity: count)
    base.initialize(
      repeating: TermSlot(low: 0, high: 0, number: 0, length: 0, text: -1, place: 0), count: count)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// Whether one more term than `terms` needs more slots.
  func isFull(terms: Int) -> Bool { terms * 3 >= count * 2 }

  /// The first slot that a term with this hash may stand in.
  @inline(__always)
  func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (count &- 1) }

  /// The slot that holds a term, or the empty one that would.
  ///
  /// - Parameter isRest: whether the bytes of a numbered term equal it; asked when both are longer
  ///   than a slot holds, and equal as far as it does.
  @inline(__always)
  func slot(of term: UnsafePointer<TermBatch.Term>, _ isRest: (Int) -> Bool) -> Int {
    let length = term.pointee.length
    let (low, high) = (term.pointee.key.low, term.pointee.key.high)
    var slot = home(term.pointee.key.hash)
    // Most terms stand in their first slot and fit it: one comparison. An empty slot has length 0.
    let first = base + slot
    let difference =
      (first.pointee.low ^ low) | (first.pointee.high ^ high)
      | UInt64(first.pointee.length ^ UInt32(truncatingIfNeeded: length))
    if difference == 0, length <= TermKey.inlineLength { return slot }
    while base[slot].number != 0 {
      if base[slot].low == low, base[slot].high == high,
        base[slot].length == UInt32(truncatingIfNeeded: length),
        length <= TermKey.inlineLength || isRest(Int(base[slot].number) - 1)
      {
        break
      }
      slot = (slot &+ 1) & (count &- 1)
    }
    return slot
  }
}

/// Terms waiting to be looked up. Looking up many at once hides the time that memory takes: all
/// their slots are asked for before the first is needed.
struct TermBatch: ~Copyable {
  struct Term: BitwiseCopyable {
    var bytes: UnsafePointer<UInt8>
    var length: Int
    var key: TermKey
  }

  static let capacity = 256
  let terms: UnsafeMutablePointer<Term>
  private(set) var count = 0
  /// What was read only to have it near.
  private var touched: UInt64 = 0

  init() { terms = .allocate(capacity: Self.capacity) }

  deinit { terms.deallocate() }

  /// Adds a term; returns whether the batch is full. Sixteen bytes must be readable.
  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    terms[count] = Term(bytes: bytes, length: length, key: TermKey(bytes, count: length))
    count &+= 1
    return count == Self.capacity
  }

  mutating func removeAll() { count = 0 }

  /// Reads the first slot of every term. Never inlined: where the compiler sees that nobody uses the
  /// sum, it leaves the reading out.
  @inline(never)
  mutating func touch(_ slots: borrowing TermSlots) {
    var sum: UInt64 = 0
    for index in 0..<count { sum &+= slots.base[slots.home(terms[index].key.hash)].low }
    touched &+= sum
  }
}
