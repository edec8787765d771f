/// Sources and questions: according to somebody, asked whether, as somebody noted.
extension EnglishReader {
  /// "Asked by reporters whether they would leave": the question, of whoever follows "by".
  func asked(_ cue: Cue, _ limit: Int, _ taken: inout Int) -> Attribution? {
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
      if token.isAny(.complementizer),
        !token.isAny(.determiner) || token.hash == Self.that
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
  func clauseAfterAs(_ cue: Cue, _ limit: Int) -> Content? {
    guard cue.frames.contains(.clause), cue.form == .finite, !cue.isInverted,
      isHash(cue.start - 1, Self.asWord), kind(cue.end) == .comma
    else { return nil }
    return clause(from: cue.end + 1, bounds.upperBound, rule: .clauseThenCue)
  }

  func according(_ cue: Cue, _ after: inout Int) -> Attribution? {
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
    guard let comma = (unit..<max(unit, limit)).first(where: { kind($0) == .comma }) else {
      return nil
    }
    return comma + 1 < bounds.upperBound ? comma + 1 : nil
  }
}
