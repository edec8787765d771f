import Foundation

/// A growing set of terms, numbered in the order in which they were first met, and their counts in
/// one text after another.
struct TermTable: ~Copyable {
  private(set) var count = 0
  /// All terms, one after another.
  private var bytes = ByteBuffer(capacity: 1 << 12)
  /// Where each term ends in `bytes`.
  private var ends = GrowingBuffer<Int>()
  private var slots = TermSlots(terms: 1 << 10)
  /// How many texts are to come, 0 where nobody knows, and how many have come.
  private let texts: Int
  private var textsRead = 0

  /// - Parameter texts: how many texts' terms will be counted.
  init(texts: Int = 0) { self.texts = texts }

  /// Where the terms' bytes stand, valid until a term is added.
  var terms: TermPointers { TermPointers(bytes: bytes.base, ends: ends.base) }

  /// How many slots `forEachCommonTerm` of another table goes through.
  var slotCount: Int { slots.count }

  /// Looks for the terms in some slots of another table that `isWanted` here, and calls `body` with
  /// both numbers of those that are. Several threads may do so at once.
  func forEachCommonTerm(
    with other: borrowing TermTable, _ range: Range<Int>, where isWanted: (Int) -> Bool,
    _ body: (_ theirs: Int, _ own: Int32) -> Void
  ) {
    slots.forEachCommonTerm(with: other.slots, range) {
      isWanted(Int($0) - 1)
    } _: { theirs, own in
      body(Int(theirs) - 1, Int32(bitPattern: own &- 1))
    }
  }

  /// Counts the occurrences of terms in a text.
  ///
  /// - Parameters:
  ///   - text: a number that rises from text to text, from 0.
  ///   - entries: the text's terms so far, each once.
  @inline(never)
  mutating func count(
    _ batch: inout TermBatch, inText text: Int32, _ entries: inout GrowingBuffer<TermEntry>
  ) {
    batch.touch(slots.base, count: slots.count)
    textsRead = Int(text) + 1
    entries.reserve(batch.count)
    let target = entries.base
    var count = entries.count
    // Kept at hand; only adding a term may move the slots.
    var (base, mask) = (slots.base, slots.count &- 1)
    for index in 0..<batch.count {
      let term = batch.terms + index
      var found = base + Int(truncatingIfNeeded: term.pointee.key.hash) & mask
      if !found.pointee.holds(term) {
        let slot = slot(of: term)
        (base, mask) = (slots.base, slots.count &- 1)
        found = base + slot
      }
      // Whether a term is the text's first of its kind cannot be foreseen, so nothing branches on it:
      // all bits of `isKnown` are set where the text had it before.
      let isKnown = 0 &- Int(truncatingIfNeeded: found.pointee.text == text ? 1 : 0)
      let place = count ^ ((count ^ Int(found.pointee.place)) & isKnown)
      let counted = target[place].count & Int32(truncatingIfNeeded: isKnown)
      target[place] = TermEntry(
        term: Int32(bitPattern: found.pointee.number &- 1), count: counted &+ 1)
      found.pointee.text = text
      found.pointee.place = Int32(truncatingIfNeeded: place)
      count &+= 1 &+ isKnown
    }
    entries.appendWritten(count - entries.count)
    batch.removeAll()
  }

  /// The slot that holds the term, which is added when it is new.
  @inline(never)
  private mutating func slot(of term: UnsafePointer<TermBatch.Term>) -> Int {
    let slot = slots.slot(of: term)
    return slots.base[slot].number == 0 ? add(term, slot) : slot
  }

  /// - Returns: the slot of the new term.
  @inline(never)
  private mutating func add(_ term: UnsafePointer<TermBatch.Term>, _ empty: Int) -> Int {
    bytes.append(term.pointee.bytes, count: term.pointee.length)
    ends.append(bytes.count)
    slots.base[empty] = TermSlot(term.pointee, number: count)
    count += 1
    guard slots.isFull(terms: count) else { return empty }
    growSlots()
    return slots.slot(of: term)
  }

  /// So many terms tell how many there will be.
  private static let representativeCount = 1 << 15
  /// The number of different terms rises as this power of the number of texts: 0.5 to 0.6 for words, more
  /// for pairs of words. Where it is too low the table grows once more.
  ///
  /// Source: Heaps, Information Retrieval: Computational and Theoretical Aspects (1978), section 7.5.
  private static let heapsExponent = 0.7
  /// A table grows by no more than this at a time.
  private static let largestGrowth = 4.0

  /// For how many terms the next slots are: clearing and filling a table at each doubling would cost as
  /// much as counting.
  private var expectedCount: Int {
    guard count >= Self.representativeCount, textsRead > 0, texts > textsRead else {
      return 2 * count
    }
    let growth = pow(Double(texts) / Double(textsRead), Self.heapsExponent)
    return Int(Double(count) * max(2, min(growth, Self.largestGrowth)))
  }

  private mutating func growSlots() {
    let larger = TermSlots(terms: expectedCount)
    for old in 0..<slots.count where slots.base[old].number != 0 {
      let entry = slots.base[old]
      // All terms differ, so the first empty slot is the term's.
      var slot = larger.home(entry.hash)
      while larger.base[slot].number != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger.base[slot] = entry
    }
    slots = larger
  }
}

/// The bytes of the terms of a `TermTable`.
struct TermPointers: @unchecked Sendable {
  private let bytes: UnsafePointer<UInt8>
  /// Where each term ends.
  private let ends: UnsafePointer<Int>

  init(bytes: UnsafePointer<UInt8>, ends: UnsafePointer<Int>) {
    (self.bytes, self.ends) = (bytes, ends)
  }

  @inline(__always)
  subscript(term: Int) -> UnsafeBufferPointer<UInt8> {
    let start = term == 0 ? 0 : ends[term &- 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[term] - start)
  }
}
