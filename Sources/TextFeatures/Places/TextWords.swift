/// A part of a text as it was typed: a word, or the marks between words that no white space parts.
public struct TextWord: Hashable, Sendable {
  /// Half-open, in UTF-8 bytes of the text.
  public let source: Range<Int>
  /// Whether it has a token; otherwise it is punctuation and the like.
  public let isWord: Bool
}

/// The words of a text, and which of them each byte of its normalized form belongs to.
struct TextWords {
  /// Rising, without overlaps. Tokens that share a part of the text (those of a split hashtag) are one
  /// word.
  private(set) var words: [TextWord] = []
  /// For each byte of the normalized text the number of its word; -1 for white space.
  private(set) var wordOfByte: [Int32] = []
  /// For each byte of the normalized text whether it belongs to a token.
  private(set) var isInToken: [Bool] = []

  /// - Parameters:
  ///   - tokens: of the text.
  ///   - places: the bytes of each token in the normalized text.
  ///   - runs: the runs of the normalized text between white space.
  ///   - sources: for each byte of the normalized text where it comes from.
  init(
    _ tokens: [Token], places: [Range<Int>], runs: [Range<Int>], sources: [Range<Int32>]
  ) {
    isInToken = Array(repeating: false, count: sources.count)
    for place in places { for byte in place { isInToken[byte] = true } }
    let spans =
      tokens.map { TextWord(source: $0.source, isWord: true) }
      + runs.flatMap { marks(in: $0, sources) }
    words = Self.merged(spans)
    wordOfByte = Array(repeating: -1, count: sources.count)
    for run in runs {
      for byte in run { wordOfByte[byte] = Int32(word(at: Int(sources[byte].lowerBound))) }
    }
  }

  /// The runs of bytes outside tokens, as parts of the text.
  private func marks(in run: Range<Int>, _ sources: [Range<Int32>]) -> [TextWord] {
    var found: [TextWord] = []
    var byte = run.lowerBound
    while byte < run.upperBound {
      guard !isInToken[byte] else {
        byte += 1
        continue
      }
      var (start, end) = (sources[byte].lowerBound, sources[byte].upperBound)
      while byte < run.upperBound, !isInToken[byte] {
        (start, end) = (min(start, sources[byte].lowerBound), max(end, sources[byte].upperBound))
        byte += 1
      }
      found.append(TextWord(source: Int(start)..<Int(end), isWord: false))
    }
    return found
  }

  private static func merged(_ spans: [TextWord]) -> [TextWord] {
    var merged: [TextWord] = []
    for span in spans.sorted(by: { $0.source.lowerBound < $1.source.lowerBound }) {
      if let last = merged.last, span.source.lowerBound < last.source.upperBound {
        let end = max(last.source.upperBound, span.source.upperBound)
        merged[merged.count - 1] = TextWord(
          source: last.source.lowerBound..<end, isWord: last.isWord || span.isWord)
      } else {
        merged.append(span)
      }
    }
    return merged
  }

  /// The number of the word that holds a byte of the text, which one does.
  private func word(at byte: Int) -> Int {
    var (low, high) = (0, words.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if words[middle].source.lowerBound <= byte { low = middle } else { high = middle - 1 }
    }
    return low
  }
}
