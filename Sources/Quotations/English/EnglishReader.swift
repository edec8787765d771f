/// The rules of English, one sentence at a time.
///
/// A cue, a form of a reporting verb, is found first; then its subject, on the left ("Smith, a
/// teacher, said"), on the right ("said Smith"), or the sentence's own ("…, adding"); then what is
/// said, on either side.
struct EnglishReader {
  let text: ArticleText
  let lexicon: Lexicon
  let units: [Unit]
  let spans: [MarkedSpan]
  /// The sentence being read.
  var bounds: Range<Int> = 0..<0

  init(_ text: ArticleText, _ lexicon: Lexicon, _ units: [Unit], _ spans: [MarkedSpan]) {
    self.text = text
    self.lexicon = lexicon
    self.units = units
    self.spans = spans
  }

  mutating func read(_ sentence: Sentence) -> SentenceReading {
    bounds = sentence.units
    let cues = findCues()
    var reading = SentenceReading()
    reading.topic = cues.first { $0.subject != nil }?.subject ?? firstSubject()?.mention
    reading.attributions = attributions(of: cues)
    return reading
  }

  // MARK: Units

  /// The token of a unit; `nil` for a marked span or outside the sentence.
  @inline(__always)
  func token(_ unit: Int) -> Token? {
    guard bounds.contains(unit), units[unit].quote < 0 else { return nil }
    return text.tokens[units[unit].tokens.lowerBound]
  }

  @inline(__always)
  func isQuote(_ unit: Int) -> Bool { bounds.contains(unit) && units[unit].quote >= 0 }

  @inline(__always)
  func isAny(_ unit: Int, _ classes: WordClass) -> Bool { token(unit)?.isAny(classes) ?? false }

  @inline(__always)
  func kind(_ unit: Int) -> Token.Kind? { token(unit)?.kind }

  func isWord(_ unit: Int) -> Bool { kind(unit) == .word }

  func isCapitalized(_ unit: Int) -> Bool { token(unit)?.isCapitalized ?? false }

  func isHash(_ unit: Int, _ hash: UInt64) -> Bool { token(unit)?.hash == hash }

  /// Whether nothing more is said: the end of the sentence, or a sign that ends it.
  func isEnd(_ unit: Int) -> Bool {
    guard bounds.contains(unit) else { return true }
    guard let token = token(unit) else { return false }
    return token.endsSentence
  }

  func tokens(_ units: Range<Int>) -> Range<Int> {
    guard !units.isEmpty else { return 0..<0 }
    return self.units[units.lowerBound].tokens
      .lowerBound..<self.units[units.upperBound - 1].tokens.upperBound
  }

  /// The words inside a marked span.
  func wordCount(quote unit: Int) -> Int {
    units[unit].tokens.reduce(0) { $0 + (text.tokens[$1].kind == .word ? 1 : 0) }
  }

  /// The first and last tokens between the marks of a marked span.
  func firstInside(_ unit: Int) -> Token? {
    let range = units[unit].tokens
    return range.count > 1 ? text.tokens[range.lowerBound + 1] : nil
  }

  func lastInside(_ unit: Int) -> Token? {
    let range = units[unit].tokens
    guard range.count > 2 else { return nil }
    let last = text.tokens[range.upperBound - 1]
    return last.kind == .mark ? text.tokens[range.upperBound - 2] : last
  }

  static let to = WordHash.of("to")
  static let of = WordHash.of("of")
  static let and = WordHash.of("and")
  static let but = WordHash.of("but")
  static let by = WordHash.of("by")
  static let asWord = WordHash.of("as")
  static let according = WordHash.of("according")
  static let not = WordHash.of("not")
  static let saying = WordHash.of("saying")
  static let telling = WordHash.of("telling")
  static let worth = WordHash.of("worth")
  static let about = WordHash.of("about")
  static let read = WordHash.of("read")
  static let asked = WordHash.of("asked")
  static let told = WordHash.of("told")
  static let there = WordHash.of("there")
  static let those = WordHash.of("those")
  static let united = WordHash.of("united")
  static let that = WordHash.of("that")
}
