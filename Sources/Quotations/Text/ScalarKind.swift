/// What a Unicode scalar is to the tokenizer.
enum ScalarKind: UInt8 {
  case other, space, lineBreak, letter, digit, combining
  /// ' and ’: an apostrophe or a single quotation mark.
  case apostrophe
  /// Any other quotation mark.
  case mark
  case comma, period, question, exclamation, colon, semicolon, dash, opening, closing, ellipsis
  case bullet

  init(_ scalar: UInt32) {
    if scalar < UInt32(Self.frequent.count) {
      self = Self.frequent[Int(scalar)]
    } else {
      self = Self.slow(scalar)
    }
  }

  /// The kinds of the scalars that texts in Latin, Greek, Cyrillic, Hebrew and Arabic letters are made
  /// of, and of general punctuation.
  static let frequent: [ScalarKind] = (0..<0x2070).map { slow(UInt32($0)) }

  private static func slow(_ value: UInt32) -> ScalarKind {
    switch value {
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: return .lineBreak
    case 0x20, 0x09, 0xA0, 0x1680, 0x2000...0x200B, 0x202F, 0x205F, 0x3000, 0xFEFF: return .space
    case 0x200C...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xAD: return .combining
    case 0x27, 0x2019: return .apostrophe
    case 0x22, 0x60, 0xAB, 0xBB, 0x2018, 0x201A, 0x201B, 0x201C...0x201F, 0x2039, 0x203A,
      0x300C...0x300F, 0xFF02:
      return .mark
    case 0x2C, 0x60C, 0x3001, 0xFF0C: return .comma
    case 0x2E, 0x6D4, 0x3002: return .period
    case 0x3F, 0x61F, 0xFF1F: return .question
    case 0x21, 0xFF01: return .exclamation
    case 0x3A, 0xFF1A: return .colon
    case 0x3B, 0x61B, 0xFF1B: return .semicolon
    case 0x2D, 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212: return .dash
    case 0x28, 0x5B, 0x7B: return .opening
    case 0x29, 0x5D, 0x7D: return .closing
    case 0x2026: return .ellipsis
    case 0x2A, 0x2022, 0x25CF, 0x25AA, 0x25A0, 0x2023, 0x2043: return .bullet
    case 0x30...0x39, 0x660...0x669, 0x6F0...0x6F9: return .digit
    case 0x5F, 0x640: return .letter
    default: break
    }
    guard let scalar = Unicode.Scalar(value) else { return .other }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: return .combining
    case .decimalNumber: return .digit
    default: return scalar.properties.isAlphabetic ? .letter : .other
    }
  }
}
