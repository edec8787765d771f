import LinearAlgebra
import Testing
import TextFeatures

/// ASCII is read sixteen and 64 bytes at a time; what follows reads it one by one.
@Suite("ASCII texts")
struct ASCIITextTests {
  private static let pieces =
    (0..<128).map { String(UnicodeScalar(UInt8($0))) } + Array(repeating: " ", count: 20)
    + Array(repeating: "'", count: 10)

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Runs of word characters with single apostrophes between two of them.
  private static func words(_ text: String, joinsApostrophes: Bool) -> [String] {
    let bytes = Array(text.lowercased().utf8)
    var words: [[UInt8]] = [[]]
    for (place, byte) in bytes.enumerated() {
      let joins =
        joinsApostrophes && byte == UInt8(ascii: "'") && place > 0 && place + 1 < bytes.count
        && isWord(bytes[place - 1]) && isWord(bytes[place + 1])
      if isWord(byte) || joins {
        words[words.count - 1].append(byte)
      } else {
        words.append([])
      }
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("of any length are cut where words end", arguments: [false, true], [false, true])
  func words(joinsApostrophes: Bool, hasPrefixes: Bool) {
    var generator = SplitMix64(seed: 21)
    let rules = TokenRules(
      joinsApostrophes: joinsApostrophes, keepsHashtags: false, keepsMentions: false)
    var scanner = TextScanner(normalization: Normalization(), tokens: rules)
    // With a prefix in them they take the way of all other texts.
    let alphabet = hasPrefixes ? Self.pieces : Self.pieces.filter { $0 != "#" && $0 != "@" }
    var (differing, count) = ([Int](), 0)
    for round in 0..<3_000 {
      let length = round % 300
      let text = (0..<length).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }.joined()
      let expected = Self.words(text, joinsApostrophes: joinsApostrophes)
      if scanner.tokens(of: text).map(\.text) != expected { differing.append(length) }
      count += expected.count
    }
    #expect(differing.isEmpty, "texts of these lengths")
    #expect(count > 100_000, "the generator makes words")
  }

  @Test("a letter that is not ASCII changes nothing before and after it", arguments: [false, true])
  func mixed(lowercases: Bool) {
    let normalization = Normalization(lowercases: lowercases)
    let ascii = (0..<40).map { $0 % 3 == 0 ? "A" : "z" }.joined()
    for length in 0...40 {
      for place in 0...length {
        let (before, after) = (ascii.prefix(place), ascii.prefix(length - place))
        let expected = lowercases ? "\(before)ж\(after)".lowercased() : "\(before)ж\(after)"
        #expect(normalization.normalized("\(before)ж\(after)") == expected)
      }
    }
  }

  @Test(
    "terms are told apart by each of their bytes", arguments: [1, 8, 9, 16, 17, 24, 25, 40, 200])
  func bytesOfTerms(length: Int) {
    let first = String(repeating: "a", count: length)
    let others = (0..<length).map { place in
      String(first.prefix(place)) + "b" + String(first.prefix(length - place - 1))
    }
    let texts = [first] + others + [first + "a"]
    let counted = DocumentTerms(
      texts + texts, recipe: Recipe(words: NGrams(1...1), characters: nil),
      parallelism: Parallelism(threads: 1))
    #expect(counted.blocks[0].vocabulary.count == texts.count)
    let vocabulary = counted.blocks[0].vocabulary
    #expect(texts.map { vocabulary.number(of: $0) } == Array(texts.indices))
    #expect(vocabulary.number(of: first + "aa") == nil)
  }

  @Test("the first lookups tell as much apart as later ones", arguments: [8, 9, 16, 17, 24, 25])
  func lookups(length: Int) throws {
    let first = String(repeating: "a", count: length)
    let terms = (0..<length).map { first.prefix($0) + "b" + first.prefix(length - $0 - 1) }
    // So many that the first lookups of a vocabulary read it from end to end.
    let fillers = (0..<2_100).map { "filler\($0)" }
    let all = fillers + terms.map(String.init)
    var offsets = [0]
    for term in all { offsets.append(offsets[offsets.count - 1] + term.utf8.count) }
    for (place, term) in terms.enumerated() {
      let vocabulary = try Vocabulary(bytes: Array(all.joined().utf8), offsets: offsets)
      for _ in 0..<6 {
        #expect(vocabulary.number(of: String(term)) == fillers.count + place)
        #expect(vocabulary.number(of: first) == nil)
      }
    }
  }
}
