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

  /// Makes two masks of one text, each by what `flags` says of eight bytes at a time: the high bit of
  /// each byte that is to be set. Up to eight bytes behind the text are read.
  @inline(__always)
  static func describe(
    _ text: UnsafePointer<UInt8>, count: Int, in first: inout ByteMask,
    _ second: inout ByteMask, _ flags: (UInt64) -> (UInt64, UInt64)
  ) {
    let needed = count / 64 + 1
    first.prepare(count, needed)
    second.prepare(count, needed)
    let raw = UnsafeRawPointer(text)
    var position = 0
    for index in 0..<needed {
      var (firstBits, secondBits): (UInt64, UInt64) = (0, 0)
      var shift: UInt64 = 0
      while shift < 64, position < count {
        let word = UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        let (firstFlags, secondFlags) = flags(word)
        firstBits |= gathered(firstFlags) &<< shift
        secondBits |= gathered(secondFlags) &<< shift
        shift &+= 8
        position &+= 8
      }
      first.words[index] = firstBits
      second.words[index] = secondBits
    }
    // What lies behind the end is not part of the text.
    let inside = (1 as UInt64) << UInt64(count % 64) &- 1
    first.words[needed - 1] &= inside
    second.words[needed - 1] &= inside
  }

  /// The high bits of eight bytes, in the low eight bits: multiplying gathers them at the top.
  @inline(__always)
  static func gathered(_ flags: UInt64) -> UInt64 {
    ((flags >> 7) &* 0x0102_0408_1020_4080) >> 56
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

/// The high bits of the bytes that are ASCII letters, digits or `_`.
@inline(__always)
func asciiWordFlags(_ word: UInt64) -> UInt64 {
  let high: UInt64 = 0x8080_8080_8080_8080
  let seven = word & ~high
  let lowered = seven | 0x2020_2020_2020_2020
  // x + (0x80 - low) has its high bit set from `low` on, x + (0x7F - top) above `top`.
  let letters = (lowered &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lowered &+ 0x0505_0505_0505_0505)
  let digits = (seven &+ 0x5050_5050_5050_5050) & ~(seven &+ 0x4646_4646_4646_4646)
  let underscores = ~((seven ^ 0x5F5F_5F5F_5F5F_5F5F) &+ 0x7F7F_7F7F_7F7F_7F7F)
  return (letters | digits | underscores) & ~word & high
}

/// The high bits of the bytes that are not ASCII, or that equal `first` or `second`.
@inline(__always)
func specialFlags(_ word: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
  let high: UInt64 = 0x8080_8080_8080_8080
  let seven = word & ~high
  let isFirst = ~((seven ^ first) &+ 0x7F7F_7F7F_7F7F_7F7F)
  let isSecond = ~((seven ^ second) &+ 0x7F7F_7F7F_7F7F_7F7F)
  return (word | isFirst | isSecond) & high
}
