/// Cuts texts that are nothing but ASCII words and what separates them: most of the texts of many
/// languages. The bounds of tokens are where a mask of their bytes changes.
enum ASCIIWords {
  /// Appends the tokens of a text, which fit the room reserved in `places`.
  ///
  /// - Parameter text: eight bytes past its end must be readable.
  /// - Returns: `false`, and no tokens, where there is a byte that may be more than part of a word or
  ///   a separator: one that is not ASCII, `#` or `@`.
  static func cut(
    _ text: UnsafePointer<UInt8>, count: Int, joinsApostrophes: Bool,
    into places: inout GrowingBuffer<TokenPlace>
  ) -> Bool {
    let raw = UnsafeRawPointer(text)
    // A place is a start and an end, and so are two changes of the mask.
    let bounds = UnsafeMutableRawPointer(places.base + places.count)
    var boundCount = 0
    /// Whether the last byte before the block was part of a word by itself, and of a token.
    var (wordCarry, tokenCarry): (UInt64, UInt64) = (0, 0)
    for start in stride(from: 0, to: count, by: 64) {
      var (words, apostrophes, special): (UInt64, UInt64, UInt64) = (0, 0, 0)
      for position in stride(from: start, to: min(start &+ 64, count), by: 8) {
        var word = UInt64(
          littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
        if position &+ 8 > count {
          word &= ~0 &>> (UInt64(truncatingIfNeeded: position &+ 8 &- count) &* 8)
        }
        let shift = UInt64(truncatingIfNeeded: position &- start)
        special |= specialFlags(word, repeatedHash, repeatedAt)
        words |= ByteMask.gathered(asciiWordFlags(word)) &<< shift
        let flags = apostropheFlags(word)
        if flags != 0 { apostrophes |= ByteMask.gathered(flags) &<< shift }
      }
      guard special == 0 else { return false }
      var tokens = words
      if joinsApostrophes, apostrophes != 0 {
        let next = start &+ 64
        let follows =
          next < count && asciiWordFlags(UInt64(text[next])) & 0x80 != 0 ? 1 as UInt64 : 0
        tokens |= apostrophes & (words &<< 1 | wordCarry) & (words &>> 1 | follows &<< 63)
      }
      var changes = tokens ^ (tokens &<< 1 | tokenCarry)
      while changes != 0 {
        bounds.storeBytes(
          of: Int32(truncatingIfNeeded: start &+ changes.trailingZeroBitCount),
          toByteOffset: boundCount &* 4, as: Int32.self)
        boundCount &+= 1
        changes &= changes &- 1
      }
      (wordCarry, tokenCarry) = (words &>> 63, tokens &>> 63)
    }
    if boundCount & 1 == 1 {
      bounds.storeBytes(
        of: Int32(truncatingIfNeeded: count), toByteOffset: boundCount &* 4, as: Int32.self)
      boundCount &+= 1
    }
    places.appendWritten(boundCount / 2)
    return true
  }

  private static let repeatedHash: UInt64 = 0x2323_2323_2323_2323
  private static let repeatedAt: UInt64 = 0x4040_4040_4040_4040

  /// The high bits of the bytes that are `'`, of ASCII.
  @inline(__always)
  private static func apostropheFlags(_ word: UInt64) -> UInt64 {
    ~((word ^ 0x2727_2727_2727_2727) &+ 0x7F7F_7F7F_7F7F_7F7F) & 0x8080_8080_8080_8080
  }
}
