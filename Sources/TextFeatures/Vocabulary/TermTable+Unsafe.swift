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

  /// Appends the bytes of `term`.
  func append(term: Int, to target: inout [UInt8]) {
    withTerm(term) { target.append(contentsOf: UnsafeBufferPointer(start: $0, count: $1)) }
  }

  /// The number of the term, which is added when it is new. Sixteen bytes must be readable.
  mutating func insert(_ term: UnsafePointer<UInt8>, count length: Int) -> Int {
    let slot = slot(
      of: TermBatch.Term(bytes: term, length: length, key: TermKey(term, count: length)))
    return Int(slots.base[slot].number) - 1
  }

  /// Counts the occurrences of terms in a text.
  ///
  /// - Parameters:
  ///   - text: a number that rises from text to text, from 0.
  ///   - entries: the text's terms so far, each once.
  mutating func count(
    _ batch: inout TermBatch, inText text: Int32, _ entries: inout GrowingBuffer<TermEntry>
  ) {
    batch.touch(slots)
    entries.reserve(batch.count)
    for index in 0..<batch.count {
      let slot = slot(of: batch.terms[index])
      let found = slots.base + slot
      if found.pointee.text == text {
        entries.base[Int(found.pointee.place)].countAnother()
      } else {
        found.pointee.text = text
        found.pointee.place = Int32(truncatingIfNeeded: entries.count)
        entries.appendReserved(
          TermEntry(term: Int32(truncatingIfNeeded: Int(found.pointee.number) - 1), count: 1))
      }
    }
    batch.removeAll()
  }

  /// The slot that holds the term, which is added when it is new.
  @inline(__always)
  private mutating func slot(of term: TermBatch.Term) -> Int {
    let slot = slots.slot(of: term.key, length: term.length) { isEqual($0, term) }
    return slots.base[slot].number == 0 ? add(term, slot) : slot
  }

  @inline(__always)
  private func start(of term: Int) -> Int { term == 0 ? 0 : ends[term - 1] }

  /// Whether a term longer than a slot holds is the known one of the same length.
  @inline(never)
  private func isEqual(_ known: Int, _ term: TermBatch.Term) -> Bool {
    equal(bytes.base + start(of: known), term.bytes, term.length)
  }

  /// - Returns: the slot of the new term.
  @inline(never)
  private mutating func add(_ term: TermBatch.Term, _ empty: Int) -> Int {
    bytes.append(term.bytes, count: term.length)
    ends.append(bytes.count)
    count += 1
    slots.base[empty] = TermSlot(
      low: term.key.low, high: term.key.high, number: UInt32(count),
      length: UInt32(truncatingIfNeeded: term.length), text: -1, place: 0)
    guard slots.isFull(terms: count) else { return empty }
    growSlots()
    return slots.slot(of: term.key, length: term.length) { isEqual($0, term) }
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
