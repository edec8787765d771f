/// A word or a sign of the article.
struct Token {
  enum Kind: UInt8 {
    case word, number
    /// A quotation mark, or an apostrophe that stands alone.
    case mark
    case comma, period, question, exclamation, colon, semicolon, dash, opening, closing, ellipsis
    case bullet, other
  }

  /// Offsets into the article's scalars, half-open.
  var start: Int32
  var end: Int32
  var kind: Kind
  /// Whether the word starts with a capital letter.
  var isCapitalized = false
  /// Whether it has letters of the Arabic script.
  var isArabic = false
  /// Whether white space or the paragraph's edge stands before it, or after it.
  var hasSpaceBefore = false
  var hasSpaceAfter = false
  /// The letter that was taken off an Arabic word to find it in the lexicon: و, ف, س, ب, ل; 0 for none.
  var proclitic: UInt32 = 0
  /// The word's key in the lexicon.
  var hash: UInt64 = 0
  var classes: WordClass = []
  /// The index of the word's readings as a verb in the lexicon; -1 for none.
  var verb: Int32 = -1

  var range: Range<Int> { Int(start)..<Int(end) }

  @inline(__always)
  func isAny(_ classes: WordClass) -> Bool { !self.classes.isDisjoint(with: classes) }

  var endsSentence: Bool { kind == .period || kind == .question || kind == .exclamation }
}
