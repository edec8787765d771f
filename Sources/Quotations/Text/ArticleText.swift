/// An article cut into scalars, paragraphs and tokens.
struct ArticleText {
  let scalars: [UInt32]
  private(set) var tokens: [Token] = []
  /// For each paragraph that has tokens, their range.
  private(set) var paragraphs: [Range<Int>] = []

  /// Cuts `text`; linear in its length.
  init(_ text: String, lexicon: Lexicon) {
    var scalars: [UInt32] = []
    scalars.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars { scalars.append(scalar.value) }
    self.scalars = scalars
    tokens.reserveCapacity(scalars.count / 5 + 8)
    var tokenizer = Tokenizer(lexicon: lexicon)
    tokenizer.run(scalars, into: &tokens, paragraphs: &paragraphs)
  }

  func string(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for value in scalars[range] {
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  /// The scalars from the first token to the last.
  func range(_ tokens: Range<Int>) -> Range<Int> {
    guard !tokens.isEmpty else { return 0..<0 }
    return Int(self.tokens[tokens.lowerBound].start)..<Int(self.tokens[tokens.upperBound - 1].end)
  }
}
