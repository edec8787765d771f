/// What is said before a cue.
extension EnglishReader {
  /// A marked span right before the cue or its subject: "…," Smith said.
  func quoteBefore(_ cue: Cue, _ taken: Int) -> Content? {
    guard cue.frames.contains(.quote), cue.form == .finite || cue.form == .gerund else {
      return nil
    }
    // A subject that stands elsewhere: "…," she said, and added.
    if cue.subjectUnits.isEmpty, cue.form != .finite { return nil }
    var unit = cue.start - 1
    if kind(unit) == .comma || kind(unit) == .dash { unit -= 1 }
    // "…," as Smith put it.
    if isHash(unit, Self.asWord), isQuote(unit - 1) || kind(unit - 1) == .comma {
      unit -= kind(unit - 1) == .comma ? 2 : 1
    }
    guard isQuote(unit), unit >= taken else { return nil }
    guard endsWithPause(unit) || cue.isInverted || kind(unit + 1) == .comma else { return nil }
    return quoteEnding(at: unit, taken)
  }

  func endsWithPause(_ unit: Int) -> Bool {
    guard let last = lastInside(unit) else { return false }
    switch last.kind {
    case .comma, .question, .exclamation, .period, .ellipsis, .dash, .mark, .colon, .semicolon:
      return true
    default: return false
    }
  }

  /// The quotation that ends with the marked span `unit`: the span alone, or the clause around it
  /// when it begins in the writer's words.
  func quoteEnding(at unit: Int, _ taken: Int) -> Content {
    let before = unit - 1
    let startsAlone =
      before < taken || !bounds.contains(before) || kind(before) == .colon
      || (isQuote(before))
      || (kind(before) != .word && kind(before) != .number && kind(before) != .comma)
    let startsCapital = firstInside(unit).map { $0.isCapitalized || $0.kind != .word } ?? false
    if startsAlone || startsCapital && (kind(before) == .comma || before - taken < 3) {
      return Content(
        units: unit..<(unit + 1), kind: .direct, quotes: [units[unit].quote], rule: .quoteThenCue)
    }
    let start = clauseStart(before: unit, taken)
    return Content(
      units: start..<(unit + 1), kind: .mixed, quotes: quotes(in: start..<(unit + 1)),
      rule: .quoteThenCue)
  }

  /// The first unit of the clause that ends before `end`.
  func clauseStart(before end: Int, _ taken: Int) -> Int {
    var start = max(taken, bounds.lowerBound)
    if let semicolon = (start..<max(start, end)).last(where: { kind($0) == .semicolon }) {
      start = semicolon + 1
    }
    while start < end,
      kind(start) != .word && kind(start) != .number && !isQuote(start)
        || isAny(start, .conjunction)
    {
      start += 1
    }
    return start
  }

  /// A clause in the writer's words before the cue: "They left, she said."
  func clauseBefore(_ cue: Cue, _ taken: inout Int, _ limit: Int) -> Attribution? {
    guard cue.form == .finite, !cue.subjectUnits.isEmpty,
      cue.frames.contains(.clause) || cue.frames.contains(.quote) && !cue.frames.contains(.weak)
    else { return nil }
    var end = cue.start
    let before = end - 1
    guard kind(before) == .comma || kind(before) == .dash || isQuote(before) else { return nil }
    if !isQuote(before) { end = before }
    let start = clauseStart(before: end, taken)
    guard end - start >= 1 else { return nil }
    var parts = [tokens(start..<end)]
    var all = quotes(in: start..<end)
    // ", she said, would move inside": the clause goes on after the cue.
    var next = cue.end
    var steps = 0
    while steps < 4, kind(next) == .word, steps > 0 || !isAny(next, .complementizer) {
      next += 1
      steps += 1
    }
    if kind(next) != .comma { next = cue.end }
    // "If anything, she argued in a letter, they left."
    if steps > 0, kind(next) == .comma, end - start < 5, !isClauseLike(start..<end),
      cue.frames.contains(.clause),
      isAny(next + 1, [.determiner, .pronoun])
        || isCapitalized(next + 1),
      !isContinuationOfCue(next + 1)
    {
      let stop = trimmedEnd(limit, from: next + 1)
      guard stop - next > 4 else { return nil }
      let inside = quotes(in: (next + 1)..<stop)
      taken = stop
      return Attribution(
        parts: [tokens((next + 1)..<stop)], kind: inside.isEmpty ? .indirect : .mixed,
        quotes: inside, speaker: cue.subject, cue: tokens(cue.group), rule: .clauseThenCue)
    }
    guard cue.frames.contains(.clause) || kind(next) == .comma && isFollowedByVerb(next + 1) else {
      return nil
    }
    if steps > 0, kind(next) == .comma, !isAny(next + 1, .conjunction), !isFollowedByVerb(next + 1)
    {
      next = cue.end
    }
    if kind(next) == .comma, bounds.contains(next + 1), !isQuote(next + 1),
      !isContinuationOfCue(next + 1)
    {
      next += 1
      let stop = max(next, trimmedEnd(min(limit, bounds.upperBound), from: next))
      if stop - next >= 2 {
        parts.append(tokens(next..<stop))
        all += quotes(in: next..<stop)
        taken = stop
      }
    } else {
      // A lone word or adverbial before the cue is no clause.
      guard end - start >= 3, isClauseLike(start..<end) else { return nil }
      taken = cue.end
    }
    return Attribution(
      parts: parts, kind: all.isEmpty ? .indirect : .mixed, quotes: all, speaker: cue.subject,
      cue: tokens(cue.group), rule: .clauseThenCue)
  }

  private func isFollowedByVerb(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word else { return false }
    return token.isAny(.auxiliary) || endsInEd(token)
  }

  /// Whether what follows a comma after the cue tells more about the speaker or the saying.
  func isContinuationOfCue(_ unit: Int) -> Bool {
    guard let token = token(unit) else { return true }
    return token.isAny([.relative, .subordinator]) || isGerund(token)
      || lexicon.readings(of: token).contains { $0.form == .gerund }
      || token.isAny(.opener) && token.isAny(.preposition)
  }

  /// Whether a stretch of words has a verb, as far as auxiliaries and endings tell.
  private func isClauseLike(_ range: Range<Int>) -> Bool {
    if isAny(range.lowerBound, [.preposition, .subordinator]), range.count < 8 { return false }
    return range.contains { unit in
      guard let token = token(unit), token.kind == .word else { return isQuote(unit) }
      return token.isAny(.auxiliary) || token.verb >= 0 || endsInEd(token) || range.count > 6
    }
  }
}
