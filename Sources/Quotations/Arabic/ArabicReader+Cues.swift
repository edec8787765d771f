/// Finding reporting words and their subjects.
extension ArabicReader {
  func findCues() -> [ArabicCue] {
    var cues: [ArabicCue] = []
    for unit in bounds {
      guard let token = token(unit), token.kind == .word, token.isArabic else { continue }
      if token.isAny(.according) || token.hash == Self.hadd && isHash(unit + 1, Self.qawl) {
        if let cue = according(at: unit) { cues.append(cue) }
      } else if token.verb >= 0, let cue = cue(at: unit, token, cues) {
        cues.append(cue)
      }
    }
    return cues
  }

  private func according(at unit: Int) -> ArabicCue? {
    var start = unit + 1
    if isHash(unit, Self.hadd) { start += 1 }
    if isHash(start, Self.li) { start += 1 }
    // حسبما قال فلان: the verb that follows is the cue.
    if let token = token(start), token.verb >= 0,
      lexicon.readings(of: token).contains(where: { $0.form == .perfect }), !isDefinite(token),
      !token.isAny([.role, .body, .document])
    {
      return nil
    }
    guard let end = nounPhraseEnd(startingAt: start, allowsPrepositions: true) else { return nil }
    var cue = ArabicCue(
      unit: unit, form: .according, frames: [.quote, .that], subject: nil, next: end, start: unit)
    cue.subject = Mention(tokens(start..<end))
    cue.hasOwnSubject = true
    return cue
  }

  private func cue(at unit: Int, _ token: Token, _ earlier: [ArabicCue]) -> ArabicCue? {
    var frames: Frames = []
    var forms: Set<VerbForm> = []
    for reading in lexicon.readings(of: token) {
      frames.formUnion(reading.frames)
      forms.insert(reading.form)
    }
    if forms.contains(.perfect) || forms.contains(.imperfect), isVerbPosition(unit, token) {
      return finite(at: unit, frames, earlier)
    }
    if forms.contains(.agent), isParticiplePosition(unit, token) {
      return sharing(unit, .agent, frames, earlier)
    }
    if token.isAny(.saying) || forms.contains(.masdar), isSayingNoun(unit, token) {
      return sharing(unit, .noun, frames, earlier)
    }
    return nil
  }

  /// Whether a word that may be a verb stands where verbs do.
  private func isVerbPosition(_ unit: Int, _ token: Token) -> Bool {
    if token.proclitic == 0x628 || token.proclitic == 0x644 || isPassive(token) { return false }
    // A preposition or a role that looks like a verb: بين، عبر، طالب.
    if token.isAny([.preposition, .role]), token.proclitic == 0, !hasShadda(token) {
      let isFirst = isClauseEdge(unit - 1) || isAny(unit - 1, .adverb)
      guard isFirst, isComplementizerNear(unit) else { return false }
    }
    guard let previous = self.token(unit - 1) else { return true }
    // After a preposition stands a noun.
    let isNoun =
      previous.isAny(.preposition) && token.proclitic == 0
      && !previous.isAny([.adverb, .clauseOpener, .complementizer])
    return !isNoun || previous.hash == Self.untilWord
  }

  private static let untilWord = WordHash.of("حتى")

  private func isClauseEdge(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return true }
    return token.kind != .word && token.kind != .number
  }

  private func hasShadda(_ token: Token) -> Bool { text.scalars[token.range].contains(0x651) }

  /// كُتب، قيل: nobody is named as the one who says it.
  private func isPassive(_ token: Token) -> Bool { scalar(token, 1) == 0x64F && scalar(token, 0) != 0x64A }

  private func isComplementizerNear(_ unit: Int) -> Bool {
    (unit + 1..<Swift.min(bounds.upperBound, unit + 14)).contains {
      isAny($0, .complementizer) || kind($0) == .colon
    }
  }

  /// Whether an active participle tells what its sentence's subject says: after a comma, or before a
  /// complementizer, a preposition of its own, or a colon.
  private func isParticiplePosition(_ unit: Int, _ token: Token) -> Bool {
    guard !isDefinite(token), !token.isAny([.role, .title]) || isAny(unit + 1, .complementizer)
      || kind(unit + 1) == .colon
    else { return false }
    let isMarked = endsAsAccusative(token)
    guard isMarked else { return false }
    if kind(unit + 1) == .colon { return true }
    if isAny(unit + 1, .complementizer) { return true }
    return kind(unit - 1) == .comma || isQuote(unit - 1) || isAny(unit + 2, .complementizer)
  }

  /// قائلاً، قائلة، قائلين.
  private func endsAsAccusative(_ token: Token) -> Bool {
    var last = Int(token.end) - 1
    while last > Int(token.start), WordHash.folded(text.scalars[last]) == nil { last -= 1 }
    let scalar = text.scalars[last]
    return scalar == 0x627 || scalar == 0x629 || scalar == 0x646
  }

  /// قوله، بالقول، تأكيدها أن.
  private func isSayingNoun(_ unit: Int, _ token: Token) -> Bool {
    let next = unit + 1
    if token.isAny(.saying) || token.hash == WordHash.of("القول") {
      return (next..<Swift.min(bounds.upperBound, next + 12)).contains {
        kind($0) == .colon || isAny($0, .complementizer) || isQuote($0)
      }
    }
    let last = text.scalars[Int(token.end) - 1]
    // A verbal noun with a pronoun: تأكيدها.
    return (last == 0x647 || last == 0x627) && isAny(next, .complementizer)
  }

  // MARK: Subjects

  private func sharing(
    _ unit: Int, _ form: ArabicCue.Form, _ frames: Frames, _ earlier: [ArabicCue]
  ) -> ArabicCue {
    var cue = ArabicCue(
      unit: unit, form: form, frames: frames.union([.quote, .that]), subject: nil, next: unit + 1,
      start: unit)
    if let last = earlier.last, last.form != .according {
      cue.subject = last.subject
      cue.hasOwnSubject = last.hasOwnSubject
      // The object of the verb before may be the one who says it: سألنا أحدهم … فأجاب.
    } else if let topic = topic() {
      cue.subject = topic
      cue.hasOwnSubject = true
    }
    return cue
  }

  private func finite(at unit: Int, _ frames: Frames, _ earlier: [ArabicCue]) -> ArabicCue {
    var cue = ArabicCue(
      unit: unit, form: .finite, frames: frames, subject: nil, next: unit + 1, start: unit)
    if Self.naqala.contains(token(unit)?.hash ?? 0), let relayed = relayedSubject(after: unit) {
      cue.subject = Mention(tokens(relayed))
      cue.next = relayed.upperBound
      cue.hasOwnSubject = true
      return cue
    }
    // لكنه اعتبر، إلا أنه حمّل: the pronoun before is the subject.
    if isAny(unit - 1, [.pronoun, .contrast]), !isHash(unit - 1, Self.but),
      !isAny(unit - 1, .complementizer) || isAny(unit - 2, .contrast)
    {
      cue.subject = Mention(tokens((unit - 1)..<unit))
      cue.start = unit - 1
      cue.hasOwnSubject = true
      return cue
    }
    if !isCoordinated(unit, frames, earlier), let after = subjectAfter(unit, frames) {
      cue.subject = Mention(tokens(after))
      cue.next = after.upperBound
      cue.hasOwnSubject = true
      return cue
    }
    if let before = subjectBefore(unit) {
      cue.subject = Mention(tokens(before))
      cue.start = before.lowerBound
      cue.hasOwnSubject = true
      return cue
    }
    if let last = earlier.last(where: { $0.form != .according }) {
      cue.subject = last.subject
      cue.hasOwnSubject = last.hasOwnSubject
    } else if let title = titleBefore(unit) {
      cue.subject = Mention(tokens(title))
      cue.hasOwnSubject = true
    }
    return cue
  }

  static let but = WordHash.of("لكن")

  /// "…، ودعت التحالف إلى": a second verb of the sentence that takes over the subject. Also a verb in
  /// the plural, which has no noun after it as its subject: حثوا المانحين.
  private func isCoordinated(_ unit: Int, _ frames: Frames, _ earlier: [ArabicCue]) -> Bool {
    guard let token = token(unit) else { return false }
    let last = text.scalars[Int(token.end) - 1]
    let beforeLast = text.scalars[max(Int(token.start), Int(token.end) - 2)]
    if beforeLast == 0x648, last == 0x627 || last == 0x646 { return true }
    guard frames.contains(.infinitive), token.proclitic == 0x648, kind(unit - 1) == .comma,
      earlier.contains(where: { $0.hasOwnSubject }),
      let end = nounPhraseEnd(startingAt: unit + 1, allowsPrepositions: false)
    else { return false }
    return end - unit <= 4 && isLeading(end, frames)
  }

  /// "تغريدة للنائب فلان، كتب فيها": the nearest title or role before.
  private func titleBefore(_ unit: Int) -> Range<Int>? {
    guard kind(unit - 1) == .comma else { return nil }
    var start = unit - 2
    var title: Int?
    while bounds.contains(start), unit - start < 14, self.kind(start) == .word {
      if isAny(start, [.title, .role]) { title = start }
      start -= 1
    }
    guard let title, let end = nounPhraseEnd(startingAt: title, allowsPrepositions: true) else {
      return nil
    }
    return title..<Swift.min(end, unit - 1)
  }

  /// نقلت الوكالة عن فلان قوله: the one after عن.
  private func relayedSubject(after unit: Int) -> Range<Int>? {
    for from in (unit + 1)..<Swift.max(unit + 1, Swift.min(bounds.upperBound, unit + 14))
    where isHash(from, Self.an) {
      guard let end = nounPhraseEnd(startingAt: from + 1, allowsPrepositions: true) else {
        return nil
      }
      return (from + 1)..<end
    }
    return nil
  }

  /// The subject after the verb, past adverbs and phrases that may come between.
  private func subjectAfter(_ unit: Int, _ frames: Frames) -> Range<Int>? {
    var start = unit + 1
    var steps = 0
    while steps < 12, let token = token(start), token.kind == .word {
      if token.isAny([.complementizer, .saying]) || isContentNoun(token) { return nil }
      if token.isAny(.pronounPreposition), !token.isAny(.title) {
        start += 1
      } else if isLeading(start, frames) {
        return nil
      } else if token.isAny([.preposition, .adverb]) || hasPrefix(token, 0x644)
        || hasPrefix(token, 0x628)
      {
        // A phrase between: on to a title or a role, if there is one before the content.
        guard let title = titleAhead(start + 1) else { return nil }
        start = title
        break
      } else {
        break
      }
      steps += 1
    }
    guard let end = nounPhraseEnd(startingAt: start, allowsPrepositions: false) else { return nil }
    // وتضيف ضاحكة: how, not who.
    if end == start + 1, let only = token(start), !isDefinite(only), endsAsAccusative(only),
      !only.isAny([.role, .title, .body]), kind(end) == .colon || isAny(end, .complementizer)
    {
      return nil
    }
    return start..<end
  }

  /// The next title, or the name of a father or mother, that no preposition leads and that is no
  /// adjective of the noun before.
  private func titleAhead(_ start: Int) -> Int? {
    var unit = start
    while unit < start + 8, let token = token(unit), token.kind == .word {
      if token.isAny([.complementizer, .saying]) { return nil }
      if Self.kunyas.contains(token.hash) { return unit }
      if token.isAny(.title), isDefinite(token), !isAny(unit - 1, .preposition),
        !(self.token(unit - 1).map(isDefinite) ?? true)
      {
        return unit
      }
      unit += 1
    }
    return nil
  }

  private static let kunyas = Set(["أبو", "أم"].map { WordHash.of($0) })

  /// Whether a preposition that belongs to the verb leads what is said.
  func isLeading(_ unit: Int, _ frames: Frames) -> Bool {
    guard let token = token(unit), token.kind == .word else { return false }
    switch token.hash {
    case Self.ala: return frames.contains(.ala)
    case Self.ila: return frames.contains(.ila)
    case Self.min: return frames.contains(.min)
    case Self.an: return frames.contains(.an)
    case Self.fi: return frames.contains(.fi)
    default:
      return frames.contains(.bi) && hasPrefix(token, 0x628) && !Self.attributes.contains(token.hash)
        && !Self.attributes.contains(unfolded(token))
    }
  }

  /// The key of the word as it is written, with its prefix.
  private func unfolded(_ token: Token) -> UInt64 { WordHash.of(text.scalars[token.range]) }

  /// باسم، بيده: they belong to the subject or the verb.
  static let attributes = Set(["باسم", "بيده", "بيدها", "بنفسه"].map { WordHash.of($0) })

  /// A subject before the verb: أما فلان فقال، وهو يرى، لكنه اعتبر.
  private func subjectBefore(_ unit: Int) -> Range<Int>? {
    var start = clauseStart(before: unit)
    guard start < unit else { return nil }
    let last = unit - 1
    if isAny(last, [.pronoun]) { return last..<unit }
    if isAny(last, .contrast), !isHash(last, WordHash.of("لكن")) { return last..<unit }
    while start < unit, isAny(start, [.topic, .contrast, .adverb]) { start += 1 }
    guard start < unit, let first = token(start), first.kind == .word,
      !first.isAny([.preposition, .complementizer, .relative, .clauseOpener]),
      !first.isAny(.pronounPreposition), first.verb < 0 || first.isAny([.role, .title, .body])
    else { return nil }
    guard let end = nounPhraseEnd(startingAt: start, allowsPrepositions: true) else { return nil }
    return start..<Swift.min(end, unit)
  }

  private func clauseStart(before unit: Int) -> Int {
    var start = unit
    while start > bounds.lowerBound {
      guard let token = token(start - 1) else { break }
      if token.kind != .word, token.kind != .number { break }
      start -= 1
    }
    return start
  }

  /// The end of the noun phrase that starts at `start`; `nil` when none does.
  func nounPhraseEnd(startingAt start: Int, allowsPrepositions: Bool) -> Int? {
    guard let first = token(start), first.kind == .word,
      !first.isAny([.complementizer, .relative, .saying, .preposition]),
      !first.isAny(.pronounPreposition), !first.isAny(.adverb) || isDefinite(first)
    else { return nil }
    // An indefinite head may carry a preposition: مصدر في الوزارة، شابتان من داريا.
    var mayTakePreposition =
      !isDefinite(first) && !first.isCapitalized || Self.fields.contains(first.hash)
    var unit = start + 1
    while bounds.contains(unit), unit - start < 16 {
      if isQuote(unit) {
        // A name in marks: صحيفة «البعث الجديد».
        guard units[unit].tokens.count <= 6, !isEnd(unit + 1), kind(unit + 1) != .comma else { break }
        unit += 1
        continue
      }
      guard let token = token(unit), token.kind == .word || token.kind == .number else { break }
      if token.isAny([
        .complementizer, .relative, .pronounPreposition, .clauseOpener, .saying, .pronoun,
      ]) {
        break
      }
      if isContentNoun(token) { break }
      // المتحدث باسم …، حساب باسم …
      if Self.attributes.contains(unfolded(token)), unit == start + 1 {
        unit += 1
        continue
      }
      if token.isAny(.preposition) || hasPrefix(token, 0x628) || token.isAny(.adverb) {
        let isAttribute =
          mayTakePreposition && unit - start <= 3
          && (token.hash == Self.fi || token.hash == Self.min || token.hash == Self.bi)
        guard isAttribute else { break }
        mayTakePreposition = false
        unit += 1
        continue
      }
      if token.verb >= 0, !token.isAny([.role, .title, .body, .document]), !isDefinite(token),
        lexicon.readings(of: token).contains(where: { $0.form != .masdar }),
        isAny(unit + 1, .complementizer) || token.proclitic == 0x648 || token.proclitic == 0x641
      {
        break
      }
      // للصحفيين: to whom.
      if hasPrefix(token, 0x644), unit > start + 1 || scalar(token, 1) == 0x644, !isTitlePart(unit) {
        break
      }
      unit += 1
    }
    return unit
  }

  /// الباحث في …، الخبير في …
  private static let fields = Set(
    ["الباحث", "الباحثة", "الخبير", "الخبيرة", "المختص", "المتخصص", "العضو", "المسؤول", "المحلل"]
      .map { WordHash.of($0) })

  /// "اللجنة العليا للانتخابات": the part of a name that starts with for.
  private func isTitlePart(_ unit: Int) -> Bool {
    isAny(unit - 1, [.body]) || token(unit - 1).map(isDefinite) ?? false
  }

  /// Words that open what is said when no complementizer does: ضرورة، إعادة.
  func isContentNoun(_ token: Token) -> Bool { Self.contentNouns.contains(token.hash) }

  static let contentNouns = Set(
    [
      "ضرورة", "أهمية", "وجود", "عدم", "صحة", "إعادة", "إطلاق", "إنشاء", "استعداد", "استعداده",
      "استعدادها", "رغبته", "رغبتها", "رفضه", "رفضها", "دعمه", "دعمها", "قلقه", "قلقها", "إدانته",
      "إدانتها", "التزامه", "التزامها", "تمسكه", "تمسكها", "ترحيبه", "ترحيبها", "موقفه", "موقفها",
      "تأييده", "تأييدها", "قلقهم", "خشيتهم", "رفضهم", "تضامنه", "تضامنها", "نيته", "نيتها", "وقوفه",
      "حرصه", "حرصها", "استنكاره", "انسحابه", "انسحابها", "استقالته", "استقالتها", "مسؤوليته",
      "مسؤوليتها", "بدء", "وقف", "تشكيل", "تأجيل", "إلغاء", "تعليق", "استئناف", "مقتل", "إصابة",
    ].map { WordHash.of($0) })

  /// Whom the sentence is about, when no cue tells: the noun phrase at its start, or the one after its
  /// first verb.
  func topic() -> Mention? {
    var start = bounds.lowerBound
    var isTopic = false
    while bounds.contains(start), kind(start) != .word || isAny(start, [.topic, .contrast, .adverb]) {
      isTopic = isTopic || isAny(start, .topic)
      start += 1
    }
    guard let first = token(start), first.kind == .word, !first.isAny([.preposition]) else {
      return nil
    }
    if !isTopic, !first.isAny([.role, .title, .body]), !isDefinite(first) { start += 1 }
    guard var end = nounPhraseEnd(startingAt: start, allowsPrepositions: false) else { return nil }
    if isTopic {
      // أما فلان فانتظر: the verb has a prefix.
      end = ((start + 1)..<end).first { token($0).map { scalar($0, 0) == 0x641 } ?? false } ?? end
    }
    return Mention(tokens(start..<end))
  }

  /// Whether the topic is named first, or by title or role, so that who speaks next is likely the same.
  func isTopicSure() -> Bool {
    isAny(bounds.lowerBound, .topic)
      || (bounds.lowerBound..<Swift.min(bounds.lowerBound + 2, bounds.upperBound)).contains {
        isAny($0, [.title, .role]) && !isAny($0 - 1, .preposition)
      }
  }
}
