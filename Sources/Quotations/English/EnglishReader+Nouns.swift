/// Nouns and adjectives that report.
extension EnglishReader {
  /// Whether "that" follows a noun or adjective, also after a form of "be"; or "to", after somebody's
  /// promise.
  func leadsClause(_ unit: Int) -> Bool {
    if isHash(unit + 1, Self.that) { return true }
    guard isAny(unit, .reportNoun) else { return false }
    if isAny(unit + 1, .be), isHash(unit + 2, Self.that) { return true }
    guard isHash(unit + 1, Self.to), isAny(unit - 1, .possessive) || isPossessive(unit - 1),
      let next = token(unit + 2), next.kind == .word
    else { return false }
    return !next.isAny([.determiner, .possessive, .pronoun, .preposition]) && !next.isCapitalized
  }

  /// "his claim that", "is confident that", "made it clear that".
  func nominal(at unit: Int, _ token: Token, _ earlier: [Cue]) -> Cue? {
    var cue = Cue(
      group: unit..<(unit + 1), verb: unit, form: .nominal, frames: [.that, .infinitive])
    if isAny(unit + 1, .be) { cue.group = unit..<(unit + 2) }
    if token.isAny(.reportAdjective) {
      let group = verbGroup(before: unit)
      if group.hasBe, let phrase = subject(before: group.start) {
        cue.group = group.start..<(unit + 1)
        cue.subject = phrase.mention
        return cue
      }
      // "made it clear"
      let verb = isAny(unit - 1, .objectPronoun) ? unit - 2 : unit - 1
      guard let made = self.token(verb), Self.made.contains(made.hash) else { return nil }
      let outer = verbGroup(before: verb)
      guard let phrase = subject(before: outer.start) ?? firstSubject() else { return nil }
      cue.group = outer.start..<(unit + 1)
      cue.subject = phrase.mention
      return cue
    }
    // "Smith's claim", "his claim".
    if isPossessive(unit - 1) {
      var start = unit - 1
      while start > bounds.lowerBound, isCapitalized(start - 1), isWord(start - 1) { start -= 1 }
      cue.subject = Mention(tokens(start..<unit))
      return cue
    }
    if isAny(unit - 1, .possessive) {
      cue.subject = Mention(tokens((unit - 1)..<unit))
      return cue
    }
    cue.subject = earlier.last { $0.subject != nil }?.subject ?? firstSubject()?.mention
    return cue
  }

  private static let made = Set(["make", "makes", "made", "making"].map { WordHash.of($0) })
}
