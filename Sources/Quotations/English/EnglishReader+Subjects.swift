/// The subjects of reporting verbs.
extension EnglishReader {
  func finite(_ found: Cue, _ earlier: [Cue]) -> Cue? {
    var cue = found
    let before = cue.group.lowerBound - 1
    let isFirst = before < bounds.lowerBound
    let afterComma = kind(before) == .comma
    // "said Smith" after a quotation or a clause.
    if isFirst || isQuote(before) || afterComma || isDash(before),
      found.frames.contains(.quote), let phrase = invertedSubject(cue, isFirst: isFirst)
    {
      // "Smith, a teacher, said they left": the subject is on the left.
      let next = phrase.units.upperBound
      let isOpen = !isEnd(next) && kind(next) != .comma && !isQuote(next)
      if isOpen || found.frames.contains(.person), afterComma, !isQuote(before - 1),
        let left = subject(before: cue.group.lowerBound)
      {
        cue.subject = left.mention
        cue.subjectUnits = left.units
        return cue
      }
      cue.subject = phrase.mention
      cue.subjectUnits = phrase.units
      cue.isInverted = true
      return cue
    }
    if isHash(before, Self.and) || isHash(before, Self.but)
      || (afterComma && (isHash(before - 1, Self.and) || isHash(before - 1, Self.but)))
    {
      // "the information and views": a noun, unless another cue came before.
      if cue.isAmbiguous, earlier.isEmpty { return nil }
      return sharing(cue, earlier)
    }
    if isAny(before, .relative) {
      return relative(cue, before)
    }
    guard let phrase = subject(before: cue.group.lowerBound) else {
      // "…, then added": a verb in a row of verbs.
      if isAny(before + 1, .adverb) || afterComma, !earlier.isEmpty { return sharing(cue, earlier) }
      return nil
    }
    if cue.isAmbiguous, !canBePresentSubject(phrase, cue) { return nil }
    cue.subject = phrase.mention
    cue.subjectUnits = phrase.units
    return cue
  }

  private func isDash(_ unit: Int) -> Bool { kind(unit) == .dash }

  /// Whether the verb's number fits a subject in the present: "officials say", "she claims".
  private func canBePresentSubject(_ phrase: Phrase, _ cue: Cue) -> Bool {
    guard let verb = token(cue.verb), let last = token(phrase.units.upperBound - 1) else {
      return true
    }
    let readings = lexicon.readings(of: verb)
    let isThird = readings.contains { $0.form == .third }
    let isBase = readings.contains { $0.form == .base }
    let isPlain = cue.group.lowerBound == cue.verb
    let length = phrase.mention.core.count
    let first = phrase.units.lowerBound
    if last.isAny(.pronoun) || last.isAny(.relative) {
      return isThird || !isPlain || !last.isAny([.male, .female])
    }
    if last.isAny(.indefinite) || kind(first) == .number { return true }
    if isBase, !isThird, isPlain {
      // Plural nouns and names of bodies only: "officials close to the talks".
      if isAny(first, .indefinite) || isHash(first, Self.those) { return true }
      return phrase.units.contains { unit in
        guard let token = token(unit), token.kind == .word else { return false }
        return !isPossessive(unit) && endsInS(token) || isHash(unit, Self.and)
      } || last.isAny(.role) && length > 1
    }
    // "new answers", "foreign reports": no subject for a verb in the singular.
    guard isThird, isPlain else { return true }
    return last.isCapitalized || last.isAny([.role, .body, .document])
      || isAny(first, [.determiner, .possessive]) || kind(phrase.units.upperBound - 1) != .word
  }

  private func endsInS(_ token: Token) -> Bool { text.scalars[Int(token.end) - 1] == 0x73 }

  /// "said John Smith": a noun phrase right after the verb, and after it an end, a comma, a
  /// preposition or a quotation.
  private func invertedSubject(_ cue: Cue, isFirst: Bool) -> Phrase? {
    let start = cue.group.upperBound
    guard let first = token(start), first.kind == .word, !first.isAny([.pronoun, .objectPronoun]),
      !first.isAny(.complementizer) || isAny(start, .determiner),
      !first.isAny(.time) || first.isAny(.maleName),
      let phrase = phrase(startingAt: start, isInverted: true)
    else { return nil }
    let next = phrase.units.upperBound
    guard bounds.contains(next) else { return phrase }
    // "Read Also:" is no speech.
    if isFirst, first.isAny(.adverb) || !first.isCapitalized && !first.isAny(.determiner) {
      return nil
    }
    if isFirst, isHash(cue.verb, Self.read) { return nil }
    if isFirst { return kind(next) == .colon || isQuote(next) ? phrase : nil }
    if isQuote(next) { return phrase }
    guard let token = token(next) else { return phrase }
    switch token.kind {
    case .word:
      return token.isAny([.preposition, .relative, .time, .subordinator, .adverb])
        || isGerund(token) ? phrase : nil
    default: return phrase
    }
  }

  /// The subject of "who said" is "who"; whom it means is found when names are resolved.
  private func relative(_ found: Cue, _ unit: Int) -> Cue? {
    var cue = found
    cue.subjectUnits = unit..<(unit + 1)
    var core = tokens(cue.subjectUnits)
    let end = kind(unit - 1) == .comma ? unit - 1 : unit
    if let units = nounPhrase(endingBefore: end) { core = tokens(units) }
    cue.subject = Mention(tokens(cue.subjectUnits), core: core)
    return cue
  }

  /// A cue without a subject of its own: "…, adding that", "and said", "went on to say".
  func sharing(_ found: Cue, _ earlier: [Cue]) -> Cue? {
    var cue = found
    if cue.form == .infinitive {
      // "declined to say", "is reported to have told": the verb before has the subject.
      let before = cue.group.lowerBound - 1
      if let last = earlier.last, last.group.upperBound == cue.group.lowerBound,
        !last.frames.contains(.thing) || last.frames.contains(.infinitive)
          || last.form == .passive
      {
        cue.group = last.group.lowerBound..<cue.group.upperBound
        cue.subject = last.subject
        cue.subjectUnits = last.subjectUnits
        cue.form = .finite
        return cue
      }
      guard let token = token(before), token.kind == .word else { return nil }
      // "went on to say", "is likely to say", "was quick to note".
      guard !token.isAny([.determiner, .preposition, .objectPronoun]) || token.isAny(.adverb) else {
        return nil
      }
    }
    if let last = earlier.last(where: { $0.subject != nil }) {
      cue.subject = last.subject
      return cue
    }
    guard let phrase = firstSubject(), phrase.units.upperBound <= cue.group.lowerBound else {
      // "Speaking to reporters, Smith said": the subject comes later.
      return cue.form == .gerund ? nil : nil
    }
    cue.subject = phrase.mention
    return cue
  }

  /// "was quoted as saying", "is reported to have told", "was asked by": a passive is a cue only as
  /// the start of a longer one, or where what is said follows.
  func passive(_ found: Cue, _ earlier: [Cue]) -> Cue? {
    guard let phrase = subject(before: found.group.lowerBound) else {
      return found.frames.contains(.person) ? found : nil
    }
    var cue = found
    cue.subject = phrase.mention
    cue.subjectUnits = phrase.units
    return cue
  }
}
