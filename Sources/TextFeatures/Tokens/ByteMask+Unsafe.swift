internal import CTextBytes

/// One bit for each byte of a text, 64 to a word: which bytes begin or continue something.
struct ByteMask: ~Copyable {
  private var words: UnsafeMutablePointer<UInt64>
  private var capacity: Int
  /// The number of bytes that the mask describes.
  private var count = 0

  init() {
    capacity = 16
    words = .allocate(capacity: capacity)
  }

  deinit { words.deallocate() }

  /// Whether the bit of a position is set.
  @inline(__always)
  func contains(_ position: Int) -> Bool {
    words[position >> 6] >> UInt64(position & 63) & 1 != 0
  }

  /// Makes two masks of one text: of the bytes of ASCII words, and of all bytes that begin something
  /// or have to be looked at, which are all where `keepsAll`. Sixteen bytes behind the text must be
  /// readable.
  static func describe(
    _ text: UnsafePointer<UInt8>, count: Int, keepsAll: Bool, in words: inout ByteMask,
    _ candidates: inout ByteMask
  ) {
    let needed = count / 64 + 1
    words.prepare(count, needed)
    candidates.prepare(count, needed)
    for index in 0..<needed {
      let masks = byte_masks(text + index * 64, count - index * 64)
      words.words[index] = masks.words
      candidates.words[index] = keepsAll ? ~0 : masks.words | masks.special
    }
  }

  @inline(__always)
  private mutating func prepare(_ count: Int, _ needed: Int) {
    self.count = count
    if needed > capacity { grow(needed) }
  }

  /// The first position from `start` on whose bit is set, `count` where there is none.
  @inline(__always)
  func next(from start: Int) -> Int {
    guard start < count else { return count }
    var index = start >> 6
    var bits = words[index] & ((~0 as UInt64) << UInt64(start & 63))
    while bits == 0 {
      index += 1
      if index << 6 >= count { return count }
      bits = words[index]
    }
    return index << 6 + bits.trailingZeroBitCount
  }

  /// The first position from `start` on whose bit is not set.
  @inline(__always)
  func end(from start: Int) -> Int {
    guard start < count else { return count }
    var index = start >> 6
    var bits = ~words[index] & ((~0 as UInt64) << UInt64(start & 63))
    while bits == 0 {
      index += 1
      if index << 6 >= count { return count }
      bits = ~words[index]
    }
    return min(count, index << 6 + bits.trailingZeroBitCount)
  }

  @inline(never)
  private mutating func grow(_ minimum: Int) {
    words.deallocate()
    capacity = max(minimum, capacity * 2)
    words = .allocate(capacity: capacity)
  }
}
