/// A family of letters, as far as it tells languages apart.
public enum WritingSystem: String, Hashable, Codable, CodingKeyRepresentable, Sendable, CaseIterable
{
  case latin, arabic, cyrillic, greek, hebrew, eastAsian = "East Asian", other

  /// The script of most of a text's letters, the first of equals; `nil` for a text without letters.
  ///
  /// - Complexity: O(length), some hundred megabytes a second.
  public init?(ofMostLettersIn text: String) {
    var ascii = 0
    var counts = [Int](repeating: 0, count: Self.allCases.count)
    for scalar in text.unicodeScalars {
      let value = scalar.value
      if value < 0x80 {
        // 'a' to 'z' once the bit of capitals is set.
        if (value | 0x20) &- 0x61 < 26 { ascii += 1 }
      } else if let index = Self.index(ofLetter: scalar) {
        counts[index] += 1
      }
    }
    counts[0] += ascii
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else {
      return nil
    }
    self = Self.allCases[index]
  }

  /// The script that a language is written in, by its ISO 639 code, region or not (`ar`, `en-GB`);
  /// `nil` for a language that is not listed or is written in several.
  public init?(ofLanguage code: String) {
    switch code.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first {
    case "en", "fr", "de", "es", "it", "pt", "nl", "tr", "pl", "sv", "da", "no", "fi", "cs", "ro",
      "hu", "id":
      self = .latin
    case "ar", "fa", "ur", "ps": self = .arabic
    case "ru", "uk", "bg", "be": self = .cyrillic
    case "el": self = .greek
    case "he": self = .hebrew
    case "zh", "ja", "ko": self = .eastAsian
    default: return nil
    }
  }

  /// Where a letter outside of ASCII is counted; `nil` for what is no letter.
  private static func index(ofLetter scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    // By far the most frequent ones need no look into Unicode's tables.
    case 0x621...0x64A: 1
    case 0x410...0x44F: 2
    default: scalar.properties.isAlphabetic ? allCases.firstIndex(of: Self(of: scalar)) : nil
    }
  }

  private init(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x24F, 0x1E00...0x1EFF, 0xFB00...0xFB06: self = .latin
    case 0x600...0x6FF, 0x750...0x77F, 0x870...0x8FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF:
      self = .arabic
    case 0x400...0x52F: self = .cyrillic
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x590...0x5FF, 0xFB1D...0xFB4F: self = .hebrew
    case 0x1100...0x11FF, 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF:
      self = .eastAsian
    default: self = .other
    }
  }
}
