/// A growing set of terms, numbered in the order in which they were first met, and their counts in
/// one text after another.
///
/// Open addressing with linear probing over a power-of-two table at most half full. A slot holds the
/// upper half of the term's hash and its number plus one, so that most misses cost one read; a
/// record holds a short term whole, and where it stands in the current text.
struct TermTable: ~Copyable {
  private struct Record {
    /// The first eight bytes.
    var low: UInt64
    /// The next eight bytes; of a term longer than sixteen, where it starts in `bytes`.
    var high: UInt64
    var length: Int
    /// The last text that contained the term, and where among that text's entries.
    var text: Int32
    var place: Int32
  }

  private(set) var count = 0
  /// All terms, one after another.
  private var bytes = ByteBuffer(capacity: 1 << 12)
  private var starts = GrowingBuffer<Int>()
  private var records: UnsafeMutablePointer<Record>
  private var capacity = 1 << 10
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotCount = 1 << 11

  init() {
    records = .allocate(capacity: capacity)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
  }

  deinit {
    records.deallocate()
    slots.deallocate()
  }

  /// The bytes of the terms, one after another.
  var byteCount: Int { bytes.count }

  /// Calls `body` with the bytes of `term`.
  @inline(__always)
  func withTerm<Result>(
    _ term: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    body(bytes.base + starts[term], records[term].length)
  }

  /// Appends the bytes of `term`.
  func append(term: Int, to target: inout [UInt8]) {
    withTerm(term) { target.append(contentsOf: UnsafeBufferPointer(start: $0, count: $1)) }
  }

  /// The number of the term, which is added when it is new. Sixteen bytes must be readable.
  @inline(__always)
  mutating func insert(_ term: UnsafePointer<UInt8>, count length: Int) -> Int {
    let key = TermKey(term, count: length)
    var slot = Int(truncatingIfNeeded: key.hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ key.hash) >> 32 == 0 {
        let known = Int(entry & 0xFFFF_FFFF) - 1
        if isEqual(known, key, term, length) { return known }
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    return add(term, key, length, slot)
  }

  /// Counts one occurrence of a term in a text.
  ///
  /// - Parameters:
  ///   - text: a number that rises from text to text, from 0.
  ///   - entries: the text's terms so far, each once.
  @inline(__always)
  mutating func count(
    _ term: UnsafePointer<UInt8>, count length: Int, inText text: Int32,
    _ entries: inout GrowingBuffer<TermEntry>
  ) {
    let number = insert(term, count: length)
    if records[number].text == text {
      entries.base[Int(records[number].place)].countAnother()
    } else {
      records[number].text = text
      records[number].place = Int32(truncatingIfNeeded: entries.count)
      entries.append(TermEntry(term: Int32(truncatingIfNeeded: number), count: 1))
    }
  }

  @inline(__always)
  private func isEqual(
    _ known: Int, _ key: TermKey, _ term: UnsafePointer<UInt8>, _ length: Int
  ) -> Bool {
    let record = records[known]
    guard record.length == length, record.low == key.low else { return false }
    if length <= TermKey.inlineLength { return record.high == key.high }
    return equal(bytes.base + Int(record.high) + 8, term + 8, length - 8)
  }

  @inline(never)
  private mutating func add(
    _ term: UnsafePointer<UInt8>, _ key: TermKey, _ length: Int, _ slot: Int
  ) -> Int {
    if count == capacity { growRecords() }
    let start = bytes.count
    bytes.append(term, count: length)
    starts.append(start)
    let number = count
    records[number] = Record(
      low: key.low, high: length <= TermKey.inlineLength ? key.high : UInt64(start),
      length: length, text: -1, place: 0)
    slots[slot] = key.hash & ~0xFFFF_FFFF | UInt64(number + 1)
    count += 1
    if count * 2 > slotCount { growSlots() }
    return number
  }

  private mutating func growRecords() {
    let moved = UnsafeMutablePointer<Record>.allocate(capacity: capacity * 2)
    moved.update(from: records, count: count)
    records.deallocate()
    (records, capacity) = (moved, capacity * 2)
  }

  private mutating func growSlots() {
    slots.deallocate()
    slotCount *= 4
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for number in 0..<count {
      let hash = withTerm(number) { TermKey($0, count: $1).hash }
      var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
    }
  }
}
