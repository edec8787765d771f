/// A 64-bit key of a word as the lexicon knows it: lower-case, Arabic without vowel signs and with one
/// form of alef and of final ya.
///
/// FNV-1a over the folded scalars; two words of a language with one key are not expected.
struct WordHash {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
  private(set) var isEmpty = true

  @inline(__always)
  mutating func add(_ scalar: UInt32) {
    guard let folded = Self.folded(scalar) else { return }
    value = (value ^ UInt64(folded)) &* 0x0000_0100_0000_01b3
    isEmpty = false
  }

  static func of(_ scalars: some Sequence<UInt32>) -> UInt64 {
    var hash = WordHash()
    for scalar in scalars { hash.add(scalar) }
    return hash.value
  }

  static func of(_ word: String) -> UInt64 { of(word.unicodeScalars.lazy.map(\.value)) }

  /// `nil` for scalars that do not tell words apart.
  @inline(__always)
  static func folded(_ scalar: UInt32) -> UInt32? {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    switch scalar {
    case 0xAD: return nil
    case 0xC0...0xD6, 0xD8...0xDE: return scalar + 0x20
    case 0x391...0x3A9, 0x410...0x42F: return scalar + 0x20
    case 0x2018, 0x2019: return 0x27
    case 0x2010, 0x2011: return 0x2D
    // Alef with hamza or madda; alef maqsura.
    case 0x622, 0x623, 0x625, 0x671: return 0x627
    case 0x649, 0x6CC: return 0x64A
    case 0x6A9: return 0x643
    // Tatweel and vowel signs, format characters.
    case 0x640, 0x610...0x61A, 0x64B...0x65F, 0x670, 0x200C...0x200F, 0x202A...0x202E,
      0x2060...0x2069:
      return nil
    default: return scalar
    }
  }
}
