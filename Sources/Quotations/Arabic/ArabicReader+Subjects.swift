/// Who says it: after the verb, before it, or taken over.
extension ArabicReader {
  func sharing(
    _ unit: Int, _ form: ArabicCue.Form, _ frames: Frames, _ earlier: [ArabicCue]
  ) -> ArabicCue {
    var cue = ArabicCue(
      unit: unit, form: form, frames: frames.union([.quote, .that]), subject: nil, next: unit + 1,
      start: unit)
    if let last = earlier.last, last.form != .according {
      cue.subject = last.subject
      cue.hasOwnSubject = last.hasOwnSubject
      cue.isShared = true
      // The object of the verb before may be the one who says it: سألنا أحدهم … فأجاب.
    } else if let topic = topic() {
      cue.subject = topic
      cue.hasOwnSubject = true
    }
    return cue
  }

  func finite(at unit: Int, _ frames: Frames, _ earlier: [ArabicCue]) -> ArabicCue {
    var cue = ArabicCue(
      unit: unit, form: .finite, frames: frames, subject: nil, next: unit + 1, start: unit)
    if Self.naqala.contains(token(unit)?.hash ?? 0), let relayed = relayedSubject(after: unit) {
      cue.subject = Mention(tokens(relayed))
      cue.next = relayed.upperBound
      cue.hasOwnSubject = true
      return cue
    }
    // لكنه اعتبر، إلا أنه حمّل: the pronoun before is the subject.
    if isAny(unit - 1, [.pronoun, .contrast]), !isHash(unit - 1, Self.but),
      !isAny(unit - 1, .complementizer) || isAny(unit - 2, .contrast)
    {
      cue.subject = Mention(tokens((unit - 1)..<unit))
      cue.start = unit - 1
      cue.hasOwnSubject = true
      return cue
    }
    if !isCoordinated(unit, frames, earlier), let after = subjectAfter(unit, frames) {
      cue.subject = Mention(tokens(after))
      cue.next = after.upperBound
      cue.hasOwnSubject = true
      return cue
    }
    if let before = subjectBefore(unit) {
      cue.subject = Mention(tokens(before))
      cue.start = before.lowerBound
      cue.hasOwnSubject = true
      return cue
    }
    if let last = earlier.last(where: { $0.form != .according }) {
      cue.subject = last.subject
      cue.hasOwnSubject = last.hasOwnSubject
      cue.isShared = true
    } else if let title = titleBefore(unit) {
      cue.subject = Mention(tokens(title))
      cue.hasOwnSubject = true
    }
    return cue
  }

  static let but = WordHash.of("لكن")

  /// "…، ودعت التحالف إلى": a second verb of the sentence that takes over the subject. Also a verb in
  /// the plural, which has no noun after it as its subject: حثوا المانحين.
  private func isCoordinated(_ unit: Int, _ frames: Frames, _ earlier: [ArabicCue]) -> Bool {
    guard let token = token(unit) else { return false }
    let last = text.scalars[Int(token.end) - 1]
    let beforeLast = text.scalars[max(Int(token.start), Int(token.end) - 2)]
    if beforeLast == 0x648, last == 0x627 || last == 0x646 { return true }
    guard frames.contains(.infinitive), token.proclitic == 0x648, kind(unit - 1) == .comma,
      earlier.contains(where: { $0.hasOwnSubject }),
      let end = nounPhraseEnd(startingAt: unit + 1)
    else { return false }
    return end - unit <= 4 && isLeading(end, frames)
  }

  /// "تغريدة للنائب فلان، كتب فيها": the nearest title or role before.
  private func titleBefore(_ unit: Int) -> Range<Int>? {
    guard kind(unit - 1) == .comma else { return nil }
    var start = unit - 2
    var title: Int?
    while bounds.contains(start), unit - start < 14, self.kind(start) == .word {
      if isAny(start, [.title, .role]) { title = start }
      start -= 1
    }
    guard let title, let end = nounPhraseEnd(startingAt: title) else {
      return nil
    }
    return title..<Swift.min(end, unit - 1)
  }

  /// نقلت الوكالة عن فلان قوله: the one after عن.
  private func relayedSubject(after unit: Int) -> Range<Int>? {
    for from in (unit + 1)..<Swift.max(unit + 1, Swift.min(bounds.upperBound, unit + 14))
    where isHash(from, Self.an) {
      guard let end = nounPhraseEnd(startingAt: from + 1) else {
        return nil
      }
      return (from + 1)..<end
    }
    return nil
  }

  /// The subject after the verb, past adverbs and phrases that may come between.
  private func subjectAfter(_ unit: Int, _ frames: Frames) -> Range<Int>? {
    var start = unit + 1
    var steps = 0
    while steps < 12, let token = token(start), token.kind == .word {
      if token.isAny([.complementizer, .saying]) || isContentNoun(token) { return nil }
      if token.isAny(.pronounPreposition), !token.isAny(.title) {
        start += 1
      } else if start == unit + 1, isForeignName(start, token) {
        break
      } else if isLeading(start, frames) {
        return nil
      } else if token.isAny([.preposition, .adverb]) || hasPrefix(token, 0x644)
        || hasPrefix(token, 0x628)
      {
        // A phrase between: on to a title or a role, if there is one before the content.
        guard let title = titleAhead(start + 1) else { return nil }
        start = title
        break
      } else {
        break
      }
      steps += 1
    }
    guard let end = nounPhraseEnd(startingAt: start, before: frames) else { return nil }
    // وتضيف ضاحكة: how, not who.
    if end == start + 1, let only = token(start), !isDefinite(only), endsAsAccusative(only),
      only.end - only.start > 3,
      !only.isAny([.role, .title, .body, .name]), kind(end) == .colon || isAny(end, .complementizer)
    {
      return nil
    }
    return start..<end
  }

  /// The next title, or the name of a father or mother, that no preposition leads and that is no
  /// adjective of the noun before.
  private func titleAhead(_ start: Int) -> Int? {
    var unit = start
    while unit < start + 8, let token = token(unit), token.kind == .word {
      if token.isAny([.complementizer, .saying]) { return nil }
      if Self.kunyas.contains(token.hash) { return unit }
      if token.isAny(.title), isDefinite(token), !isAny(unit - 1, .preposition),
        !(self.token(unit - 1).map(isDefinite) ?? true)
      {
        return unit
      }
      unit += 1
    }
    return nil
  }

  private static let kunyas = Set(["أبو", "أم"].map { WordHash.of($0) })

  /// Whether a preposition that belongs to the verb leads what is said.
  func isLeading(_ unit: Int, _ frames: Frames) -> Bool {
    guard let token = token(unit), token.kind == .word else { return false }
    switch token.hash {
    case Self.ala: return frames.contains(.ala)
    case Self.ila: return frames.contains(.ila)
    case Self.min: return frames.contains(.min)
    case Self.an: return frames.contains(.an)
    case Self.fi: return frames.contains(.fi)
    default:
      return frames.contains(.bi) && hasPrefix(token, 0x628)
        && !Self.attributes.contains(token.hash)
        && !Self.attributes.contains(unfolded(token))
    }
  }

  /// The key of the word as it is written, with its prefix.
  func unfolded(_ token: Token) -> UInt64 { WordHash.of(text.scalars[token.range]) }

  /// باسم، بيده: they belong to the subject or the verb.
  static let attributes = Set(["باسم", "بيده", "بيدها", "بنفسه"].map { WordHash.of($0) })

  /// تشكو بيريفان حسو، …: a name of two words that only seems to start with a preposition.
  private func isForeignName(_ unit: Int, _ token: Token) -> Bool {
    guard token.proclitic == 0, token.classes.isEmpty, token.verb < 0,
      hasPrefix(token, 0x628) || hasPrefix(token, 0x644), !isDefinite(token)
    else { return false }
    guard let next = self.token(unit + 1), next.kind == .word, next.classes.isEmpty, next.verb < 0,
      text.scalars[Int(next.end) - 1] != 0x629
    else { return false }
    return kind(unit + 2) == .comma || isAny(unit + 2, .complementizer)
  }

  private static let already = Set(["قد", "لقد"].map { WordHash.of($0) })
  private static let was = Set(["كان", "كانت", "وكان", "وكانت"].map { WordHash.of($0) })

  /// A subject before the verb: أما فلان فقال، وهو يرى، لكنه اعتبر.
  private func subjectBefore(_ unit: Int) -> Range<Int>? {
    var start = clauseStart(before: unit)
    guard start < unit else { return nil }
    let last = unit - 1
    if isAny(last, [.pronoun]) { return last..<unit }
    if isAny(last, .contrast), !isHash(last, WordHash.of("لكن")) { return last..<unit }
    // وكان الرئيس قد أعلن.
    let isPluperfect = Self.already.contains(token(last)?.hash ?? 0)
    if isPluperfect, Self.was.contains(token(start)?.hash ?? 0) { start += 1 }
    while start < unit, isAny(start, [.topic, .contrast, .adverb]) { start += 1 }
    guard start < unit, let first = token(start), first.kind == .word,
      !first.isAny([.preposition, .complementizer, .relative, .clauseOpener]),
      !first.isAny(.pronounPreposition), first.verb < 0 || first.isAny([.role, .title, .body])
    else { return nil }
    guard let end = nounPhraseEnd(startingAt: start) else { return nil }
    return start..<Swift.max(start + 1, Swift.min(end, isPluperfect ? last : unit))
  }

  private func clauseStart(before unit: Int) -> Int {
    var start = unit
    while start > bounds.lowerBound {
      guard let token = token(start - 1) else { break }
      if token.kind != .word, token.kind != .number { break }
      start -= 1
    }
    return start
  }
}
