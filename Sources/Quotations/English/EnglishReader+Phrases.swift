/// Noun phrases, as far as words without grammar tell them.
extension EnglishReader {
  /// A noun phrase as units, and the same with apposition as a mention.
  struct Phrase {
    var units: Range<Int>
    var mention: Mention
  }

  // MARK: Before the verb

  /// The subject that ends right before the unit `end`.
  func subject(before end: Int) -> Phrase? {
    let last = end - 1
    guard bounds.contains(last) else { return nil }
    if let kind = kind(last), kind == .comma || kind == .dash || kind == .closing {
      return subject(beforeApposition: last, kind)
    }
    guard let units = nounPhrase(endingBefore: end) else { return nil }
    return Phrase(units: units, mention: Mention(tokens(units)))
  }

  /// "Smith, 34, a teacher from Oslo, said": from the closing comma back to the name.
  private func subject(beforeApposition last: Int, _ kind: Token.Kind) -> Phrase? {
    let opening: Token.Kind = kind == .closing ? .opening : kind
    var comma = last - 1
    var tries = 0
    let limit = max(bounds.lowerBound, last - 40)
    while comma > limit, tries < 4 {
      guard let found = (limit..<comma).last(where: { self.kind($0) == opening }) else {
        return nil
      }
      tries += 1
      comma = found
      guard comma + 1 < last, let units = nounPhrase(endingBefore: comma) else { continue }
      // The phrase is itself an apposition: "…, a teacher, said".
      if units.lowerBound > bounds.lowerBound, self.kind(units.lowerBound - 1) == opening,
        isDescription(units.lowerBound)
      {
        continue
      }
      guard isAppositive(comma + 1) || isRelative(comma + 1) || kind != .comma else { continue }
      let core = tokens(units)
      // A relative clause or a participle is no part of the name.
      let isName = isAppositive(comma + 1)
      let whole = isName ? tokens(units.lowerBound..<last) : core
      return Phrase(
        units: units.lowerBound..<(last + 1), mention: Mention(whole, core: core))
    }
    return nil
  }

  /// Whether a description of the one just named can start here: an article, an age, a role.
  func isAppositive(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return false }
    if token.kind == .number { return true }
    guard token.kind == .word, !token.isAny([.pronoun, .complementizer, .auxiliary]) else {
      return false
    }
    return token.isAny([.determiner, .role, .title, .body]) || token.isCapitalized
      || isAny(unit + 1, [.role, .title]) || isAny(unit + 2, [.role, .title])
  }

  /// Whether a phrase describes rather than names: "a teacher", "34".
  private func isDescription(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return false }
    if token.kind == .number { return true }
    return !token.isCapitalized && token.isAny([.determiner, .role, .title, .body])
  }

  private func isRelative(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return false }
    return token.isAny([.relative, .preposition, .opener, .subordinator]) || isGerund(token)
      || !lexicon.readings(of: token).isEmpty || endsInEd(token)
  }

  /// The noun phrase that ends right before the unit `end`, with its prepositional parts.
  func nounPhrase(endingBefore end: Int) -> Range<Int>? {
    guard var start = chunk(endingBefore: end) else { return nil }
    // "the head of the delegation", "a man in a tent": only from the start of a clause.
    var depth = 0
    while depth < 4, start - 2 >= bounds.lowerBound {
      let joint = start - 1
      if isHash(joint, Self.of) || isAny(joint, .preposition) {
        guard let further = chunk(endingBefore: joint),
          isHash(joint, Self.of) || isClauseEdge(further - 1) || prepositionFollows(further)
        else { break }
        start = further
      } else if isHash(joint, Self.and) {
        guard let further = chunk(endingBefore: joint), isClauseEdge(further - 1),
          isCapitalized(further) || isAny(further, [.pronoun, .determiner])
        else { break }
        start = further
      } else {
        break
      }
      depth += 1
    }
    return start..<end
  }

  /// Whether the phrase before belongs to a longer one that starts the clause.
  private func prepositionFollows(_ start: Int) -> Bool {
    guard isHash(start - 1, Self.of), let further = chunk(endingBefore: start - 1) else {
      return false
    }
    return isClauseEdge(further - 1)
  }

  /// Whether a clause may start after this unit.
  func isClauseEdge(_ unit: Int) -> Bool {
    guard bounds.contains(unit) else { return true }
    guard let token = token(unit) else { return true }
    switch token.kind {
    case .comma, .colon, .semicolon, .dash, .opening, .period, .ellipsis, .question, .exclamation,
      .bullet:
      return true
    case .word:
      if token.isAny([.conjunction, .complementizer, .subordinator]) { return true }
      return token.isAny(.adverb) && isClauseEdge(unit - 1)
    default: return false
    }
  }

  /// The start of the words that end before `end`: an article, adjectives, nouns; or a pronoun.
  private func chunk(endingBefore end: Int) -> Int? {
    let last = end - 1
    guard let head = token(last), head.kind == .word || head.kind == .number else { return nil }
    if head.isAny(.pronoun) { return last }
    if head.kind == .word {
      if head.isAny([.relative]) { return last }
      if head.isAny([.indefinite]) { return isAny(last - 1, .determiner) ? last - 1 : last }
      guard !isBarrier(head, last) else { return nil }
    } else if !isWord(last - 1) {
      // "47% say": a share stands for those who are it.
      return text.scalars[Int(head.end) - 1] == 0x25 ? last : nil
    }
    var start = last
    while start - 1 >= bounds.lowerBound, last - start < 9 {
      let unit = start - 1
      if isQuote(unit) {
        // A name in marks inside the phrase: the “Perception” class.
        guard units[unit].tokens.count <= 6, unit > bounds.lowerBound, isAny(unit - 1, .determiner)
        else { break }
        start = unit
        continue
      }
      guard let token = token(unit), token.kind == .word || token.kind == .number else { break }
      if token.isAny([.determiner, .possessive]) {
        start = unit
        if unit > bounds.lowerBound, isAny(unit - 1, .determiner), token.kind == .word {
          start -= 1
        }
        break
      }
      if isBarrier(token, unit) { break }
      start = unit
    }
    // A day before a name is no part of it.
    while start < last, isAny(start, .time), isCapitalized(start) { start += 1 }
    if start == last, isAny(last, .time), !isAny(last, .maleName) { return nil }
    return start
  }

  /// Whether a word ends a noun phrase on its left.
  private func isBarrier(_ token: Token, _ unit: Int) -> Bool {
    if token.isCapitalized, unit > bounds.lowerBound, !token.isAny(.pronoun) {
      // Names may look like small words: May, Will.
      if token.isAny(.auxiliary), isCapitalized(unit - 1), isWord(unit - 1) { return false }
      return token.isAny([.conjunction, .complementizer, .preposition, .subordinator, .adverb])
    }
    if token.isAny([
      .pronoun, .auxiliary, .conjunction, .complementizer, .preposition, .subordinator, .adverb,
      .objectPronoun, .relative,
    ]) {
      return true
    }
    guard token.verb >= 0, !token.isCapitalized, !token.isAny([.role, .document, .body, .title])
    else { return false }
    // A verb that the lexicon knows stands in a noun phrase only after an article.
    return !(isAny(unit - 1, [.determiner, .possessive]) || isPossessive(unit - 1))
  }

  // MARK: After the verb

  /// The noun phrase that starts at `start`, up to the next verb, comma or end, with apposition.
  func phrase(startingAt start: Int, isInverted: Bool) -> Phrase? {
    guard let end = nounPhraseEnd(startingAt: start, isInverted: isInverted) else { return nil }
    let core = start..<end
    var whole = end
    // "said Smith, 34, a teacher at the school, …"
    var depth = 0
    while depth < 3, kind(whole) == .comma, isInverted, isAppositive(whole + 1),
      !isAny(whole + 1, .time)
    {
      var next = whole + 1
      var length = 0
      while bounds.contains(next), !isEnd(next), kind(next) != .comma, !isQuote(next),
        kind(next) != .colon, kind(next) != .semicolon, !isAny(next, .relative), length < 25
      {
        if let token = token(next), token.isAny(.auxiliary), !token.isAny(.adverb) { break }
        next += 1
        length += 1
      }
      guard isEnd(next) || kind(next) == .comma || isQuote(next) || isAny(next, .relative) else {
        break
      }
      whole = next
      depth += 1
    }
    return Phrase(units: start..<whole, mention: Mention(tokens(start..<whole), core: tokens(core)))
  }

  private func nounPhraseEnd(startingAt start: Int, isInverted: Bool) -> Int? {
    guard let first = token(start), first.kind == .word || first.kind == .number else { return nil }
    if first.isAny(.pronoun) { return start + 1 }
    guard !first.isAny([.complementizer, .auxiliary, .conjunction, .subordinator]),
      !first.isAny(.preposition), !first.isAny(.adverb) || first.isCapitalized
    else { return nil }
    var unit = start
    while bounds.contains(unit), unit - start < 20 {
      if isQuote(unit) {
        guard units[unit].tokens.count <= 6, unit > start, isWord(unit + 1) else { break }
        unit += 1
        continue
      }
      guard let token = token(unit), token.kind == .word || token.kind == .number else { break }
      if unit > start {
        if token.isAny([.pronoun, .relative, .auxiliary, .complementizer, .subordinator]) { break }
        if token.isAny(.conjunction) {
          guard isInverted, isHash(unit, Self.and), isCapitalized(unit + 1) else { break }
        }
        if token.isAny(.preposition), !isHash(unit, Self.of) {
          // "a man in a tent", but not "said Smith in an interview".
          let isTitle = isHash(unit - 1, Self.of) || !isCapitalized(unit - 1)
          guard isInverted, isTitle, !isAny(unit + 1, .time), !isHash(unit, Self.to) else { break }
        }
        if token.isAny(.adverb), !token.isCapitalized { break }
        if token.isAny(.time), !token.isAny(.maleName) { break }
        if token.verb >= 0, !token.isCapitalized,
          !token.isAny([.role, .document, .body, .title])
        {
          break
        }
        if !isInverted {
          if isCapitalized(unit - 1), !token.isCapitalized, !token.isAny([.role, .title, .body]),
            !isHash(unit, Self.of)
          {
            break
          }
          if !token.isCapitalized, endsInEd(token) { break }
        }
      }
      unit += 1
    }
    return unit > start ? unit : nil
  }

  /// The subject of the sentence, when no cue tells it: the first noun phrase after what introduces
  /// the sentence.
  func firstSubject() -> Phrase? {
    var start = bounds.lowerBound
    while bounds.contains(start), kind(start) != .word { start += 1 }
    var hops = 0
    while hops < 3,
      isAny(start, [.opener, .adverb, .conjunction, .preposition])
        || isGerundUnit(start) || isEdUnit(start)
    {
      hops += 1
      if isAny(start, [.conjunction, .adverb]), !isAny(start, .preposition),
        isWord(start + 1) || kind(start + 1) == .comma
      {
        start += kind(start + 1) == .comma ? 2 : 1
        continue
      }
      guard
        let comma = (start..<min(bounds.upperBound, start + 30)).first(where: {
          kind($0) == .comma
        })
      else { break }
      start = comma + 1
    }
    return phrase(startingAt: start, isInverted: false)
  }

  // MARK: Shapes of words

  private func isGerundUnit(_ unit: Int) -> Bool { token(unit).map(isGerund) ?? false }
  private func isEdUnit(_ unit: Int) -> Bool { token(unit).map(endsInEd) ?? false }

  func isGerund(_ token: Token) -> Bool { ends(token, [0x69, 0x6E, 0x67], minimumLength: 5) }

  func endsInEd(_ token: Token) -> Bool { ends(token, [0x65, 0x64], minimumLength: 5) }

  func isAdverb(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word else { return false }
    return token.isAny(.adverb)
      || ends(token, [0x6C, 0x79], minimumLength: 5) && !token.isCapitalized
  }

  func isPossessive(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word else { return false }
    let end = Int(token.end)
    return token.end - token.start > 2 && text.scalars[end - 1] == 0x73
      && (text.scalars[end - 2] == 0x27 || text.scalars[end - 2] == 0x2019)
  }

  private func ends(_ token: Token, _ suffix: [UInt32], minimumLength: Int) -> Bool {
    let end = Int(token.end)
    guard token.kind == .word, end - Int(token.start) >= minimumLength else { return false }
    for (index, scalar) in suffix.reversed().enumerated()
    where text.scalars[end - 1 - index] != scalar {
      return false
    }
    return true
  }
}
