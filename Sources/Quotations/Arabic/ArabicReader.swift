/// The rules of Arabic, one sentence at a time.
///
/// Arabic news puts the verb first: cue, subject, then what is said after a complementizer (إن، أن),
/// a preposition that belongs to the verb (شدد على), or a colon and a quotation.
struct ArabicReader {
  let text: ArticleText
  let lexicon: Lexicon
  let units: [Unit]
  let spans: [MarkedSpan]
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
    reading.attributions = attributions(of: cues)
    reading.topic =
      reading.attributions.first { $0.speaker != nil }?.speaker
      ?? cues.first { $0.subject != nil }?.subject ?? topic()
    reading.isTopicSure = reading.attributions.isEmpty && isTopicSure()
    return reading
  }

  // MARK: Units

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

  func isHash(_ unit: Int, _ hash: UInt64) -> Bool { token(unit)?.hash == hash }

  func isEnd(_ unit: Int) -> Bool {
    guard bounds.contains(unit) else { return true }
    return token(unit)?.endsSentence ?? false
  }

  func tokens(_ units: Range<Int>) -> Range<Int> {
    guard !units.isEmpty else { return 0..<0 }
    return self.units[units.lowerBound].tokens
      .lowerBound..<self.units[units.upperBound - 1].tokens.upperBound
  }

  func wordCount(quote unit: Int) -> Int {
    units[unit].tokens.reduce(0) { $0 + (text.tokens[$1].kind == .word ? 1 : 0) }
  }

  func scalar(_ token: Token, _ offset: Int) -> UInt32 {
    let index = Int(token.start) + offset
    return index < Int(token.end) ? text.scalars[index] : 0
  }

  /// Whether the word has the article ال, also after a letter written together with it.
  func isDefinite(_ token: Token) -> Bool {
    var offset = 0
    if [0x648, 0x641, 0x628].contains(scalar(token, 0)) { offset = 1 }
    if scalar(token, 0) == 0x644, scalar(token, 1) == 0x644 { return true }
    return scalar(token, offset) == 0x627 && scalar(token, offset + 1) == 0x644
  }

  /// Whether "by" or "for" is written together with a word that is not known as a whole.
  func hasPrefix(_ token: Token, _ letter: UInt32) -> Bool {
    scalar(token, 0) == letter && token.end - token.start >= 4
      && (token.proclitic == letter || token.classes.isEmpty && token.verb < 0)
  }

  static let min = WordHash.of("من")
  static let an = WordHash.of("عن")
  static let ala = WordHash.of("على")
  static let ila = WordHash.of("إلى")
  static let fi = WordHash.of("في")
  static let li = WordHash.of("ل")
  static let bi = WordHash.of("ب")
  static let hadd = WordHash.of("حد")
  static let qawl = WordHash.of("قول")
  static let naqala = Set(["نقل", "نقلت", "ينقل", "تنقل", "نقلا"].map { WordHash.of($0) })
  /// What one refuses to do without saying anything by it.
  static let refusals = Set(
    ["التعليق", "الإفصاح", "الإجابة", "الرد", "الكشف", "الحديث", "الإدلاء"].map { WordHash.of($0) })
}
