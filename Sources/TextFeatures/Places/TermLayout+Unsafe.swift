/// Where the terms of one block of features stand in the normalized text of the last scan.
///
/// A scanner lays a text out anew for each block (`joined`, `padded`) and hands its terms out as runs
/// of these bytes.
struct TermLayout {
  /// What stands at a byte of the layout that is not the first of a scalar of the text: a joining or
  /// padding space, a mark of negation, a later byte.
  static let nothing: Int32 = -1

  /// For each byte of the layout the byte of the normalized text whose scalar it begins.
  private(set) var places: [Int32]
  fileprivate let base: UnsafePointer<UInt8>

  fileprivate init(_ base: UnsafePointer<UInt8>, count: Int) {
    self.base = base
    places = Array(repeating: Self.nothing, count: count)
  }

  /// Says that `count` bytes from `start` on are those of `text` from `place` on.
  fileprivate mutating func put(
    _ start: Int, _ count: Int, from place: Int, of text: UnsafePointer<UInt8>
  ) {
    for offset in 0..<count where text[place + offset] & 0xC0 != 0x80 {
      places[start + offset] = Int32(truncatingIfNeeded: place + offset)
    }
  }
}

extension TextScanner {
  /// The layout of a block's n-grams.
  mutating func layout(of block: FeatureBlock, _ range: ClosedRange<Int>) -> TermLayout {
    switch block {
    case .characters: return paddedLayout()
    case .words where marksTokens:
      joinMarkedTokens()
      return joinedLayout { _, _, token in 0..<token }
    case .stems:
      joinStems()
      return joinedLayout { bytes, _, token in LightStemmer.range(bytes, token) }
    default: return tokenLayout(range)
    }
  }

  /// The layout of n-grams of tokens as they stand in the text.
  mutating func tokenLayout(_ range: ClosedRange<Int>) -> TermLayout {
    guard range.upperBound > 1 else {
      let base = UnsafePointer(normalizer.output.base)
      var layout = TermLayout(base, count: normalizer.output.count)
      layout.put(0, normalizer.output.count, from: 0, of: base)
      return layout
    }
    joinTokens()
    splitPlaces.removeAll()
    return joinedLayout { _, _, token in 0..<token }
  }

  /// - Parameter part: of a token's bytes, its length in the layout and in the text, those of the text
  ///   that the layout ends with.
  private func joinedLayout(
    _ part: (UnsafePointer<UInt8>, Int, Int) -> Range<Int>
  ) -> TermLayout {
    let text = UnsafePointer(normalizer.output.base)
    var layout = TermLayout(UnsafePointer(joined.base), count: joined.count)
    for index in 0..<joinedPlaces.count {
      let (place, token) = (joinedPlaces[index], tokenizer.places[index])
      let start = Int(token.start)
      let kept = part(text + start, Int(place.end - place.start), Int(token.end - token.start))
      layout.put(
        Int(place.end) - kept.count, kept.count, from: start + kept.lowerBound, of: text)
    }
    guard splitPlaces.count > 0 else { return layout }
    var next = 0
    for index in 0..<tokenizer.places.count {
      let token = tokenizer.places[index]
      let start = Int(token.start)
      ArabicClitics.forEachPart(text + start, Int(token.end) - start) { part in
        layout.put(
          Int(splitPlaces[next].start), part.count, from: start + part.lowerBound, of: text)
        next += 1
      }
    }
    return layout
  }

  private mutating func paddedLayout() -> TermLayout {
    let count = normalizer.output.count
    padded.count = 0
    // As much as the n-grams will need, so that the bytes stay where they are.
    padded.reserve(count * 3)
    let text = UnsafePointer(normalizer.output.base)
    var layout = TermLayout(UnsafePointer(padded.base), count: count * 3)
    var (position, start) = (0, 0)
    while let word = nextWord(from: &position, count) {
      layout.put(start + 1, word.count, from: word.lowerBound, of: text)
      start += word.count + 2
    }
    return layout
  }

  /// Calls `body` with each n-gram that a vocabulary has: its number, and its bytes in the layout.
  mutating func forEachKnownTerm(
    _ block: FeatureBlock, _ range: ClosedRange<Int>, _ vocabulary: Vocabulary,
    _ layout: TermLayout, _ batch: inout TermBatch, _ body: (Int, Range<Int>) -> Void
  ) {
    collect(block, range, in: &batch) { batch in
      layout.forEachKnownTerm(of: &batch, vocabulary, body)
    }
  }

  /// The same for n-grams of tokens as they stand in the text.
  mutating func forEachKnownToken(
    _ range: ClosedRange<Int>, _ vocabulary: Vocabulary, _ layout: TermLayout,
    _ batch: inout TermBatch, _ body: (Int, Range<Int>) -> Void
  ) {
    collectTokens(range, in: &batch) { batch in
      layout.forEachKnownTerm(of: &batch, vocabulary, body)
    }
  }
}

extension TermLayout {
  fileprivate func forEachKnownTerm(
    of batch: inout TermBatch, _ vocabulary: Vocabulary, _ body: (Int, Range<Int>) -> Void
  ) {
    let places = (0..<batch.count).map { index in
      let start = batch.terms[index].bytes - base
      return start..<start + batch.terms[index].length
    }
    var index = 0
    vocabulary.forEachNumber(of: &batch) { number in
      if number >= 0 { body(number, places[index]) }
      index += 1
    }
  }
}

extension TextScanner {
  /// The bytes of each token in the normalized text.
  var tokenPlaces: [Range<Int>] {
    (0..<tokenizer.places.count).map {
      Int(tokenizer.places[$0].start)..<Int(tokenizer.places[$0].end)
    }
  }

  /// The runs of the normalized text between white space.
  var runs: [Range<Int>] {
    var position = 0
    var runs: [Range<Int>] = []
    while let run = nextWord(from: &position, normalizer.output.count) { runs.append(run) }
    return runs
  }
}
