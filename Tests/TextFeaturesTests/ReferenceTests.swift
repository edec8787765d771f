import Foundation
import LinearAlgebra
import Testing
import TextFeatures

/// What scikit-learn makes of the statements; `Fixtures/make_term_counts.py` wrote it.
struct TermCountsFixture: Decodable {
  struct Case: Decodable, CustomTestStringConvertible {
    struct Document: Decodable {
      let terms: [Int]
      let values: [Double]
    }
    let block: FeatureBlock
    let low: Int
    let high: Int
    let minimumDocumentFrequency: Int
    let weighting: String?
    let terms: [String]
    let documents: [Document]

    var testDescription: String {
      "\(block.rawValue) \(low)-\(high), \(weighting ?? "counts"), "
        + "in at least \(minimumDocumentFrequency)"
    }

    /// Counts are compared under an arbitrary weighting.
    var nGrams: NGrams {
      let chosen: TermWeighting =
        switch weighting {
        case "binary": .binary
        case "tfIDF": .tfIDF(sublinear: false)
        case "sublinearTFIDF": .tfIDF(sublinear: true)
        default: .count
        }
      return NGrams(
        low...high, weighting: chosen, minimumDocumentFrequency: minimumDocumentFrequency)
    }

    var recipe: Recipe {
      Recipe(
        words: block == .words ? nGrams : nil, characters: block == .characters ? nGrams : nil,
        normalization: .lowercaseOnly, tokens: .wordsOnly)
    }
  }

  let statements: [String]
  let cases: [Case]

  static let shared: Result<TermCountsFixture, any Error> = Result {
    let url = try #require(
      Bundle.module.url(
        forResource: "term_counts", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(TermCountsFixture.self, from: Data(contentsOf: url))
  }
}

@Suite("References from scikit-learn")
struct ReferenceTests {
  @Test("n-gram counts and weights equal scikit-learn's", arguments: 0..<51)
  func equalsScikitLearn(number: Int) throws {
    let fixture = try TermCountsFixture.shared.get()
    try #require(fixture.cases.count == 51)
    let expected = fixture.cases[number]
    let documents = DocumentTerms(
      fixture.statements, recipe: expected.recipe, parallelism: .serial)
    let vocabulary = documents.blocks[0].vocabulary
    #expect(Set(terms(of: vocabulary)) == Set(expected.terms.map { Array($0.utf8) }))

    let matrix =
      expected.weighting == nil ? documents.blocks[0].counts : documents.features()
    // Both sides round a handful of products and one square root of a sum of at most 500 squares.
    let relativeTolerance = 1e-12
    for (row, document) in expected.documents.enumerated() {
      let actual = rowByTerm(matrix, row, terms(of: vocabulary))
      #expect(actual.count == document.terms.count, "statement \(row)")
      for (term, value) in zip(document.terms, document.values) {
        let found = try #require(actual[Array(expected.terms[term].utf8)], "statement \(row)")
        if expected.weighting == nil {
          #expect(found == value, "statement \(row)")
        } else {
          #expect(abs(found - value) <= relativeTolerance * value, "statement \(row)")
        }
      }
    }
  }
}

/// The UTF-8 of each term: strings would compare canonically equivalent terms as equal.
func terms(of vocabulary: Vocabulary) -> [[UInt8]] {
  (0..<vocabulary.count).map { Array(vocabulary[$0].utf8) }
}

func rowByTerm(_ matrix: SparseMatrix, _ row: Int, _ terms: [[UInt8]]) -> [[UInt8]: Double] {
  var result: [[UInt8]: Double] = [:]
  for entry in matrix.nonZeros(ofRow: row) {
    result[terms[Int(matrix.columnIndices[entry])]] = matrix.values[entry]
  }
  return result
}
