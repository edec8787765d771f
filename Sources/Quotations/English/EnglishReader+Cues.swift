/// Finding reporting verbs and their subjects.
extension EnglishReader {
  func findCues() -> [Cue] {
    var cues: [Cue] = []
    var unit = bounds.lowerBound
    while unit < bounds.upperBound {
      defer { unit += 1 }
      guard let token = token(unit), token.kind == .word else { continue }
      if token.hash == Self.according, isHash(unit + 1, Self.to) {
        if let cue = according(at: unit) { cues.append(cue) }
        continue
      }
      if token.isAny([.reportNoun, .reportAdjective]), leadsClause(unit),
        let cue = nominal(at: unit, token, cues)
      {
        cues.append(cue)
        continue
      }
      guard token.verb >= 0 else { continue }
      if let cue = cue(at: unit, token, cues) {
        // "declined to say": the inner verb takes over from the outer, if it reports anything.
        if let last = cues.last, cue.group.lowerBound <= last.verb {
          guard isReporting(cue) else { continue }
          cues.removeLast()
        }
        cues.append(cue)
      }
    }
    return cues
  }

  private func according(at unit: Int) -> Cue? {
    guard let phrase = phrase(startingAt: unit + 2, isInverted: true) else { return nil }
    var cue = Cue(
      group: unit..<(unit + 2), verb: unit, form: .according, frames: [.quote, .clause])
    cue.subject = phrase.mention
    cue.subjectUnits = phrase.units
    cue.isInverted = true
    return cue
  }

  /// Whether "that" follows a noun or adjective, also after a form of "be"; or "to", after somebody's
  /// promise.
  private func leadsClause(_ unit: Int) -> Bool {
    if isHash(unit + 1, Self.that) { return true }
    guard isAny(unit, .reportNoun) else { return false }
    if isAny(unit + 1, .be), isHash(unit + 2, Self.that) { return true }
    guard isHash(unit + 1, Self.to), isAny(unit - 1, .possessive) || isPossessive(unit - 1),
      let next = token(unit + 2), next.kind == .word
    else { return false }
    return !next.isAny([.determiner, .possessive, .pronoun, .preposition]) && !next.isCapitalized
  }

  /// "his claim that", "is confident that", "made it clear that".
  private func nominal(at unit: Int, _ token: Token, _ earlier: [Cue]) -> Cue? {
    var cue = Cue(group: unit..<(unit + 1), verb: unit, form: .nominal, frames: [.that, .infinitive])
    if isAny(unit + 1, .be) { cue.group = unit..<(unit + 2) }
    if token.isAny(.reportAdjective) {
      let group = verbGroup(before: unit)
      if group.hasBe, let phrase = subject(before: group.start) {
        cue.group = group.start..<(unit + 1)
        cue.subject = phrase.mention
        return cue
      }
      // "made it clear"
      let verb = isAny(unit - 1, .objectPronoun) ? unit - 2 : unit - 1
      guard let made = self.token(verb), Self.made.contains(made.hash) else { return nil }
      let outer = verbGroup(before: verb)
      guard let phrase = subject(before: outer.start) ?? firstSubject() else { return nil }
      cue.group = outer.start..<(unit + 1)
      cue.subject = phrase.mention
      return cue
    }
    // "Smith's claim", "his claim".
    if isPossessive(unit - 1) {
      var start = unit - 1
      while start > bounds.lowerBound, isCapitalized(start - 1), isWord(start - 1) { start -= 1 }
      cue.subject = Mention(tokens(start..<unit))
      return cue
    }
    if isAny(unit - 1, .possessive) {
      cue.subject = Mention(tokens((unit - 1)..<unit))
      return cue
    }
    cue.subject = earlier.last { $0.subject != nil }?.subject ?? firstSubject()?.mention
    return cue
  }

  private static let made = Set(["make", "makes", "made", "making"].map { WordHash.of($0) })

  private func cue(at unit: Int, _ token: Token, _ earlier: [Cue]) -> Cue? {
    let readings = lexicon.readings(of: token)
    // A particle decides which verb it is: "pointed out", "called for".
    var end = unit + 1
    var frames: Frames = []
    var forms: Set<VerbForm> = []
    if let next = self.token(unit + 1)?.hash, next != 0 {
      for reading in readings where reading.particle == next {
        frames.formUnion(reading.frames)
        forms.insert(reading.form)
      }
    }
    if frames.isEmpty {
      for reading in readings where reading.particle == 0 {
        frames.formUnion(reading.frames)
        forms.insert(reading.form)
      }
    } else {
      end += 1
    }
    guard !frames.isEmpty, !isPartOfName(unit, token, forms) else { return nil }

    let group = verbGroup(before: unit)
    var cue = Cue(group: group.start..<end, verb: unit, form: .finite, frames: frames)
    if forms.contains(.gerund) {
      if group.hasBe { return finite(cue, earlier) }
      // "his saying", "a warning": nouns.
      if isAny(unit - 1, [.determiner, .possessive]) || isPossessive(unit - 1) { return nil }
      // "was quoted as saying".
      if isHash(cue.group.lowerBound - 1, Self.asWord), let last = earlier.last,
        last.form == .passive, last.group.upperBound == cue.group.lowerBound - 1
      {
        cue.group = last.group.lowerBound..<cue.group.upperBound
        cue.subject = last.subject
        cue.subjectUnits = last.subjectUnits
        return cue
      }
      // "quoted an official as saying".
      if isHash(cue.group.lowerBound - 1, Self.asWord), let last = earlier.last,
        let phrase = phrase(startingAt: last.group.upperBound, isInverted: true),
        phrase.units.upperBound <= cue.group.lowerBound - 1
      {
        cue.subject = phrase.mention
        cue.subjectUnits = phrase.units
        return cue
      }
      // "It is worth mentioning that".
      if isHash(cue.group.lowerBound - 1, Self.worth) { return nil }
      cue.form = .gerund
      return sharing(cue, earlier)
    }
    if group.hasTo {
      cue.form = .infinitive
      return sharing(cue, earlier)
    }
    if (group.hasBe || isParticipleOfQuestion(unit, token)), forms.contains(.participle) || forms.contains(.past) {
      cue.form = .passive
      return passive(cue, earlier)
    }
    if forms.contains(.base) || forms.contains(.third) {
      guard group.hasModal || !isNominal(unit) else { return nil }
      cue.isAmbiguous = !forms.contains(.past)
    } else if isAny(unit - 1, [.determiner, .possessive]) || isPossessive(unit - 1) {
      return nil
    }
    return finite(cue, earlier)
  }

  /// "United States", "Hope Hicks": a capital inside a sentence, where only headlines have verbs.
  private func isPartOfName(_ unit: Int, _ token: Token, _ forms: Set<VerbForm>) -> Bool {
    guard token.isCapitalized, unit > bounds.lowerBound else { return false }
    if isHash(unit - 1, Self.united) { return true }
    return !forms.contains(.third) && !forms.contains(.past)
      && !(forms.contains(.base) && !isCapitalizedWord(unit + 1))
  }

  private func isCapitalizedWord(_ unit: Int) -> Bool { isWord(unit) && isCapitalized(unit) }

  /// "Asked whether …," at the start of a sentence or clause, or after "when".
  private func isParticipleOfQuestion(_ unit: Int, _ token: Token) -> Bool {
    guard token.hash == Self.asked || token.hash == Self.told else { return false }
    return unit == bounds.lowerBound || isAny(unit - 1, .subordinator)
  }

  private struct VerbGroup {
    var start: Int
    var hasBe = false
    var hasTo = false
    var hasModal = false
  }

  /// The auxiliaries and adverbs before a verb.
  private func verbGroup(before unit: Int) -> VerbGroup {
    var group = VerbGroup(start: unit)
    var current = unit - 1
    while let token = token(current), token.kind == .word, unit - current < 8 {
      if token.hash == Self.to {
        group.start = current
        group.hasTo = true
        break
      }
      if token.isAny(.auxiliary), !token.isCapitalized || current > bounds.lowerBound {
        group.hasBe = group.hasBe || token.isAny(.be) && !group.hasModal
        group.hasModal = group.hasModal || token.isAny([.modal, .have])
        group.start = current
      } else if isAdverb(current), !token.isCapitalized {
        // Adverbs count only with an auxiliary or the subject before them.
      } else {
        break
      }
      current -= 1
    }
    // Adverbs next to the verb belong to the group.
    if group.start == unit {
      while isAdverb(group.start - 1), !isCapitalized(group.start - 1) { group.start -= 1 }
    }
    while isAdverb(group.start - 1), !isCapitalized(group.start - 1) { group.start -= 1 }
    return group
  }

  /// Whether a form such as "claims" is a noun here.
  private func isNominal(_ unit: Int) -> Bool {
    let before = unit - 1
    if isAny(before, [.determiner, .possessive]) || isPossessive(before) { return true }
    if isAny(before, .preposition), !isAny(before, .adverb) { return true }
    if isHash(unit + 1, Self.of) { return true }
    return false
  }

  // MARK: Subjects

  private func finite(_ found: Cue, _ earlier: [Cue]) -> Cue? {
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
      if isOpen, afterComma, !isQuote(before - 1), let left = subject(before: cue.group.lowerBound) {
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
    if isFirst, first.isAny(.adverb) || !first.isCapitalized && !first.isAny(.determiner) { return nil }
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
  private func sharing(_ found: Cue, _ earlier: [Cue]) -> Cue? {
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
  private func passive(_ found: Cue, _ earlier: [Cue]) -> Cue? {
    guard let phrase = subject(before: found.group.lowerBound) else {
      return found.frames.contains(.person) ? found : nil
    }
    var cue = found
    cue.subject = phrase.mention
    cue.subjectUnits = phrase.units
    return cue
  }
}
