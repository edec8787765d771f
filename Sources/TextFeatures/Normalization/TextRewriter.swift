/// Rewrites one text after another by some rules, remembering where each byte came from when asked.
struct TextRewriter {
  private let rules: TextRewriting
  private let recordsSources: Bool
  private var output = String.UnicodeScalarView()
  /// For each byte of the output where the source of its character starts and ends.
  private(set) var sourceStarts: [Int32] = []
  private(set) var sourceEnds: [Int32] = []
  /// The text being read, and where each of its scalars starts in bytes; one more place at its end.
  private var scalars: [Unicode.Scalar] = []
  private var places: [Int32] = []

  /// `nil` where there is nothing to rewrite.
  init?(_ rules: TextRewriting, recordsSources: Bool = false) {
    if rules == .none { return nil }
    self.rules = rules
    self.recordsSources = recordsSources
  }

  mutating func rewritten(_ text: String) -> String {
    read(text)
    var position = 0
    /// The letter that the last scalars are, and how often it came.
    var (letter, repetitions) = (Unicode.Scalar(0), 0)
    while position < scalars.count {
      let scalar = scalars[position]
      if let end = replaceWhole(at: position) {
        position = end
        repetitions = 0
        continue
      }
      if rules.foldsElongations, scalar.isLetter {
        let folded = scalar.lowercased
        repetitions = folded == letter ? repetitions + 1 : 1
        letter = folded
        if repetitions > 2 {
          position += 1
          continue
        }
      } else {
        repetitions = 0
      }
      copy(position..<position + 1)
      position += 1
    }
    return String(output)
  }

  private mutating func read(_ text: String) {
    output = String.UnicodeScalarView()
    scalars.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    sourceStarts.removeAll(keepingCapacity: true)
    sourceEnds.removeAll(keepingCapacity: true)
    var place: Int32 = 0
    for scalar in text.unicodeScalars {
      scalars.append(scalar)
      places.append(place)
      place += Int32(UTF8.width(scalar))
    }
    places.append(place)
  }

  // MARK: Wholes

  /// Writes what a link, a mention, a hashtag or an emoticon becomes; `nil` where none begins.
  private mutating func replaceWhole(at start: Int) -> Int? {
    let scalar = scalars[start]
    let followsWord = start > 0 && scalars[start - 1].isWord
    if rules.replacesMentionsAndLinks, !followsWord {
      if let end = linkEnd(from: start) {
        write("http", for: start..<end)
        return end
      }
      if scalar == "@", let end = wordEnd(from: start + 1) {
        write("@user", for: start..<end)
        return end
      }
    }
    if rules.splitsHashtags, scalar == "#" || scalar == "＃", let end = wordEnd(from: start + 1) {
      copy(start..<end)
      for part in parts(start + 1..<end) {
        write(" ", for: part)
        copy(part)
      }
      return end
    }
    if rules.replacesEmoticons, let (emoji, end) = emoticon(at: start, followsWord) {
      write(emoji, for: start..<end)
      return end
    }
    return nil
  }

  private static let linkStarts = ["http://", "https://", "www.", "t.co/", "pic.twitter.com/"]
    .map { Array($0.unicodeScalars) }
  private static let linkLimits = Set("<>\"“”«»".unicodeScalars)
  private static let trailing = Set(".,;:!?)]}'’…،؛؟".unicodeScalars)

  private func linkEnd(from start: Int) -> Int? {
    let beginning = Self.linkStarts.first { begin in
      start + begin.count < scalars.count
        && begin.indices.allSatisfy { scalars[start + $0].lowercased == begin[$0] }
    }
    guard let beginning else { return nil }
    var end = start
    while end < scalars.count, !scalars[end].properties.isWhitespace,
      !Self.linkLimits.contains(scalars[end])
    { end += 1 }
    while end > start, Self.trailing.contains(scalars[end - 1]) { end -= 1 }
    return end > start + beginning.count ? end : nil
  }

  /// Where the word at `start` ends; `nil` where there is none.
  private func wordEnd(from start: Int) -> Int? {
    var end = start
    while end < scalars.count, scalars[end].isWord { end += 1 }
    return end > start ? end : nil
  }

  /// The parts of a tag: `UNResolution2254_now` has UN, Resolution, 2254 and now.
  private func parts(_ tag: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = tag.lowerBound
    func end(_ position: Int) {
      if start < position { parts.append(start..<position) }
    }
    for position in tag {
      let scalar = scalars[position]
      if scalar.properties.generalCategory == .connectorPunctuation {
        end(position)
        start = position + 1
        continue
      }
      guard position > start else { continue }
      let previous = scalars[position - 1]
      let next = position + 1 < tag.upperBound ? scalars[position + 1] : nil
      let changes =
        previous.isDigit != scalar.isDigit && (previous.isDigit || scalar.isDigit)
        || scalar.isUppercase && !previous.isUppercase
        || scalar.isUppercase && previous.isUppercase && next?.isLowercase == true
      if changes {
        end(position)
        start = position
      }
    }
    end(tag.upperBound)
    return parts
  }

  /// The longest first.
  private static let emoticons: [(text: [Unicode.Scalar], emoji: String)] = {
    let table: [(String, String)] = [
      (":) :-) :] =) (: :^) :o)", "🙂"), (":D :-D =D xD XD", "😃"), (";) ;-) ;D", "😉"),
      (":P :-P :p :-p =P", "😛"), ("<3", "❤"), ("</3", "💔"), (":( :-( :[ =( ):", "🙁"),
      (":'( :’( ;(", "😢"), (":/ :-/ :\\ :-\\", "😕"), (">:( >:-(", "😠"), (":O :-O :o", "😮"),
      (":| :-|", "😐"),
    ]
    return table.flatMap { texts, emoji in
      texts.split(separator: " ").map { (Array($0.unicodeScalars), emoji) }
    }.sorted { $0.0.count > $1.0.count }
  }()
  private static let emoticonStarts = Set(emoticons.map { $0.text[0] })

  private func emoticon(at start: Int, _ followsWord: Bool) -> (emoji: String, end: Int)? {
    guard Self.emoticonStarts.contains(scalars[start]) else { return nil }
    for (text, emoji) in Self.emoticons {
      let end = start + text.count
      guard end <= scalars.count, scalars[start..<end].elementsEqual(text),
        end == scalars.count || scalars[end].properties.isWhitespace,
        !followsWord || !text[0].isWord
      else { continue }
      return (emoji, end)
    }
    return nil
  }

  // MARK: Output

  /// Writes scalars of the text as they are.
  private mutating func copy(_ range: Range<Int>) {
    for position in range {
      output.append(scalars[position])
      record(UTF8.width(scalars[position]), from: position..<position + 1)
    }
  }

  private mutating func write(_ replacement: String, for range: Range<Int>) {
    output.append(contentsOf: replacement.unicodeScalars)
    record(replacement.utf8.count, from: range)
  }

  private mutating func record(_ bytes: Int, from source: Range<Int>) {
    guard recordsSources else { return }
    for _ in 0..<bytes {
      sourceStarts.append(places[source.lowerBound])
      sourceEnds.append(places[source.upperBound])
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isLetter: Bool {
    isASCII ? isASCIILetter : properties.isAlphabetic && properties.numericType == nil
  }

  private var isASCIILetter: Bool { (value | 0x20) &- 0x61 < 26 }

  fileprivate var isDigit: Bool {
    isASCII ? value &- 0x30 < 10 : properties.generalCategory == .decimalNumber
  }

  fileprivate var isUppercase: Bool {
    isASCII ? value &- 0x41 < 26 : properties.isUppercase
  }

  fileprivate var isLowercase: Bool {
    isASCII ? value &- 0x61 < 26 : properties.isLowercase
  }

  /// What `TokenRules` call a word.
  fileprivate var isWord: Bool {
    if isASCII { return isASCIILetter || isDigit || value == 0x5F }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation:
      return true
    default:
      return false
    }
  }

  /// The lowercase scalar, where it is a single one.
  fileprivate var lowercased: Unicode.Scalar {
    if isASCII { return isUppercase ? Unicode.Scalar(UInt8(value | 0x20)) : self }
    let lowered = properties.lowercaseMapping.unicodeScalars
    return lowered.count == 1 ? lowered.first ?? self : self
  }
}
