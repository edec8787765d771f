/// Finding reporting words.
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

  func according(at unit: Int) -> ArabicCue? {
    var start = unit + 1
    if isHash(unit, Self.hadd) { start += 1 }
    if isHash(start, Self.li) { start += 1 }
    // وفق ما أفاد فلان.
    if isHash(start, Self.what), token(start + 1)?.verb ?? -1 >= 0 { start += 2 }
    // حسبما قال فلان: the verb that follows is the cue.
    if let token = token(start), token.verb >= 0,
      lexicon.readings(of: token).contains(where: { $0.form == .perfect }), !isDefinite(token),
      !token.isAny([.role, .body, .document])
    {
      return nil
    }
    guard let end = nounPhraseEnd(startingAt: start) else { return nil }
    var cue = ArabicCue(
      unit: unit, form: .according, frames: [.quote, .that], subject: nil, next: end, start: unit)
    cue.subject = Mention(tokens(start..<end))
    cue.hasOwnSubject = true
    return cue
  }

  func cue(at unit: Int, _ token: Token, _ earlier: [ArabicCue]) -> ArabicCue? {
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

  static let what = WordHash.of("ما")
  private static let untilWord = WordHash.of("حتى")

  private func isClauseEdge(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return true }
    return token.kind != .word && token.kind != .number
  }

  private func hasShadda(_ token: Token) -> Bool { text.scalars[token.range].contains(0x651) }

  /// كُتب، قيل: nobody is named as the one who says it.
  private func isPassive(_ token: Token) -> Bool {
    scalar(token, 1) == 0x64F && scalar(token, 0) != 0x64A
  }

  private func isComplementizerNear(_ unit: Int) -> Bool {
    (unit + 1..<Swift.min(bounds.upperBound, unit + 14)).contains {
      isAny($0, .complementizer) || kind($0) == .colon
    }
  }

  /// Whether an active participle tells what its sentence's subject says: after a comma, or before a
  /// complementizer, a preposition of its own, or a colon.
  private func isParticiplePosition(_ unit: Int, _ token: Token) -> Bool {
    guard !isDefinite(token),
      !token.isAny([.role, .title]) || isAny(unit + 1, .complementizer)
        || kind(unit + 1) == .colon
    else { return false }
    let isMarked = endsAsAccusative(token)
    guard isMarked else { return false }
    if kind(unit + 1) == .colon { return true }
    if isAny(unit + 1, .complementizer) { return true }
    return kind(unit - 1) == .comma || isQuote(unit - 1) || isAny(unit + 2, .complementizer)
  }

  /// قائلاً، قائلة، قائلين.
  func endsAsAccusative(_ token: Token) -> Bool {
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
}
