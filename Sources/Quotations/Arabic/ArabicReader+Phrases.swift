/// Noun phrases, as far as words without grammar tell them.
extension ArabicReader {
  /// The end of the noun phrase that starts at `start`; `nil` when none does.
  func nounPhraseEnd(startingAt start: Int, before frames: Frames = []) -> Int? {
    guard let first = token(start), first.kind == .word,
      !first.isAny([.complementizer, .relative, .saying, .preposition]),
      !first.isAny(.pronounPreposition), !first.isAny(.adverb) || isDefinite(first),
      first.hash != Self.what
    else { return nil }
    // An indefinite head may carry a preposition: مصدر في الوزارة، شابتان من داريا.
    var mayTakePreposition =
      !isDefinite(first) && !first.isCapitalized || Self.fields.contains(first.hash)
    var unit = start + 1
    while bounds.contains(unit), unit - start < 16 {
      if isQuote(unit) {
        // A name in marks: صحيفة «البعث الجديد».
        guard units[unit].tokens.count <= 6, !isEnd(unit + 1), kind(unit + 1) != .comma else {
          break
        }
        unit += 1
        continue
      }
      guard let token = token(unit), token.kind == .word || token.kind == .number else { break }
      if token.isAny([
        .complementizer, .relative, .pronounPreposition, .clauseOpener, .saying, .pronoun,
      ]) {
        break
      }
      if isContentNoun(token) { break }
      // المتحدث باسم …، حساب باسم …
      if Self.attributes.contains(unfolded(token)), unit == start + 1 {
        unit += 1
        continue
      }
      if token.isAny(.preposition) || hasPrefix(token, 0x628) || token.isAny(.adverb) {
        let isAttribute =
          mayTakePreposition && unit - start <= 3 && !isLeading(unit, frames)
          && (unit == start + 1 || !isDefinite(self.token(unit - 1) ?? token))
          && (token.hash == Self.fi || token.hash == Self.min || token.hash == Self.bi)
        guard isAttribute else { break }
        mayTakePreposition = false
        unit += 1
        continue
      }
      if token.verb >= 0, !token.isAny([.role, .title, .body, .document]), !isDefinite(token),
        lexicon.readings(of: token).contains(where: { $0.form != .masdar }),
        isAny(unit + 1, .complementizer) || token.proclitic == 0x648 || token.proclitic == 0x641
      {
        break
      }
      // للصحفيين: to whom.
      if hasPrefix(token, 0x644),
        unit > start + 1 || scalar(token, 1) == 0x644 || token.isAny(.body),
        !isTitlePart(unit, from: start)
      {
        break
      }
      unit += 1
    }
    return unit
  }

  /// الباحث في …، الخبير في …
  private static let fields = Set(
    [
      "الباحث", "الباحثة", "الخبير", "الخبيرة", "المختص", "المتخصص", "العضو", "المسؤول", "المحلل",
      "القيادي", "القيادية",
    ]
    .map { WordHash.of($0) })

  /// "اللجنة العليا للانتخابات": the part of a name that starts with for.
  private func isTitlePart(_ unit: Int, from start: Int) -> Bool {
    guard let token = token(unit), scalar(token, 1) == 0x644 else {
      return isAny(start, .body)
    }
    return isAny(unit - 1, [.body]) || self.token(unit - 1).map(isDefinite) ?? false
  }

  /// Words that open what is said when no complementizer does: ضرورة، إعادة.
  func isContentNoun(_ token: Token) -> Bool { Self.contentNouns.contains(token.hash) }

  static let contentNouns = Set(
    [
      "ضرورة", "أهمية", "وجود", "عدم", "صحة", "إعادة", "إطلاق", "إنشاء", "استعداد", "استعداده",
      "استعدادها", "رغبته", "رغبتها", "رفضه", "رفضها", "دعمه", "دعمها", "قلقه", "قلقها", "إدانته",
      "إدانتها", "التزامه", "التزامها", "تمسكه", "تمسكها", "ترحيبه", "ترحيبها", "موقفه", "موقفها",
      "تأييده", "تأييدها", "قلقهم", "خشيتهم", "رفضهم", "تضامنه", "تضامنها", "نيته", "نيتها",
      "وقوفه",
      "حرصه", "حرصها", "استنكاره", "انسحابه", "انسحابها", "استقالته", "استقالتها", "مسؤوليته",
      "مسؤوليتها", "بدء", "وقف", "تشكيل", "تأجيل", "إلغاء", "تعليق", "استئناف", "مقتل", "إصابة",
    ].map { WordHash.of($0) })

  /// Whom the sentence is about, when no cue tells: the noun phrase at its start, or the one after its
  /// first verb.
  func topic() -> Mention? {
    var start = bounds.lowerBound
    var isTopic = false
    while bounds.contains(start),
      kind(start) != .word || isAny(start, [.topic, .contrast, .adverb])
    {
      isTopic = isTopic || isAny(start, .topic)
      start += 1
    }
    guard let first = token(start), first.kind == .word, !first.isAny([.preposition]) else {
      return nil
    }
    if !isTopic, !first.isAny([.role, .title, .body]), !isDefinite(first) { start += 1 }
    guard var end = nounPhraseEnd(startingAt: start) else { return nil }
    if isTopic {
      // أما فلان فانتظر: the verb has a prefix.
      end = ((start + 1)..<end).first { token($0).map { scalar($0, 0) == 0x641 } ?? false } ?? end
    }
    return Mention(tokens(start..<end))
  }

  /// Whether the topic is named first, or by title or role, so that who speaks next is likely the same.
  func isTopicSure() -> Bool {
    isAny(bounds.lowerBound, .topic)
      || (bounds.lowerBound..<Swift.min(bounds.lowerBound + 2, bounds.upperBound)).contains {
        isAny($0, [.title, .role]) && !isAny($0 - 1, .preposition)
      }
  }
}
