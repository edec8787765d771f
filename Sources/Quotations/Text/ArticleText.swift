/// An article cut into scalars, paragraphs and tokens.
struct ArticleText {
  let scalars: [UInt32]
  private(set) var tokens: [Token] = []
  /// For each paragraph that has tokens, their range.
  private(set) var paragraphs: [Range<Int>] = []

  /// Cuts `text`; linear in its length.
  init(_ text: String, lexicon: Lexicon) {
    let scalars = UTF8Scalars.decoded(text)
    self.scalars = scalars
    tokens.reserveCapacity(scalars.count / 5 + 8)
    var tokenizer = Tokenizer(lexicon: lexicon)
    tokenizer.run(scalars, into: &tokens, paragraphs: &paragraphs)
  }

  func string(_ range: Range<Int>) -> String { UTF8Scalars.encoded(scalars[range]) }

  /// The scalars from the first token to the last.
  func range(_ tokens: Range<Int>) -> Range<Int> {
    guard !tokens.isEmpty else { return 0..<0 }
    return Int(self.tokens[tokens.lowerBound].start)..<Int(self.tokens[tokens.upperBound - 1].end)
  }
}
