/// What is said, after a cue or around it.
extension ArabicReader {
  func attributions(of cues: [ArabicCue]) -> [Attribution] {
    var found: [Attribution] = []
    var taken = bounds.lowerBound
    for (number, cue) in cues.enumerated() where cue.unit >= taken {
      var attribution =
        cue.form == .according
        ? according(cue, &taken) : attribution(of: cue, cues[(number + 1)...].prefix(8), &taken)
      // The subject is that of the last cue that reports, not of one inside what it reports.
      if cue.isShared, let last = found.last, last.rule != .accordingTo {
        attribution?.speaker = last.speaker
        attribution?.inheritsSpeaker = last.inheritsSpeaker
      }
      if let attribution { found.append(attribution) }
    }
    return found
  }

  private struct Content {
    var units: Range<Int>
    var kind: Quotation.Kind
    var rule: Quotation.Rule
  }

  private func attribution(
    of cue: ArabicCue, _ later: ArraySlice<ArabicCue>, _ taken: inout Int
  ) -> Attribution? {
    let limit = limit(later, after: cue)
    var attribution = Attribution(
      parts: [], kind: .direct, quotes: [], speaker: cue.subject,
      cue: tokens(cue.unit..<(cue.unit + 1)), rule: .quoteThenCue)
    attribution.inheritsSpeaker = !cue.hasOwnSubject
    if let left = quoteBefore(cue, taken) {
      attribution.parts = [tokens(left..<(left + 1))]
      attribution.quotes = [units[left].quote]
      taken = cue.next
      if let right = quoteAfterSplit(cue) {
        attribution.parts.append(tokens(right..<(right + 1)))
        attribution.quotes.append(units[right].quote)
        attribution.rule = .splitQuote
        taken = right + 1
      }
      return attribution
    }
    guard let content = contentAfter(cue, limit) else { return nil }
    attribution.parts = [tokens(content.units)]
    attribution.kind = content.kind
    attribution.quotes = quotes(in: content.units)
    attribution.rule = content.rule
    taken = content.units.upperBound
    return attribution
  }

  /// Where a later cue of the sentence ends what this one reports: after a comma, or at a participle.
  private func limit(_ later: ArraySlice<ArabicCue>, after cue: ArabicCue) -> Int {
    for next in later where next.unit > cue.next {
      let before = next.start - 1
      if next.form == .agent, isAny(next.unit + 1, .complementizer) || kind(before) == .comma {
        return kind(before) == .comma ? before : next.unit
      }
      if next.form == .finite, kind(before) == .comma, !startsContent(cue, before: next) {
        return before
      }
      if next.form == .finite, isAny(before, [.clauseOpener, .contrast]),
        kind(before - 1) == .comma,
        !startsContent(cue, before: next)
      {
        return before - 1
      }
      if next.form == .according, kind(before) == .comma { return before }
    }
    return bounds.upperBound
  }

  /// Whether nothing has been reported before `next`: "قال فلان، وقد أعلن انسحابه، إنه…".
  private func startsContent(_ cue: ArabicCue, before next: ArabicCue) -> Bool {
    !(cue.next..<next.unit).contains {
      isAny($0, .complementizer) || kind($0) == .colon || isLeading($0, cue.frames) || isQuote($0)
    }
      && (next.unit..<bounds.upperBound).contains {
        isAny($0, .complementizer) || kind($0) == .colon
      }
  }

  // MARK: Before the cue

  /// «…»، قال فلان.
  private func quoteBefore(_ cue: ArabicCue, _ taken: Int) -> Int? {
    guard cue.form == .finite, cue.frames.contains(.quote), cue.hasOwnSubject,
      let token = token(cue.unit), token.proclitic != 0x648, token.proclitic != 0x641
    else { return nil }
    var unit = cue.start - 1
    // «…»، هكذا علّق فلان.
    if isAny(unit, .adverb), kind(unit - 1) == .comma { unit -= 1 }
    if kind(unit) == .comma || kind(unit) == .dash { unit -= 1 }
    guard isQuote(unit), unit >= taken,
      unit == bounds.lowerBound || kind(unit - 1) != .word || wordCount(quote: unit) > 5
    else { return nil }
    // What follows must not be the content: «كذا»، قال فلان إن.
    let next = cue.next
    guard isEnd(next) || kind(next) != .colon && !isAny(next, .complementizer) else { return nil }
    return unit
  }

  private func quoteAfterSplit(_ cue: ArabicCue) -> Int? {
    var unit = cue.next
    var steps = 0
    while steps < 10, bounds.contains(unit), !isEnd(unit), !isAny(unit, .complementizer) {
      if isQuote(unit) { return kind(unit - 1) == .comma || steps == 0 ? unit : nil }
      unit += 1
      steps += 1
    }
    return nil
  }

  // MARK: After the cue

  private func contentAfter(_ cue: ArabicCue, _ limit: Int) -> Content? {
    var unit = cue.next
    var isAfterComma = false
    var steps = 0
    while unit < limit, steps < 40 {
      if isQuote(unit) {
        if let content = quoteAfter(
          cue, unit, limit, isApart: kind(unit - 1) == .comma || steps == 0)
        {
          return content
        }
        unit += 1
        steps += 1
        continue
      }
      guard let token = token(unit) else { return nil }
      switch token.kind {
      case .colon:
        guard cue.frames.contains(.quote) || cue.form != .finite else { return nil }
        return afterColon(unit + 1, limit)
      case .comma:
        isAfterComma = true
      case .word:
        if token.isAny(.complementizer), cue.frames.contains(.that), !isConditional(unit) {
          return clause(unit, limit, .clause)
        }
        if !isAfterComma || steps < 3, isLeading(unit, cue.frames) {
          return afterPreposition(unit, limit)
        }
        if !isAfterComma, cue.frames.contains(.thing), cue.form == .finite || cue.form == .agent,
          !hasComplementizer(unit, limit), isThing(unit, cue)
        {
          return clause(unit, limit, .thing)
        }
        isAfterComma = isAfterComma && steps < 25
      case .number, .opening, .closing, .dash, .other, .mark, .bullet, .ellipsis: break
      default: return nil
      }
      unit += 1
      steps += 1
    }
    return nil
  }

  /// "إن" as "if", or in "إلا أن", "غير أن".
  private func isConditional(_ unit: Int) -> Bool {
    isAny(unit - 1, .contrast) || isHash(unit - 1, WordHash.of("قبل"))
      || isHash(unit - 1, WordHash.of("بعد")) || isHash(unit - 1, WordHash.of("منذ"))
  }

  private func hasComplementizer(_ start: Int, _ limit: Int) -> Bool {
    (start..<Swift.min(limit, start + 14)).contains {
      isAny($0, .complementizer) || kind($0) == .colon
    }
  }

  /// Whether the thing that is denied or announced starts here: right after the subject, or, with the
  /// subject known from elsewhere, right after the verb.
  private func isThing(_ unit: Int, _ cue: ArabicCue) -> Bool {
    guard let token = token(unit), token.kind == .word,
      !token.isAny([.preposition, .adverb, .pronounPreposition, .relative, .clauseOpener]),
      !Self.refusals.contains(token.hash)
    else { return false }
    if isContentNoun(token) { return true }
    return unit == cue.next && cue.form == .agent
      || unit == cue.next && cue.start < cue.unit && !hasPrefix(token, 0x644)
  }

  private func afterColon(_ start: Int, _ limit: Int) -> Content? {
    guard start < bounds.upperBound else { return nil }
    if isQuote(start) {
      return Content(units: start..<(start + 1), kind: .direct, rule: .cueThenQuote)
    }
    return clause(start, limit, .clause)
  }

  /// شدد على ضرورة …، حذر من أن …، طالب بإعفاء …
  private func afterPreposition(_ unit: Int, _ limit: Int) -> Content? {
    guard let token = token(unit) else { return nil }
    let isPrefix = hasPrefix(token, 0x628)
    let start = isPrefix ? unit : unit + 1
    if isQuote(start), !isPrefix {
      return Content(
        units: start..<(start + 1), kind: .direct, rule: .cueThenQuote)
    }
    return clause(start, limit, isAny(start, .complementizer) ? .clause : .infinitive)
  }

  private func quoteAfter(
    _ cue: ArabicCue, _ unit: Int, _ limit: Int, isApart: Bool
  ) -> Content? {
    guard cue.frames.contains(.quote) else { return nil }
    let isLong = wordCount(quote: unit) >= 4
    guard isApart || isLong else { return nil }
    // A name in marks goes on with words.
    if !isEnd(unit + 1), kind(unit + 1) == .word, !isLong { return nil }
    if hasComplementizer(unit + 1, limit) { return nil }
    return Content(units: unit..<(unit + 1), kind: .direct, rule: .cueThenQuote)
  }

  private func clause(_ start: Int, _ limit: Int, _ rule: Quotation.Rule) -> Content? {
    var end = start + 1
    while end < limit {
      if let token = token(end) {
        if token.kind == .comma, isAny(end + 1, .clauseOpener), !isAny(end + 1, .complementizer),
          startsAside(end + 1)
        {
          break
        }
        if token.endsSentence, end + 1 >= limit { break }
      }
      end += 1
    }
    end = Swift.min(end, limit)
    while end > start, let kind = kind(end - 1),
      [.comma, .period, .semicolon, .colon, .dash].contains(kind)
    {
      end -= 1
    }
    guard end > start else { return nil }
    let isMarked = (start..<end).contains { isQuote($0) }
    let isOnly = isMarked && end == start + 1
    return Content(
      units: start..<end, kind: isOnly ? .direct : isMarked ? .mixed : .indirect, rule: rule)
  }

  /// وهو، وذلك، فيما: the writer speaks again.
  private func startsAside(_ unit: Int) -> Bool { Self.asides.contains(token(unit)?.hash ?? 0) }

  private static let asides = Set(
    ["وهو", "وهي", "وذلك", "فيما", "بينما", "حيث"].map { WordHash.of($0) })

  func quotes(in range: Range<Int>) -> [Int] {
    range.compactMap { units[$0].quote >= 0 ? units[$0].quote : nil }
  }

  // MARK: According to

  private func according(_ cue: ArabicCue, _ taken: inout Int) -> Attribution? {
    var attribution = Attribution(
      parts: [], kind: .indirect, quotes: [], speaker: cue.subject,
      cue: tokens(cue.unit..<(cue.unit + 1)), rule: .accordingTo)
    var before = cue.unit - 1
    if isHash(before, Self.ala) { before -= 1 }
    let range: Range<Int>
    if before < bounds.lowerBound {
      guard
        let comma = (cue.next..<Swift.min(bounds.upperBound, cue.next + 14)).first(where: {
          kind($0) == .comma || isAny($0, .complementizer)
        }) ?? (bounds.contains(cue.next) ? cue.next : nil)
      else { return nil }
      let start = kind(comma) == .comma ? comma + 1 : comma
      guard let content = clause(start, bounds.upperBound, .accordingTo) else { return nil }
      range = content.units
    } else {
      var end = before + 1
      while end > taken, let kind = kind(end - 1), kind != .word, kind != .number { end -= 1 }
      guard end > taken else { return nil }
      var start = taken
      if isQuote(end - 1), end - 1 == start || kind(end - 2) != .word { start = end - 1 }
      while start < end, let kind = kind(start), kind != .word, kind != .number { start += 1 }
      guard start < end else { return nil }
      range = start..<end
    }
    attribution.parts = [tokens(range)]
    attribution.quotes = quotes(in: range)
    if !attribution.quotes.isEmpty {
      attribution.kind = range.count == 1 ? .direct : .mixed
    }
    taken = Swift.max(range.upperBound, cue.next)
    return attribution
  }
}

extension ArabicReader {
  /// The cue of a sentence that reports nothing itself and starts with it: سأل فلان.
  mutating func trailingCue(_ sentence: Sentence) -> Attribution? {
    bounds = sentence.units
    guard let cue = findCues().first, cue.frames.contains(.quote), cue.form == .finite,
      cue.unit == bounds.lowerBound, cue.hasOwnSubject, let token = token(cue.unit),
      token.proclitic != 0x648, token.proclitic != 0x641, attributions(of: [cue]).isEmpty
    else { return nil }
    return Attribution(
      parts: [], kind: .direct, quotes: [], speaker: cue.subject,
      cue: tokens(cue.unit..<(cue.unit + 1)), rule: .quoteThenCue)
  }
}
