/// Finding reporting verbs.
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

  func cue(at unit: Int, _ token: Token, _ earlier: [Cue]) -> Cue? {
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
    if (group.hasBe || isParticipleOfQuestion(unit, token)),
      forms.contains(.participle) || forms.contains(.past)
    {
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

  struct VerbGroup {
    var start: Int
    var hasBe = false
    var hasTo = false
    var hasModal = false
  }

  /// The auxiliaries and adverbs before a verb.
  func verbGroup(before unit: Int) -> VerbGroup {
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
}
