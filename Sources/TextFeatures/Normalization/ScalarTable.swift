/// What the tokenizer needs to know of a scalar.
enum ScalarClass: UInt32 {
  case other = 0
  case space = 1
  /// Letters, marks and numbers of any script, and connector punctuation (`_`).
  case word = 2
  case emoji = 3
  /// A skin tone: joins the emoji before it.
  case emojiModifier = 4
  /// U+200D: joins two emoji.
  case joiner = 5
  /// Control and format characters that are not white space: never a token.
  case invisible = 6
}

/// One scalar's class and what normalization makes of it, in 32 bits.
struct ScalarEntry {
  var bits: UInt32

  /// The scalar that replaces this one; meaningless when `isRemoved` or `needsContext`.
  var replacement: UInt32 { bits & 0x1F_FFFF }
  var isRemoved: Bool { bits & (1 << 21) != 0 }
  /// Composition or a mapping to several scalars: the slow, exact path decides.
  var needsContext: Bool { bits & (1 << 22) != 0 }
  /// May compose with the character before it, or change places with a mark before it; such a
  /// scalar needs context.
  var joinsPrevious: Bool { bits & (1 << 23) != 0 }
  var scalarClass: UInt32 { bits >> 24 & 0xF }

  init(_ scalar: Unicode.Scalar, _ normalization: Normalization) {
    let properties = scalar.properties
    let scalarClass = ScalarEntry.classify(scalar, properties)
    var bits: UInt32 = scalarClass.rawValue << 24
    if normalization.needsContext(scalar, properties) {
      bits |= 1 << 22
      if normalization.joinsPrevious(scalar, properties) { bits |= 1 << 23 }
    } else if let replacement = normalization.replacement(of: scalar) {
      bits |= replacement
    } else {
      bits |= 1 << 21
    }
    self.bits = bits
  }

  private static func classify(
    _ scalar: Unicode.Scalar, _ properties: Unicode.Scalar.Properties
  ) -> ScalarClass {
    if scalar.value == 0x200D { return .joiner }
    if properties.isEmojiModifier { return .emojiModifier }
    if properties.isWhitespace { return .space }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
      .connectorPunctuation:
      return .word
    case .control, .format:
      return .invisible
    default:
      // Below U+00FF only © and ® are emoji, and nobody means them as such.
      return properties.isEmoji && scalar.value > 0xFF ? .emoji : .other
    }
  }
}

extension Normalization {
  /// The single scalar that replaces `scalar`, `nil` where it is removed.
  func replacement(of scalar: Unicode.Scalar) -> UInt32? {
    let properties = scalar.properties
    if removesFormatCharacters {
      // A joiner is kept here: whether it stands between two emoji is known only in context.
      if properties.generalCategory == .format && scalar.value != 0x200D { return nil }
      if properties.isVariationSelector { return nil }
    }
    guard let folded = arabic.mapping(of: scalar.value) else { return nil }
    if folded != scalar.value { return folded }
    if straightensQuotationMarks {
      switch scalar.value {
      case 0x201C, 0x201D, 0x201E, 0x201F, 0xAB, 0xBB, 0x2033, 0xFF02: return 0x22
      case 0x2018, 0x2019, 0x201A, 0x201B, 0x2039, 0x203A, 0x2032, 0xFF07, 0x02BC: return 0x27
      default: break
      }
    }
    if foldsDigits, properties.generalCategory == .decimalNumber,
      let value = properties.numericValue
    {
      return 0x30 + UInt32(value)
    }
    if lowercases {
      let lowered = properties.lowercaseMapping.unicodeScalars
      if lowered.count == 1, let only = lowered.first { return only.value }
    }
    return scalar.value
  }

  /// Whether what becomes of `scalar` depends on its neighbours or is several scalars.
  func needsContext(_ scalar: Unicode.Scalar, _ properties: Unicode.Scalar.Properties) -> Bool {
    if scalar.value < 0x80 { return false }
    if removesFormatCharacters && scalar.value == 0x200D { return true }
    if lowercases && properties.lowercaseMapping.unicodeScalars.count > 1 { return true }
    guard unicodeForm != .unchanged else { return false }
    // These three compose with the Arabic letter before them; other harakat never do.
    if (0x0653...0x0655).contains(scalar.value) { return true }
    guard let replacement = replacement(of: scalar) else { return false }
    if joinsPrevious(scalar, properties) { return true }
    // What neither form rewrites nor a mapping has changed is settled without composing it.
    guard
      properties.isFullCompositionExclusion || properties.changesWhenNFKCCaseFolded
        || replacement != scalar.value
    else { return false }
    let exact = folded(String(scalar)).unicodeScalars
    return exact.count != 1 || exact.first?.value != replacement
  }

  /// Whether `scalar`, or what it decomposes to, begins with what can compose with the character
  /// before it or is ordered among the marks before it.
  func joinsPrevious(_ scalar: Unicode.Scalar, _ properties: Unicode.Scalar.Properties) -> Bool {
    guard unicodeForm != .unchanged else { return false }
    func isJoining(_ first: Unicode.Scalar) -> Bool {
      if first.properties.canonicalCombiningClass != .notReordered { return true }
      switch first.properties.generalCategory {
      // Some vowel signs of Indic scripts compose although their combining class is 0.
      case .nonspacingMark, .spacingMark: return true
      // Hangul vowels and final consonants, and the vowel signs of Kirat Rai.
      default: return [0x1161...0x11C2, 0x16D63...0x16D6A].contains { $0.contains(first.value) }
      }
    }
    if isJoining(scalar) { return true }
    guard unicodeForm == .compatibility, properties.changesWhenNFKCCaseFolded else { return false }
    let first = String(scalar).decomposedStringWithCompatibilityMapping.unicodeScalars.first
    return first.map(isJoining) ?? false
  }
}
