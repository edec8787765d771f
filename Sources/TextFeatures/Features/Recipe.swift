/// How statements become features: normalization, tokens, n-gram ranges, weighting.
///
/// A recipe is a plain value that is stored in the model.
public struct Recipe: Hashable, Codable, Sendable {
  public var normalization: Normalization
  public var tokens: TokenRules
  /// Word n-grams: neighbouring tokens joined by a space.
  public var words: NGrams?
  /// Character n-grams within white-space separated words, each word padded with a space on either
  /// side; a word shorter than n gives itself once.
  public var characters: NGrams?

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

  /// The n-grams of a block, `nil` where the recipe does not use it.
  public subscript(block: FeatureBlock) -> NGrams? {
    switch block {
    case .words: words
    case .characters: characters
    }
  }

  /// The blocks in use, in the order of their columns.
  public var blocks: [FeatureBlock] { FeatureBlock.allCases.filter { self[$0] != nil } }

  /// Whether a recipe that was read from a file keeps what the initializers demand.
  public var isValid: Bool {
    !blocks.isEmpty
      && blocks.allSatisfy { block in
        self[block].map {
          $0.range.lowerBound >= 1 && $0.range.upperBound <= NGrams.maximumLength
            && $0.minimumDocumentFrequency >= 1
        } ?? false
      }
  }

  /// `words 1-2 + characters 3-5`
  public var summary: String {
    let parts = FeatureBlock.allCases.compactMap { block in
      self[block].map { "\(block.rawValue) \($0.range.lowerBound)-\($0.range.upperBound)" }
    }
    return parts.joined(separator: " + ")
  }
}

/// The two kinds of features, in the order of their columns.
public enum FeatureBlock: String, Hashable, Codable, Sendable, CaseIterable {
  case words
  case characters
}

/// All n-grams of a range of lengths.
public struct NGrams: Hashable, Codable, Sendable {
  /// The longest n-gram that can be asked for.
  public static let maximumLength = 16

  /// Lengths in tokens or in Unicode scalars, within 1...16.
  public var range: ClosedRange<Int>
  public var weighting: TermWeighting
  /// A term that fewer training statements contain is left out; at least 1.
  public var minimumDocumentFrequency: Int

  public init(
    _ range: ClosedRange<Int>, weighting: TermWeighting = .tfIDF(sublinear: true),
    minimumDocumentFrequency: Int = 2
  ) {
    precondition(
      range.lowerBound >= 1 && range.upperBound <= Self.maximumLength,
      "n-gram lengths lie in 1...\(Self.maximumLength), not \(range)")
    precondition(minimumDocumentFrequency >= 1, "a document frequency is at least 1")
    self.range = range
    self.weighting = weighting
    self.minimumDocumentFrequency = minimumDocumentFrequency
  }
}

/// What stands in a document-term matrix before each row is scaled to length 1.
public enum TermWeighting: Hashable, Codable, Sendable {
  /// 1 where the term occurs.
  case binary
  /// How often the term occurs (tf).
  case count
  /// tf · idf with idf = ln((1 + n) / (1 + df)) + 1, and tf replaced by 1 + ln(tf) when sublinear
  /// (Manning, Raghavan & Schütze 2008, sections 6.2.1 and 6.4.1; scikit-learn's smoothing).
  case tfIDF(sublinear: Bool)
}
