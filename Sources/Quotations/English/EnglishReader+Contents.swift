/// What a cue reports: the rules in their order.
extension EnglishReader {
  func attributions(of cues: [Cue]) -> [Attribution] {
    var found: [Attribution] = []
    /// Everything before this unit is taken.
    var taken = bounds.lowerBound
    for (number, cue) in cues.enumerated() where !isNested(cue, taken) {
      let limit = cues[(number + 1)...].prefix(8).reduce(bounds.upperBound) {
        min($0, limitBefore($1, cue))
      }
      guard var attribution = attribution(of: cue, limit, after: &taken) else { continue }
      // The subject is that of the last cue that reports, not of one inside what it reports.
      if cue.form == .gerund, cue.subjectUnits.isEmpty, let last = found.last,
        last.rule != .accordingTo
      {
        attribution.speaker = last.speaker
      }
      found.append(attribution)
    }
    return found
  }

  /// Whether a cue is part of what an earlier one reports: she said he hoped that …
  private func isNested(_ cue: Cue, _ taken: Int) -> Bool {
    cue.group.lowerBound < taken && taken > bounds.lowerBound && cue.form != .according
  }

  func attribution(
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

  /// Where what a cue reports must end, because the next cue is not part of it.
  private func limitBefore(_ next: Cue, _ cue: Cue) -> Int {
    guard next.start >= cue.end else {
      // "The jury, announcing its decision, hailed …": the cue stands inside the other's subject.
      let isInside = next.start < cue.group.lowerBound && next.group.lowerBound > cue.end
      return isInside && kind(next.group.lowerBound - 1) == .comma
        ? next.group.lowerBound - 1 : bounds.upperBound
    }
    let edge =
      next.form == .gerund || next.subjectUnits.isEmpty ? next.group.lowerBound : next.start
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

  /// A clause from `start` to where the sentence or the next cue ends it.
  func clause(from start: Int, _ limit: Int, rule: Quotation.Rule) -> Content? {
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
  func trimmedEnd(_ end: Int, from start: Int) -> Int {
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

  /// The cue of a sentence that reports nothing itself and starts with its subject: "Smith asked."
  mutating func trailingCue(_ sentence: Sentence) -> Attribution? {
    bounds = sentence.units
    guard let cue = findCues().first, cue.frames.contains(.quote), cue.form == .finite,
      cue.start <= bounds.lowerBound + 1, !cue.subjectUnits.isEmpty
    else { return nil }
    let next = cue.end
    let isBare =
      isEnd(next) || kind(next) == .comma
      || isAny(next, [.preposition, .time, .adverb, .subordinator])
    guard isBare, attributions(of: [cue]).isEmpty else { return nil }
    return Attribution(
      parts: [], kind: .direct, quotes: [], speaker: cue.subject, cue: tokens(cue.group),
      rule: .quoteThenCue)
  }
}
