/// A growing set of terms, numbered in the order in which they were first met.
///
/// Open addressing with linear probing over a power-of-two table at most half full; a slot holds
/// the upper half of the term's hash and its number plus one, so that most misses cost one read, and
/// a short term is recognized by its record alone.
struct TermTable: ~Copyable {
  private struct Record {
    /// The term's first eight bytes, zeros behind a shorter term.
    var head: UInt64
    var hash: UInt64
    var start: Int
    var length: Int
  }

  private(set) var count = 0
  private var bytes = ByteBuffer(capacity: 1 << 12)
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
    body(bytes.base + records[term].start, records[term].length)
  }

  /// Appends the bytes of `term`.
  func append(term: Int, to target: inout [UInt8]) {
    withTerm(term) { target.append(contentsOf: UnsafeBufferPointer(start: $0, count: $1)) }
  }

  /// The number of the term, which is added when it is new.
  @inline(__always)
  mutating func insert(_ term: UnsafePointer<UInt8>, count length: Int) -> Int {
    let hash = termHash(term, count: length)
    let head = termHead(term, count: length)
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ hash) >> 32 == 0 {
        let known = Int(entry & 0xFFFF_FFFF) - 1
        let record = records[known]
        if record.length == length, record.head == head,
          length <= 8 || equal(bytes.base + record.start + 8, term + 8, length - 8)
        {
          return known
        }
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    return add(term, Record(head: head, hash: hash, start: bytes.count, length: length), slot)
  }

  @inline(never)
  private mutating func add(
    _ term: UnsafePointer<UInt8>, _ record: Record, _ slot: Int
  ) -> Int {
    if count == capacity { growRecords() }
    bytes.append(term, count: record.length)
    let number = count
    records[number] = record
    slots[slot] = record.hash & ~0xFFFF_FFFF | UInt64(number + 1)
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
      let hash = records[number].hash
      var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
    }
  }
}

@inline(__always)
func equal(_ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var position = 0
  let left = UnsafeRawPointer(a)
  let right = UnsafeRawPointer(b)
  while position + 8 <= count {
    if left.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      != right.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    {
      return false
    }
    position += 8
  }
  while position < count {
    if a[position] != b[position] { return false }
    position += 1
  }
  return true
}
