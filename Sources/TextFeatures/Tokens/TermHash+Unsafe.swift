internal import CTextBytes

/// What tells a term from others, together with its length: all bytes of a term of up to sixteen, and of
/// a longer one its first eight and a hash.
///
/// Two of ten million longer terms are taken for the same, if they also begin and are long alike, with a
/// probability of about 10^14 / 2^65 = 3·10^-6 at most, as far as the hash is as good as random.
struct TermKey: BitwiseCopyable {
  /// The first eight bytes, zeros behind a shorter term.
  let low: UInt64
  /// The next eight bytes; of a longer term `hash`.
  let high: UInt64
  /// A hash of all bytes and their number.
  let hash: UInt64

  static let inlineLength = 16

  /// Reads the term at `bytes`; sixteen bytes must be readable.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, count: Int) {
    let leading = leading_bytes(bytes, count)
    low = UInt64(littleEndian: leading.low)
    let next = UInt64(littleEndian: leading.high)
    let short = TermKey.hash(low, next, count)
    if count > Self.inlineLength {
      hash = TermKey.extend(short, UnsafeRawPointer(bytes), count)
      high = hash
    } else {
      (hash, high) = (short, next)
    }
  }

  /// The `hash` of a term of `count` bytes whose key has these two parts.
  @inline(__always)
  static func hash(low: UInt64, high: UInt64, count: Int) -> UInt64 {
    count > inlineLength ? high : hash(low, high, count)
  }

  /// That of the first sixteen bytes, and of the number of all.
  @inline(__always)
  private static func hash(_ first: UInt64, _ next: UInt64, _ count: Int) -> UInt64 {
    let length = UInt64(truncatingIfNeeded: count) &* 0xA076_1D64_78BD_642F
    return fold(first ^ 0xE703_7ED1_A0B4_28DB, next ^ length)
  }

  @inline(never)
  private static func extend(_ start: UInt64, _ raw: UnsafeRawPointer, _ count: Int) -> UInt64 {
    var hash = start
    // The last eight bytes may overlap what is hashed already; nothing behind the term is read.
    for position in stride(from: inlineLength, to: count - 8, by: 8) {
      hash = fold(hash, raw.loadUnaligned(fromByteOffset: position, as: UInt64.self).littleEndian)
    }
    let last = raw.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self).littleEndian
    return fold(hash ^ 0x8EBC_6AF0_9C88_C6E3, last)
  }
}

/// Both halves of a 128-bit product, one upon the other (after wyhash, Wang Yi 2019).
@inline(__always)
private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = (a ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: b ^ 0x5899_65CC_7537_4CC3)
  return product.high ^ product.low
}

/// Whether two runs of `count` bytes are the same.
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
