internal import CTextBytes

/// Cuts texts that are nothing but ASCII words and what separates them: most of the texts of many
/// languages. The bounds of tokens are where a mask of their bytes changes.
enum ASCIIWords {
  /// As many bounds are written at a time, so that nothing branches on how many there are.
  private static let boundsAtOnce = 8
  /// The room that must be reserved beyond one place a byte.
  static let sparePlaces = boundsAtOnce / 2

  /// Appends the tokens of a text, for which there is room for a place a byte and the spare ones in
  /// `places`.
  ///
  /// - Parameter text: sixteen bytes past its end must be readable.
  /// - Returns: `false`, and no tokens, where there is a byte that may be more than part of a word or
  ///   a separator: one that is not ASCII, `#` or `@`.
  static func cut(
    _ text: UnsafePointer<UInt8>, count: Int, joinsApostrophes: Bool,
    into places: inout GrowingBuffer<TokenPlace>
  ) -> Bool {
    // A place is a start and an end, and so are two changes of the mask.
    let bounds = UnsafeMutableRawPointer(places.base + places.count)
      .assumingMemoryBound(to: Int32.self)
    var boundCount = 0
    /// Whether the last byte before the block was part of a word by itself, and of a token.
    var (wordCarry, tokenCarry): (UInt64, UInt64) = (0, 0)
    for start in stride(from: 0, to: count, by: 64) {
      let masks = byte_masks(text + start, count &- start)
      guard masks.special == 0 else { return false }
      let words = masks.words
      var tokens = words
      if joinsApostrophes, masks.apostrophes != 0 {
        let next = start &+ 64
        let follows: UInt64 = next < count ? byte_masks(text + next, 1).words : 0
        tokens |=
          masks.apostrophes & (words &<< 1 | wordCarry) & (words &>> 1 | follows &<< 63)
      }
      var changes = tokens ^ (tokens &<< 1 | tokenCarry)
      var written = boundCount
      boundCount &+= changes.nonzeroBitCount
      while written < boundCount {
        for place in written..<written &+ boundsAtOnce {
          bounds[place] = Int32(truncatingIfNeeded: start &+ changes.trailingZeroBitCount)
          changes &= changes &- 1
        }
        written &+= boundsAtOnce
      }
      (wordCarry, tokenCarry) = (words &>> 63, tokens &>> 63)
    }
    if boundCount & 1 == 1 {
      bounds[boundCount] = Int32(truncatingIfNeeded: count)
      boundCount &+= 1
    }
    places.appendWritten(boundCount / 2)
    return true
  }
}
