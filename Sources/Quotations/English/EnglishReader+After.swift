/// What is said after a cue.
extension EnglishReader {
  func after(_ cue: Cue, limit: Int, hasLeft: Bool) -> Content? {
    var unit = cue.isInverted ? cue.end : cue.group.upperBound
    var comma: Int?
    var isAfterColon = false
    var skipped = 0
    while unit < limit, skipped < 30 {
      if isQuote(unit) {
        return quoteAfter(
          cue, unit, limit, isApart: comma != nil || isAfterColon, skipped, hasLeft: hasLeft)
      }
      guard let token = token(unit) else { return nil }
      switch token.kind {
      case .comma, .dash:
        comma = unit
        unit += 1
        skipped += 1
        continue
      case .colon:
        isAfterColon = true
        unit += 1
        continue
      case .word, .number: break
      default:
        if token.endsSentence || token.kind == .semicolon { return nil }
        unit += 1
        skipped += 1
        continue
      }
      if hasLeft {
        // After a quotation only another one counts: "…," he said on Sunday, "…".
        if comma != nil, !isQuoteAhead(unit, limit) {
          return clauseAfterQuote(cue, unit, comma, limit)
        }
        unit += 1
        skipped += 1
        continue
      }
      if isAfterColon {
        guard cue.frames.contains(.quote), !cue.frames.contains(.weak) else { return nil }
        return clause(from: unit, limit, rule: .clause)
      }
      if let content = clauseAfter(cue, unit, comma, limit, skipped) { return content }
      guard let next = skip(cue, unit, limit, isFirst: skipped == 0) else {
        // What is between may still lead to a quotation: "said in a speech on Monday, “…”".
        return laterQuote(cue, unit, limit)
      }
      skipped += next - unit
      unit = next
    }
    return nil
  }

  private func isQuoteAhead(_ unit: Int, _ limit: Int) -> Bool {
    (unit..<min(limit, unit + 16)).contains { isQuote($0) && kind($0 - 1) == .comma }
  }

  /// "No offer “worth the name,” said Smith, ever reached him."
  private func clauseAfterQuote(_ cue: Cue, _ unit: Int, _ comma: Int?, _ limit: Int) -> Content? {
    guard comma == cue.end, isAny(unit, [.auxiliary, .adverb]), !isAny(unit, .relative) else {
      return nil
    }
    guard var content = clause(from: unit, limit, rule: .clause) else { return nil }
    content.isAfterQuote = true
    return content
  }

  private func clauseAfter(
    _ cue: Cue, _ unit: Int, _ comma: Int?, _ limit: Int, _ skipped: Int
  ) -> Content? {
    guard let token = token(unit) else { return nil }
    if token.hash == Self.to, cue.frames.contains(.infinitive), comma == nil {
      guard isWord(unit + 1), !isAny(unit + 1, [.determiner, .pronoun]), !isCapitalized(unit + 1)
      else { return nil }
      return clause(from: unit, limit, rule: .infinitive)
    }
    if token.isAny(.complementizer), cue.frames.contains(.that) {
      let isThat = token.hash == Self.that
      // "which", "who", "when", "where" lead relative clauses unless they follow the verb at once.
      let isPlain = !token.isAny([.relative, .subordinator])
      if comma == nil || isThat, isThat || isPlain || skipped == 0,
        !token.isAny(.subordinator) || cue.frames.contains(.quote)
      {
        return clause(from: unit, limit, rule: .clause)
      }
    }
    // An infinitive of purpose reports only what "that" introduces, or a thing.
    if cue.form == .infinitive, !cue.frames.contains(.thing) || comma != nil { return nil }
    guard comma == nil else { return nil }
    if cue.form != .infinitive, cue.frames.contains(.clause),
      !cue.frames.contains(.person) || skipped > 0 && token.isAny(.pronoun),
      startsClause(unit), !cue.frames.contains(.bare) || isFinite(unit, limit)
    {
      return clause(from: unit, limit, rule: .clause)
    }
    if cue.frames.contains(.infinitive), skipped == 0, comma == nil,
      let infinitive = infinitiveAhead(unit, limit)
    {
      return clause(from: infinitive, limit, rule: .infinitive)
    }
    if isHash(unit, Self.not), isHash(unit + 1, Self.to) { return nil }
    if isQuotedSource(cue, unit, limit) { return nil }
    if cue.frames.contains(.thing), skipped <= 2, startsThing(unit) {
      return clause(from: unit, limit, rule: .thing)
    }
    return nil
  }

  /// The "to" after the person addressed: "urged all sides to leave".
  private func infinitiveAhead(_ start: Int, _ limit: Int) -> Int? {
    guard startsThing(start) else { return nil }
    var unit = start + 1
    while unit < min(limit, start + 10), let token = token(unit), token.kind == .word {
      if token.hash == Self.to {
        guard let next = self.token(unit + 1), next.kind == .word,
          !next.isAny([.determiner, .pronoun, .possessive, .preposition]), !next.isCapitalized
        else { return nil }
        return unit
      }
      if token.isAny([.auxiliary, .pronoun, .complementizer, .relative]), !token.isAny(.determiner)
      {
        return nil
      }
      unit += 1
    }
    return nil
  }

  /// "quoted an official as saying": what is said comes later, and the official says it.
  private func isQuotedSource(_ cue: Cue, _ start: Int, _ limit: Int) -> Bool {
    (start..<max(start, min(limit, start + 16))).contains {
      isHash($0, Self.asWord) && (isHash($0 + 1, Self.saying) || isHash($0 + 1, Self.telling))
    }
  }

  /// ", calling him a liar": a participle after a comma.
  private func isPraise(_ cue: Cue) -> Bool {
    kind(cue.group.lowerBound - 1) == .comma
      && (cue.frames.contains(.quote) || isHash(cue.group.upperBound - 1, Self.to))
  }

  /// Whether a clause without "that" has a verb, as far as auxiliaries, endings and the lexicon tell.
  private func isFinite(_ start: Int, _ limit: Int) -> Bool {
    if isAny(start, .pronoun), !isAny(start, .objectPronoun) { return true }
    var unit = start
    while unit < limit, unit < start + 14 {
      if let token = token(unit) {
        if token.kind == .comma || token.endsSentence { if unit > start + 3 { break } }
        if token.isAny(.auxiliary) { return true }
        if unit > start, endsInEd(token) || token.verb >= 0 && !token.isAny([.role, .document]) {
          return true
        }
        if unit > start, token.isAny(.pronoun), !token.isAny(.objectPronoun) { return true }
      }
      unit += 1
    }
    return false
  }

  /// Whether a clause without "that" can start here.
  private func startsClause(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word || token.kind == .number else {
      return false
    }
    if token.isAny([.pronoun, .determiner, .possessive]) { return !token.isAny(.time) }
    if token.hash == Self.there || token.isAny(.negation) { return true }
    return !token.isAny([.preposition, .auxiliary, .conjunction, .subordinator, .adverb, .time])
  }

  /// Whether a thing that is praised, denied, called for can start here.
  private func startsThing(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word || token.kind == .number else {
      return false
    }
    return !token.isAny([.auxiliary, .conjunction, .subordinator, .time])
      && (!token.isAny(.preposition) || token.isAny(.determiner))
      && (!token.isAny(.adverb) || token.isAny([.determiner, .negation]))
  }

  /// Steps over what may stand between a cue and what it reports: an adverb, a time, a person, a
  /// prepositional phrase.
  private func skip(_ cue: Cue, _ unit: Int, _ limit: Int, isFirst: Bool) -> Int? {
    guard let token = token(unit) else { return nil }
    // "in Buffalo, New York, that".
    if token.isCapitalized, kind(unit - 1) == .comma,
      let comma = (unit..<min(limit, unit + 4)).first(where: { kind($0) == .comma })
    {
      return comma + 1
    }
    if token.isAny(.preposition) {
      var next = unit + 1
      var length = 0
      while next < limit, length < 12, !isQuote(next), let inner = self.token(next),
        inner.kind == .word || inner.kind == .number
      {
        if inner.isAny(.complementizer), !inner.isAny(.determiner) || length > 0 { break }
        if length > 0, inner.isAny([.preposition, .conjunction]) || inner.isAny(.pronoun) { break }
        next += 1
        length += 1
      }
      return next
    }
    if token.isAny([.adverb, .time]) || isAdverb(unit) { return unit + 1 }
    if token.isAny(.conjunction) || isGerund(token) { return nil }
    if token.isAny(.determiner), isAny(unit + 1, .time) { return unit + 2 }
    guard cue.frames.contains(.person) || cue.frames.contains(.infinitive) else { return nil }
    if token.isAny([.objectPronoun, .pronoun]) { return unit + 1 }
    // The person addressed.
    var next = unit
    while next < limit, next - unit < 12, !isQuote(next), let inner = self.token(next),
      inner.kind == .word || inner.kind == .number
    {
      if inner.hash == Self.to { break }
      if inner.isAny([.complementizer, .pronoun, .auxiliary]), next > unit,
        !inner.isAny(.determiner) || inner.hash == Self.that
      {
        break
      }
      next += 1
    }
    return next > unit ? next : nil
  }

  /// A quotation further on, after a comma or a colon, with nothing else said before it.
  private func laterQuote(_ cue: Cue, _ start: Int, _ limit: Int) -> Content? {
    guard cue.frames.contains(.quote) else { return nil }
    var unit = start
    while unit < min(limit, start + 25) {
      if isQuote(unit), kind(unit - 1) == .colon || kind(unit - 1) == .comma,
        firstInside(unit)?.isCapitalized ?? false, endsAfter(unit)
      {
        return Content(
          units: unit..<(unit + 1), kind: .direct, quotes: [units[unit].quote], rule: .cueThenQuote)
      }
      unit += 1
    }
    return nil
  }

  /// Whether the sentence ends, or makes a pause, after a unit.
  private func endsAfter(_ unit: Int) -> Bool {
    let next = unit + 1
    if isEnd(next) { return true }
    guard let token = token(next) else { return true }
    switch token.kind {
    case .comma, .semicolon, .dash, .colon, .ellipsis: return true
    case .word: return token.isAny([.conjunction, .subordinator])
    default: return false
    }
  }

  private func quoteAfter(
    _ cue: Cue, _ unit: Int, _ limit: Int, isApart: Bool, _ skipped: Int, hasLeft: Bool
  ) -> Content? {
    guard cue.frames.contains(.quote) || cue.frames.contains(.thing) || hasLeft else { return nil }
    let direct = Content(
      units: unit..<(unit + 1), kind: .direct, quotes: [units[unit].quote],
      rule: cue.form == .gerund ? .participle : .cueThenQuote, isAfterQuote: hasLeft)
    // "…," she writes in her book, ‘Letters’.
    if hasLeft, firstInside(unit)?.isCapitalized ?? false, wordCount(quote: unit) < 3,
      !(lastInside(unit)?.endsSentence ?? false)
    {
      return nil
    }
    // "…," he said on “Meet the Press”: a name, unless a comma sets it apart.
    if hasLeft {
      return skipped == 0 || kind(unit - 1) == .comma || kind(unit - 1) == .dash ? direct : nil
    }
    let isCapital = firstInside(unit)?.isCapitalized ?? false
    // "She shrugs at the phrase ‘voice of a generation’."
    if cue.frames.contains(.weak), !isApart { return nil }
    // “Enough!” on Sunday
    if isCapital, skipped == 0, isAny(unit + 1, [.preposition, .time]),
      lastInside(unit)?.endsSentence ?? false || wordCount(quote: unit) > 3
    {
      return direct
    }
    if endsAfter(unit) || isApart && isCapital { return direct }
    if isApart, !isCapital { return direct }
    guard skipped == 0 || isApart else { return direct }
    return clause(from: unit, limit, rule: .clause) ?? direct
  }
}
