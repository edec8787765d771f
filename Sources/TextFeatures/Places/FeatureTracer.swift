/// A text in a model's features, and its words as they were typed.
public struct TracedText: Sendable {
  public let row: FeatureRow
  /// Rising, without overlaps; everything but white space and invisible characters belongs to one.
  public let words: [TextWord]
}

/// Finds where a text has the features of its row; belongs to one thread.
///
/// A feature that a text has at k places gives 1/k to each of them. A place is a run of characters of
/// the normalized text, and each of its characters that belongs to a token gives an equal part of this
/// to its word; where none does, each that is not white space; and where all are the white space that
/// pads a word, that word gets all. So an n-gram over several words is divided by how many of its
/// characters lie in each, a stem or keyword goes to the words it was found in, and the shares of a
/// feature add up to 1. What columns say has no place.
public struct FeatureTracer: ~Copyable {
  private let extractor: FeatureExtractor
  private let matcher: KeywordMatcher?
  private var reader: FeatureReader
  private var scanner: TextScanner
  private var batch = TermBatch()
  private var words = TextWords([], places: [], runs: [], sources: [])
  private var sources: [Range<Int32>] = []
  private var row = FeatureRow()
  /// For each column its entry in the row; -1 for none.
  private var entries: [Int32]

  public init(_ extractor: FeatureExtractor) {
    self.extractor = extractor
    matcher = extractor.recipe.keywords.map(KeywordMatcher.init)
    reader = FeatureReader(extractor)
    scanner = TextScanner(
      normalization: extractor.recipe.normalization, tokens: extractor.recipe.tokens)
    entries = Array(repeating: -1, count: extractor.featureCount)
  }

  /// Reads a text, of which `forEachShare` and `forEachPlace` tell afterwards.
  ///
  /// - Parameter columns: as for ``FeatureReader/row(of:columns:)``.
  public mutating func read(_ text: String, columns: [String?] = []) -> TracedText {
    for column in row.columns { entries[Int(column)] = -1 }
    row = reader.row(of: text, columns: columns)
    for (entry, column) in row.columns.enumerated() { entries[Int(column)] = Int32(entry) }
    let tokens: [Token]
    (tokens, sources) = scanner.tokensAndSources(of: text)
    words = TextWords(
      tokens, places: scanner.tokenPlaces, runs: scanner.runs, sources: sources)
    return TracedText(row: row, words: words.words)
  }

  /// Calls `body` with parts of features of the text read last: the number of the feature's entry in
  /// the row, that of a word, and the word's share in it, above 0. A word may come several times.
  public mutating func forEachShare(_ body: (_ entry: Int, _ word: Int, _ share: Double) -> Void) {
    var counts = [Int](repeating: 0, count: row.columns.count)
    forEachTerm { entry, _, _ in counts[entry] += 1 }
    let words = words
    forEachTerm { entry, place, layout in
      words.divide(place, of: layout) { word, share in
        body(entry, word, share / Double(counts[entry]))
      }
    }
  }

  /// Calls `body` with each place at which the text read last has a feature of its row: the number of
  /// the feature's entry, and the bytes of the text.
  public mutating func forEachPlace(_ body: (_ entry: Int, _ source: Range<Int>) -> Void) {
    let (words, sources) = (words, sources)
    forEachTerm { entry, place, layout in
      let bytes = words.bytes(place, of: layout)
      guard let first = bytes.first else { return }
      var (start, end) = (sources[first].lowerBound, sources[first].upperBound)
      for byte in bytes.dropFirst() {
        (start, end) = (min(start, sources[byte].lowerBound), max(end, sources[byte].upperBound))
      }
      body(entry, Int(start)..<Int(end))
    }
  }

  /// Calls `body` with each known term of the text: its entry, and where it stands in the layout of its
  /// block.
  private mutating func forEachTerm(_ body: (Int, Range<Int>, TermLayout) -> Void) {
    var first = 0
    for block in extractor.blocks {
      let entries = entries[first..<first + block.vocabulary.count]
      func entry(_ term: Int) -> Int { Int(entries[entries.startIndex + term]) }
      if let nGrams = extractor.recipe[block.block] {
        let layout = scanner.layout(of: block.block, nGrams.range)
        scanner.forEachKnownTerm(
          block.block, nGrams.range, block.vocabulary, layout, &batch
        ) { body(entry($0), $1, layout) }
      } else if let matcher, block.block == .keywords {
        let layout = scanner.tokenLayout(1...matcher.longest)
        scanner.forEachKnownToken(1...matcher.longest, matcher.forms, layout, &batch) {
          for list in matcher.lists(ofForm: $0) { body(entry(Int(list)), $1, layout) }
        }
      }
      first += block.vocabulary.count
    }
  }
}

extension TextWords {
  /// The first bytes of the characters of a place, in the normalized text.
  fileprivate func bytes(_ place: Range<Int>, of layout: TermLayout) -> [Int] {
    let bytes = place.compactMap { byte in
      layout.places[byte] == TermLayout.nothing ? nil : Int(layout.places[byte])
    }
    if !bytes.isEmpty { return bytes }
    // Nothing but padding: the word that it pads stands right behind it, or before.
    var padded = place.upperBound < layout.places.count ? layout.places[place.upperBound] : -1
    if padded == TermLayout.nothing {
      padded = layout.places[..<place.lowerBound].last { $0 != TermLayout.nothing } ?? -1
    }
    return padded == TermLayout.nothing ? [] : [Int(padded)]
  }

  /// Calls `body` with the words of a place and the share of each.
  fileprivate func divide(
    _ place: Range<Int>, of layout: TermLayout, _ body: (Int, Double) -> Void
  ) {
    let bytes = bytes(place, of: layout)
    let inTokens = bytes.count { isInToken[$0] }
    let total = inTokens == 0 ? bytes.count : inTokens
    var (word, count) = (-1, 0)
    for byte in bytes where inTokens == 0 || isInToken[byte] {
      if Int(wordOfByte[byte]) != word {
        if count > 0 { body(word, Double(count) / Double(total)) }
        (word, count) = (Int(wordOfByte[byte]), 0)
      }
      count += 1
    }
    if count > 0 { body(word, Double(count) / Double(total)) }
  }
}
