internal import CMachine
import LinearAlgebra

/// A term as a hash table holds it.
struct TermSlot: BitwiseCopyable {
  /// The term's key.
  var low: UInt64
  var high: UInt64
  /// The term's number plus one; 0 in an empty slot.
  var number: UInt32
  /// The number of bytes; 0 in an empty slot.
  var length: UInt32
  /// The last text that contained the term, and where among that text's entries.
  var text: Int32
  var place: Int32

  /// An empty slot.
  init() { (low, high, number, length, text, place) = (0, 0, 0, 0, -1, 0) }

  /// The slot of a term with this number, which no text has had.
  init(_ term: TermBatch.Term, number: Int) {
    (low, high) = (term.key.low, term.key.high)
    self.number = UInt32(number + 1)
    length = UInt32(truncatingIfNeeded: term.length)
    (text, place) = (-1, 0)
  }

  /// That of the term's key.
  var hash: UInt64 { TermKey.hash(low: low, high: high, count: Int(length)) }

  /// Whether this is the slot of a term: one comparison.
  @inline(__always)
  func holds(_ term: UnsafePointer<TermBatch.Term>) -> Bool {
    let key = term.pointee.key
    let difference =
      (low ^ key.low) | (high ^ key.high)
      | UInt64(length ^ UInt32(truncatingIfNeeded: term.pointee.length))
    return difference == 0
  }

  /// Whether both slots are the same term's.
  @inline(__always)
  func holdsTerm(of other: TermSlot) -> Bool {
    (low ^ other.low) | (high ^ other.high) | UInt64(length ^ other.length) == 0
  }
}

/// Open addressing with linear probing over a power-of-two table. Half a cache line tells a term from
/// all others, so that a lookup costs one read of memory.
struct TermSlots: ~Copyable {
  let base: UnsafeMutablePointer<TermSlot>
  let count: Int

  /// Makes empty slots, at least three for every two of `terms` terms to come.
  init(terms: Int) {
    var count = 16
    while count * 2 < terms * 3 { count *= 2 }
    self.count = count
    base = TableMemory.allocate(byteCount: count * MemoryLayout<TermSlot>.stride)
      .bindMemory(to: TermSlot.self, capacity: count)
    base.initialize(repeating: TermSlot(), count: count)
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// Whether one more term than `terms` needs more slots.
  func isFull(terms: Int) -> Bool { terms * 3 >= count * 2 }

  /// The first slot that a term with this hash may stand in.
  @inline(__always)
  func home(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (count &- 1) }

  /// The slot that holds a term, or the empty one that would.
  @inline(__always)
  func slot(of term: UnsafePointer<TermBatch.Term>) -> Int {
    var slot = home(term.pointee.key.hash)
    while !base[slot].holds(term), base[slot].number != 0 { slot = (slot &+ 1) & (count &- 1) }
    return slot
  }

  /// Looks for the terms in some slots of another table that `isWanted` here, and calls `body` with
  /// both numbers plus one of those that are.
  ///
  /// Terms stand in both tables where the lowest bits of the same hash tell, so that both are read
  /// nearly in order, as memory likes it.
  func forEachCommonTerm(
    with other: borrowing TermSlots, _ slots: Range<Int>, where isWanted: (UInt32) -> Bool,
    _ body: (UInt32, UInt32) -> Void
  ) {
    for index in slots where other.base[index].number != 0 && isWanted(other.base[index].number) {
      let theirs = other.base[index]
      var slot = home(theirs.hash)
      while !base[slot].holdsTerm(of: theirs), base[slot].number != 0 {
        slot = (slot &+ 1) & (count &- 1)
      }
      if base[slot].number != 0 { body(theirs.number, base[slot].number) }
    }
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

  /// Asks for the slot of every term where it is looked for first.
  ///
  /// - Parameter count: that of the slots, a power of two.
  @inline(__always)
  func touch<Slot>(_ slots: UnsafePointer<Slot>, count slotCount: Int) {
    for index in 0..<count {
      prefetch_line(slots + Int(truncatingIfNeeded: terms[index].key.hash) & (slotCount &- 1))
    }
  }
}
