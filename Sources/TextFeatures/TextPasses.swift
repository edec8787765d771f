/// The inner passes over texts by themselves, for measuring them.
package enum TextPasses {
  /// Normalizes and cuts all texts.
  ///
  /// - Returns: the number of tokens.
  package static func tokenize(_ texts: [String], _ recipe: Recipe) -> Int {
    var scanner = TextScanner(normalization: recipe.normalization, tokens: recipe.tokens)
    return texts.reduce(0) { sum, text in
      scanner.scan(text)
      return sum + scanner.tokenCount
    }
  }

  /// Cuts all texts and counts the n-grams of each.
  ///
  /// - Returns: the number of different n-grams.
  package static func count(
    _ texts: [String], _ block: FeatureBlock, _ range: ClosedRange<Int>, _ recipe: Recipe
  ) -> Int {
    CountedTexts(
      Texts(count: texts.count) { texts[$0] }, texts.indices, block, range, recipe
    ).termCount
  }

  /// Expresses all texts in a model's features.
  ///
  /// - Returns: the number of entries.
  package static func vectorize(_ texts: [String], _ extractor: FeatureExtractor) -> Int {
    var reader = FeatureReader(extractor)
    return texts.reduce(0) { $0 + reader.row(of: $1).columns.count }
  }
}
