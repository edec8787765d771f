/// What is said, on either side of a cue.
extension EnglishReader {
  func attributions(of cues: [Cue]) -> [Attribution] {
    var found: [Attribution] = []
    /// Everything before this unit is taken.
    var taken = bounds.lowerBound
    for (number, cue) in cues.enumerated() where !isNested(cue, taken) {
      let limit = cues[(number + 1)...].prefix(8).reduce(bounds.upperBound) { min($0, limitBefore($1, cue)) }
      guard let attribution = attribution(of: cue, limit, after: &taken) else { continue }
      found.append(attribution)
    }
    return found
  }

  /// Whether a cue is part of what an earlier one reports: she said he hoped that …
  private func isNested(_ cue: Cue, _ taken: Int) -> Bool {
    cue.group.lowerBound < taken && taken > bounds.lowerBound && cue.form != .according
  }

  private func attribution(
    of cue: Cue, _ limit: Int, after taken: inout Int
  ) -> Attribution? {
    if cue.form == .according { return according(cue, &taken) }
    if cue.form == .passive { return asked(cue, limit, &taken) }
    let left = quoteBefore(cue, taken)
    var right = after(cue, limit: limit, hasLeft: left != nil)
    if left?.kind == .mixed, right == nil { right = clauseAfterPause(cue, limit) }

    if let left {
      var attribution = Attribution(
        parts: [tokens(left.units)], kind: left.kind, quotes: left.quotes, speaker: cue.subject,
        cue: tokens(cue.group), rule: .quoteThenCue)
      taken = cue.end
      if let right, right.isAfterQuote {
        attribution.parts.append(tokens(right.units))
        attribution.quotes += right.quotes
        attribution.rule = .splitQuote
        if right.kind != .direct, attribution.kind == .direct { attribution.kind = .mixed }
        taken = right.units.upperBound
      }
      return attribution
    }
    if right == nil, let clause = clauseAfterAs(cue, limit) {
      taken = clause.units.upperBound
      return Attribution(
        parts: [tokens(clause.units)], kind: clause.kind, quotes: clause.quotes,
        speaker: cue.subject, cue: tokens(cue.group), rule: .clauseThenCue)
    }
    if let right, !right.isAfterQuote {
      taken = right.units.upperBound
      return Attribution(
        parts: [tokens(right.units)], kind: right.kind, quotes: right.quotes,
        speaker: cue.subject, cue: tokens(cue.group),
        rule: cue.form == .nominal ? .nominal : right.rule)
    }
    return clauseBefore(cue, &taken, limit)
  }

  /// "Despite the “worst,” she wrote, they left."
  private func clauseAfterPause(_ cue: Cue, _ limit: Int) -> Content? {
    guard kind(cue.end) == .comma, !isContinuationOfCue(cue.end + 1),
      var content = clause(from: cue.end + 1, limit, rule: .clauseThenCue)
    else { return nil }
    content.isAfterQuote = true
    return content
  }

  /// "Asked by reporters whether they would leave": the question, of whoever follows "by".
  private func asked(_ cue: Cue, _ limit: Int, _ taken: inout Int) -> Attribution? {
    guard cue.frames.contains(.person), cue.frames.contains(.quote) else { return nil }
    var unit = cue.group.upperBound
    var speaker: Mention?
    var steps = 0
    while unit < limit, steps < 12, let token = token(unit), token.kind == .word {
      if token.hash == Self.by, let phrase = phrase(startingAt: unit + 1, isInverted: false) {
        speaker = phrase.mention
        unit = phrase.units.upperBound
        continue
      }
      if token.isAny(.complementizer), !token.isAny(.determiner) || token.hash == Self.that
        || token.hash == Self.to && cue.frames.contains(.infinitive)
      {
        guard let content = clause(from: unit, commaAfter(unit, limit), rule: .clause) else {
          return nil
        }
        taken = content.units.upperBound
        return Attribution(
          parts: [tokens(content.units)], kind: content.kind, quotes: content.quotes,
          speaker: speaker, cue: tokens(cue.group), rule: .clause)
      }
      if token.hash == Self.about, cue.frames.contains(.quote), isWord(unit + 1),
        let content = clause(from: unit + 1, commaAfter(unit, limit), rule: .thing)
      {
        taken = content.units.upperBound
        return Attribution(
          parts: [tokens(content.units)], kind: content.kind, quotes: content.quotes,
          speaker: speaker, cue: tokens(cue.group.lowerBound..<(unit + 1)), rule: .thing)
      }
      unit += 1
      steps += 1
    }
    return nil
  }

  private func commaAfter(_ unit: Int, _ limit: Int) -> Int {
    (unit..<max(unit, limit)).first { kind($0) == .comma } ?? limit
  }

  /// "As Smith noted, they left."
  private func clauseAfterAs(_ cue: Cue, _ limit: Int) -> Content? {
    guard cue.frames.contains(.clause), cue.form == .finite, !cue.isInverted,
      isHash(cue.start - 1, Self.asWord), kind(cue.end) == .comma
    else { return nil }
    return clause(from: cue.end + 1, bounds.upperBound, rule: .clauseThenCue)
  }

  /// Where what a cue reports must end, because the next cue is not part of it.
  private func limitBefore(_ next: Cue, _ cue: Cue) -> Int {
    guard next.start >= cue.end else { return bounds.upperBound }
    let edge = next.form == .gerund || next.subjectUnits.isEmpty ? next.group.lowerBound : next.start
    let before = edge - 1
    if kind(before) == .comma || kind(before) == .semicolon {
      // ", who said": part of the clause.
      return isAny(edge, .relative) ? bounds.upperBound : before
    }
    // “…,” adding
    if next.form == .gerund, isQuote(before), endsWithPause(before) { return edge }
    if isAny(before, .conjunction) {
      return kind(before - 1) == .comma ? before - 1 : before
    }
    if isAny(before, .subordinator), kind(before - 1) == .comma { return before - 1 }
    return bounds.upperBound
  }

  /// Whether something is said after a cue, or a quotation stands before it.
  func isReporting(_ cue: Cue) -> Bool {
    after(cue, limit: bounds.upperBound, hasLeft: false) != nil
      || quoteBefore(cue, bounds.lowerBound) != nil
  }

  struct Content {
    var units: Range<Int>
    var kind: Quotation.Kind
    var quotes: [Int]
    var rule: Quotation.Rule
    /// Whether it can only go on with a quotation before the cue.
    var isAfterQuote = false
  }

  // MARK: Before the cue

  /// A marked span right before the cue or its subject: "…," Smith said.
  private func quoteBefore(_ cue: Cue, _ taken: Int) -> Content? {
    guard cue.frames.contains(.quote), cue.form == .finite || cue.form == .gerund else { return nil }
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

  private func endsWithPause(_ unit: Int) -> Bool {
    guard let last = lastInside(unit) else { return false }
    switch last.kind {
    case .comma, .question, .exclamation, .period, .ellipsis, .dash, .mark, .colon, .semicolon:
      return true
    default: return false
    }
  }

  /// The quotation that ends with the marked span `unit`: the span alone, or the clause around it
  /// when it begins in the writer's words.
  private func quoteEnding(at unit: Int, _ taken: Int) -> Content {
    let before = unit - 1
    let startsAlone =
      before < taken || !bounds.contains(before) || kind(before) == .colon
      || (isQuote(before)) || (kind(before) != .word && kind(before) != .number && kind(before) != .comma)
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
  private func clauseStart(before end: Int, _ taken: Int) -> Int {
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
  private func clauseBefore(_ cue: Cue, _ taken: inout Int, _ limit: Int) -> Attribution? {
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
    guard cue.frames.contains(.clause) || kind(next) == .comma && isFollowedByVerb(next + 1) else {
      return nil
    }
    if steps > 0, kind(next) == .comma, !isAny(next + 1, .conjunction), !isFollowedByVerb(next + 1) {
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
  private func isContinuationOfCue(_ unit: Int) -> Bool {
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

  // MARK: After the cue

  private func after(_ cue: Cue, limit: Int, hasLeft: Bool) -> Content? {
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
        if comma != nil, !isQuoteAhead(unit, limit) { return clauseAfterQuote(cue, unit, comma, limit) }
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
        // What is between may still lead to a quotation: "Smith said in a speech on Monday, “…”".
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
    if cue.form != .infinitive, cue.frames.contains(.clause), !cue.frames.contains(.person) || skipped > 0 && token.isAny(.pronoun),
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
    if cue.frames.contains(.thing), skipped == 0, startsThing(unit) {
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
      if token.isAny([.auxiliary, .pronoun, .complementizer, .relative]), !token.isAny(.determiner) {
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
    guard let token = token(unit), token.kind == .word || token.kind == .number else { return false }
    if token.isAny([.pronoun, .determiner, .possessive]) { return !token.isAny(.time) }
    if token.hash == Self.there || token.isAny(.negation) { return true }
    return !token.isAny([.preposition, .auxiliary, .conjunction, .subordinator, .adverb, .time])
  }

  /// Whether a thing that is praised, denied, called for can start here.
  private func startsThing(_ unit: Int) -> Bool {
    guard let token = token(unit), token.kind == .word || token.kind == .number else { return false }
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
    if hasLeft { return isApart || skipped < 8 ? direct : nil }
    let isCapital = firstInside(unit)?.isCapitalized ?? false
    // "She shrugs at the phrase ‘voice of a generation’."
    if cue.frames.contains(.weak), !isApart { return nil }
    if endsAfter(unit) || isApart && isCapital { return direct }
    if isApart, !isCapital { return direct }
    guard skipped == 0 || isApart else { return direct }
    return clause(from: unit, limit, rule: .clause) ?? direct
  }

  /// A clause from `start` to where the sentence or the next cue ends it.
  private func clause(from start: Int, _ limit: Int, rule: Quotation.Rule) -> Content? {
    let end = trimmedEnd(clauseEnd(from: start, limit), from: start)
    guard end > start else { return nil }
    let inside = quotes(in: start..<end)
    return Content(
      units: start..<end, kind: inside.isEmpty ? .indirect : .mixed, quotes: inside, rule: rule)
  }

  private func clauseEnd(from start: Int, _ limit: Int) -> Int {
    var unit = start + 1
    while unit < limit {
      if let token = token(unit) {
        if token.endsSentence && unit + 1 >= limit || token.kind == .semicolon { return unit }
        if token.kind == .comma, isHash(unit + 1, Self.according) { return unit }
      }
      unit += 1
    }
    return min(limit, bounds.upperBound)
  }

  /// `end` without the signs before it.
  private func trimmedEnd(_ end: Int, from start: Int) -> Int {
    var end = min(end, bounds.upperBound)
    while end > start, let kind = kind(end - 1),
      [.comma, .period, .semicolon, .colon, .dash].contains(kind)
    {
      end -= 1
    }
    return end
  }

  func quotes(in range: Range<Int>) -> [Int] {
    range.compactMap { units[$0].quote >= 0 ? units[$0].quote : nil }
  }

  // MARK: According to

  private func according(_ cue: Cue, _ after: inout Int) -> Attribution? {
    var taken = after
    defer { after = max(after, taken) }
    let before = cue.group.lowerBound - 1
    var attribution = Attribution(
      parts: [], kind: .indirect, quotes: [], speaker: cue.subject, cue: tokens(cue.group),
      rule: .accordingTo)
    let isLeading =
      before < bounds.lowerBound || before - bounds.lowerBound < 2 && !isQuote(before)
    if isLeading {
      guard let start = startAfterSource(cue) else { return nil }
      let end = trimmedEnd(bounds.upperBound, from: start)
      guard end > start else { return nil }
      if isQuote(start), end == start + 1 {
        attribution.kind = .direct
      }
      if let core = cue.subject?.core { attribution.speaker = Mention(core) }
      attribution.parts = [tokens(start..<end)]
      attribution.quotes = quotes(in: start..<end)
      if attribution.kind != .direct, !attribution.quotes.isEmpty { attribution.kind = .mixed }
      taken = end
      return attribution
    }
    var last = before
    // The source stands for the whole sentence, not for what somebody in it said.
    if !isAny(before, .conjunction) { taken = bounds.lowerBound }
    if kind(last) == .comma || kind(last) == .dash { last -= 1 }
    guard last >= taken else { return nil }
    if isQuote(last) {
      let content = quoteEnding(at: last, taken)
      attribution.parts = [tokens(content.units)]
      attribution.kind = content.kind
      attribution.quotes = content.quotes
    } else {
      let start = clauseStart(before: last + 1, taken)
      guard last + 1 > start else { return nil }
      attribution.parts = [tokens(start..<(last + 1))]
      attribution.quotes = quotes(in: start..<(last + 1))
      // "Two years ago, according to the report, the firm left."
      if last + 1 - start < 7, let next = startAfterSource(cue), next < bounds.upperBound {
        let end = trimmedEnd(bounds.upperBound, from: next)
        if end - next > 3 {
          attribution.parts.append(tokens(next..<end))
          attribution.quotes += quotes(in: next..<end)
        }
      }
      if !attribution.quotes.isEmpty { attribution.kind = .mixed }
    }
    taken = cue.end
    return attribution
  }

  /// The first unit after the comma that ends "according to …".
  private func startAfterSource(_ cue: Cue) -> Int? {
    guard let core = cue.subject?.core else { return nil }
    var unit = cue.group.upperBound
    while bounds.contains(unit), units[unit].tokens.upperBound <= core.upperBound { unit += 1 }
    let limit = min(bounds.upperBound, unit + 16)
    guard let comma = (unit..<max(unit, limit)).first(where: { kind($0) == .comma }) else { return nil }
    return comma + 1 < bounds.upperBound ? comma + 1 : nil
  }
}

extension EnglishReader {
  /// The cue of a sentence that reports nothing itself and starts with its subject: "Smith asked."
  mutating func trailingCue(_ sentence: Sentence) -> Attribution? {
    bounds = sentence.units
    guard let cue = findCues().first, cue.frames.contains(.quote), cue.form == .finite,
      cue.start <= bounds.lowerBound + 1, !cue.subjectUnits.isEmpty
    else { return nil }
    let next = cue.end
    let isBare =
      isEnd(next) || kind(next) == .comma || isAny(next, [.preposition, .time, .adverb, .subordinator])
    guard isBare, attributions(of: [cue]).isEmpty || isQuoteLater(next) else { return nil }
    return Attribution(
      parts: [], kind: .direct, quotes: [], speaker: cue.subject, cue: tokens(cue.group),
      rule: .quoteThenCue)
  }

  private func isQuoteLater(_ unit: Int) -> Bool { false }
}
