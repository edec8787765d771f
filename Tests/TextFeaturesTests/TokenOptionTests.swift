import Foundation
import Testing
import TextFeatures

@Suite("Token options")
struct TokenOptionTests {
  private func rewritten(_ text: String, _ rewriting: TextRewriting) -> [String] {
    let recipe = Recipe(
      words: NGrams(1...1), characters: nil, normalization: Normalization(rewriting: rewriting))
    return tokens(of: text, recipe: recipe).map(\.text)
  }

  /// The terms of the block of words in their order of appearance.
  private func words(
    _ text: String, _ rules: TokenRules, _ range: ClosedRange<Int> = 1...1
  ) -> [String] {
    let recipe = Recipe(
      words: NGrams(range, minimumDocumentFrequency: 1), characters: nil, tokens: rules)
    let extractor = DocumentTerms([text], recipe: recipe, parallelism: .serial).extractor()
    return (0..<extractor.featureCount).map { extractor.feature(at: $0).term }
  }

  @Test(
    "hashtags keep their whole and get their parts",
    arguments: [
      ("#EndOccupation now", "#endoccupation end occupation now"),
      ("#UNResolution2254!", "#unresolution2254 un resolution 2254"),
      ("#no_to_war", "#no_to_war no to war"), ("#Syria", "#syria syria"),
      ("#لا_للتطبيع", "#لا_للتطبيع لا للتطبيع"), ("# alone #", "alone"), ("a#B", "a #b b"),
    ])
  func hashtags(text: String, tokens: String) {
    let found = rewritten(text, TextRewriting(splitsHashtags: true))
    #expect(found == tokens.split(separator: " ").map(String.init))
  }

  @Test(
    "of a letter three times or more two stay",
    arguments: [
      ("sooooo good", "soo good"), ("SoOoO goood", "soo good"), ("too 1000000", "too 1000000"),
      ("جداااااا", "جداا"), ("ههههه", "هه"), ("aaabbb", "aabb"), ("aa a", "aa a"),
    ])
  func elongations(text: String, tokens: String) {
    let found = rewritten(text, TextRewriting(foldsElongations: true))
    #expect(found == tokens.split(separator: " ").map(String.init))
  }

  @Test(
    "every name is one word, and every link another",
    arguments: [
      ("@Someone: see https://t.co/a1B2.", "@user see http"),
      ("mail me@home.org", "mail me @home org"),
      ("(www.example.org/x?y=1) end", "http end"), ("pic.twitter.com/abc", "http"),
      ("@محمد كتب", "@user كتب"), ("http:// and www.", "http and www"),
    ])
  func placeholders(text: String, tokens: String) {
    let found = rewritten(text, TextRewriting(replacesMentionsAndLinks: true))
    #expect(found == tokens.split(separator: " ").map(String.init))
  }

  @Test(
    "emoticons are emoji where they stand alone",
    arguments: [
      ("good :)", ["good", "🙂"]), ("good:)", ["good", "🙂"]), ("bad :-( now", ["bad", "🙁", "now"]),
      ("http://x", ["http", "x"]), (":D", ["😃"]), ("max xD", ["max", "😃"]),
      ("a <3 b", ["a", "❤", "b"]),
      ("(a:)b", ["a", "b"]),
    ])
  func emoticons(text: String, tokens: [String]) {
    #expect(rewritten(text, TextRewriting(replacesEmoticons: true)) == tokens)
  }

  @Test("rewritten tokens know their places in the text as it was typed")
  func places() {
    let text = "é @anna: sooooo #EndWar https://x.org 😀"
    let recipe = Recipe(
      words: NGrams(1...1), characters: nil,
      normalization: Normalization(
        rewriting: TextRewriting(
          splitsHashtags: true, foldsElongations: true, replacesMentionsAndLinks: true)))
    let places = tokens(of: text, recipe: recipe).map {
      String(decoding: Array(text.utf8)[$0.source], as: UTF8.self)
    }
    #expect(places == ["é", "@anna", "soo", "#EndWar", "End", "War", "https://x.org", "😀"])
  }

  @Test("random texts are rewritten to the end, and tokens slice what was typed")
  func randomTexts() {
    let seed: UInt64 = 61
    var generator = SplitMix64(seed: seed)
    let pieces = ["#", "@", "http://", "www.", ":)", "aaa", "_", "B", "ب", " "].map {
      Array($0.unicodeScalars)
    }
    let rewriting = TextRewriting(
      splitsHashtags: true, foldsElongations: true, replacesMentionsAndLinks: true,
      replacesEmoticons: true)
    var recipe = Recipe(
      words: NGrams(1...2, minimumDocumentFrequency: 1), characters: NGrams(2...3),
      normalization: Normalization(rewriting: rewriting),
      tokens: TokenRules(marksNegation: true, splitsClitics: true))
    recipe.stems = NGrams(1...1)
    var texts: [String] = []
    for _ in 0..<4_000 {
      var scalars = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...6, using: &generator) {
        scalars.append(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &generator)])
        scalars.append(contentsOf: generator.text(upTo: 3).unicodeScalars)
      }
      texts.append(String(scalars))
    }
    var tokenCount = 0
    for text in texts {
      let bytes = Array(text.utf8)
      for token in tokens(of: text, recipe: recipe) {
        #expect(!token.source.isEmpty && token.source.upperBound <= bytes.count, "seed \(seed)")
        #expect(String(validating: bytes[token.source], as: UTF8.self) != nil, "seed \(seed)")
        tokenCount += 1
      }
    }
    #expect(tokenCount > 5_000)
    let documents = DocumentTerms(texts, recipe: recipe, parallelism: .serial)
    #expect(documents.extractor().features(of: texts) == documents.features())
  }

  @Test(
    "what follows a negation in its clause is marked",
    arguments: [
      ("this is not good news, but fine", "this is not NOT_good NOT_news but fine"),
      ("I don’t trust them. Trust", "i don't NOT_trust NOT_them trust"),
      ("never said never again", "never NOT_said never NOT_again"),
      ("لا للتطبيع، نعم", "لا NOT_للتطبيع نعم"), ("ولن نقبل هذا", "ولن NOT_نقبل NOT_هذا"),
      ("nothing", "nothing"), ("knot tied", "knot tied"),
    ])
  func negation(text: String, terms: String) {
    // Repeated terms come once, the most frequent text first: here all have frequency 1.
    var expected: [String] = []
    for term in terms.split(separator: " ").map(String.init) where !expected.contains(term) {
      expected.append(term)
    }
    #expect(words(text, TokenRules(marksNegation: true)) == expected)
  }

  @Test("marked words make marked bigrams, and characters see no mark")
  func markedNeighbours() {
    let terms = words("not good at all", TokenRules(marksNegation: true), 2...2)
    #expect(terms == ["not NOT_good", "NOT_good NOT_at", "NOT_at NOT_all"])
    let recipe = Recipe(
      words: nil, characters: NGrams(4...4, minimumDocumentFrequency: 1),
      tokens: TokenRules(marksNegation: true))
    let plain = Recipe(words: nil, characters: NGrams(4...4, minimumDocumentFrequency: 1))
    #expect(
      DocumentTerms(["not good"], recipe: recipe, parallelism: .serial).features()
        == DocumentTerms(["not good"], recipe: plain, parallelism: .serial).features())
  }

  @Test(
    "Arabic words count also without what is written together with them",
    arguments: [
      ("والحكومة", ["والحكومه", "الحكومه", "حكومه"]), ("بالحكومة", ["بالحكومه", "حكومه"]),
      ("للجنة", ["للجنه", "لجنه", "جنه"]), ("سيقول", ["سيقول", "يقول"]), ("سلام", ["سلام"]),
      ("لسوريا", ["لسوريا", "سوريا"]), ("وفي", ["وفي"]), ("كتب", ["كتب"]), ("with", ["with"]),
    ])
  func clitics(text: String, terms: [String]) {
    #expect(words(text, TokenRules(splitsClitics: true)) == terms)
  }

  @Test("split words have no neighbours")
  func splitNeighbours() {
    #expect(words("في والحكومة", TokenRules(splitsClitics: true), 2...2) == ["في والحكومه"])
  }

  @Test("recipes of format version 1 are read as they were meant")
  func earlierRecipe() throws {
    let data = try JSONEncoder().encode(Recipe.both)
    var json = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    var normalization = try #require(json["normalization"] as? [String: Any])
    normalization["rewriting"] = nil
    var tokens = try #require(json["tokens"] as? [String: Any])
    (tokens["marksNegation"], tokens["splitsClitics"]) = (nil, nil)
    (json["normalization"], json["tokens"]) = (normalization, tokens)
    for block in ["words", "characters"] {
      var nGrams = try #require(json[block] as? [String: Any])
      nGrams["weight"] = nil
      nGrams["weighting"] = ["tfIDF": ["sublinear": true]]
      json[block] = nGrams
    }
    let earlier = try JSONSerialization.data(withJSONObject: json)
    #expect(try JSONDecoder().decode(Recipe.self, from: earlier) == .both)
  }

  @Test("a recipe says which options it has")
  func summary() {
    let recipe = Recipe(
      words: NGrams(1...2), characters: nil,
      normalization: Normalization(rewriting: TextRewriting(splitsHashtags: true)),
      tokens: TokenRules(marksNegation: true))
    #expect(recipe.summary == "words 1-2, hashtags split, negation marked")
  }
}
