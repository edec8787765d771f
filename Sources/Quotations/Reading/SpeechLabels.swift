/// Paragraphs of interviews and transcripts that start with who speaks: "Smith: We waited."
struct SpeechLabels {
  struct Label {
    var speaker: Mention?
    /// What is said, in tokens.
    var content: Range<Int>
    /// Whether the paragraph goes on with the turn of the one before.
    var goesOn = false
  }

  private var labels: [Int: Label] = [:]

  /// A label is a name of at most this many words.
  private static let longestLabel = 5

  init(_ text: ArticleText, _ units: Units, _ spans: [MarkedSpan]) {
    var candidates: [(paragraph: Int, colon: Int, key: UInt64)] = []
    var counts: [UInt64: Int] = [:]
    for (paragraph, tokens) in text.paragraphs.enumerated() {
      guard let colon = Self.colon(text, tokens) else { continue }
      var hash = WordHash()
      for index in tokens.lowerBound..<colon {
        for scalar in text.scalars[text.tokens[index].range] { hash.add(scalar) }
      }
      candidates.append((paragraph, colon, hash.value))
      counts[hash.value, default: 0] += 1
    }
    // A transcript has several turns, and speakers come back.
    guard candidates.count >= 2, counts.values.contains(where: { $0 >= 2 }) else { return }
    var turns: Set<Int> = []
    for (paragraph, colon, key) in candidates
    where counts[key] ?? 0 >= 2 || Self.isUpperCase(text, text.paragraphs[paragraph].lowerBound) {
      let tokens = text.paragraphs[paragraph]
      guard colon + 1 < tokens.upperBound else { continue }
      labels[paragraph] = Label(
        speaker: Mention(tokens.lowerBound..<colon), content: (colon + 1)..<tokens.upperBound)
      turns.insert(paragraph)
    }
    continueTurns(text, units, turns)
  }

  func label(of paragraph: Int) -> Label? { labels[paragraph] }

  /// TRUMP: …
  private static func isUpperCase(_ text: ArticleText, _ token: Int) -> Bool {
    let range = text.tokens[token].range
    return range.count > 1 && text.scalars[range].allSatisfy { $0 &- 0x41 < 26 }
  }

  /// The colon after a label at the start of a paragraph.
  private static func colon(_ text: ArticleText, _ tokens: Range<Int>) -> Int? {
    var index = tokens.lowerBound
    while index < tokens.upperBound, index - tokens.lowerBound <= longestLabel {
      let token = text.tokens[index]
      switch token.kind {
      case .colon: return index > tokens.lowerBound ? index : nil
      case .word:
        guard token.isArabic ? token.verb < 0 : token.isCapitalized, !token.isAny(.preposition)
        else {
          return nil
        }
      case .period where text.tokens[max(tokens.lowerBound, index - 1)].isAny(.abbreviation): break
      default: return nil
      }
      index += 1
    }
    return nil
  }

  /// A paragraph between two turns that is no question goes on with the first.
  private mutating func continueTurns(_ text: ArticleText, _ units: Units, _ turns: Set<Int>) {
    let last = turns.max() ?? 0
    for turn in turns {
      var next = turn + 1
      while next < text.paragraphs.count, labels[next] == nil, !turns.contains(next),
        next < last
      {
        let tokens = text.paragraphs[next]
        let first = text.tokens[tokens.lowerBound]
        let last = text.tokens[tokens.upperBound - 1]
        guard first.kind == .word, last.kind == .period else { break }
        labels[next] = Label(speaker: nil, content: tokens, goesOn: true)
        next += 1
      }
    }
  }
}
