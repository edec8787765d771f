import LinearAlgebra
import Testing
import TextFeatures

@Suite("Robustness")
struct RobustnessTests {
  @Test("100,000 random texts are read to the end")
  func randomTexts() {
    let seed: UInt64 = 60
    var generator = SplitMix64(seed: seed)
    var texts: [String] = []
    for index in 0..<100_000 {
      // Every third text is of arbitrary scalars, most of them unassigned or rare.
      if index % 3 == 0 {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
          let value = UInt32.random(in: 0...0x2FFFF, using: &generator)
          scalars.append(Unicode.Scalar(value) ?? "\u{301}")
        }
        texts.append(String(scalars))
      } else {
        texts.append(generator.text(of: Alphabet.nasty + Alphabet.spelledOut, upTo: 16))
      }
    }
    let documents = DocumentTerms(texts, recipe: .both, parallelism: .allCores)
    let features = documents.features()
    #expect(features.rows == texts.count)
    #expect(features.values.allSatisfy { $0 > 0 && $0 <= 1 + 1e-12 }, "seed \(seed)")
    let extractor = documents.extractor()
    #expect(
      extractor.features(of: Array(texts.prefix(2_000)))
        == features.selectingRows(0..<2_000), "seed \(seed)")
  }

  /// Texts whose reading would take hours were any step quadratic.
  static let long: [String] = [
    String(repeating: "\u{301}", count: 50_000),
    "a" + String(repeating: "\u{323}\u{301}", count: 12_500),
    String(repeating: "e\u{301}", count: 25_000),
    "e" + String(repeating: "\u{301}\u{AD}", count: 25_000),
    "e" + String(repeating: "\u{200D}\u{301}\u{200E}", count: 15_000),
    String(repeating: "\u{200D}", count: 50_000),
    String(repeating: "😀\u{200D}", count: 25_000),
    String(repeating: "\u{654}\u{64E}", count: 25_000),
    String(repeating: "ﷺ", count: 15_000),
    String(repeating: "🇺", count: 25_000),
    String(repeating: "क\u{94D}", count: 25_000),
    String(repeating: "\u{1161}", count: 500_000),
    String(repeating: "\u{F71}\u{F73}", count: 250_000),
    String(repeating: "\u{9C7}\u{9BE}", count: 250_000),
    String(repeating: "x", count: 1_000_000),
    String(repeating: "#@'", count: 150_000),
    String(repeating: " ", count: 500_000),
    String(repeating: "\0", count: 500_000),
  ]

  @Test("long texts of one thing are read to the end", arguments: long.indices)
  func longTexts(number: Int) {
    let text = Self.long[number]
    for form in Normalization.UnicodeForm.allCases {
      let recipe = Recipe(
        words: NGrams(1...2, minimumDocumentFrequency: 1),
        characters: NGrams(2...5, minimumDocumentFrequency: 1),
        normalization: Normalization(unicodeForm: form))
      let documents = DocumentTerms([text], recipe: recipe, parallelism: .serial)
      #expect(documents.features().rows == 1)
      var (end, overlaps) = (0, 0)
      for token in tokens(of: text, recipe: recipe) {
        if token.source.lowerBound < end { overlaps += 1 }
        end = token.source.upperBound
      }
      // Only ﷺ is spelled out as several tokens.
      #expect(overlaps == 0 || text.unicodeScalars.first == "ﷺ")
      #expect(end <= text.utf8.count)
    }
    #expect(NearDuplicates().clusters(of: [text, text]).count == 2)
  }
}
