/// The names of people in an article: runs of capitalized words.
struct EnglishNames {
  enum Gender { case female, male }

  private struct Name {
    /// Tokens, without titles.
    var tokens: Range<Int>
    /// The keys of the titles and roles near it.
    var roles: Set<UInt64>
  }

  private let text: ArticleText
  private var names: [Name] = []
  /// For the key of a last name, the names that end with it.
  private var byLastName: [UInt64: [Int]] = [:]
  /// For the key of a role, the names that stand near it.
  private var byRole: [UInt64: [Int]] = [:]
  /// No more names than this are kept for one last name, so that the time stays linear.
  private static let mostAlike = 8

  init(_ text: ArticleText) {
    self.text = text
    for paragraph in text.paragraphs { collect(paragraph) }
  }

  // MARK: Collecting

  private mutating func collect(_ paragraph: Range<Int>) {
    var index = paragraph.lowerBound
    while index < paragraph.upperBound {
      guard isNamePart(index) else {
        index += 1
        continue
      }
      var end = index + 1
      while end < paragraph.upperBound, isNamePart(end) || isJoint(end, paragraph) { end += 1 }
      add(index..<end, paragraph)
      index = end
    }
  }

  private func isNamePart(_ index: Int) -> Bool {
    let token = text.tokens[index]
    guard token.kind == .word, !token.isArabic else { return false }
    if token.isCapitalized { return true }
    let length = token.end - token.start
    if length <= 3 {
      return Self.particles.contains(token.hash) && index + 1 < text.tokens.count
        && text.tokens[index + 1].isCapitalized
    }
    let first = text.scalars[Int(token.start)]
    return (first == 0x61 || first == 0x65) && hasArabicArticle(token)
  }

  private static let particles = Set(
    ["al", "bin", "ibn", "abu", "van", "von", "de", "der", "den", "la", "del", "di"]
      .map { WordHash.of($0) })

  /// The period of "J." and "Gov." inside a name.
  private func isJoint(_ index: Int, _ paragraph: Range<Int>) -> Bool {
    let token = text.tokens[index]
    guard token.kind == .period, !token.hasSpaceBefore, index + 1 < paragraph.upperBound,
      text.tokens[index + 1].isCapitalized
    else { return false }
    let before = text.tokens[index - 1]
    return before.end - before.start == 1 || before.isAny(.abbreviation)
  }

  /// al-Meslet.
  private func hasArabicArticle(_ token: Token) -> Bool { lastPart(token).isShortened }

  private mutating func add(_ run: Range<Int>, _ paragraph: Range<Int>) {
    let tokens = withoutTitles(run)
    let words = tokens.count { text.tokens[$0].kind == .word }
    guard words >= 2, words <= 5, let last = tokens.last,
      !text.tokens[last].isAny([.body, .time, .document]),
      !tokens.contains(where: { text.tokens[$0].isAny([.body, .preposition, .determiner]) })
    else { return }
    let alike = byLastName[key(text.tokens[last])] ?? []
    if let known = alike.first(where: { contains(names[$0].tokens, tokens) }) {
      return note(run, paragraph, known)
    }
    guard alike.count < Self.mostAlike else { return }
    byLastName[key(text.tokens[last]), default: []].append(names.count)
    names.append(Name(tokens: tokens, roles: []))
    note(run, paragraph, names.count - 1)
  }

  /// Remembers the roles near a name.
  private mutating func note(_ run: Range<Int>, _ paragraph: Range<Int>, _ number: Int?) {
    guard let number else { return }
    for role in roles(near: run, paragraph) where names[number].roles.insert(role).inserted {
      byRole[role, default: []].append(number)
    }
  }

  private func roles(near run: Range<Int>, _ paragraph: Range<Int>) -> [UInt64] {
    let near =
      max(
        paragraph.lowerBound, run.lowerBound - 14)..<min(paragraph.upperBound, run.upperBound + 12)
    return near.compactMap {
      text.tokens[$0].isAny([.role, .title]) ? text.tokens[$0].hash : nil
    }
  }

  /// The part of a run of capitals after the last title or role: "Gov. Chris Christie".
  private func withoutTitles(_ run: Range<Int>) -> Range<Int> {
    var start = run.lowerBound
    for index in run.dropLast() {
      let token = text.tokens[index]
      let isName = token.isAny([.femaleName, .maleName])
      if token.isAny([.title, .role, .honorific]), !isName { start = index + 1 }
      if index == run.lowerBound, start == index,
        token.isAny([
          .determiner, .opener, .adverb, .conjunction, .subordinator, .time, .preposition,
        ])
      {
        start = index + 1
      }
    }
    while start < run.upperBound - 1, text.tokens[start].kind != .word { start += 1 }
    return start..<run.upperBound
  }

  // MARK: Keys

  /// A last name without 's and without the Arabic article, so that "Meslet" finds "al-Meslet".
  private func key(_ token: Token) -> UInt64 { WordHash.of(text.scalars[lastPart(token).range]) }

  private func lastPart(_ token: Token) -> (range: Range<Int>, isShortened: Bool) {
    var start = Int(token.start)
    var end = Int(token.end)
    if end - start > 2, text.scalars[end - 1] == 0x73,
      text.scalars[end - 2] == 0x27 || text.scalars[end - 2] == 0x2019
    {
      end -= 2
    }
    // al-, el-, ash-: two or three letters and a hyphen.
    for length in [2, 3] where end - start > length + 2 && text.scalars[start + length] == 0x2D {
      let first = text.scalars[start] | 0x20
      if first == 0x61 || first == 0x65 {
        start += length + 1
        return (start..<end, true)
      }
    }
    return (start..<end, false)
  }

  // MARK: Resolving

  /// The full name for a mention; `nil` when the mention has no name and no role that tells it.
  func name(of mention: Mention) -> String? {
    if let run = lastRun(mention.core) ?? lastRun(mention.tokens) {
      let own = withoutTitles(run)
      guard let last = own.last else { return nil }
      if isOf(run, mention.core) { return nameByRole(mention) }
      // A body's name stays as it is: "the National Coalition".
      if own.contains(where: { text.tokens[$0].isAny([.body, .document]) }) { return nil }
      // "the group's director, Ann Smith": the name comes in apposition.
      if isBodyAfter(run, mention.core) {
        let rest = mention.core.upperBound..<mention.tokens.upperBound
        guard mention.core.contains(where: { text.tokens[$0].isAny([.role, .title]) }),
          let name = lastRun(rest), name.count > 1
        else { return nil }
        return string(withoutTitles(name))
      }
      let candidates = byLastName[key(text.tokens[last])] ?? []
      let full =
        candidates.filter { contains(names[$0].tokens, own) }
        .max { names[$0].tokens.count < names[$1].tokens.count }
      return string(full.map { names[$0].tokens } ?? own)
    }
    return nameByRole(mention)
  }

  private func string(_ tokens: Range<Int>) -> String {
    var range = text.range(tokens)
    if let last = tokens.last {
      let part = lastPart(text.tokens[last]).range
      range = range.lowerBound..<part.upperBound
    }
    return text.string(range)
  }

  private func contains(_ name: Range<Int>, _ part: Range<Int>) -> Bool {
    let keys = Set(name.map { key(text.tokens[$0]) })
    return part.allSatisfy { text.tokens[$0].kind != .word || keys.contains(key(text.tokens[$0])) }
  }

  private func lastRun(_ tokens: Range<Int>) -> Range<Int>? {
    var index = tokens.upperBound - 1
    while index >= tokens.lowerBound {
      if isNamePart(index), !isFunctionWord(index) {
        var start = index
        while start - 1 >= tokens.lowerBound,
          isNamePart(start - 1) || start - 2 >= tokens.lowerBound && isJoint(start - 1, tokens)
        {
          start -= 1
        }
        return start..<(index + 1)
      }
      index -= 1
    }
    return nil
  }

  private func isFunctionWord(_ index: Int) -> Bool {
    text.tokens[index].isAny([.determiner, .pronoun, .possessive, .preposition, .indefinite])
      || text.tokens[index].isAny([.role, .title]) && !text.tokens[index].isAny(.maleName)
  }

  /// "the head of Acme": the name belongs to a body that somebody leads.
  private func isOf(_ run: Range<Int>, _ core: Range<Int>) -> Bool {
    (core.lowerBound..<max(core.lowerBound, run.lowerBound)).contains {
      text.tokens[$0].isAny(.preposition)
    }
  }

  /// "the Clinton campaign".
  private func isBodyAfter(_ run: Range<Int>, _ core: Range<Int>) -> Bool {
    run.upperBound < core.upperBound && text.tokens[run.upperBound].kind == .word
  }

  /// Whom the article introduces with the words of a role: "the director" after "the director Maya
  /// Tarabishi".
  private func nameByRole(_ mention: Mention) -> String? {
    let head = mention.core.prefix { !text.tokens[$0].isAny(.preposition) }
    let roles = head.filter { text.tokens[$0].isAny([.role, .title]) }.map { text.tokens[$0].hash }
    guard let first = roles.last,
      text.tokens[mention.core.lowerBound].isAny([.determiner, .possessive]),
      !Self.indefinite.contains(text.tokens[mention.core.lowerBound].hash)
    else { return nil }
    let candidates = (byRole[first] ?? []).suffix(Self.mostAlike)
    return candidates.last { number in
      names[number].tokens.lowerBound < mention.core.lowerBound
        && roles.allSatisfy { names[number].roles.contains($0) }
    }.map { string(names[$0].tokens) }
  }

  private static let indefinite = Set(
    ["a", "an", "one", "another", "some", "two", "three", "many", "several"].map { WordHash.of($0) }
  )

  // MARK: Gender

  /// What titles and first names tell.
  func gender(of mention: Mention) -> Gender? {
    for index in mention.tokens {
      let token = text.tokens[index]
      if token.isAny(.femaleName) || Self.feminine.contains(token.hash) { return .female }
      if token.isAny(.maleName) || Self.masculine.contains(token.hash) { return .male }
    }
    guard let run = lastRun(mention.core), let last = run.last else { return nil }
    for number in byLastName[key(text.tokens[last])] ?? [] {
      for index in names[number].tokens {
        if text.tokens[index].isAny(.femaleName) { return .female }
        if text.tokens[index].isAny(.maleName) { return .male }
      }
    }
    return nil
  }

  private static let feminine = Set(
    [
      "mrs", "ms", "miss", "spokeswoman", "chairwoman", "congresswoman", "woman", "mother",
      "sister",
      "daughter", "wife", "girl", "grandmother", "aunt", "actress", "queen", "princess", "lady",
    ].map { WordHash.of($0) })
  private static let masculine = Set(
    [
      "mr", "sir", "spokesman", "chairman", "congressman", "man", "father", "brother", "son",
      "husband", "boy", "grandfather", "uncle", "king", "prince", "lord", "businessman",
    ].map { WordHash.of($0) })
}
