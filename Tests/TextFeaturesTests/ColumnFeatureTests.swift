import LinearAlgebra
import Testing
import TextFeatures

@Suite("Column features")
struct ColumnFeatureTests {
  private static let texts = ["a b", "a b", "a c", "b c", "a", "c"]
  private static let speakers = ["Ann", "ANN ", nil, "bob", "Bob", "cy"]
  private static let places = ["x", "x", "x", "y", nil, " "]

  private static var recipe: Recipe {
    var recipe = Recipe(words: NGrams(1...1), characters: nil)
    recipe.columns = ColumnFeatures(["speaker", "place"])
    return recipe
  }

  private func documents() -> DocumentTerms {
    DocumentTerms(
      Self.texts, columns: [Self.speakers, Self.places], recipe: Self.recipe,
      parallelism: .serial)
  }

  @Test("are 1 for each value that enough texts have, however it is spelled")
  func values() {
    let extractor = documents().extractor()
    let features = documents().features()
    let first = extractor.featureCount - 3
    #expect(
      (first..<first + 3).map { extractor.feature(at: $0).term }
        == ["place=x", "speaker=ann", "speaker=bob"])
    #expect(extractor.feature(at: first).block == .columns)
    let rows = (0..<6).map { row in
      features.nonZeros(ofRow: row).filter { features.columnIndices[$0] >= first }
        .map { (Int(features.columnIndices[$0]) - first, features.values[$0]) }
    }
    #expect(rows.map { $0.map(\.0) } == [[0, 1], [0, 1], [0], [2], [2], []])
    #expect(rows.joined().allSatisfy { $0.1 == 1 })
    #expect(
      extractor.features(of: Self.texts, columns: [Self.speakers, Self.places]) == features)
    #expect(Self.recipe.summary == "words 1-1 + columns speaker, place")
  }

  @Test("a fold learns its values from its training texts")
  func folds() {
    let fold = documents().features(training: [0, 1, 2, 5], heldOut: [3, 4])
    let alone = DocumentTerms(
      [0, 1, 2, 5].map { Self.texts[$0] },
      columns: [Self.speakers, Self.places].map { values in [0, 1, 2, 5].map { values[$0] } },
      recipe: Self.recipe, parallelism: .serial)
    // a, b, c, place=x and speaker=ann: bob speaks in the held-out texts alone.
    #expect(fold.training.columns == 5)
    #expect(fold.training == alone.features())
    #expect(fold.heldOut.nonZeros(ofRow: 1).count == 1)
  }

  @Test("what columns say is no evidence of what a text says")
  func evidence() {
    let extractor = documents().extractor()
    var reader = FeatureReader(extractor)
    let row = reader.row(of: "unknown", columns: ["Ann", "x"])
    #expect(row.columns.count == 2 && !row.hasEvidence && row.knownCount == 0)
    #expect(reader.row(of: "a", columns: [nil, nil]).columns.count == 1)
    #expect(reader.row(of: "a").columns.count == 1)
    let fold = documents().features(training: [0, 1, 2, 3], heldOut: [4, 5])
    #expect(fold.hasEvidence(heldOut: 0))
    let silent = DocumentTerms(
      ["a", "a", "z"], columns: [["Ann", "Ann", "Ann"], ["x", "x", "x"]], recipe: Self.recipe,
      parallelism: .serial
    ).features(training: [0, 1], heldOut: [2])
    #expect(!silent.heldOut.nonZeros(ofRow: 0).isEmpty && !silent.hasEvidence(heldOut: 0))
  }
}
