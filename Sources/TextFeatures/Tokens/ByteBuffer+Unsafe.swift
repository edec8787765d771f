/// A growing run of bytes that is reused from text to text.
///
/// Sixteen bytes may always be read past `count`, so that terms can be hashed and copied several
/// bytes at a time.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var capacity: Int
  var count = 0

  private static let slack = 16

  init(capacity: Int = 1024) {
    self.capacity = capacity
    base = .allocate(capacity: capacity + Self.slack)
  }

  deinit { base.deallocate() }

  /// Makes room for `additional` more bytes.
  @inline(__always)
  mutating func reserve(_ additional: Int) {
    if count + additional > capacity { grow(count + additional) }
  }

  @inline(never)
  private mutating func grow(_ minimum: Int) {
    let larger = max(minimum, capacity * 2)
    let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.slack)
    moved.update(from: base, count: count)
    base.deallocate()
    base = moved
    capacity = larger
  }

  /// Appends one byte; the caller has reserved the room.
  @inline(__always)
  mutating func appendReserved(_ byte: UInt8) {
    base[count] = byte
    count += 1
  }

  /// Appends a few bytes, sixteen at a time: beyond `added` bytes, as many as make sixteen must be
  /// readable, and the caller has reserved room for them.
  @inline(__always)
  mutating func appendReserved(_ bytes: UnsafePointer<UInt8>, count added: Int) {
    let source = UnsafeRawPointer(bytes)
    let target = UnsafeMutableRawPointer(base + count)
    var position = 0
    repeat {
      let sixteen = source.loadUnaligned(fromByteOffset: position, as: SIMD2<UInt64>.self)
      target.storeBytes(of: sixteen, toByteOffset: position, as: SIMD2<UInt64>.self)
      position += 16
    } while position < added
    count += added
  }

  @inline(__always)
  mutating func append(_ bytes: UnsafePointer<UInt8>, count added: Int) {
    reserve(added)
    (base + count).update(from: bytes, count: added)
    count += added
  }

  /// Appends a scalar's UTF-8; the caller has reserved four bytes.
  @inline(__always)
  mutating func appendReserved(scalar: UInt32) {
    let end = base + count
    if scalar < 0x80 {
      end[0] = UInt8(truncatingIfNeeded: scalar)
      count += 1
    } else if scalar < 0x800 {
      end[0] = UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6)
      end[1] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      count += 2
    } else if scalar < 0x10000 {
      end[0] = UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12)
      end[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      end[2] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      count += 3
    } else {
      end[0] = UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18)
      end[1] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F)
      end[2] = UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F)
      end[3] = UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F)
      count += 4
    }
  }
}

/// The scalar that starts at `bytes`, which is valid UTF-8, and its length in bytes.
@inline(__always)
func decodeScalar(_ bytes: UnsafePointer<UInt8>) -> (scalar: UInt32, length: Int) {
  let first = UInt32(bytes[0])
  if first < 0x80 { return (first, 1) }
  let second = UInt32(bytes[1] & 0x3F)
  if first < 0xE0 { return ((first & 0x1F) << 6 | second, 2) }
  let third = UInt32(bytes[2] & 0x3F)
  if first < 0xF0 { return ((first & 0x0F) << 12 | second << 6 | third, 3) }
  return ((first & 0x07) << 18 | second << 12 | third << 6 | UInt32(bytes[3] & 0x3F), 4)
}
