/// Tells text whose lines were broken at a fixed width from text with one paragraph a line.
enum LineWrapping {
  /// Lines of wrapped text are at most this long.
  private static let maximumWidth = 100
  private static let minimumWidth = 40

  /// Whether blank lines separate the paragraphs and most other breaks come in the middle of a
  /// sentence, at lines of a similar length.
  static func isWrapped(_ scalars: [UInt32]) -> Bool {
    var lineStart = 0
    var blankLines = 0
    var continued = 0
    var stopped = 0
    var previousEndsOpen = false
    for index in 0...scalars.count {
      guard index == scalars.count || scalars[index] == 0x0A else { continue }
      let length = index - lineStart
      if length > maximumWidth { return false }
      if length <= 1 {
        blankLines += 1
        previousEndsOpen = false
      } else {
        if previousEndsOpen {
          if startsLower(scalars[lineStart]) { continued += 1 } else { stopped += 1 }
        }
        previousEndsOpen = length >= minimumWidth
      }
      lineStart = index + 1
    }
    return blankLines > 0 && continued >= 2 && continued * 2 > stopped
  }

  private static func startsLower(_ scalar: UInt32) -> Bool {
    scalar &- 0x61 < 26 || (scalar >= 0x620 && scalar < 0x650)
  }
}
