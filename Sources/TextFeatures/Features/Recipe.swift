/// How statements become features: normalization, tokens, n-gram ranges, weighting, keywords, columns.
///
/// A recipe is a plain value that is stored in the model. Synthesized decoding gives `nil` for what a
/// model of an earlier format does not mention.
public struct Recipe: Hashable, Codable, Sendable {
  public var normalization: Normalization
  public var tokens: TokenRules
  /// Word n-grams: neighbouring tokens joined by a space.
  public var words: NGrams?
  /// Character n-grams within white-space separated words, each word padded with a space on either
  /// side; a word shorter than n gives itself once.
  public var characters: NGrams?
  /// N-grams of what `LightStemmer` leaves of the tokens.
  public var stems: NGrams?
  /// How often a statement has a word of each list.
  public var keywords: KeywordFeatures?
  /// What the statements' columns say.
  public var columns: ColumnFeatures?

  public init(
    words: NGrams?, characters: NGrams?, normalization: Normalization = .init(),
    tokens: TokenRules = .init()
  ) {
    precondition(words != nil || characters != nil, "a recipe needs words or characters")
    self.words = words
    self.characters = characters
    self.normalization = normalization
    self.tokens = tokens
  }

  /// One or two neighbouring words.
  public static let words = Recipe(words: NGrams(1...2), characters: nil)
  /// Runs of two to five characters.
  public static let characters = Recipe(words: nil, characters: NGrams(2...5))
  /// Words and characters side by side, each block normalized on its own.
  public static let both = Recipe(words: NGrams(1...2), characters: NGrams(2...5))

  /// The n-grams of a block, `nil` where the recipe does not use it or it has none.
  public subscript(block: FeatureBlock) -> NGrams? {
    get {
      switch block {
      case .words: words
      case .characters: characters
      case .stems: stems
      case .keywords, .columns: nil
      }
    }
    set {
      switch block {
      case .words: words = newValue
      case .characters: characters = newValue
      case .stems: stems = newValue
      case .keywords, .columns: break
      }
    }
  }

  /// The blocks in use, in the order of their columns.
  public var blocks: [FeatureBlock] {
    FeatureBlock.allCases.filter { block in
      switch block {
      case .keywords: keywords != nil
      case .columns: columns != nil
      default: self[block] != nil
      }
    }
  }

  /// What a weight or the strength of a feature may be: far from where products overflow.
  static let weights = 1e-6...1e6

  /// Whether a recipe that was read from a file keeps what the initializers demand.
  public var isValid: Bool {
    (words != nil || characters != nil)
      && FeatureBlock.allCases.allSatisfy { self[$0]?.isValid ?? true }
      && keywords?.isValid ?? true && columns?.isValid ?? true
  }

  /// `words 1-2 + characters 3-5 + keywords`
  public var summary: String {
    let parts = blocks.map { block in
      switch block {
      case .keywords: "keywords"
      case .columns: "columns \(columns?.names.joined(separator: ", ") ?? "")"
      default: "\(block.rawValue) \(self[block]?.summary ?? "")"
      }
    }
    let rules = normalization.rewriting.summary + tokens.summary
    return ([parts.joined(separator: " + ")] + rules).joined(separator: ", ")
  }
}

/// The kinds of features, in the order of their columns.
public enum FeatureBlock: String, Hashable, Codable, Sendable, CaseIterable {
  case words
  case characters
  case stems
  case keywords
  case columns
}
