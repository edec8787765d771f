/// How a marked span stands in its sentence.
struct QuoteShape {
  /// Whether the sentence is this span, apart from signs.
  var isWholeSentence = true
  /// Whether the sentence ends with the span.
  var isLast = true
  var isAfterColon = false
  var isFollowedByDash = false
  var isFollowedByPause = false
  /// Whether a sentence ends inside the marks, at their end.
  var endsSentence = false
  var startsCapital = false
  var wordCount = 0
  private var capitals = 0

  var endsOrPauses: Bool { isLast || isFollowedByPause }

  /// Whether most words start with capitals, as in titles.
  var looksLikeTitle: Bool { capitals * 2 > wordCount && !endsSentence }

  init(_ unit: Int, _ sentence: Sentence, _ units: Units, _ text: ArticleText) {
    let span = units.units[unit].tokens
    for index in span {
      let token = text.tokens[index]
      guard token.kind == .word || token.kind == .number else { continue }
      if wordCount == 0 { startsCapital = token.isCapitalized || token.isArabic }
      wordCount += 1
      capitals += token.isCapitalized ? 1 : 0
    }
    let last = text.tokens[span.upperBound - 1]
    let inner = last.kind == .mark && span.count > 2 ? text.tokens[span.upperBound - 2] : last
    endsSentence = inner.endsSentence || inner.kind == .ellipsis
    for other in sentence.units where other != unit {
      let token = text.tokens[units.units[other].tokens.lowerBound]
      let isSign = units.units[other].quote < 0 && token.kind != .word && token.kind != .number
      if !isSign {
        isWholeSentence = false
        if other > unit { isLast = false }
      }
    }
    if unit > sentence.units.lowerBound {
      let before = units.units[unit - 1]
      isAfterColon = before.quote < 0 && text.tokens[before.tokens.lowerBound].kind == .colon
    }
    if unit + 1 < sentence.units.upperBound, units.units[unit + 1].quote < 0 {
      let kind = text.tokens[units.units[unit + 1].tokens.lowerBound].kind
      isFollowedByDash = kind == .dash
      isFollowedByPause = kind == .comma || kind == .semicolon || kind == .period
    }
  }
}
