import LinearAlgebra
import Testing
import TextFeatures

@Suite("Stems")
struct StemTests {
  @Test(
    "English loses one ending that leaves three letters",
    arguments: [
      ("syria's", "syria"), ("seemingly", "seem"), ("repeatedly", "repeat"), ("killings", "kill"),
      ("killing", "kill"), ("cities", "cit"), ("denied", "den"), ("killed", "kill"),
      ("classes", "class"), ("only", "only"), ("boldly", "bold"), ("towns", "town"),
      ("rings", "ring"), ("sing", "sing"), ("as", "as"), ("is", "is"), ("unity", "unity"),
      ("cafés", "café"), ("éés", "éés"), ("2254s", "2254"),
    ])
  func english(word: String, stem: String) {
    #expect(LightStemmer.stem(word) == stem)
  }

  /// The words of Lucene's test of its light10 stemmer (TestArabicStemFilter).
  @Test(
    "Arabic is cut as light10 cuts it",
    arguments: [
      ("الحسن", "حسن"), ("والحسن", "حسن"), ("بالحسن", "حسن"), ("كالحسن", "حسن"),
      ("فالحسن", "حسن"), ("للاخر", "اخر"), ("وحسن", "حسن"), ("زوجها", "زوج"),
      ("ساهدان", "ساهد"), ("ساهدات", "ساهد"), ("ساهدون", "ساهد"), ("ساهدين", "ساهد"),
      ("ساهديه", "ساهد"), ("ساهدية", "ساهد"), ("ساهده", "ساهد"), ("ساهدة", "ساهد"),
      ("ساهدي", "ساهد"), ("وساهدون", "ساهد"), ("ساهدهات", "ساهد"), ("الو", "الو"),
    ])
  func arabic(word: String, stem: String) {
    #expect(LightStemmer.stem(word) == stem)
  }

  @Test(
    "other scripts and mixed tokens stay whole", arguments: ["единство", "統一", "و2254", "😀", "é"])
  func others(token: String) {
    #expect(LightStemmer.stem(token) == token)
  }

  @Test("their block holds the stems of the words")
  func block() {
    var recipe = Recipe(words: NGrams(1...1, minimumDocumentFrequency: 1), characters: nil)
    recipe.stems = NGrams(1...2, minimumDocumentFrequency: 1)
    let extractor = DocumentTerms(
      ["Besieged towns", "besieging a town"], recipe: recipe, parallelism: .serial
    ).extractor()
    let stems = (0..<extractor.featureCount).map { extractor.feature(at: $0) }
      .filter { $0.block == .stems }.map(\.term)
    #expect(stems == ["besieg", "town", "besieg town", "a", "besieg a", "a town"])
    #expect(recipe.summary == "words 1-1 + stems 1-2")
    var reader = FeatureReader(extractor)
    // town, besieged, "a" as words; all four as stems.
    let row = reader.row(of: "besieged town")
    #expect(row.totalCount == 2 + 3 && row.knownCount == 2 + 3)
  }
}
