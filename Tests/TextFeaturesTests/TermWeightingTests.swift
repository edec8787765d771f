import Foundation
import LinearAlgebra
import Testing
import TextFeatures

@Suite("Term weighting")
struct TermWeightingTests {
  /// a is in 4 of 4 texts, b in 2, c and d in 1.
  private static let texts = ["a a a b", "a b", "a c", "a d d"]

  private func row(_ weighting: TermWeighting, weight: Double = 1) -> [Double] {
    let nGrams = NGrams(
      1...1, weighting: weighting, minimumDocumentFrequency: 1, weight: weight)
    let documents = DocumentTerms(
      Self.texts, recipe: Recipe(words: nGrams, characters: nil), parallelism: .serial)
    let features = documents.features()
    return Array(features.values[features.nonZeros(ofRow: 0)])
  }

  @Test(
    "weights are the formula's",
    arguments: [TermFrequency.binary, .count, .sublinear], [0, 0.5, 1, 1.5, 2])
  func formula(frequency: TermFrequency, power: Double) {
    let tf =
      switch frequency {
      case .binary: 1.0
      case .count: 3.0
      case .sublinear: 1 + log(3.0)
      }
    // n = 4: ln(5/5) + 1 and ln(5/3) + 1.
    let values = [tf * pow(log(5.0 / 5) + 1, power), pow(log(5.0 / 3) + 1, power)]
    let length = (values[0] * values[0] + values[1] * values[1]).squareRoot()
    let found = row(.tfIDF(frequency: frequency, idfPower: power))
    // A handful of roundings.
    #expect(zip(found, values).allSatisfy { abs($0 - $1 / length) < 1e-15 * 8 })
  }

  @Test("a weight is the squared length of a row", arguments: [0.5, 1, 1.5])
  func squaredLength(weight: Double) {
    let squares = row(.tfIDF(sublinear: true), weight: weight).reduce(0) { $0 + $1 * $1 }
    #expect(abs(squares - weight) < 1e-15 * 8)
  }

  @Test(
    "is read as it was written, and as format version 1 wrote it",
    arguments: [
      (TermWeighting.binary, #"{"binary":{}}"#), (.count, #"{"count":{}}"#),
      (.tfIDF(sublinear: true), #"{"tfIDF":{"sublinear":true}}"#),
      (.tfIDF(sublinear: false), #"{"tfIDF":{"sublinear":false}}"#),
      (
        .tfIDF(frequency: .binary, idfPower: 1.5),
        #"{"tfIDF":{"frequency":"binary","idfPower":1.5}}"#
      ),
    ])
  func coding(weighting: TermWeighting, json: String) throws {
    let decoder = JSONDecoder()
    #expect(try decoder.decode(TermWeighting.self, from: Data(json.utf8)) == weighting)
    let written = try JSONEncoder().encode(weighting)
    #expect(try decoder.decode(TermWeighting.self, from: written) == weighting)
  }

  @Test("a recipe says what is unusual about it")
  func summary() {
    #expect(Recipe.both.summary == "words 1-2 + characters 2-5")
    var recipe = Recipe.both
    recipe.words?.weighting = .tfIDF(frequency: .binary, idfPower: 1.5)
    recipe.words?.weight = 0.5
    recipe.characters?.weighting = .count
    recipe.keywords = KeywordFeatures([KeywordList(name: "x", phrases: ["y"])], for: recipe)
    #expect(
      recipe.summary
        == "words 1-2 (binary tf·idf^1.5, weight 0.5) + characters 2-5 (counts) + keywords")
  }

  @Test("a recipe out of range is not valid")
  func validity() {
    #expect(Recipe.both.isValid)
    func isValid(_ change: (inout NGrams) -> Void) -> Bool {
      var (recipe, nGrams) = (Recipe.words, NGrams(1...2))
      change(&nGrams)
      recipe.words = nGrams
      return recipe.isValid
    }
    #expect(isValid { $0.weight = 2 })
    #expect(!isValid { $0.weight = 0 })
    #expect(!isValid { $0.weight = .nan })
    #expect(!isValid { $0.weighting = .tfIDF(frequency: .count, idfPower: .infinity) })
    #expect(!isValid { $0.weighting = .tfIDF(frequency: .count, idfPower: -1) })
    #expect(!isValid { $0.range = 1...17 })
    #expect(!isValid { $0.minimumDocumentFrequency = 0 })
  }
}
