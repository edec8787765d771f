/// Reads an article sentence by sentence and gives every quotation a speaker where there is one.
///
/// The rules of a language see one sentence. What goes beyond it is decided here: labels ("Smith:
/// …"), signatures ("…" – Smith), quotations that stand beside a sentence about their speaker or go
/// on with the last one, and speech over several paragraphs.
struct ArticleReading {
  let text: ArticleText
  let spans: [MarkedSpan]
  let units: Units
  let lexicon: Lexicon

  private(set) var attributions: [Attribution] = []
  /// For each marked span the attribution that holds it; -1 for none.
  private var owner: [Int]
  private var english: EnglishReader
  private var arabic: ArabicReader
  /// Who spoke last, and in which paragraph.
  private var lastSpeaker: Mention?
  private var lastParagraph = -10
  /// Whether the last thing said was a quotation in marks.
  private var lastWasMarked = false

  init(_ text: ArticleText, lexicon: Lexicon) {
    self.text = text
    self.lexicon = lexicon
    spans = MarkPairing.spans(in: text)
    units = Units(text, spans)
    owner = Array(repeating: -1, count: spans.count)
    english = EnglishReader(text, lexicon, units.units, spans)
    arabic = ArabicReader(text, lexicon, units.units, spans)
    let labels = SpeechLabels(text, units, spans)
    readHeadline()
    for (paragraph, sentences) in units.paragraphs.enumerated() {
      if let label = labels.label(of: paragraph) {
        readLabelled(label, sentences)
      } else {
        for sentence in sentences { read(sentence, in: sentences) }
      }
    }
    goOnOverParagraphs()
  }

  // MARK: Sentences

  private mutating func read(_ number: Int, in paragraph: Range<Int>) {
    let sentence = units.sentences[number]
    let isArabic = isArabic(sentence)
    var reading = isArabic ? arabic.read(sentence) : english.read(sentence)
    attachToQuoteBefore(&reading, number, paragraph, isArabic: isArabic)
    for attribution in reading.attributions { add(attribution, sentence) }
    for unit in sentence.units where units.units[unit].quote >= 0 {
      if owner[units.units[unit].quote] < 0 {
        readLooseQuote(unit, sentence, reading, number, paragraph, isArabic: isArabic)
      }
    }
    topics.append(reading.topic)
    sureTopic = reading.isTopicSure ? reading.topic : nil
    sureParagraph = sentence.paragraph
  }

  /// Whom the sentence before is about without reporting a word of his.
  private var sureTopic: Mention?
  private var sureParagraph = -1

  /// The subjects of the sentences so far.
  private var topics: [Mention?] = []

  private func isArabic(_ sentence: Sentence) -> Bool {
    var arabicWords = 0
    var words = 0
    for unit in sentence.units {
      for index in units.units[unit].tokens.prefix(40) {
        let token = text.tokens[index]
        guard token.kind == .word else { continue }
        words += 1
        arabicWords += token.isArabic ? 1 : 0
      }
      if words > 40 { break }
    }
    return 2 * arabicWords > words
  }

  private mutating func add(_ found: Attribution, _ sentence: Sentence) {
    var attribution = found
    if attribution.inheritsSpeaker || attribution.speaker == nil {
      attribution.speaker =
        sureParagraph == sentence.paragraph ? sureTopic ?? lastSpeaker : lastSpeaker
      attribution.speaker = attribution.speaker ?? found.speaker
    }
    attribution.quotes = attribution.quotes.filter { owner[$0] < 0 }
    for quote in attribution.quotes { owner[quote] = attributions.count }
    attributions.append(attribution)
    if let speaker = attribution.speaker { lastSpeaker = speaker }
    lastParagraph = sentence.paragraph
    lastWasMarked = attribution.kind == .direct
  }

  /// "…?" Smith asked.: the quotation ended a sentence, and the cue stands in the next.
  private mutating func attachToQuoteBefore(
    _ reading: inout SentenceReading, _ number: Int, _ paragraph: Range<Int>, isArabic: Bool
  ) {
    guard number > paragraph.lowerBound else { return }
    let sentence = units.sentences[number]
    let before = units.sentences[number - 1]
    guard let last = before.units.last, units.units[last].quote >= 0,
      owner[units.units[last].quote] < 0 || isFloating(units.units[last].quote)
    else { return }
    let cue = isArabic ? arabic.trailingCue(sentence) : english.trailingCue(sentence)
    guard let cue, !reading.attributions.contains(where: { $0.cue == cue.cue }) else { return }
    let quote = units.units[last].quote
    if owner[quote] >= 0 {
      attributions[owner[quote]].speaker = cue.speaker
      attributions[owner[quote]].cue = cue.cue
      attributions[owner[quote]].rule = .quoteThenCue
      lastSpeaker = cue.speaker
      return
    }
    var attribution = cue
    attribution.parts = [units.units[last].tokens]
    attribution.quotes = [quote]
    reading.attributions.insert(attribution, at: 0)
  }

  private func isFloating(_ quote: Int) -> Bool {
    let rule = attributions[owner[quote]].rule
    return rule == .floating || rule == .unattributed
  }

  // MARK: Quotations that no cue reports

  private mutating func readLooseQuote(
    _ unit: Int, _ sentence: Sentence, _ reading: SentenceReading, _ number: Int,
    _ paragraph: Range<Int>, isArabic: Bool
  ) {
    let shape = QuoteShape(unit, sentence, units, text)
    let quote = units.units[unit].quote
    var attribution = Attribution(
      parts: [units.units[unit].tokens], kind: .direct, quotes: [quote], speaker: nil, cue: nil,
      rule: .floating)

    // "…" – Smith.
    if shape.isFollowedByDash, let signature = signature(after: unit, sentence) {
      attribution.speaker = signature
      attribution.rule = .dash
      return add(attribution, sentence)
    }
    // The quotation goes on with one in the same paragraph, or stands beside its speaker.
    if shape.isWholeSentence {
      if let speaker = speakerBeside(number, paragraph, shape) {
        attribution.speaker = speaker
        return add(attribution, sentence)
      }
      if shape.wordCount >= 3 || shape.endsSentence {
        if sentence.paragraph - lastParagraph <= 1, lastWasMarked || lastSpeaker != nil {
          attribution.speaker = lastSpeaker
        } else {
          attribution.rule = .unattributed
        }
        guard shape.wordCount >= 3 else { return }
        return add(attribution, sentence)
      }
      return
    }
    // "Overheard in the street: “…”"; "Smith, a teacher, on the radio: “…”".
    if shape.isAfterColon, shape.endsOrPauses {
      attribution.speaker = reading.topic ?? (shape.wordCount > 3 ? nil : lastSpeaker)
      attribution.rule = attribution.speaker == nil ? .unattributed : .label
      guard attribution.speaker != nil || shape.startsCapital || isArabic else { return }
      return add(attribution, sentence)
    }
    // A longer piece of somebody's words inside a sentence.
    if shape.wordCount >= Self.shortestPiece, !shape.looksLikeTitle {
      attribution.rule = .unattributed
      attribution.speaker = reading.topic
      add(attribution, sentence)
    }
  }

  /// Marked words inside a sentence are taken for somebody's from this length on.
  private static let shortestPiece = 6

  private func signature(after unit: Int, _ sentence: Sentence) -> Mention? {
    var start = unit + 1
    while start < sentence.units.upperBound, units.units[start].quote < 0,
      [.dash, .comma].contains(text.tokens[units.units[start].tokens.lowerBound].kind)
    {
      start += 1
    }
    var end = start
    while end < sentence.units.upperBound, units.units[end].quote < 0, end - start < 12,
      [.word, .number, .comma].contains(text.tokens[units.units[end].tokens.lowerBound].kind)
    {
      end += 1
    }
    guard end > start else { return nil }
    let first = text.tokens[units.units[start].tokens.lowerBound]
    guard first.kind == .word, first.isCapitalized || first.isArabic else { return nil }
    let tokens = units.units[start].tokens.lowerBound..<units.units[end - 1].tokens.upperBound
    return Mention(tokens)
  }

  /// The speaker of a quotation that is a sentence of its own: of the sentence before it in its
  /// paragraph, or of the one after when it opens the paragraph.
  private mutating func speakerBeside(
    _ number: Int, _ paragraph: Range<Int>, _ shape: QuoteShape
  ) -> Mention? {
    guard number > paragraph.lowerBound else { return nil }
    if let sureTopic, sureParagraph == units.sentences[number].paragraph { return sureTopic }
    if lastParagraph == units.sentences[number].paragraph, let lastSpeaker { return lastSpeaker }
    let first = topics.count - (number - paragraph.lowerBound)
    for index in stride(from: topics.count - 1, through: max(0, first, topics.count - 4), by: -1) {
      if let topic = topics[index] {
        return isWriter(topic)
          ? lastName(in: units.sentences[number - (topics.count - index)]) ?? topic : topic
      }
    }
    return nil
  }

  private func isWriter(_ mention: Mention) -> Bool {
    mention.core.count == 1 && Self.writers.contains(text.tokens[mention.core.lowerBound].hash)
  }

  private static let writers = Set(["i", "we"].map { WordHash.of($0) })

  /// The last name of two words or more: "In Oslo I met Ann Smith."
  private func lastName(in sentence: Sentence) -> Mention? {
    var best: Mention?
    var start: Int?
    for unit in sentence.units {
      let token = text.tokens[units.units[unit].tokens.lowerBound]
      if units.units[unit].quote < 0, token.kind == .word, token.isCapitalized {
        start = start ?? unit
        if let start, unit > start {
          best = Mention(
            units.units[start].tokens.lowerBound..<units.units[unit].tokens.upperBound)
        }
      } else {
        start = nil
      }
    }
    return best
  }

  // MARK: Labelled speech

  private mutating func readLabelled(_ label: SpeechLabels.Label, _ sentences: Range<Int>) {
    guard let first = sentences.first else { return }
    let sentence = units.sentences[first]
    let all =
      units.sentences[sentences.lowerBound].units
      .lowerBound..<units.sentences[sentences.upperBound - 1].units.upperBound
    let inside = all.compactMap { units.units[$0].quote >= 0 ? units.units[$0].quote : nil }
    var attribution = Attribution(
      parts: [label.content], kind: .indirect, quotes: inside, speaker: label.speaker, cue: nil,
      rule: .label)
    attribution.inheritsSpeaker = label.speaker == nil
    if let only = inside.first, inside.count == 1,
      label.content.upperBound - spans[only].tokens.upperBound <= 1,
      spans[only].tokens.lowerBound == label.content.lowerBound
    {
      attribution.kind = .direct
      attribution.parts = [spans[only].tokens]
    } else if !inside.isEmpty {
      attribution.kind = .mixed
    }
    if label.goesOn, let last = attributions.indices.last {
      attributions[last].parts.append(label.content)
      for quote in inside { owner[quote] = last }
      lastParagraph = sentence.paragraph
    } else {
      add(attribution, sentence)
    }
    for _ in sentences { topics.append(label.speaker) }
  }

  /// القاضية فلانة: كذا. A headline that names who says it by title.
  private mutating func readHeadline() {
    guard let first = text.paragraphs.first, first.count > 5,
      text.tokens[first.lowerBound].isArabic,
      text.tokens[first.lowerBound].isAny([.title, .role]),
      let colon = first.first(where: { text.tokens[$0].kind == .colon }),
      colon - first.lowerBound <= 10, first.upperBound - colon > 3,
      !spans.contains(where: { $0.tokens.overlaps((colon + 1)..<first.upperBound) })
    else { return }
    var end = first.lowerBound
    while end < colon, text.tokens[end].kind == .word,
      text.tokens[end].end - text.tokens[end].start > 1,
      !text.tokens[end].isAny([.preposition, .pronounPreposition]), !isForWhom(end)
    {
      end += 1
    }
    guard end > first.lowerBound + 1 else { return }
    attributions.append(
      Attribution(
        parts: [(colon + 1)..<first.upperBound], kind: .indirect, quotes: [],
        speaker: Mention(first.lowerBound..<end), cue: nil, rule: .label))
  }

  /// لـ«الجريدة»
  private func isForWhom(_ token: Int) -> Bool {
    let range = text.tokens[token].range
    return text.scalars[range.lowerBound] == 0x644
      && (range.count <= 2 && text.tokens[token + 1].kind == .mark)
  }

  // MARK: Several paragraphs

  /// Speech that opens again in each paragraph is one quotation, with the speaker of whichever
  /// paragraph names one.
  private mutating func goOnOverParagraphs() {
    var first = 0
    while first < spans.count {
      var last = first
      while last + 1 < spans.count, spans[last].continues, spans[last + 1].isContinuation {
        last += 1
      }
      if last > first { join(first...last) }
      first = last + 1
    }
  }

  private mutating func join(_ range: ClosedRange<Int>) {
    // The most certain attribution among the paragraphs.
    let owners = range.map { owner[$0] }.filter { $0 >= 0 }
    guard
      let best = owners.first(where: { attributions[$0].cue != nil }) ?? owners.first
    else { return }
    var parts = range.map { spans[$0].tokens }
    for other in Set(owners) {
      parts += attributions[other].parts
      attributions[other].parts = []
    }
    parts.sort { ($0.lowerBound, -$0.upperBound) < ($1.lowerBound, -$1.upperBound) }
    var kept: [Range<Int>] = []
    for part in parts where kept.last.map({ $0.upperBound <= part.lowerBound }) ?? true {
      kept.append(part)
    }
    for span in range { owner[span] = best }
    attributions[best].parts = kept
  }
}
