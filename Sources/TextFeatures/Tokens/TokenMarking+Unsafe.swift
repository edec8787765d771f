/// What some rules make of the tokens for the block of words: marks of negation, and Arabic words
/// without what is written together with them.
extension TextScanner {
  /// Lays the tokens out in `joined` with their marks, and behind them what is left of Arabic words
  /// in `split`, which are words by themselves and no one's neighbours.
  mutating func joinMarkedTokens() {
    let rules = tokenizer.rules
    joined.count = 0
    joinedPlaces.removeAll()
    splitPlaces.removeAll()
    let base = UnsafePointer(normalizer.output.base)
    var isNegated = false
    var previousEnd = 0
    for index in 0..<tokenizer.places.count {
      let place = tokenizer.places[index]
      let (start, count) = (Int(place.start), Int(place.end - place.start))
      if isNegated, Negation.endsClause(base + previousEnd, count: start - previousEnd) {
        isNegated = false
      }
      let isNegator = rules.marksNegation && Negation.isNegator(base + start, count)
      appendJoined(base + start, count, isMarked: isNegated && !isNegator)
      if isNegator { isNegated = true }
      previousEnd = start + count
    }
    guard rules.splitsClitics else { return }
    for index in 0..<tokenizer.places.count {
      let place = tokenizer.places[index]
      let token = base + Int(place.start)
      ArabicClitics.forEachPart(token, Int(place.end - place.start)) { part in
        joined.reserve(part.count + 16)
        let start = Int32(truncatingIfNeeded: joined.count)
        joined.appendReserved(token + part.lowerBound, count: part.count)
        splitPlaces.append(
          TokenPlace(start: start, end: Int32(truncatingIfNeeded: joined.count)))
      }
    }
  }

  private mutating func appendJoined(
    _ token: UnsafePointer<UInt8>, _ count: Int, isMarked: Bool
  ) {
    joined.reserve(count + 32)
    if joined.count > 0 { joined.appendReserved(0x20) }
    let start = Int32(truncatingIfNeeded: joined.count)
    if isMarked { for byte in Negation.mark { joined.appendReserved(byte) } }
    joined.appendReserved(token, count: count)
    joinedPlaces.append(TokenPlace(start: start, end: Int32(truncatingIfNeeded: joined.count)))
  }
}

/// Which words negate what follows them, and where that ends: with the clause (Pang, Lee &
/// Vaithyanathan 2002, after Das & Chen 2001).
enum Negation {
  /// Normalized tokens have no capitals, so that no word looks like a marked one.
  static let mark = Array("NOT_".utf8)

  /// Words whose two halves of a key tell them from all others.
  private struct Word: Hashable {
    let low: UInt64
    let high: UInt64
  }

  private static let words: Set<Word> = {
    let english =
      "not no never none nobody nothing neither nor nowhere noone without cannot cant dont doesnt "
      + "didnt isnt arent wasnt werent wont wouldnt shouldnt couldnt hasnt havent hadnt aint"
    let arabic = "لا لم لن ليس ليست لسنا ليسوا ما غير"
    let negators =
      english.split(separator: " ").map(String.init)
      + arabic.split(separator: " ").flatMap { ["\($0)", "و\($0)", "ف\($0)"] }
    return Set(
      negators.map { word in
        let padded = Array(word.utf8) + [UInt8](repeating: 0, count: 16)
        return padded.withUnsafeBufferPointer { bytes in
          guard let base = bytes.baseAddress else { return Word(low: 0, high: 0) }
          let key = TermKey(base, count: word.utf8.count)
          return Word(low: key.low, high: key.high)
        }
      })
  }()

  /// Whether a token negates what follows; sixteen bytes may be read at it.
  static func isNegator(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    if count > 3, bytes[count - 1] == UInt8(ascii: "t"), bytes[count - 2] == UInt8(ascii: "'"),
      bytes[count - 3] == UInt8(ascii: "n")
    {
      return true
    }
    guard count <= TermKey.inlineLength else { return false }
    let key = TermKey(bytes, count: count)
    return words.contains(Word(low: key.low, high: key.high))
  }

  /// Whether what stands between two tokens ends a clause: . , : ; ! ? … ، ؛ ؟ or a line.
  static func endsClause(_ bytes: UnsafePointer<UInt8>, count: Int) -> Bool {
    var position = 0
    while position < count {
      let (scalar, length) = decodeScalar(bytes + position)
      switch scalar {
      case 0x2E, 0x2C, 0x3A, 0x3B, 0x21, 0x3F, 0x0A, 0x2026, 0x060C, 0x061B, 0x061F: return true
      default: position += length
      }
    }
    return false
  }
}

/// What Arabic writes together with a word, taken off it by its letters alone: و and ف, then an
/// article with or without ب, ك or ل, or one of ب, ل and ك, or س before a verb of the present tense.
/// Where a word merely begins with such a letter the part is no word, and few texts share it.
enum ArabicClitics {
  /// Calls `body` with each shorter form of a token.
  static func forEachPart(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, _ body: (Range<Int>) -> Void
  ) {
    typealias Letter = ArabicLetter
    guard count >= 8, count & 1 == 0 else { return }
    for position in stride(from: 0, to: count, by: 2)
    where !(0xD8...0xDB).contains(bytes[position]) { return }
    let end = count / 2
    func letter(_ index: Int) -> UInt16 { Letter.at(bytes, index) }
    func part(from start: Int, leaving minimum: Int) -> Bool {
      guard end - start >= minimum else { return false }
      body(start * 2..<count)
      return true
    }
    var start = 0
    if letter(0) == Letter.waw || letter(0) == Letter.feh, part(from: 1, leaving: 3) { start = 1 }
    guard end - start >= 4 else { return }
    let (first, second, third) = (letter(start), letter(start + 1), letter(start + 2))
    let isPreposition = first == Letter.beh || first == Letter.lam || first == Letter.kaf
    if first == Letter.alef, second == Letter.lam {
      _ = part(from: start + 2, leaving: 2)
    } else if isPreposition, second == Letter.alef, third == Letter.lam {
      _ = part(from: start + 3, leaving: 2)
    } else if first == Letter.lam, second == Letter.lam {
      // The second may be the word's own: للجنة is of لجنة.
      _ = part(from: start + 1, leaving: 3)
      _ = part(from: start + 2, leaving: 2)
    } else if isPreposition {
      _ = part(from: start + 1, leaving: 3)
    } else if first == Letter.seen,
      [Letter.yeh, Letter.teh, Letter.noon, Letter.alef].contains(second)
    {
      _ = part(from: start + 1, leaving: 3)
    }
  }
}
