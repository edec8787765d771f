import Testing

@testable import TextFeatures

@Suite("Sketches of texts")
struct TextSketchTests {
  private func sketch(_ text: String) -> TextSketch? {
    var sketcher = TextSketcher()
    return sketcher.sketch(text)
  }

  private func jaccard(_ a: String, _ b: String) -> Double {
    func shingles(_ text: String) -> [UInt64] {
      var scanner = TextScanner(normalization: .init(), tokens: .wordsOnly)
      scanner.scan(text)
      return scanner.shingles(length: NearDuplicates.shingleLength)
    }
    return jaccardSimilarity(shingles(a), shingles(b))
  }

  private func words(_ count: Int, _ generator: inout SplitMix64) -> [String] {
    (0..<count).map { _ in
      String((0..<6).map { _ in "abcdefghijklmnoprstuvwy".randomElement(using: &generator) ?? "a" })
    }
  }

  /// A text and the same with the first `changed` words replaced.
  private func pair(_ changed: Int, of count: Int, _ generator: inout SplitMix64) -> (
    String, String
  ) {
    let text = words(count, &generator)
    let other = words(changed, &generator) + text.dropFirst(changed)
    return (text.joined(separator: " "), other.joined(separator: " "))
  }

  @Test("agree as often as the texts have shingles in common", arguments: [0, 3, 6, 10, 15, 20])
  func estimate(changed: Int) throws {
    var generator = SplitMix64(seed: UInt64(changed) + 1)
    var (errors, squares) = (0.0, 0.0)
    let count = 200
    for _ in 0..<count {
      let (one, other) = pair(changed, of: 20, &generator)
      let (a, b) = (try #require(sketch(one)), try #require(sketch(other)))
      let agreeing = zip(a.bytes, b.bytes).count { $0 == $1 }
      let error = TextSketch.similarity(agreeing: agreeing) - jaccard(one, other)
      (errors, squares) = (errors + error, squares + error * error)
    }
    // Of 128 values that agree with probability s the share has a standard deviation of at most 0.044.
    #expect((squares / Double(count)).squareRoot() < 0.05)
    #expect(abs(errors / Double(count)) < 0.01)
  }

  /// Model files hold sketches, so whatever changes them makes another format version of these.
  @Test(
    "stay what they are",
    arguments: [
      (
        "We call for the full implementation of resolution 2254.",
        "d2 72 d4 b0 63 78 d7 11 61 1b db 22 dc 60 ac 4d da cf 96 2b bb 8a 31 f4"
      ),
      (
        "نطالب بوقف إطلاق النار فورا ودون شروط",
        "56 4e c1 f7 9e 6f 86 76 64 0 bf b8 b 59 78 6a ce 75 76 c aa f0 10 9a"
      ), ("Yes", "bd 5e b6 17 34 9d 37 6b 38 35 86 ed e2 bd 6e 33 c4 f7 25 41 41 7 8a d0"),
    ])
  func stable(text: String, expected: String) throws {
    let bytes = try #require(sketch(text)).bytes
    #expect(bytes.prefix(24).map { String($0, radix: 16) }.joined(separator: " ") == expected)
  }

  @Test("the index finds what a comparison with all finds, most alike and first ones first")
  func index() throws {
    var generator = SplitMix64(seed: 5)
    var texts: [String] = []
    for changed in [0, 1, 2, 3, 3, 8, 20].cycled(60) {
      let (one, other) = pair(changed, of: 25, &generator)
      texts += [one, other]
    }
    texts.append(texts[0])
    let sketches = try texts.map { try #require(sketch($0)) }
    let index = SketchIndex(sketches.flatMap(\.bytes))
    #expect(index.count == texts.count)
    for text in texts.indices {
      let found = index.matches(of: sketches[text], atLeast: 0.7, limit: 10)
      let all = texts.indices.compactMap { other -> (index: Int, similarity: Double)? in
        let agreeing = zip(sketches[text].bytes, sketches[other].bytes).count { $0 == $1 }
        let similarity = TextSketch.similarity(agreeing: agreeing)
        return similarity >= 0.7 ? (other, similarity) : nil
      }.sorted { ($1.similarity, $0.index) < ($0.similarity, $1.index) }
      #expect(found.map(\.index) == all.map(\.index))
      #expect(found.map(\.similarity) == all.map(\.similarity))
    }
    #expect(index.matches(of: sketches[0], atLeast: 0.7, limit: 1).map(\.index) == [0])
    #expect(index.matches(of: sketches[0], atLeast: 1, limit: 10).map(\.index) == [0, 1, 840])
  }

  @Test("texts of one word are alike only where the word is the same")
  func shortTexts() throws {
    var generator = SplitMix64(seed: 9)
    let words = Array(
      Set((0..<3000).flatMap { _ in self.words(1, &generator).map { String($0.prefix(4)) } })
    )
    .sorted()
    let index = SketchIndex(try words.flatMap { try #require(sketch($0)).bytes })
    for (number, word) in words.enumerated() {
      let found = index.matches(
        of: try #require(sketch(word.uppercased() + "!")), atLeast: 0.5, limit: 9)
      #expect(found.map(\.index) == [number])
    }
  }

  @Test(
    "a text without a word has none, and nothing is found among none", arguments: ["", "?!", " \n"])
  func empty(text: String) throws {
    #expect(sketch(text) == nil)
    #expect(
      SketchIndex([]).matches(of: try #require(sketch("a word")), atLeast: 0, limit: 3).isEmpty)
  }
}

extension Array {
  /// The elements over and over, `times` times each.
  fileprivate func cycled(_ times: Int) -> [Element] { (0..<times).flatMap { _ in self } }
}
