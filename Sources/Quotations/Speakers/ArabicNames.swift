/// The names of people in an Arabic article. Without capitals, a name is what follows a title, or the
/// last words of a mention that starts with a role.
struct ArabicNames {
  private let text: ArticleText
  /// The names found in mentions, as tokens.
  private var names: [Range<Int>] = []
  private var byLastName: [UInt64: [Int]] = [:]

  init(_ text: ArticleText, _ mentions: [Mention]) {
    self.text = text
    for mention in mentions where text.tokens[mention.core.lowerBound].isArabic {
      guard let name = ownName(mention.core), name.count >= 2, let last = name.last else {
        continue
      }
      byLastName[key(last), default: []].append(names.count)
      names.append(name)
    }
  }

  /// The full name for a mention; `nil` when it has none, as a body.
  func name(of mention: Mention) -> String? {
    let own = ownName(mention.core) ?? shortName(mention.core)
    guard let own, let last = own.last else { return nil }
    let full =
      (byLastName[key(last)] ?? []).filter { number in
        let keys = Set(names[number].map(key))
        return own.allSatisfy { keys.contains(key($0)) }
      }.max { names[$0].count < names[$1].count }
    return full.map { text.string(text.range(names[$0])) }
      ?? (own.count > 1 ? text.string(text.range(own)) : nil)
  }

  private func key(_ token: Int) -> UInt64 { text.tokens[token].hash }

  /// The words after the last title, or the last two of a mention that starts with a role.
  private func ownName(_ core: Range<Int>) -> Range<Int>? {
    let words = core.filter { text.tokens[$0].kind == .word }
    guard words.count == core.count, words.count >= 2 else { return nil }
    if let title = words.last(where: { text.tokens[$0].isAny(.title) }),
      title + 1 < core.upperBound,
      isName(title + 1), !Self.attributes.contains(key(title + 1))
    {
      // الرئيس التركي فلان: an adjective of the title.
      var start = title + 1
      while start < core.upperBound - 2, isDefinite(start) { start += 1 }
      return start..<core.upperBound
    }
    guard words.count >= 3, text.tokens[core.lowerBound].isAny([.role, .title]) else {
      // أم نضال الدرعاوية: a name without a role.
      return Self.kunyas.contains(key(core.lowerBound)) ? core : nil
    }
    var start = core.upperBound - 2
    // A name of three words, after an adjective: وزير الخارجية الإيراني محمد جواد ظريف.
    if start - 2 > core.lowerBound, isName(start - 1), !isDefinite(start - 1), isDefinite(start - 2)
    {
      start -= 1
    }
    if start - 1 > core.lowerBound, Self.joined.contains(key(start - 1)) { start -= 1 }
    guard isName(start), !isDefinite(start), isName(core.upperBound - 1) else { return nil }
    return start..<core.upperBound
  }

  /// A single last name, as in "قال الفايز".
  private func shortName(_ core: Range<Int>) -> Range<Int>? {
    core.count == 1 && isName(core.lowerBound) ? core : nil
  }

  private func isName(_ token: Int) -> Bool {
    !text.tokens[token].isAny([.role, .title, .body, .document, .preposition, .adverb])
  }

  private func isDefinite(_ token: Int) -> Bool {
    let range = text.tokens[token].range
    return range.count > 3 && text.scalars[range.lowerBound] == 0x627
      && text.scalars[range.lowerBound + 1] == 0x644
  }

  private static let attributes = Set(["باسم"].map { WordHash.of($0) })
  private static let joined = Set(["عبد", "أبو", "أبي", "بن", "آل"].map { WordHash.of($0) })
  private static let kunyas = Set(["أبو", "أم"].map { WordHash.of($0) })
}
