import Testing
import TextFeatures

@Suite("Tokens")
struct TokenTests {
  private static let everything = TokenRules(keepsPunctuation: true)

  private func texts(_ text: String, _ rules: TokenRules = .init()) -> [String] {
    tokens(of: text, recipe: Recipe(words: NGrams(1...1), characters: nil, tokens: rules))
      .map(\.text)
  }

  @Test(
    "default rules",
    arguments: [
      ("#Free @UN_Org ##a # b @ c a#b", ["#free", "@un_org", "#a", "b", "c", "a", "#b"]),
      (
        "don't don’t O'Neill's 'quoted' rock'n'roll a''b '",
        [
          "don't", "don't", "o'neill's", "quoted", "rock'n'roll", "a", "b",
        ]
      ),
      ("the_end a-b 3.14 x2", ["the_end", "a", "b", "3", "14", "x2"]),
      ("«سلام» ١٢٣، ۴۵", ["سلام", "123", "45"]),
      ("हिन्दी में", ["हिन्दी", "में"]),
      ("?! ... ;", []),
      ("", []),
      ("\u{0}a\u{1F}b\u{200E}c\u{7F}", ["a", "bc"]),
    ])
  func defaultRules(text: String, expected: [String]) {
    #expect(texts(text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test(
    "a text of nothing but ASCII has the tokens it has beside other letters",
    arguments: [true, false])
  func asciiAlone(joinsApostrophes: Bool) {
    let seed: UInt64 = 7
    var generator = SplitMix64(seed: seed)
    let rules = TokenRules(joinsApostrophes: joinsApostrophes)
    let alphabet = Array("aaaaazZ09__''  .-\t\u{0}")
    var tokenCount = 0
    for length in 0..<400 {
      let text = String((0..<length).map { _ in alphabet.randomElement(using: &generator) ?? "a" })
      let alone = texts(text, rules)
      #expect(alone == Array(texts(text + " ü", rules).dropLast()), "seed \(seed)")
      tokenCount += alone.count
    }
    #expect(tokenCount > 1000)
  }

  @Test(
    "an emoji sequence is one token",
    arguments: [
      ("ok👍👍🏽!", ["ok", "👍", "👍🏽"]),
      ("👩‍👩‍👧‍👦a", ["👩‍👩‍👧‍👦", "a"]),
      ("👩🏽‍🚀👨🏿", ["👩🏽‍🚀", "👨🏿"]),
      ("🇺🇳🇱🇾🇺", ["🇺🇳", "🇱🇾", "🇺"]),
      ("❤️ ❤", ["❤", "❤"]),
      ("❤️‍🔥", ["❤\u{200D}🔥"]),
      ("😀\u{200D} a\u{200D}b \u{200D}", ["😀", "ab"]),
      ("© ® 1", ["1"]),
    ])
  func emoji(text: String, expected: [String]) {
    #expect(texts(text).map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test("each rule that is off leaves plain words")
  func rulesOff() {
    let text = "don't #tag @name 😀 a."
    #expect(texts(text, .wordsOnly) == ["don", "t", "tag", "name", "a"])
    #expect(texts(text, TokenRules(joinsApostrophes: false))[..<2] == ["don", "t"])
    #expect(texts(text, TokenRules(keepsHashtags: false)).contains("tag"))
    #expect(texts(text, TokenRules(keepsMentions: false)).contains("name"))
    #expect(!texts(text, TokenRules(keepsEmoji: false)).contains("😀"))
  }

  @Test("with punctuation each visible character that is left is a token")
  func punctuation() {
    #expect(
      texts("don't: «go»!! # @ 50%\u{200B}\u{0}—", Self.everything)
        == ["don't", ":", "\"", "go", "\"", "!", "!", "#", "@", "50", "%", "—"])
    #expect(texts("😀.", TokenRules(keepsEmoji: false, keepsPunctuation: true)) == ["."])
  }

  @Test("a token's range holds its marks but not the invisible characters after it")
  func ranges() {
    func sources(_ text: String) -> [String] {
      tokens(of: text, recipe: .words).map { slice(text, $0.source) }
    }
    #expect(sources("قَالَ الرَّئيسُ.") == ["قَالَ", "الرَّئيسُ"])
    #expect(
      sources("cafe\u{301}\u{200E} x\u{AD}y\u{FE0F}, z").map { Array($0.unicodeScalars) } == [
        Array("cafe\u{301}".unicodeScalars), Array("x\u{AD}y\u{FE0F}".unicodeScalars),
        Array("z".unicodeScalars),
      ])
    #expect(sources("Ｈｉ，Ｙｏ") == ["Ｈｉ", "Ｙｏ"])
    #expect(
      sources("😀\u{301}x").map { Array($0.unicodeScalars) } == [
        ["😀"], ["\u{301}", "x"],
      ])
  }

  @Test("all tokens of a spelled-out character cover it", arguments: Alphabet.spelledOut)
  func spelledOut(character: String) {
    let text = "x \(character) y"
    let found = tokens(of: text, recipe: .words).dropFirst().dropLast()
    #expect(!found.isEmpty)
    for token in found { #expect(token.source == 2..<2 + character.utf8.count) }
  }

  @Test(
    "slicing the text by a token's range and reading the slice gives the token",
    arguments: Normalization.UnicodeForm.allCases, [false, true])
  func slicesGiveTokens(form: Normalization.UnicodeForm, keepsPunctuation: Bool) {
    let seed: UInt64 = 20
    var generator = SplitMix64(seed: seed)
    let normalization = Normalization(unicodeForm: form)
    let rules = TokenRules(keepsPunctuation: keepsPunctuation)
    var scanner = TextScanner(normalization: normalization, tokens: rules)
    // U+0338 makes one character of a symbol, and tokens of one character share its range.
    let alphabet = Alphabet.nasty.filter { $0 != "\u{338}" }
    var (tokenCount, distinct, failures) = (0, Set<String>(), [String]())
    for _ in 0..<20_000 {
      let text = generator.text(of: alphabet, upTo: 12)
      var end = 0
      for token in scanner.tokens(of: text) {
        let isAscending = token.source.lowerBound >= end
        end = token.source.upperBound
        guard isAscending, !token.source.isEmpty, end <= text.utf8.count else {
          failures.append("range \(token.source) of \(escaped(text))")
          continue
        }
        let found = scanner.tokens(of: slice(text, token.source))
        let again = scanner.normalizedText
        if !again.utf8.elementsEqual(token.text.utf8) || found.count != 1
          || !found[0].text.utf8.elementsEqual(token.text.utf8)
        {
          failures.append("\(escaped(token.text)) of \(escaped(text)) gives \(escaped(again))")
        }
        tokenCount += 1
        distinct.insert(token.text)
      }
    }
    #expect(failures.prefix(5) == [], "seed \(seed)")
    #expect(tokenCount > 20_000 && distinct.count > 5_000, "the generator varies")
  }
}

/// The text in a range of UTF-8 bytes.
func slice(_ text: String, _ range: Range<Int>) -> String {
  String(decoding: Array(text.utf8)[range], as: UTF8.self)
}

/// The scalars of a text by number: invisible and combining ones show.
func escaped(_ text: String) -> String {
  text.unicodeScalars.map { String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
}
