/// A 64-bit hash of a term's bytes: eight at a time, each folded by a 128-bit product
/// (after wyhash, Wang Yi 2019). Eight bytes past the end must be readable.
@inline(__always)
func termHash(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
  let raw = UnsafeRawPointer(bytes)
  var hash = UInt64(truncatingIfNeeded: count) &* 0xA076_1D64_78BD_642F
  var position = 0
  while position + 8 <= count {
    let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
    hash = fold(hash ^ word, 0xE703_7ED1_A0B4_28DB)
    position += 8
  }
  if position < count {
    let word = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    let mask = (1 as UInt64) << UInt64((count - position) * 8) &- 1
    hash = fold(hash ^ (word & mask), 0xE703_7ED1_A0B4_28DB)
  }
  return fold(hash, 0x8EBC_6AF0_9C88_C6E3)
}

/// A term's first eight bytes, zeros behind a shorter one. Eight bytes must be readable.
@inline(__always)
func termHead(_ bytes: UnsafePointer<UInt8>, count: Int) -> UInt64 {
  let word = UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  return count >= 8 ? word : word & ((1 as UInt64) << UInt64(count * 8) &- 1)
}

@inline(__always)
private func fold(_ a: UInt64, _ b: UInt64) -> UInt64 {
  let product = (a ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: b)
  return product.high ^ product.low
}
