import Foundation
import LinearAlgebra
import Testing
import TextFeatures

@Suite("Keywords")
struct KeywordTests {
  private func hits(_ phrases: [String], _ text: String) throws -> Int {
    let features = try #require(
      KeywordFeatures([KeywordList(name: "list", phrases: phrases)], for: .words))
    var counter = KeywordCounter(features, recipe: .words)
    return try #require(counter.hits(in: text).first)
  }

  @Test(
    "are found where their tokens follow one another, however they are spelled",
    arguments: [
      ("Unity", "UNITY, we said: unity!", 2), ("unity", "community disunity", 0),
      ("territorial integrity", "its territorial\nintegrity", 1),
      ("territorial integrity", "territorial or integrity", 0),
      ("cease-fire", "the cease‑fire holds", 1), ("2254", "resolution ٢٢٥٤", 1),
      ("unity", "#Unity now", 1), ("#unity", "unity", 0), ("don't", "Don’t", 1),
    ])
  func places(phrase: String, text: String, count: Int) throws {
    #expect(try hits([phrase], text) == count)
  }

  @Test("overlapping phrases count each for itself, the same phrase only once")
  func overlaps() throws {
    #expect(try hits(["unity", "national unity", "UNITY"], "national unity") == 2)
  }

  @Test(
    "Arabic phrases are found with what is written together with them",
    arguments: [
      ("وحدة", "وحدة", 1), ("وحدة", "والوحدة", 1), ("وحدة", "بوحدة الصف", 1), ("وحدة", "للوحدة", 1),
      ("وحدة", "وبالوحدة", 1), ("وحدة", "كالوحدة فالوحدة", 2), ("وحدة", "توحيد", 0),
      ("وحدة الصف", "لوحدة الصف", 1), ("المدنيين", "للمدنيين والمدنيين", 2),
      ("المدنيين", "مدنيين", 0), ("اللجنة الدستورية", "للجنة الدستورية", 1), ("لجنة", "للجنة", 1),
      ("أراضي", "وأراضي الأراضي", 2), ("وحدة", "#الوحدة", 0),
    ])
  func proclitics(phrase: String, text: String, count: Int) throws {
    #expect(try hits([phrase], text) == count, "\(phrase)")
  }

  @Test("a column is κ ln(1 + hits), whatever the other blocks hold")
  func values() throws {
    var recipe = Recipe.words
    recipe.keywords = KeywordFeatures(
      [
        KeywordList(name: "a", phrases: ["alpha"]), KeywordList(name: "b", phrases: ["beta"]),
        KeywordList(name: "none", phrases: ["gamma"]),
      ], for: recipe)
    let texts = ["alpha alpha beta", "delta", "alpha alpha alpha alpha", "delta epsilon"]
    let documents = DocumentTerms(texts, recipe: recipe, parallelism: .serial)
    let extractor = documents.extractor()
    let features = documents.features()
    let first = extractor.featureCount - 3
    #expect((first..<first + 3).map { extractor.feature(at: $0).term } == ["a", "b", "none"])
    #expect(extractor.feature(at: first).block == .keywords)
    func values(_ row: Int) -> [Int: Double] {
      var values: [Int: Double] = [:]
      for entry in features.nonZeros(ofRow: row) where features.columnIndices[entry] >= first {
        values[Int(features.columnIndices[entry]) - first] = features.values[entry]
      }
      return values
    }
    #expect(values(0) == [0: 0.3 * log(3.0), 1: 0.3 * log(2.0)])
    #expect(values(1).isEmpty)
    #expect(values(2) == [0: 0.3 * log(5.0)])
    // A fold whose training texts have no keyword has the same columns.
    let fold = documents.features(training: [1, 3], heldOut: [0])
    #expect(fold.training.columns == 1 + 3)
    #expect(fold.hasEvidence(heldOut: 0))
  }

  @Test("a text with nothing but a keyword is evidence")
  func evidence() throws {
    var recipe = Recipe.words
    recipe.keywords = KeywordFeatures(
      [KeywordList(name: "a", phrases: ["alpha"])], for: recipe)
    var reader = FeatureReader(
      DocumentTerms(["one two", "one two"], recipe: recipe, parallelism: .serial).extractor())
    #expect(reader.row(of: "alpha").hasEvidence)
    #expect(reader.row(of: "one").hasEvidence)
    #expect(!reader.row(of: "beta").hasEvidence)
  }

  @Test("lists are stored normalized, without what cannot be found")
  func lists() throws {
    let long = Array(repeating: "x", count: 17).joined(separator: " ")
    let features = try #require(
      KeywordFeatures(
        [
          KeywordList(name: "a", phrases: ["  Close  RANKS ", "close ranks", "!!", long]),
          KeywordList(name: "empty", phrases: ["…"]), KeywordList(name: "a", phrases: ["وحدةٌ"]),
        ], for: .words))
    #expect(features.lists == [KeywordList(name: "a", phrases: ["close ranks", "وحده"])])
    #expect(KeywordFeatures([], for: .words) == nil)
    let copy = try JSONDecoder().decode(
      KeywordFeatures.self, from: JSONEncoder().encode(features))
    #expect(copy == features)
  }
}
