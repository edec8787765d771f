/// Texts too short to judge, and what languages they are in.
public struct TextAudit: Sendable {
  /// Statements without any text; they are not among the audited ones.
  public let blank: [Statement]
  /// Statements with text but without a word: emoji, punctuation, digits of a list.
  public let wordless: [Int]
  /// Statements of a single word.
  public let oneWord: [Int]
  /// By falling count; the statements without a language come as `nil`.
  public let languages: [LanguageCount]
  /// By falling count.
  public let scripts: [ScriptCount]
  /// Statements most of whose letters are not of their language's script.
  public let misplaced: [Int]

  public struct LanguageCount: Hashable, Sendable {
    public let language: String?
    public let count: Int
  }

  public struct ScriptCount: Hashable, Sendable {
    public let script: WritingSystem
    public let count: Int
  }

  /// - Parameter wordCounts: one for each statement.
  init(_ data: LabelledStatements, wordCounts: [Int]) {
    blank = data.blankStatements
    wordless = wordCounts.indices.filter { wordCounts[$0] == 0 }
    oneWord = wordCounts.indices.filter { wordCounts[$0] == 1 }
    var byLanguage: [String?: Int] = [:]
    var byScript: [WritingSystem: Int] = [:]
    var misplaced: [Int] = []
    for (row, statement) in data.statements.enumerated() {
      byLanguage[statement.language, default: 0] += 1
      guard let script = WritingSystem(ofMostLettersIn: statement.text) else { continue }
      byScript[script, default: 0] += 1
      if let expected = statement.language.flatMap(WritingSystem.init(ofLanguage:)),
        expected != script
      {
        misplaced.append(row)
      }
    }
    self.misplaced = misplaced
    languages = byLanguage.map { LanguageCount(language: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.language ?? "") < ($0.count, $1.language ?? "") }
    scripts = byScript.map { ScriptCount(script: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.script.rawValue) < ($0.count, $1.script.rawValue) }
  }
}

/// A family of letters, as far as it tells languages apart.
public enum WritingSystem: String, Hashable, Sendable, CaseIterable {
  case latin, arabic, cyrillic, greek, hebrew, eastAsian = "East Asian", other

  /// The script of most of a text's letters, the first of equals; `nil` for a text without letters.
  public init?(ofMostLettersIn text: String) {
    var counts = [Int](repeating: 0, count: Self.allCases.count)
    let scripts = Self.allCases
    for scalar in text.unicodeScalars where scalar.properties.isAlphabetic {
      let script = Self(of: scalar)
      if let index = scripts.firstIndex(of: script) { counts[index] += 1 }
    }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else {
      return nil
    }
    self = scripts[index]
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
