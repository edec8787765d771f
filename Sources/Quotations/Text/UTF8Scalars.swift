/// Between strings and arrays of Unicode scalars, faster than by way of `UnicodeScalarView`.
enum UTF8Scalars {
  /// The scalars of a string, which is valid UTF-8 as every string is.
  static func decoded(_ text: String) -> [UInt32] {
    let bytes = Array(text.utf8)
    var scalars: [UInt32] = []
    scalars.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let first = UInt32(bytes[index])
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      // The bits of the first byte, then six of each byte that follows.
      var scalar = length == 1 ? first : first & (0xFF >> UInt32(length + 1))
      var next = index + 1
      let end = min(index + length, bytes.count)
      while next < end {
        scalar = scalar << 6 | UInt32(bytes[next] & 0x3F)
        next += 1
      }
      scalars.append(scalar)
      index = end
    }
    return scalars
  }

  static func encoded(_ scalars: ArraySlice<UInt32>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(scalars.count * 2)
    for scalar in scalars {
      switch scalar {
      case 0..<0x80: bytes.append(UInt8(truncatingIfNeeded: scalar))
      case 0x80..<0x800:
        bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      case 0x800..<0x10000:
        bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      default:
        bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
        bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
