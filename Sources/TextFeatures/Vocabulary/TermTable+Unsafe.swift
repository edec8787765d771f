/// A growing set of terms, numbered in the order in which they were first met.
///
/// Open addressing with linear probing over a power-of-two table at most half full; a slot holds
/// the upper half of the term's hash and its number plus one, so that most misses cost one read.
struct TermTable: ~Copyable {
  private(set) var count = 0
  private var bytes = ByteBuffer(capacity: 1 << 12)
  private var offsets: UnsafeMutablePointer<Int>
  private var hashes: UnsafeMutablePointer<UInt64>
  private var termCapacity: Int
  private var slots: UnsafeMutablePointer<UInt64>
  private var slotCount: Int

  init() {
    termCapacity = 1 << 10
    slotCount = 1 << 11
    offsets = .allocate(capacity: termCapacity + 1)
    offsets[0] = 0
    hashes = .allocate(capacity: termCapacity)
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
  }

  deinit {
    offsets.deallocate()
    hashes.deallocate()
    slots.deallocate()
  }

  /// The bytes of the terms, one after another.
  var byteCount: Int { bytes.count }

  /// Calls `body` with the bytes of `term`.
  @inline(__always)
  func withTerm<Result>(
    _ term: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result
  ) -> Result {
    body(bytes.base + offsets[term], offsets[term + 1] - offsets[term])
  }

  /// The number of the term, which is added when it is new.
  @inline(__always)
  mutating func insert(_ term: UnsafePointer<UInt8>, count length: Int) -> Int {
    let hash = termHash(term, count: length)
    var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ hash) >> 32 == 0 {
        let known = Int(entry & 0xFFFF_FFFF) - 1
        let start = offsets[known]
        if offsets[known + 1] - start == length, equal(bytes.base + start, term, length) {
          return known
        }
      }
      slot = (slot + 1) & (slotCount - 1)
    }
    return add(term, length, hash, slot)
  }

  @inline(never)
  private mutating func add(
    _ term: UnsafePointer<UInt8>, _ length: Int, _ hash: UInt64, _ slot: Int
  ) -> Int {
    if count == termCapacity { growTerms() }
    bytes.append(term, count: length)
    let number = count
    hashes[number] = hash
    offsets[number + 1] = bytes.count
    slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
    count += 1
    if count * 2 > slotCount { growSlots() }
    return number
  }

  private mutating func growTerms() {
    let larger = termCapacity * 2
    let newOffsets = UnsafeMutablePointer<Int>.allocate(capacity: larger + 1)
    newOffsets.update(from: offsets, count: count + 1)
    let newHashes = UnsafeMutablePointer<UInt64>.allocate(capacity: larger)
    newHashes.update(from: hashes, count: count)
    offsets.deallocate()
    hashes.deallocate()
    (offsets, hashes, termCapacity) = (newOffsets, newHashes, larger)
  }

  private mutating func growSlots() {
    slots.deallocate()
    slotCount *= 4
    slots = .allocate(capacity: slotCount)
    slots.initialize(repeating: 0, count: slotCount)
    for number in 0..<count {
      var slot = Int(truncatingIfNeeded: hashes[number]) & (slotCount - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slotCount - 1) }
      slots[slot] = hashes[number] & ~0xFFFF_FFFF | UInt64(number + 1)
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
