/// A growing set of terms, numbered in the order in which they were first met, and their counts in
/// one text after another.
struct TermTable: ~Copyable {
  private(set) var count = 0
  /// All terms, one after another.
  private var bytes = ByteBuffer(capacity: 1 << 12)
  /// Where each term ends in `bytes`.
  private var ends = GrowingBuffer<Int>()
  private var slots = TermSlots(terms: 1 << 10)

  /// The bytes of the terms, one after another.
  var byteCount: Int { bytes.count }

  /// Calls `body` with the bytes of `term`.
  @inline(__always)
  func withTerm<Result>(
    _ term: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    let start = start(of: term)
    return body(bytes.base + start, ends[term] - start)
  }

  /// Calls `body` with the number of each term of a batch, which is added when it is new, and empties
  /// the batch.
  mutating func insert(_ batch: inout TermBatch, _ body: (Int) -> Void) {
    batch.touch(slots)
    for index in 0..<batch.count {
      let slot = slot(of: batch.terms + index)
      body(Int(slots.base[slot].number) - 1)
    }
    batch.removeAll()
  }

  /// Calls `body` with the number of each term of a batch, -1 for one that is not there, and empties the
  /// batch. Several threads may do so at once.
  func find(_ batch: inout TermBatch, _ body: (Int32) -> Void) {
    batch.touch(slots)
    for index in 0..<batch.count {
      let slot = slots.slot(of: batch.terms + index) { isEqual($0, batch.terms + index) }
      body(Int32(bitPattern: slots.base[slot].number &- 1))
    }
    batch.removeAll()
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
    batch.touch(slots)
    entries.reserve(batch.count)
    let target = entries.base
    var count = entries.count
    for index in 0..<batch.count {
      // Adding a term may move the slots, so where they are is asked afterwards.
      let slot = slot(of: batch.terms + index)
      let found = slots.base + slot
      // Whether a term is the text's first of its kind cannot be foreseen, so nothing branches on it.
      let isNew = found.pointee.text != text
      let place = isNew ? count : Int(found.pointee.place)
      let fresh = TermEntry(
        term: Int32(truncatingIfNeeded: Int(found.pointee.number) &- 1), count: 0)
      var entry = isNew ? fresh : target[place]
      entry.countAnother()
      target[place] = entry
      found.pointee.text = text
      found.pointee.place = Int32(truncatingIfNeeded: place)
      count &+= isNew ? 1 : 0
    }
    entries.appendWritten(count - entries.count)
    batch.removeAll()
  }

  /// The slot that holds the term, which is added when it is new.
  @inline(__always)
  private mutating func slot(of term: UnsafePointer<TermBatch.Term>) -> Int {
    let slot = slots.slot(of: term) { isEqual($0, term) }
    return slots.base[slot].number == 0 ? add(term, slot) : slot
  }

  @inline(__always)
  private func start(of term: Int) -> Int { term == 0 ? 0 : ends[term - 1] }

  /// Whether a term longer than a slot holds is the known one of the same length.
  @inline(never)
  private func isEqual(_ known: Int, _ term: UnsafePointer<TermBatch.Term>) -> Bool {
    equal(bytes.base + start(of: known), term.pointee.bytes, term.pointee.length)
  }

  /// - Returns: the slot of the new term.
  @inline(never)
  private mutating func add(_ term: UnsafePointer<TermBatch.Term>, _ empty: Int) -> Int {
    let (key, length) = (term.pointee.key, term.pointee.length)
    bytes.append(term.pointee.bytes, count: length)
    ends.append(bytes.count)
    count += 1
    slots.base[empty] = TermSlot(
      low: key.low, high: key.high, number: UInt32(count),
      length: UInt32(truncatingIfNeeded: length), text: -1, place: 0)
    guard slots.isFull(terms: count) else { return empty }
    growSlots()
    return slots.slot(of: term) { isEqual($0, term) }
  }

  private mutating func growSlots() {
    let larger = TermSlots(terms: count * 2)
    for old in 0..<slots.count where slots.base[old].number != 0 {
      let entry = slots.base[old]
      let hash = withTerm(Int(entry.number) - 1) { TermKey($0, count: $1).hash }
      // All terms differ, so the first empty slot is the term's.
      var slot = larger.home(hash)
      while larger.base[slot].number != 0 { slot = (slot + 1) & (larger.count - 1) }
      larger.base[slot] = entry
    }
    slots = larger
  }
}
