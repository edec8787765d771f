/// Reads one text after another and hands out its n-grams as runs of bytes.
///
/// One scanner belongs to one thread and reuses its buffers from text to text.
package struct TextScanner: ~Copyable {
  var normalizer: Normalizer
  var tokenizer: Tokenizer
  /// `nil` where texts are read as they are typed.
  private var rewriter: TextRewriter?
  /// Whether the block of words has anything but the tokens themselves.
  let marksTokens: Bool
  private let rewritesTexts: Bool
  /// The tokens, or what is made of them, with single spaces between them, where n-grams of several
  /// need them so.
  var joined = ByteBuffer()
  var joinedPlaces = GrowingBuffer<TokenPlace>()
  /// Words in `joined` that have no neighbours.
  var splitPlaces = GrowingBuffer<TokenPlace>()
  /// The white-space separated words, each with a space on either side.
  var padded = ByteBuffer()
  /// Where the scalars of the last of them start.
  private var scalarStarts: [Int32] = []

  package init(normalization: Normalization, tokens: TokenRules) {
    normalizer = Normalizer(normalization)
    tokenizer = Tokenizer(tokens)
    rewriter = TextRewriter(normalization.rewriting)
    rewritesTexts = rewriter != nil
    marksTokens = tokens.marksNegation || tokens.splitsClitics
  }

  /// Makes `text` the one that n-grams are taken of.
  package mutating func scan(_ text: String) {
    if rewritesTexts { return scanRewritten(text) }
    var text = text
    text.withUTF8 { scan($0) }
  }

  @inline(never)
  private mutating func scanRewritten(_ text: String) {
    var text = rewriter?.rewritten(text) ?? text
    text.withUTF8 { scan($0) }
  }

  /// Makes `text`, which is valid UTF-8 and has been rewritten where that is asked for, the one that n-grams are taken of.
  mutating func scan(_ text: UnsafeBufferPointer<UInt8>) {
    normalizer.normalize(text)
    // Places have 32 bits, and what is made of tokens is at most a few times as long as they.
    precondition(normalizer.output.count < 1 << 29, "a text of 512 MiB or more")
    tokenizer.tokenize(
      UnsafeBufferPointer(start: normalizer.output.base, count: normalizer.output.count),
      normalizer.table)
  }

  /// The number of tokens of the last scan.
  var tokenCount: Int { tokenizer.places.count }

  /// Makes `text` the one that n-grams are taken of, and counts its tokens.
  package mutating func wordCount(of text: String) -> Int {
    scan(text)
    return tokenCount
  }

  /// The normalized text of the last scan.
  package var normalizedText: String {
    String(
      decoding: UnsafeBufferPointer(start: normalizer.output.base, count: normalizer.output.count),
      as: UTF8.self)
  }

  /// Calls `body` with the bytes of each run of `range` tokens, joined by single spaces; sixteen
  /// bytes may be read at a run.
  @inline(__always)
  mutating func forEachWordNGram(
    _ range: ClosedRange<Int>, _ body: (UnsafePointer<UInt8>, Int) -> Void
  ) {
    let count = tokenizer.places.count
    if range.upperBound == 1 {
      let base = UnsafePointer(normalizer.output.base)
      for index in 0..<count {
        let place = tokenizer.places[index]
        body(base + Int(place.start), Int(place.end - place.start))
      }
      return
    }
    joinTokens()
    forEachJoinedNGram(range, body)
  }

  /// The same for what was laid out in `joined`.
  @inline(__always)
  func forEachJoinedNGram(
    _ range: ClosedRange<Int>, _ body: (UnsafePointer<UInt8>, Int) -> Void
  ) {
    let count = joinedPlaces.count
    let base = UnsafePointer(joined.base)
    for length in range where length <= count {
      for first in 0...(count - length) {
        let start = Int(joinedPlaces[first].start)
        body(base + start, Int(joinedPlaces[first + length - 1].end) - start)
      }
    }
  }

  /// Collects the n-grams of what was laid out in `joined`, and the words without neighbours. Apart,
  /// so that the usual blocks need not carry it.
  @inline(never)
  private func collectJoined(
    _ range: ClosedRange<Int>, in batch: inout TermBatch, _ process: (inout TermBatch) -> Void
  ) {
    forEachJoinedNGram(range) { if batch.append($0, $1) { process(&batch) } }
    guard range.lowerBound == 1 else { return }
    for index in 0..<splitPlaces.count {
      let place = splitPlaces[index]
      let start = UnsafePointer(joined.base) + Int(place.start)
      if batch.append(start, Int(place.end - place.start)) { process(&batch) }
    }
  }

  /// Lays the tokens out one after another with single spaces between them, so that every word
  /// n-gram is one run of bytes.
  mutating func joinTokens() {
    joined.count = 0
    joinedPlaces.removeAll()
    // Tokens do not overlap, so with their spaces they are at most twice as long as the text.
    joined.reserve(normalizer.output.count * 2 + 16)
    joinedPlaces.reserve(tokenizer.places.count)
    for index in 0..<tokenizer.places.count {
      let place = tokenizer.places[index]
      if joined.count > 0 { joined.appendReserved(0x20) }
      let start = Int32(truncatingIfNeeded: joined.count)
      joined.appendReserved(
        normalizer.output.base + Int(place.start), count: Int(place.end - place.start))
      joinedPlaces.appendReserved(
        TokenPlace(start: start, end: Int32(truncatingIfNeeded: joined.count)))
    }
  }

  /// Lays the stems of the tokens out in the same way.
  mutating func joinStems() {
    joined.count = 0
    joinedPlaces.removeAll()
    splitPlaces.removeAll()
    joined.reserve(normalizer.output.count * 2 + 16)
    joinedPlaces.reserve(tokenizer.places.count)
    for index in 0..<tokenizer.places.count {
      let place = tokenizer.places[index]
      let token = normalizer.output.base + Int(place.start)
      let stem = LightStemmer.range(token, Int(place.end - place.start))
      if joined.count > 0 { joined.appendReserved(0x20) }
      let start = Int32(truncatingIfNeeded: joined.count)
      joined.appendReserved(token + stem.lowerBound, count: stem.count)
      joinedPlaces.appendReserved(
        TokenPlace(start: start, end: Int32(truncatingIfNeeded: joined.count)))
    }
  }

  /// Calls `body` with the bytes of each run of `range` scalars within a word padded with spaces.
  /// A padded word not longer than n gives itself once.
  @inline(__always)
  mutating func forEachCharacterNGram(
    _ range: ClosedRange<Int>, _ body: (UnsafePointer<UInt8>, Int) -> Void
  ) {
    let count = normalizer.output.count
    var position = 0
    padded.count = 0
    // Each word has at least one byte and gets two more; what was handed out stays where it is.
    padded.reserve(count * 3)
    while let word = nextWord(from: &position, count) {
      let first = padded.count
      pad(word)
      let base = UnsafePointer(padded.base) + first
      let scalars = scalarStarts.count - 1
      scalarStarts.withUnsafeBufferPointer { starts in
        for length in range {
          if length >= scalars {
            body(base, word.count + 2)
            break
          }
          for first in 0...(scalars - length) {
            let start = Int(starts[first])
            body(base + start, Int(starts[first + length]) - start)
          }
        }
      }
    }
  }

  /// Collects the n-grams of the text in batches.
  ///
  /// - Parameters:
  ///   - batch: an empty one; `process` empties it each time.
  ///   - process: called with every full batch, and with the rest at the end.
  @inline(__always)
  mutating func collect(
    _ block: FeatureBlock, _ range: ClosedRange<Int>, in batch: inout TermBatch,
    _ process: (inout TermBatch) -> Void
  ) {
    switch block {
    case .words where marksTokens:
      joinMarkedTokens()
      collectJoined(range, in: &batch, process)
    case .words:
      forEachWordNGram(range) { if batch.append($0, $1) { process(&batch) } }
    case .characters:
      forEachCharacterNGram(range) { if batch.append($0, $1) { process(&batch) } }
    case .stems:
      joinStems()
      collectJoined(range, in: &batch, process)
    case .keywords, .columns:
      break
    }
    if batch.count > 0 { process(&batch) }
  }

  /// Collects the n-grams of the tokens as they stand in the text, whatever the rules make of them
  /// for words.
  @inline(__always)
  mutating func collectTokens(
    _ range: ClosedRange<Int>, in batch: inout TermBatch, _ process: (inout TermBatch) -> Void
  ) {
    forEachWordNGram(range) { if batch.append($0, $1) { process(&batch) } }
    if batch.count > 0 { process(&batch) }
  }

  /// Calls `body` with the hash of each run of `length` scalars of the tokens joined by spaces; a shorter
  /// text gives itself.
  @inline(__always)
  mutating func forEachShingle(length: Int, _ body: (UInt64) -> Void) {
    scalarStarts.removeAll(keepingCapacity: true)
    joinTokens()
    let base = UnsafePointer(joined.base)
    let count = joined.count
    for position in 0..<count where base[position] & 0xC0 != 0x80 {
      scalarStarts.append(Int32(truncatingIfNeeded: position))
    }
    scalarStarts.append(Int32(truncatingIfNeeded: count))
    let scalars = scalarStarts.count - 1
    guard scalars > 0 else { return }
    guard scalars > length else { return body(TermKey(base, count: count).hash) }
    for first in 0...(scalars - length) {
      let start = Int(scalarStarts[first])
      body(TermKey(base + start, count: Int(scalarStarts[first + length]) - start).hash)
    }
  }

  /// The hashes of ``forEachShingle(length:_:)``, each once, rising.
  package mutating func shingles(length: Int) -> [UInt64] {
    var hashes: [UInt64] = []
    forEachShingle(length: length) { hashes.append($0) }
    guard !hashes.isEmpty else { return [] }
    hashes.sort()
    var kept = 1
    for index in 1..<hashes.count where hashes[index] != hashes[kept - 1] {
      hashes[kept] = hashes[index]
      kept += 1
    }
    hashes.removeLast(hashes.count - kept)
    return hashes
  }

  func nextWord(from position: inout Int, _ count: Int) -> Range<Int>? {
    let bytes = UnsafePointer(normalizer.output.base)
    while position < count {
      let length = whiteSpaceLength(bytes + position)
      if length == 0 { break }
      position += length
    }
    guard position < count else { return nil }
    let start = position
    while position < count, whiteSpaceLength(bytes + position) == 0 { position += 1 }
    return start..<position
  }

  /// The bytes of the white space at `bytes`; 0 where there is none.
  @inline(__always)
  private func whiteSpaceLength(_ bytes: UnsafePointer<UInt8>) -> Int {
    let byte = bytes[0]
    if byte > 0x20 && byte < 0xC2 { return 0 }
    if byte <= 0x20 { return byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) ? 1 : 0 }
    let (scalar, length) = decodeScalar(bytes)
    let isSpace = normalizer.table.entry(of: scalar).scalarClass == ScalarClass.space.rawValue
    return isSpace ? length : 0
  }

  private mutating func pad(_ word: Range<Int>) {
    let first = padded.count
    padded.appendReserved(0x20)
    padded.appendReserved(normalizer.output.base + word.lowerBound, count: word.count)
    padded.appendReserved(0x20)
    scalarStarts.removeAll(keepingCapacity: true)
    let base = padded.base + first
    for position in 0..<word.count + 2 where base[position] & 0xC0 != 0x80 {
      scalarStarts.append(Int32(truncatingIfNeeded: position))
    }
    scalarStarts.append(Int32(truncatingIfNeeded: word.count + 2))
  }
}
