import TextFeatures
import Testing

@Suite("Places of features")
struct FeatureTracerTests {
  /// Everything that a recipe can have.
  private static func recipe(minimum: Int = 1) -> Recipe {
    var recipe = Recipe(
      words: NGrams(1...2, minimumDocumentFrequency: minimum),
      characters: NGrams(1...4, minimumDocumentFrequency: minimum),
      normalization: Normalization(
        rewriting: TextRewriting(
          splitsHashtags: true, foldsElongations: true, replacesMentionsAndLinks: true,
          replacesEmoticons: true)),
      tokens: TokenRules(marksNegation: true, splitsClitics: true))
    recipe.stems = NGrams(1...2, minimumDocumentFrequency: minimum)
    recipe.keywords = KeywordFeatures(
      [
        KeywordList(name: "aid", phrases: ["food", "open the crossing", "ا", "a"]),
        KeywordList(name: "talks", phrases: ["talks", "حوار"]),
      ], for: recipe)
    recipe.columns = ColumnFeatures(["speaker"], minimumDocumentFrequency: 1)
    return recipe
  }

  private func tracer(_ texts: [String], _ recipe: Recipe) -> FeatureTracer {
    let columns = recipe.columns == nil ? [] : [texts.map { _ -> String? in "Ann" }]
    return FeatureTracer(
      DocumentTerms(texts, columns: columns, recipe: recipe, parallelism: .serial).extractor())
  }

  private static func slice(_ text: String, _ range: Range<Int>) -> String? {
    String(validating: Array(text.utf8)[range], as: UTF8.self)
  }

  /// What each of a text's words gets of a feature, by the word as it was typed.
  private func shares(
    _ text: String, _ block: FeatureBlock, _ term: String, _ recipe: Recipe = recipe()
  ) throws -> [String: Double] {
    let extractor = DocumentTerms(
      [text], columns: recipe.columns == nil ? [] : [["Ann"]], recipe: recipe,
      parallelism: .serial
    ).extractor()
    var tracer = FeatureTracer(extractor)
    let traced = tracer.read(text, columns: ["Ann"])
    let entry = try #require(
      traced.row.columns.firstIndex {
        extractor.feature(at: Int($0)) == Feature(block: block, term: term)
      })
    var shares: [String: Double] = [:]
    tracer.forEachShare { other, word, share in
      if other == entry {
        shares[Self.slice(text, traced.words[word].source) ?? "", default: 0] += share
      }
    }
    return shares.mapValues { ($0 * 1e9).rounded() / 1e9 }
  }

  @Test("random texts: the shares of every feature add up to 1, and columns have none")
  func wholes() {
    let seed: UInt64 = 17
    var generator = SplitMix64(seed: seed)
    let pieces = ["#EndWar ", "@ann ", ":) ", "sooo ", "not ", "والحكومة ", "food ", "well-known"]
    let texts = (0..<600).map { _ in
      (0..<4).reduce("") { text, _ in
        text + pieces[Int.random(in: 0..<pieces.count, using: &generator)]
          + generator.text(of: Alphabet.nasty + Alphabet.spelledOut, upTo: 8)
      }
    }
    let recipe = Self.recipe()
    var tracer = tracer(texts, recipe)
    let extractor = DocumentTerms(
      texts, columns: [texts.map { _ in "Ann" }], recipe: recipe, parallelism: .serial
    ).extractor()
    var reader = FeatureReader(extractor)
    var entryCount = 0
    for text in texts {
      let traced = tracer.read(text, columns: ["Ann"])
      #expect(traced.row == reader.row(of: text, columns: ["Ann"]))
      for (word, next) in zip(traced.words, traced.words.dropFirst()) {
        #expect(word.source.upperBound <= next.source.lowerBound, "seed \(seed)")
      }
      #expect(traced.words.allSatisfy { Self.slice(text, $0.source)?.isEmpty == false })
      var sums = [Double](repeating: 0, count: traced.row.columns.count)
      var places = sums
      tracer.forEachShare { sums[$0] += $2 }
      tracer.forEachPlace { entry, source in
        places[entry] += 1
        #expect(Self.slice(text, source)?.isEmpty == false, "seed \(seed)")
      }
      for (column, (sum, placeCount)) in zip(traced.row.columns, zip(sums, places)) {
        let isColumn = extractor.feature(at: Int(column)).block == .columns
        #expect(abs(sum - (isColumn ? 0 : 1)) <= 1e-12, "seed \(seed)")
        #expect((placeCount > 0) == !isColumn, "seed \(seed)")
        entryCount += 1
      }
    }
    #expect(entryCount > 50_000)
  }

  @Test("n-grams over several words are divided by their characters, marks left aside")
  func division() throws {
    let text = "One delegation, well-known... One?"
    var recipe = Recipe(
      words: NGrams(1...2, minimumDocumentFrequency: 1),
      characters: NGrams(1...4, minimumDocumentFrequency: 1))
    recipe.stems = NGrams(1...2, minimumDocumentFrequency: 1)
    #expect(
      try shares(text, .words, "one delegation", recipe)
        == ["One": 0.230769231, "delegation": 0.769230769])
    #expect(try shares(text, .words, "one", recipe) == ["One": 1])
    #expect(try shares(text, .words, "known one", recipe) == ["known": 0.625, "One": 0.375])
    #expect(
      try shares(text, .characters, "l-kn", recipe) == ["well": 0.333333333, "known": 0.666666667])
    #expect(try shares(text, .characters, "n...", recipe) == ["known": 1])
    #expect(try shares(text, .characters, "...", recipe) == ["...": 1])
    #expect(try shares(text, .characters, ".. ", recipe) == ["...": 1])
    #expect(try shares(text, .characters, ",", recipe) == [",": 1])
    // Eight spaces pad four runs of characters: before them and behind them.
    #expect(
      try shares(text, .characters, " ", recipe)
        == ["One": 0.375, "delegation": 0.125, ",": 0.125, "well": 0.125, "...": 0.125, "?": 0.125])
  }

  @Test("what normalization changes is shown as it was typed")
  func typed() throws {
    let text = "قال: «الأُمَّةُ» ﬁne SOOOOO #EndWar ½ @Ann والحكومة"
    let recipe = Self.recipe()
    #expect(try shares(text, .words, "الامه", recipe) == ["الأُمَّةُ": 1])
    #expect(try shares(text, .characters, "fine", recipe) == ["ﬁne": 1])
    #expect(try shares(text, .words, "soo", recipe) == ["SOOOOO": 1])
    #expect(try shares(text, .words, "war", recipe) == ["#EndWar": 1])
    #expect(try shares(text, .words, "@user", recipe) == ["@Ann": 1])
    #expect(try shares(text, .words, "حكومه", recipe) == ["والحكومة": 1])
    #expect(try shares(text, .words, "1 2", recipe) == ["½": 1])
  }

  @Test("stems, keywords and marked words go to the words they come from")
  func sources() throws {
    let text = "We do not want talks now. Open the crossing for bringing Food"
    let recipe = Self.recipe()
    #expect(try shares(text, .stems, "bring", recipe) == ["bringing": 1])
    #expect(
      try shares(text, .stems, "bring food", recipe) == [
        "bringing": 0.555555556, "Food": 0.444444444,
      ])
    #expect(try shares(text, .words, "NOT_talks", recipe) == ["talks": 1])
    #expect(
      try shares(text, .words, "NOT_want NOT_talks", recipe) == [
        "want": 0.444444444, "talks": 0.555555556,
      ])
    #expect(try shares(text, .keywords, "talks", recipe) == ["talks": 1])
    // Two hits, each half of the feature: a phrase of 15 letters and a word.
    #expect(
      try shares(text, .keywords, "aid", recipe)
        == ["Open": 0.133333333, "the": 0.1, "crossing": 0.266666667, "Food": 0.5])
  }

  @Test("a place is where the text has the feature")
  func places() {
    let text = "Aid, AID. not «aid»"
    let recipe = Recipe(
      words: NGrams(1...2, minimumDocumentFrequency: 1),
      characters: NGrams(3...3, minimumDocumentFrequency: 1))
    let extractor = DocumentTerms([text], recipe: recipe, parallelism: .serial).extractor()
    var tracer = FeatureTracer(extractor)
    let row = tracer.read(text).row
    var places: [String: [String]] = [:]
    tracer.forEachPlace { entry, source in
      let feature = extractor.feature(at: Int(row.columns[entry]))
      places["\(feature.block) \(feature.term)", default: []].append(Self.slice(text, source) ?? "")
    }
    #expect(places["words aid"] == ["Aid", "AID", "aid"])
    #expect(places["words aid aid"] == ["Aid, AID"])
    #expect(places["words not aid"] == ["not «aid"])
    #expect(places["characters aid"] == ["Aid", "AID", "aid"])
    #expect(places["characters  ai"] == ["Ai", "AI"])
    #expect(places["characters d\" "] == ["d»"])
  }
}
