/// Bytes that stand for something else in an output format.
struct SpecialBytes {
  /// Whether all below a space are special too.
  let includesControls: Bool
  /// Up to two more, below 128.
  let first: UInt8
  let second: UInt8

  func contains(_ byte: UInt8) -> Bool {
    byte == first || byte == second || includesControls && byte < 0x20
  }

  /// Whether any of eight bytes may be special: never no where one is.
  ///
  /// A byte of x − 1 ∧ ¬x has its upper bit set where x is zero (Warren, Hacker's Delight, section
  /// 6-1); a borrow may set others above it.
  @inline(__always)
  func mayBeAmong(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let a = word ^ (ones &* UInt64(first))
    let b = word ^ (ones &* UInt64(second))
    var found = (a &- ones) & ~a | (b &- ones) & ~b
    if includesControls { found |= (word &- ones &* 0x20) & ~word }
    return found & (ones &* 0x80) != 0
  }
}

extension Array where Element == UInt8 {
  /// Appends a string's UTF-8 bytes and, instead of each special byte, what `replace` appends.
  ///
  /// The bytes between two special ones are copied at once.
  mutating func append(
    _ string: String, replacing special: SpecialBytes, by replace: (UInt8, inout [UInt8]) -> Void
  ) {
    var string = string
    string.withUTF8 { bytes in
      guard let base = UnsafeRawPointer(bytes.baseAddress) else { return }
      let count = bytes.count
      var (start, position) = (0, 0)
      while position < count {
        if position &+ 8 <= count,
          !special.mayBeAmong(base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        {
          position &+= 8
          continue
        }
        let end = Swift.min(position &+ 8, count)
        while position < end {
          if special.contains(bytes[position]) {
            append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<position]))
            replace(bytes[position], &self)
            start = position &+ 1
          }
          position &+= 1
        }
      }
      append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }
}
