import Testing
import TextFeatures

@Suite("Near-duplicates")
struct NearDuplicateTests {
  private static let sentence =
    "The General Assembly calls upon all parties to respect the ceasefire and to allow "
    + "humanitarian aid to reach every civilian without delay or condition"

  private func clusters(_ texts: [String]) -> [Int] { NearDuplicates().clusters(of: texts) }

  @Test(
    "a small change leaves the text in its cluster",
    arguments: [
      sentence.replacing("every civilian", with: "every child"),
      sentence.uppercased(), "“\(sentence)!”", sentence.replacing(" ", with: "  \r\n"),
      sentence.replacing("all parties", with: "all, parties —"), sentence + " today",
    ])
  func smallChange(changed: String) {
    #expect(clusters([Self.sentence, changed]) == [0, 0])
  }

  @Test("vowel marks, lengthening and hamza do not make another text")
  func arabic() {
    #expect(
      clusters([
        "قَالَ الرَّئِيسُ إِنَّ الأُمَمَ المُتَّحِدَة يَجِب أَنْ تَتَحَرَّك الآن",
        "قال الرئيس ان الامم المتحـــدة يجب ان تتحرك الان",
      ]) == [0, 0])
  }

  @Test("other texts are alone")
  func unrelated() {
    let texts = [
      Self.sentence, "Climate change threatens our islands more than any war ever did",
      "نطالب بوقف إطلاق النار فورا ودون شروط", "", "", "?!", "Yes", "No",
    ]
    #expect(clusters(texts) == Array(texts.indices))
    #expect(clusters([]) == [])
  }

  @Test("short texts are compared as a whole")
  func short() {
    #expect(clusters(["Yes!", "no", "yes", "NO."]) == [0, 1, 0, 1])
  }

  @Test("a chain of near-duplicates is one cluster, and its first text names it")
  func chain() {
    let words = Self.sentence.split(separator: " ")
    // Each text drops the first words of the one before: neighbours are alike, the ends are not.
    let texts = (0..<6).map { words.dropFirst($0 * 2).joined(separator: " ") }
    #expect(jaccard(texts[0], texts[5]) < 0.6)
    #expect(clusters(["something else altogether"] + texts) == [0] + Array(repeating: 1, count: 6))
  }

  @Test("nearly all pairs that a comparison of all pairs finds are found", arguments: 50..<60)
  func recall(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let texts = plantedTexts(&generator)
    let found = clusters(texts)
    var (pairs, together) = (0, 0)
    var reference = DisjointSets(count: texts.count)
    let shingles = texts.map(self.shingles)
    for i in texts.indices {
      for j in texts.indices.dropFirst(i + 1)
      where jaccardSimilarity(shingles[i], shingles[j]) >= NearDuplicates().threshold {
        reference.join(i, j)
        pairs += 1
        if found[i] == found[j] { together += 1 }
      }
    }
    #expect(pairs > 100, "seed \(seed): the texts hold near-duplicates")
    #expect(Double(together) >= 0.99 * Double(pairs), "seed \(seed): \(together) of \(pairs)")
    // Nothing is joined that a chain of true pairs does not join.
    for (text, first) in found.enumerated() {
      #expect(reference.first(of: text) == reference.first(of: first), "seed \(seed)")
    }
    #expect(Set(found).count > 90, "seed \(seed)")
  }

  /// 300 texts: a third of their own, the others with one to four words of an earlier one changed.
  private func plantedTexts(_ generator: inout SplitMix64) -> [String] {
    var texts: [[String]] = []
    func word() -> String {
      (0..<Int.random(in: 2...8, using: &generator)).map { _ in
        String("abcdefghijklmnoprstuvwy".randomElement(using: &generator) ?? "a")
      }.joined()
    }
    for index in 0..<300 {
      if index % 3 == 0 {
        texts.append((0..<Int.random(in: 8...25, using: &generator)).map { _ in word() })
      } else {
        var copy = texts[Int.random(in: 0..<index, using: &generator)]
        for _ in 0..<Int.random(in: 1...4, using: &generator) {
          copy[Int.random(in: 0..<copy.count, using: &generator)] = word()
        }
        texts.append(copy)
      }
    }
    return texts.map { $0.joined(separator: " ") }
  }

  private func shingles(_ text: String) -> [UInt64] {
    var scanner = TextScanner(normalization: .init(), tokens: .wordsOnly)
    scanner.scan(text)
    return scanner.shingles(length: NearDuplicates.shingleLength)
  }

  private func jaccard(_ a: String, _ b: String) -> Double {
    jaccardSimilarity(shingles(a), shingles(b))
  }

  @Test("similarity of sets")
  func similarity() {
    #expect(jaccardSimilarity([1, 2, 3], [2, 3, 4]) == 0.5)
    #expect(jaccardSimilarity([], []) == 0)
    #expect(jaccardSimilarity([], [1]) == 0)
    #expect(jaccardSimilarity([7], [7]) == 1)
  }
}
