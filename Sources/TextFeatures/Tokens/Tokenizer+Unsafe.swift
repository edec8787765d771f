/// Cuts normalized UTF-8 into tokens.
///
/// One tokenizer belongs to one thread.
struct Tokenizer: ~Copyable {
  let rules: TokenRules
  /// Where each token stands in the normalized text, in order.
  private(set) var places = GrowingBuffer<TokenPlace>()

  private let asciiClasses: [UInt8]
  /// The bytes of ASCII words.
  private var words = ByteMask()
  /// Those bytes, and all others that have to be looked at one by one.
  private var candidates = ByteMask()

  init(_ rules: TokenRules) {
    self.rules = rules
    asciiClasses = (0..<128).map { byte in
      switch UInt8(byte) {
      case 0x09...0x0D, 0x20: UInt8(ScalarClass.space.rawValue)
      case 0x00...0x1F, 0x7F: UInt8(ScalarClass.invisible.rawValue)
      case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: UInt8(ScalarClass.word.rawValue)
      default: UInt8(ScalarClass.other.rawValue)
      }
    }
  }

  /// Replaces the tokens by those of `text`, which is valid UTF-8 that `table`'s normalization made.
  /// Sixteen bytes past its end must be readable.
  mutating func tokenize(_ text: UnsafeBufferPointer<UInt8>, _ table: borrowing ScalarTable) {
    places.removeAll()
    guard let bytes = text.baseAddress else { return }
    let count = text.count
    // At worst every byte is a token of its own.
    places.reserve(count + ASCIIWords.sparePlaces)
    if !rules.keepsPunctuation,
      ASCIIWords.cut(
        bytes, count: count, joinsApostrophes: rules.joinsApostrophes, into: &places)
    {
      return
    }
    ByteMask.describe(
      bytes, count: count, keepsAll: rules.keepsPunctuation, in: &words, &candidates)
    asciiClasses.withUnsafeBufferPointer { classes in
      var position = candidates.next(from: 0)
      while position < count {
        if words.contains(position) {
          // The common case: an ASCII word with neither an apostrophe nor another letter behind it.
          var end = words.end(from: position)
          if end < count, bytes[end] >= 0x80 || bytes[end] == 0x27 {
            end = wordEnd(bytes, from: end, count, classes, table)
          }
          emit(position, end)
          position = candidates.next(from: end)
          continue
        }
        let (scalarClass, length) = Self.classify(bytes + position, classes, table)
        switch scalarClass {
        case ScalarClass.word.rawValue:
          let end = wordEnd(bytes, from: position + length, count, classes, table)
          emit(position, end)
          position = end
        case ScalarClass.space.rawValue, ScalarClass.joiner.rawValue,
          ScalarClass.invisible.rawValue:
          position += length
        case ScalarClass.emoji.rawValue, ScalarClass.emojiModifier.rawValue:
          let end = emojiEnd(bytes, from: position, count, table)
          if rules.keepsEmoji { emit(position, end) }
          position = end
        default:
          let byte = bytes[position]
          let isPrefix =
            (byte == UInt8(ascii: "#") && rules.keepsHashtags)
            || (byte == UInt8(ascii: "@") && rules.keepsMentions)
          if isPrefix, position + 1 < count,
            Self.classify(bytes + position + 1, classes, table).scalarClass
              == ScalarClass.word.rawValue
          {
            let end = wordEnd(bytes, from: position + 1, count, classes, table)
            emit(position, end)
            position = end
          } else {
            if rules.keepsPunctuation { emit(position, position + length) }
            position += length
          }
        }
        position = candidates.next(from: position)
      }
    }
  }

  @inline(__always)
  private static func classify(
    _ bytes: UnsafePointer<UInt8>, _ classes: UnsafeBufferPointer<UInt8>,
    _ table: borrowing ScalarTable
  ) -> (scalarClass: UInt32, length: Int) {
    if bytes[0] < 0x80 { return (UInt32(classes[Int(bytes[0])]), 1) }
    let (scalar, length) = decodeScalar(bytes)
    return (table.entry(of: scalar).scalarClass, length)
  }

  @inline(__always)
  private func wordEnd(
    _ bytes: UnsafePointer<UInt8>, from start: Int, _ count: Int,
    _ classes: UnsafeBufferPointer<UInt8>, _ table: borrowing ScalarTable
  ) -> Int {
    let word = ScalarClass.word.rawValue
    var end = start
    while true {
      end = words.end(from: end)
      guard end < count else { break }
      let (scalarClass, length) = Self.classify(bytes + end, classes, table)
      if scalarClass == word {
        end += length
      } else if rules.joinsApostrophes, bytes[end] == 0x27, end + 1 < count,
        Self.classify(bytes + end + 1, classes, table).scalarClass == word
      {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  /// Emoji, skin tone, joiner and the next emoji; two regional indicators are one flag.
  private func emojiEnd(
    _ bytes: UnsafePointer<UInt8>, from start: Int, _ count: Int, _ table: borrowing ScalarTable
  ) -> Int {
    func isRegional(_ scalar: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar) }
    let (first, firstLength) = decodeScalar(bytes + start)
    var end = start + firstLength
    if isRegional(first) {
      guard end < count else { return end }
      let (second, length) = decodeScalar(bytes + end)
      return isRegional(second) ? end + length : end
    }
    var expectsEmoji = false
    while end < count, bytes[end] >= 0x80 {
      let (scalar, length) = decodeScalar(bytes + end)
      let scalarClass = table.entry(of: scalar).scalarClass
      if scalarClass == ScalarClass.emojiModifier.rawValue
        || scalarClass == ScalarClass.joiner.rawValue
      {
        expectsEmoji = scalarClass == ScalarClass.joiner.rawValue
      } else if expectsEmoji, scalarClass == ScalarClass.emoji.rawValue {
        expectsEmoji = false
      } else {
        break
      }
      end += length
    }
    return end
  }
}

extension Tokenizer {
  @inline(__always)
  private mutating func emit(_ start: Int, _ end: Int) {
    places.appendReserved(
      TokenPlace(start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end)))
  }
}

/// Where a token starts and ends.
struct TokenPlace: BitwiseCopyable {
  var start: Int32
  var end: Int32
}
