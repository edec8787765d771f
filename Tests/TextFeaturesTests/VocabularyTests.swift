import Foundation
import Testing
import TextFeatures

@Suite("Vocabulary")
struct VocabularyTests {
  private func code(_ bytes: [UInt8], _ offsets: [Int]) -> VocabularyError.Code? {
    do throws(VocabularyError) {
      _ = try Vocabulary(bytes: bytes, offsets: offsets)
      return nil
    } catch {
      #expect(!error.reason.isEmpty && error.description == error.reason)
      return error.code
    }
  }

  @Test("bytes and offsets round-trip")
  func roundTrip() throws {
    let seed: UInt64 = 40
    var generator = SplitMix64(seed: seed)
    let texts = (0..<500).map { _ in generator.text(upTo: 20) }
    let recipe = Recipe(
      words: nil, characters: NGrams(1...5, minimumDocumentFrequency: 1))
    let original = DocumentTerms(texts, recipe: recipe, parallelism: .serial).blocks[0].vocabulary
    let copy = try Vocabulary(bytes: Array(original.termBytes), offsets: original.termOffsets)
    #expect(copy.count == original.count && copy.count > 5_000, "seed \(seed)")
    #expect(copy.termBytes == original.termBytes && copy.termOffsets == original.termOffsets)
    for number in 0..<copy.count {
      #expect(copy[number].utf8.elementsEqual(original[number].utf8))
      #expect(copy.number(of: original[number]) == number)
    }
    #expect(copy.number(of: "not a term of it") == nil)
    #expect(copy.number(of: "") == nil)
  }

  @Test("canonically equivalent terms are different terms")
  func bytesDecide() throws {
    let vocabulary = try Vocabulary(bytes: Array("ée\u{301}".utf8), offsets: [0, 2, 5])
    #expect(vocabulary.number(of: "é") == 0 && vocabulary.number(of: "e\u{301}") == 1)
  }

  @Test("an empty vocabulary is one")
  func empty() throws {
    let vocabulary = try Vocabulary(bytes: [], offsets: [0])
    #expect(vocabulary.count == 0 && vocabulary.number(of: "a") == nil)
  }

  @Test(
    "offsets must cut the bytes into terms",
    arguments: [
      [], [0], [0, 2], [1, 3], [0, 2, 2, 3], [0, 2, 1, 3], [0, 4, 3], [0, -1, 3], [0, 3, 4],
      [-1, 3],
    ])
  func offsets(offsets: [Int]) {
    #expect(code([97, 98, 99], offsets) == .invalidOffsets)
  }

  @Test("terms are valid UTF-8, each by itself")
  func encoding() {
    #expect(code([0xFF, 0x61], [0, 1, 2]) == .invalidUTF8)
    #expect(code([0x61, 0xC3], [0, 2]) == .invalidUTF8)
    #expect(code([0xED, 0xA0, 0x80], [0, 3]) == .invalidUTF8)
    // "é" cut in two.
    #expect(code([0xC3, 0xA9], [0, 1, 2]) == .invalidUTF8)
    #expect(code([0xC3, 0xA9], [0, 2]) == nil)
  }

  @Test("of a term that is there twice the first counts, with and without an index")
  func duplicates() throws {
    let terms = (0..<3000).map { "term\($0)" } + ["term7", "a term longer than sixteen bytes"]
    var offsets = [0]
    for term in terms { offsets.append(offsets[offsets.count - 1] + term.utf8.count) }
    let vocabulary = try Vocabulary(bytes: Array(terms.joined().utf8), offsets: offsets)
    // The first lookups read the vocabulary, the later ones its index.
    for _ in 0..<10 {
      #expect(vocabulary.number(of: "term7") == 7)
      #expect(vocabulary.number(of: "term2999") == 2999)
      #expect(vocabulary.number(of: "a term longer than sixteen bytes") == 3001)
      #expect(vocabulary.number(of: "a term longer than sixteen bits!") == nil)
    }
  }

  @Test("a fitted block has one possible document frequency a term")
  func fittedBlock() throws {
    let vocabulary = try Vocabulary(bytes: Array("ab".utf8), offsets: [0, 1, 2])
    func code(_ frequencies: [UInt32], of count: Int) -> VocabularyError.Code? {
      do throws(VocabularyError) {
        _ = try FittedBlock(
          block: .words, recipe: .words, vocabulary: vocabulary,
          documentFrequencies: frequencies, documentCount: count)
        return nil
      } catch {
        return error.code
      }
    }
    #expect(code([3, 1], of: 3) == nil)
    for wrong: [UInt32] in [[3], [3, 1, 1], [4, 1], [0, 1], [3, .max], []] {
      #expect(code(wrong, of: 3) == .invalidDocumentFrequency)
    }
    #expect(code([1, 1], of: 0) == .invalidDocumentFrequency)
  }

  /// 2^18 and one more: how factors are kept changes there. Neither order nor gaps may matter.
  @Test(
    "weights are those of the formula however high document frequencies are",
    arguments: [
      [3, 2, 1], [262_144, 7, 7], [262_145, 7, 7], [900_000, 262_145, 1], [5, 900_000, 5],
    ])
  func highFrequencies(frequencies: [UInt32]) throws {
    let count = 1_000_000
    let recipe = Recipe(
      words: NGrams(1...1, weighting: .tfIDF(frequency: .count, idfPower: 1.5)), characters: nil)
    let block = try FittedBlock(
      block: .words, recipe: recipe,
      vocabulary: Vocabulary(bytes: Array("abc".utf8), offsets: [0, 1, 2, 3]),
      documentFrequencies: frequencies, documentCount: count)
    #expect(block.documentFrequencies == frequencies)
    let extractor = FeatureExtractor(recipe: recipe, blocks: [block])
    let row = extractor.features(of: ["c a b b"])
    let idf = frequencies.map { log(Double(1 + count) / (1 + Double($0))) + 1 }
    let weights = zip(idf, [1.0, 2, 1]).map { pow($0, 1.5) * $1 }
    let length = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    for (value, weight) in zip(row.values, weights) {
      // Two roundings more or less.
      #expect(abs(value - weight / length) <= 4 * (weight / length).ulp)
    }
    #expect(row.columnIndices == [0, 1, 2])
  }

  @Test("a stored block reads texts like the one it was stored from")
  func rebuiltExtractor() throws {
    let texts = ["unity now", "unity later", "now or never", "never"]
    let extractor = DocumentTerms(texts, recipe: .both, parallelism: .serial).extractor()
    let rebuilt = try extractor.blocks.map { block in
      try FittedBlock(
        block: block.block, recipe: extractor.recipe,
        vocabulary: Vocabulary(
          bytes: Array(block.vocabulary.termBytes), offsets: block.vocabulary.termOffsets),
        documentFrequencies: block.documentFrequencies, documentCount: block.documentCount)
    }
    let copy = FeatureExtractor(recipe: extractor.recipe, blocks: rebuilt)
    #expect(copy.features(of: texts) == extractor.features(of: texts))
  }
}
