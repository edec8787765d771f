/// What is made equal before a text is cut into tokens: letter case, Unicode spellings, quotation
/// marks, digits and the spelling variants of Arabic.
///
/// Every option is recorded in the model, so that a text is read the same way years later.
public struct Normalization: Hashable, Codable, Sendable {
  /// Whether different code sequences for the same character become one.
  public enum UnicodeForm: String, Hashable, Codable, Sendable, CaseIterable {
    /// Scalars stay as they are.
    case unchanged
    /// Canonical composition (NFC): `e` + U+0301 becomes `é`.
    case canonical
    /// Compatibility composition (NFKC): in addition `ﬁ` becomes `fi`, `ﻻ` becomes `لا`.
    case compatibility
  }

  /// Each scalar's full lowercase mapping, without regard to its context.
  public var lowercases: Bool
  public var unicodeForm: UnicodeForm
  /// `“ ” „ « » ″` become `"`; `‘ ’ ‚ ‹ › ′` become `'`.
  public var straightensQuotationMarks: Bool
  /// Decimal digits of any script become `0`-`9`.
  public var foldsDigits: Bool
  /// Invisible format characters (bidirectional marks, byte-order marks, soft hyphens, joiners
  /// outside emoji, variation selectors) are removed.
  public var removesFormatCharacters: Bool
  public var arabic: ArabicNormalization
  /// What is rewritten before all this; nothing unless asked for.
  public var rewriting: TextRewriting

  public init(
    lowercases: Bool = true, unicodeForm: UnicodeForm = .compatibility,
    arabic: ArabicNormalization = .init(), rewriting: TextRewriting = .none
  ) {
    self.lowercases = lowercases
    self.unicodeForm = unicodeForm
    self.straightensQuotationMarks = true
    self.foldsDigits = true
    self.removesFormatCharacters = true
    self.arabic = arabic
    self.rewriting = rewriting
  }

  /// Lowercase only: what most other toolkits do.
  public static var lowercaseOnly: Normalization {
    var normalization = Normalization(unicodeForm: .unchanged, arabic: .none)
    normalization.straightensQuotationMarks = false
    normalization.foldsDigits = false
    normalization.removesFormatCharacters = false
    return normalization
  }
}

extension Normalization {
  /// Models of format version 1 rewrite nothing.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    lowercases = try container.decode(Bool.self, forKey: .lowercases)
    unicodeForm = try container.decode(UnicodeForm.self, forKey: .unicodeForm)
    straightensQuotationMarks = try container.decode(Bool.self, forKey: .straightensQuotationMarks)
    foldsDigits = try container.decode(Bool.self, forKey: .foldsDigits)
    removesFormatCharacters = try container.decode(Bool.self, forKey: .removesFormatCharacters)
    arabic = try container.decode(ArabicNormalization.self, forKey: .arabic)
    rewriting = try container.decodeIfPresent(TextRewriting.self, forKey: .rewriting) ?? .none
  }
}

/// Arabic spelling variants that are made equal (Larkey, Ballesteros & Connell 2002, section 3.1).
public struct ArabicNormalization: Hashable, Codable, Sendable {
  /// `أ إ آ ٱ` become `ا`.
  public var unifiesAlef: Bool
  /// `ى`, which stands at the end of words, becomes `ي`.
  public var unifiesAlefMaqsura: Bool
  /// `ة`, which stands at the end of words, becomes `ه`.
  public var unifiesTaMarbuta: Bool
  /// The lengthening stroke `ـ` is removed.
  public var removesTatweel: Bool
  /// Short vowels and other marks (U+064B-U+065F, U+0670, and of U+06D6-U+06ED all
  /// that are marks) are removed.
  public var removesHarakat: Bool

  public init(
    unifiesAlef: Bool = true, unifiesAlefMaqsura: Bool = true, unifiesTaMarbuta: Bool = true,
    removesTatweel: Bool = true, removesHarakat: Bool = true
  ) {
    self.unifiesAlef = unifiesAlef
    self.unifiesAlefMaqsura = unifiesAlefMaqsura
    self.unifiesTaMarbuta = unifiesTaMarbuta
    self.removesTatweel = removesTatweel
    self.removesHarakat = removesHarakat
  }

  /// Arabic stays as it is written.
  public static let none = ArabicNormalization(
    unifiesAlef: false, unifiesAlefMaqsura: false, unifiesTaMarbuta: false, removesTatweel: false,
    removesHarakat: false)

  /// The scalar that stands for `scalar`, `nil` where it is removed.
  func mapping(of scalar: UInt32) -> UInt32? {
    switch scalar {
    case 0x0622, 0x0623, 0x0625, 0x0671: unifiesAlef ? 0x0627 : scalar
    case 0x0649: unifiesAlefMaqsura ? 0x064A : scalar
    case 0x0629: unifiesTaMarbuta ? 0x0647 : scalar
    case 0x0640: removesTatweel ? nil : scalar
    case 0x064B...0x065F, 0x0670, 0x06D6...0x06DC, 0x06DF...0x06E4, 0x06E7...0x06E8,
      0x06EA...0x06ED:
      removesHarakat ? nil : scalar
    default: scalar
    }
  }
}
