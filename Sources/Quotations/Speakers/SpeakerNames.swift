/// Gives mentions their full names: "Meslet" is "Salem al-Meslet" where the article says so, "she" is
/// the last woman who spoke, "the director" is whom the article introduced by that word. A body
/// keeps the name it is mentioned by.
struct SpeakerNames {
  private let text: ArticleText
  private let english: EnglishNames
  private let arabic: ArabicNames
  /// The names found, by the first and last token of the mention.
  private var names: [Mention: String] = [:]

  /// Who spoke last, by what may stand for them.
  private var lastWoman: String?
  private var lastMan: String?
  private var lastBody: String?
  private var lastAny: String?

  init(_ text: ArticleText, _ attributions: [Attribution]) {
    self.text = text
    let mentions = attributions.compactMap(\.speaker)
      .sorted { $0.tokens.lowerBound < $1.tokens.lowerBound }
    english = EnglishNames(text)
    arabic = ArabicNames(text, mentions)
    for mention in mentions where names[mention] == nil {
      let name = resolved(mention)
      names[mention] = name
      remember(name, mention)
    }
  }

  func name(of mention: Mention) -> String {
    names[mention] ?? text.string(text.range(mention.core))
  }

  private mutating func resolved(_ mention: Mention) -> String {
    let first = text.tokens[mention.core.lowerBound]
    let written = text.string(text.range(mention.core))
    if mention.core.count == 1, let name = pronoun(first) { return name ?? written }
    if first.isArabic { return arabic.name(of: mention) ?? written }
    return english.name(of: mention) ?? written
  }

  /// The last fitting speaker for a pronoun; `nil` when the word is none.
  private func pronoun(_ token: Token) -> String?? {
    if token.isArabic {
      guard token.isAny([.pronoun, .contrast]) else { return nil }
      return .some(lastAny)
    }
    guard token.isAny([.pronoun, .relative, .male, .female, .possessive]) else { return nil }
    if token.isAny(.female) { return .some(lastWoman ?? lastAny) }
    if token.isAny(.male) { return .some(lastMan ?? lastAny) }
    if token.hash == Self.it || token.hash == Self.its { return .some(lastBody) }
    if token.hash == Self.they || token.isAny(.relative) { return .some(lastAny) }
    return .some(nil)
  }

  private static let it = WordHash.of("it")
  private static let its = WordHash.of("its")
  private static let they = WordHash.of("they")

  private mutating func remember(_ name: String, _ mention: Mention) {
    let first = text.tokens[mention.core.lowerBound]
    if mention.core.count == 1, first.isAny([.pronoun, .relative]) {
      // "she said" makes whoever she is a woman from here on.
      if first.isAny(.female), name == lastAny { lastWoman = name }
      if first.isAny(.male), name == lastAny { lastMan = name }
      return
    }
    lastAny = name
    let tokens = mention.tokens.map { text.tokens[$0] }
    if tokens.contains(where: { $0.isAny([.body, .document]) && !$0.isCapitalized })
      || !tokens.contains(where: { $0.isAny([.role, .title]) || $0.isCapitalized })
    {
      lastBody = name
    }
    switch english.gender(of: mention) {
    case .female: lastWoman = name
    case .male: lastMan = name
    case nil:
      if lastBody != name {
        lastWoman = name
        lastMan = name
      } else if tokens.last?.isCapitalized ?? false {
        lastWoman = lastWoman ?? name
        lastMan = lastMan ?? name
      }
    }
  }
}
