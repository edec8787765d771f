/// Cuts scalars into tokens and paragraphs in one pass.
///
/// A line break ends a paragraph, except in text that is wrapped at a fixed width (see
/// ``LineWrapping``).
struct Tokenizer {
  let lexicon: Lexicon
  /// The kinds of frequent scalars, at hand.
  private let kinds = ScalarKind.frequent

  init(lexicon: Lexicon) { self.lexicon = lexicon }

  @inline(__always)
  private func kind(_ scalar: UInt32) -> ScalarKind {
    scalar < UInt32(kinds.count) ? kinds[Int(scalar)] : ScalarKind(scalar)
  }

  mutating func run(
    _ scalars: [UInt32], into tokens: inout [Token], paragraphs: inout [Range<Int>]
  ) {
    let isWrapped = LineWrapping.isWrapped(scalars)
    var position = 0
    var paragraphStart = 0
    var hasSpace = true
    while position < scalars.count {
      let kind = self.kind(scalars[position])
      switch kind {
      case .space, .combining:
        if kind == .space, !hasSpace {
          hasSpace = true
          if tokens.count > paragraphStart { tokens[tokens.count - 1].hasSpaceAfter = true }
        }
        position += 1
      case .lineBreak:
        let start = position
        var breaks = 0
        while position < scalars.count {
          let next = self.kind(scalars[position])
          guard next == .lineBreak || next == .space else { break }
          // CR LF is one break.
          if next == .lineBreak,
            !(scalars[position] == 0x0A && position > start && scalars[position - 1] == 0x0D)
          {
            breaks += 1
          }
          position += 1
        }
        hasSpace = true
        if tokens.count > paragraphStart { tokens[tokens.count - 1].hasSpaceAfter = true }
        if isWrapped, breaks == 1 { continue }
        if tokens.count > paragraphStart { paragraphs.append(paragraphStart..<tokens.count) }
        paragraphStart = tokens.count
      default:
        var token = next(scalars, &position, kind)
        token.hasSpaceBefore = hasSpace
        hasSpace = false
        tokens.append(token)
      }
    }
    if tokens.count > paragraphStart {
      tokens[tokens.count - 1].hasSpaceAfter = true
      paragraphs.append(paragraphStart..<tokens.count)
    }
  }

  private func next(_ scalars: [UInt32], _ position: inout Int, _ kind: ScalarKind) -> Token {
    let start = position
    switch kind {
    case .letter, .digit: return word(scalars, &position)
    case .apostrophe, .mark:
      position += 1
      // Two single marks side by side stand for a double one.
      if kind == .apostrophe || scalars[start] == 0x60 || scalars[start] == 0x2018,
        position < scalars.count, scalars[position] == scalars[start]
      {
        position += 1
      }
      return sign(.mark, start, position)
    case .dash, .period:
      let kindOfRun: Token.Kind = kind == .dash ? .dash : .period
      while position < scalars.count, self.kind(scalars[position]) == kind { position += 1 }
      return sign(
        kindOfRun == .period && position - start > 1 ? .ellipsis : kindOfRun, start, position)
    default:
      position += 1
      return sign(Self.tokenKind(kind), start, position)
    }
  }

  private func sign(_ kind: Token.Kind, _ start: Int, _ end: Int) -> Token {
    Token(start: Int32(start), end: Int32(end), kind: kind)
  }

  private static func tokenKind(_ kind: ScalarKind) -> Token.Kind {
    switch kind {
    case .comma: .comma
    case .question: .question
    case .exclamation: .exclamation
    case .colon: .colon
    case .semicolon: .semicolon
    case .opening: .opening
    case .closing: .closing
    case .ellipsis: .ellipsis
    case .bullet: .bullet
    default: .other
    }
  }

  /// Letters, digits, and what joins them: apostrophes, hyphens, periods of "U.S.", separators of
  /// numbers.
  private func word(_ scalars: [UInt32], _ position: inout Int) -> Token {
    let start = position
    let first = scalars[start]
    var hash = WordHash()
    var isArabic = false
    var letters = 0
    while position < scalars.count {
      let scalar = scalars[position]
      if scalar &- 0x61 < 26 {
        letters += 1
        hash.add(scalar)
        position += 1
        continue
      }
      switch kind(scalar) {
      case .letter:
        letters += 1
        isArabic =
          isArabic || (scalar >= 0x600 && scalar < 0x780) || (scalar >= 0xFB50 && scalar < 0xFF00)
      case .digit, .combining: break
      case .apostrophe, .dash:
        guard scalar < 0x2012 || scalar == 0x2019, joins(scalars, position, letters: letters) else {
          return finished(start, position, first, hash, isArabic, letters, scalars)
        }
      case .period, .comma, .colon:
        guard joins(scalars, position, letters: letters), scalar != 0x60C,
          letters == 0 || (scalar == 0x2E && isInitial(scalars, position))
        else { return finished(start, position, first, hash, isArabic, letters, scalars) }
      default:
        // A number keeps its per cent sign.
        if letters == 0, scalar == 0x25 || scalar == 0x66A { position += 1 }
        return finished(start, position, first, hash, isArabic, letters, scalars)
      }
      hash.add(scalar)
      position += 1
    }
    return finished(start, position, first, hash, isArabic, letters, scalars)
  }

  /// Whether the scalar at `position` stands between two letters, or two digits.
  private func joins(_ scalars: [UInt32], _ position: Int, letters: Int) -> Bool {
    guard position + 1 < scalars.count else { return false }
    // The last period of "U.S." belongs to it.
    if scalars[position] == 0x2E, position >= 2, letters > 1, isInitial(scalars, position),
      scalars[position - 2] == 0x2E
    {
      return true
    }
    let next = kind(scalars[position + 1])
    return next == .letter || next == .digit
  }

  /// Whether exactly one letter stands before the period.
  private func isInitial(_ scalars: [UInt32], _ position: Int) -> Bool {
    guard position >= 1, kind(scalars[position - 1]) == .letter else { return false }
    return position == 1
      || ![.letter, .digit, .apostrophe].contains(kind(scalars[position - 2]))
  }

  private func finished(
    _ start: Int, _ end: Int, _ first: UInt32, _ hash: WordHash, _ isArabic: Bool, _ letters: Int,
    _ scalars: [UInt32]
  ) -> Token {
    var token = Token(
      start: Int32(start), end: Int32(end), kind: letters == 0 ? .number : .word)
    token.hash = hash.value
    token.isArabic = isArabic
    token.isCapitalized = isUpper(first)
    guard letters > 0 else { return token }
    lexicon.annotate(&token)
    if isArabic, token.verb < 0, token.classes == [] { findWithoutProclitic(&token, scalars) }
    return token
  }

  /// "and", "so", "will", "by", "to" are written together with the Arabic word that follows.
  private func findWithoutProclitic(_ token: inout Token, _ scalars: [UInt32]) {
    var start = Int(token.start)
    let end = Int(token.end)
    for depth in 0..<2 {
      guard start + 2 < end else { return }
      let letter = scalars[start]
      let isConjunction = letter == 0x648 || letter == 0x641
      guard isConjunction || letter == 0x633 || letter == 0x628 || letter == 0x644 else { return }
      start += 1
      // لل stands for ل and ال.
      let hash =
        letter == 0x644 && scalars[start] == 0x644
        ? WordHash.of([0x627] + scalars[start..<end]) : WordHash.of(scalars[start..<end])
      if depth == 0 { token.proclitic = letter }
      if let entry = lexicon.entry(hash) {
        token.classes = entry.classes
        token.verb = entry.verb
        token.hash = hash
        if !isConjunction { token.proclitic = letter }
        return
      }
      guard isConjunction else { break }
    }
    if !(token.proclitic == 0x648 || token.proclitic == 0x641) { token.proclitic = 0 }
  }

  private func isUpper(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar &- 0x41 < 26 }
    guard scalar < 0x590, let value = Unicode.Scalar(scalar) else { return false }
    return value.properties.isUppercase
  }
}
