import Foundation
import Testing
import TextFeatures

@Suite("Normalization")
struct NormalizationTests {
  typealias Form = Normalization.UnicodeForm

  private func expectEqual(_ found: String, _ expected: String, _ comment: Comment? = nil) {
    #expect(escaped(found) == escaped(expected), comment)
  }

  @Test(
    "normalizing twice equals normalizing once", arguments: Form.allCases, [false, true])
  func idempotent(form: Form, everythingElse: Bool) {
    var normalization = everythingElse ? Normalization() : .lowercaseOnly
    normalization.unicodeForm = form
    let seed: UInt64 = 21
    var generator = SplitMix64(seed: seed)
    var scanner = TextScanner(normalization: normalization, tokens: .wordsOnly)
    let alphabet = Alphabet.nasty + Alphabet.spelledOut
    var failures: [String] = []
    for _ in 0..<20_000 {
      let text = generator.text(of: alphabet, upTo: 12)
      scanner.scan(text)
      let once = scanner.normalizedText
      scanner.scan(once)
      if !scanner.normalizedText.utf8.elementsEqual(once.utf8) { failures.append(escaped(text)) }
    }
    #expect(failures.prefix(5) == [], "seed \(seed)")
  }

  @Test(
    "every scalar by itself is normalized once and for all", arguments: Form.allCases,
    [false, true])
  func everyScalar(form: Form, lowercases: Bool) {
    let normalization = Normalization(lowercases: lowercases, unicodeForm: form)
    var scanner = TextScanner(normalization: normalization, tokens: .wordsOnly)
    var failures: [UInt32] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      scanner.scan(String(scalar))
      let once = scanner.normalizedText
      scanner.scan(once)
      if !scanner.normalizedText.utf8.elementsEqual(once.utf8) { failures.append(value) }
    }
    #expect(failures.isEmpty)
  }

  @Test(
    "without other options the Unicode forms are what Annex 15 composes of what Foundation decomposes",
    arguments: [Form.canonical, .compatibility])
  func equalsFoundation(form: Form) {
    var normalization = Normalization.lowercaseOnly
    normalization.lowercases = false
    normalization.unicodeForm = form
    let seed: UInt64 = 22
    var generator = SplitMix64(seed: seed)
    var scanner = TextScanner(normalization: normalization, tokens: .wordsOnly)
    let alphabet = Alphabet.nasty + Alphabet.spelledOut
    var failures: [String] = []
    for _ in 0..<20_000 {
      let text = generator.text(of: alphabet, upTo: 12)
      scanner.scan(text)
      let expected =
        form == .canonical
        ? text.decomposedStringWithCanonicalMapping.precomposedStringWithCanonicalMapping
        : text.decomposedStringWithCompatibilityMapping.precomposedStringWithCanonicalMapping
      if !scanner.normalizedText.utf8.elementsEqual(expected.utf8) {
        failures.append(escaped(text))
      }
    }
    #expect(failures.prefix(5) == [], "seed \(seed)")
  }

  @Test(
    "composed and decomposed spellings give the same tokens",
    arguments: [Form.canonical, .compatibility], [ArabicNormalization(), .none])
  func canonicalEquivalence(form: Form, arabic: ArabicNormalization) {
    let seed: UInt64 = 23
    var generator = SplitMix64(seed: seed)
    let normalization = Normalization(unicodeForm: form, arabic: arabic)
    var scanner = TextScanner(normalization: normalization, tokens: .init())
    var (differing, failures) = (0, [String]())
    for _ in 0..<20_000 {
      let text = generator.text(upTo: 12)
      let decomposed = text.decomposedStringWithCanonicalMapping
      let composed = decomposed.precomposedStringWithCanonicalMapping
      if !composed.utf8.elementsEqual(decomposed.utf8) { differing += 1 }
      let all = [text, composed, decomposed].map { scanner.tokens(of: $0).map(\.text) }
      let bytes = all.map { $0.map { Array($0.utf8) } }
      if bytes[0] != bytes[1] || bytes[1] != bytes[2] { failures.append(escaped(text)) }
    }
    #expect(failures.prefix(5) == [], "seed \(seed)")
    #expect(differing > 5_000, "the generator makes texts with two spellings")
  }

  @Test(
    "the Unicode form alone",
    arguments: [
      (Form.unchanged, "e\u{301}ﬁＡ", "e\u{301}ﬁａ"), (.canonical, "e\u{301}ﬁＡ", "éﬁａ"),
      (.compatibility, "e\u{301}ﬁＡ", "éfia"), (.compatibility, "H\u{331}", "ẖ"),
      (.compatibility, "e\u{AD}\u{301}", "é"), (.compatibility, "\u{1112}\u{1161}\u{11AB}", "한"),
      (.compatibility, "ㄱㅏ", "가"), (.compatibility, "ｶﾞ", "ガ"), (.canonical, "İ", "i\u{307}"),
      (.compatibility, "ﻻ", "لا"),
      // What Python's unicodedata says.
      (.canonical, "\u{AC00}\u{11AB}", "\u{AC04}"),
      (.compatibility, "\u{1C5}\u{331}", "d\u{1E95}\u{30C}"),
      (.compatibility, "\u{AA}\u{FF9E}\u{30A}", "\u{E5}\u{3099}"),
      (.compatibility, "\u{FF9E}\u{344}", "\u{3099}\u{308}\u{301}"),
      (.compatibility, "\u{307}\u{94D}\u{FF9E}", "\u{3099}\u{94D}\u{307}"),
    ])
  func unicodeForms(form: Form, text: String, expected: String) {
    expectEqual(Normalization(unicodeForm: form).normalized(text), expected)
  }

  @Test("each option off leaves the text alone, and on changes it")
  func options() {
    func check(
      _ option: WritableKeyPath<Normalization, Bool>, _ text: String, _ expected: String
    ) {
      var off = Normalization.lowercaseOnly
      off.lowercases = false
      expectEqual(off.normalized(text), text)
      off[keyPath: option] = true
      expectEqual(off.normalized(text), expected)
    }
    check(\.lowercases, "ABC Ä Σ Ж İ ß ẞ Ⅷ", "abc ä σ ж i\u{307} ß ß ⅷ")
    check(\.straightensQuotationMarks, "“a” „b« ‘c’ ‹d› ′e″", "\"a\" \"b\" 'c' 'd' 'e\"")
    check(\.foldsDigits, "١٢٣ ۴ ७ ７ 12 ②", "123 4 7 7 12 ②")
    check(
      \.removesFormatCharacters, "a\u{200E}b\u{AD}c\u{FEFF} ❤️\u{200D}🔥 x\u{200D}y",
      "abc ❤\u{200D}🔥 xy")
  }

  @Test("each Arabic option off leaves the text alone, and on changes it")
  func arabicOptions() {
    func check(
      _ option: WritableKeyPath<ArabicNormalization, Bool>, _ text: String, _ expected: String
    ) {
      var normalization = Normalization.lowercaseOnly
      expectEqual(normalization.normalized(text), text)
      normalization.arabic[keyPath: option] = true
      expectEqual(normalization.normalized(text), expected)
      // All others on leaves alone what only this one changes.
      var arabic = ArabicNormalization()
      arabic[keyPath: option] = false
      normalization.arabic = arabic
      expectEqual(normalization.normalized(text), text)
    }
    check(\.unifiesAlef, "أ إ آ ٱ ا", "ا ا ا ا ا")
    check(\.unifiesAlefMaqsura, "على في", "علي في")
    check(\.unifiesTaMarbuta, "الأمة".replacingOccurrences(of: "أ", with: "ا"), "الامه")
    check(\.removesTatweel, "مــــتحدة".replacingOccurrences(of: "ة", with: "ه"), "متحده")
    check(\.removesHarakat, "قَالَ الرّ\u{670}\u{6D6}", "قال الر")
  }

  @Test("decomposed hamza is a letter and not a vowel mark")
  func hamza() {
    var arabic = ArabicNormalization()
    arabic.unifiesAlef = false
    let normalization = Normalization(arabic: arabic)
    expectEqual(normalization.normalized("\u{627}\u{654}"), "أ")
    expectEqual(normalization.normalized("\u{64A}\u{64E}\u{654}"), "ئ")
    expectEqual(normalization.normalized("\u{648}\u{654}"), "ؤ")
  }
}
