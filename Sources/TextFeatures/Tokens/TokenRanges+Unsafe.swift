/// The tokens of `text` under a recipe, with their places in the text as written.
public func tokens(of text: String, recipe: Recipe) -> [Token] {
  var scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
  return scanner.tokens(of: text)
}

extension TextScanner {
  /// The tokens of `text` with their places in it.
  package mutating func tokens(of text: String) -> [Token] {
    var rewriter = TextRewriter(normalizer.options.rewriting, recordsSources: true)
    var rewritten = rewriter?.rewritten(text) ?? text
    let found = rewritten.withUTF8 { tokens(of: $0) }
    guard let rewriter else { return found }
    return found.map { token in
      let start = Int(rewriter.sourceStarts[token.source.lowerBound])
      return Token(
        text: token.text, source: start..<Int(rewriter.sourceEnds[token.source.upperBound - 1]))
    }
  }

  private mutating func tokens(of text: UnsafeBufferPointer<UInt8>) -> [Token] {
    normalizer.recordsSources = true
    defer { normalizer.recordsSources = false }
    scan(text)
    return (0..<tokenizer.places.count).map { index in
      let place = tokenizer.places[index]
      let bytes = UnsafeBufferPointer(
        start: normalizer.output.base + Int(place.start), count: Int(place.end - place.start))
      let end = Int(place.end)
      let starts = normalizer.sourceStarts
      let limit = end < starts.count ? Int(starts[end]) : text.count
      return Token(
        text: String(decoding: bytes, as: UTF8.self),
        source: Int(
          starts[Int(place.start)])..<endOfMarks(
            text, from: Int(normalizer.sourceEnds[end - 1]), limit: limit))
    }
  }

  /// Where the removed marks end that follow a token at `start`: they belong to its last letter;
  /// removed format characters do not.
  private func endOfMarks(
    _ text: UnsafeBufferPointer<UInt8>, from start: Int, limit: Int
  ) -> Int {
    guard let bytes = text.baseAddress else { return start }
    var end = start
    while end < limit {
      let (scalar, length) = decodeScalar(bytes + end)
      let entry = normalizer.table.entry(of: scalar)
      guard entry.isRemoved, entry.scalarClass == ScalarClass.word.rawValue else { break }
      end += length
    }
    return end
  }
}
