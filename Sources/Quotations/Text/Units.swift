/// A token, or a whole marked span, as one part of a sentence.
struct Unit {
  /// Tokens, half-open.
  var tokens: Range<Int>
  /// The number of the marked span; -1 for a token.
  var quote: Int
}

/// A sentence as a run of units.
struct Sentence {
  var units: Range<Int>
  var paragraph: Int
}

/// The units and sentences of an article.
///
/// A marked span counts as one unit, so that the sentences inside it end none outside; one that
/// closes a sentence by a period inside its marks ends the sentence around it too.
struct Units {
  private(set) var units: [Unit] = []
  private(set) var sentences: [Sentence] = []
  /// For each paragraph its sentences.
  private(set) var paragraphs: [Range<Int>] = []

  /// A sentence is cut here, so that what looks around in it takes bounded time.
  private static let longestSentence = 300

  init(_ text: ArticleText, _ spans: [MarkedSpan]) {
    units.reserveCapacity(text.tokens.count)
    var nextSpan = 0
    for (number, paragraph) in text.paragraphs.enumerated() {
      let firstSentence = sentences.count
      var first = units.count
      var token = paragraph.lowerBound
      while token < paragraph.upperBound {
        if nextSpan < spans.count, spans[nextSpan].tokens.lowerBound == token {
          units.append(Unit(tokens: spans[nextSpan].tokens, quote: nextSpan))
          token = spans[nextSpan].tokens.upperBound
          nextSpan += 1
        } else {
          let length = Self.hasOwnPeriod(text, token, in: paragraph) ? 2 : 1
          units.append(Unit(tokens: token..<token + length, quote: -1))
          token += length
        }
        if units.count - first >= Self.longestSentence
          || Self.endsSentence(text, units[units.count - 1], before: token, in: paragraph)
        {
          sentences.append(Sentence(units: first..<units.count, paragraph: number))
          first = units.count
        }
      }
      if units.count > first {
        sentences.append(Sentence(units: first..<units.count, paragraph: number))
      }
      paragraphs.append(firstSentence..<sentences.count)
    }
  }

  private static func endsSentence(
    _ text: ArticleText, _ unit: Unit, before next: Int, in paragraph: Range<Int>
  ) -> Bool {
    guard next < paragraph.upperBound else { return true }
    let following = text.tokens[next]
    if unit.quote < 0 {
      let token = text.tokens[unit.tokens.lowerBound]
      switch token.kind {
      case .period: return startsSentence(following) && token.hasSpaceAfter
      case .question, .exclamation:
        return startsSentence(following) && token.hasSpaceAfter
      case .ellipsis: return following.isArabic || following.isCapitalized
      default: return false
      }
    }
    // A quotation: the sentence ends with it when it ends one itself and another starts.
    guard unit.tokens.count > 2 else { return false }
    let last = text.tokens[unit.tokens.upperBound - 1]
    let inner = last.kind == .mark ? text.tokens[unit.tokens.upperBound - 2] : last
    guard inner.endsSentence || inner.kind == .mark || inner.kind == .ellipsis else { return false }
    return startsSentence(following)
  }

  private static func startsSentence(_ token: Token) -> Bool {
    switch token.kind {
    case .word: token.isCapitalized || token.isArabic
    case .number, .mark, .opening, .bullet, .other: true
    default: false
    }
  }

  /// Whether the period after a word belongs to it: "Mr.", "J.", "a.m.", "Sen. Smith".
  private static func hasOwnPeriod(
    _ text: ArticleText, _ index: Int, in paragraph: Range<Int>
  ) -> Bool {
    let token = text.tokens[index]
    guard index + 2 < paragraph.upperBound, token.kind == .word, !token.isArabic,
      text.tokens[index + 1].kind == .period, !text.tokens[index + 1].hasSpaceBefore,
      text.tokens[index + 1].end - text.tokens[index + 1].start == 1
    else { return false }
    let next = text.tokens[index + 2]
    // An initial: "Donald J. Trump".
    if token.end - token.start == 1 { return token.isCapitalized && next.kind == .word }
    guard token.isAny(.abbreviation) else { return false }
    if token.isAny([.honorific, .title]) { return token.isCapitalized && next.kind == .word }
    return next.kind == .number || next.kind == .comma || next.kind == .word && !next.isCapitalized
  }
}
