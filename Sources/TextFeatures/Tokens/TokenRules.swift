/// Which runs of characters are tokens. Words always are: the longest runs of letters, marks and
/// numbers of any script and connector punctuation (`_`).
public struct TokenRules: Hashable, Codable, Sendable {
  /// `don't` and `l'eau` are one token instead of two.
  public var joinsApostrophes: Bool
  /// `#word` is a token different from `word`.
  public var keepsHashtags: Bool
  /// `@name` is a token different from `name`.
  public var keepsMentions: Bool
  /// Each emoji sequence is a token.
  public var keepsEmoji: Bool
  /// Each remaining visible character is a token.
  public var keepsPunctuation: Bool
  /// In the block of words, what follows a word such as `not` or `لا` in its clause is marked, so
  /// that `not good` has no `good` (`Negation`).
  public var marksNegation: Bool
  /// The block of words has Arabic words also without what is written together with them
  /// (`ArabicClitics`): `والحكومة` counts for `الحكومة` and `حكومة` too.
  public var splitsClitics: Bool

  public init(
    joinsApostrophes: Bool = true, keepsHashtags: Bool = true, keepsMentions: Bool = true,
    keepsEmoji: Bool = true, keepsPunctuation: Bool = false, marksNegation: Bool = false,
    splitsClitics: Bool = false
  ) {
    self.joinsApostrophes = joinsApostrophes
    self.keepsHashtags = keepsHashtags
    self.keepsMentions = keepsMentions
    self.keepsEmoji = keepsEmoji
    self.keepsPunctuation = keepsPunctuation
    self.marksNegation = marksNegation
    self.splitsClitics = splitsClitics
  }

  /// Words and nothing else.
  public static let wordsOnly = TokenRules(
    joinsApostrophes: false, keepsHashtags: false, keepsMentions: false, keepsEmoji: false)
}

extension TokenRules {
  /// Models of format version 1 know no negation and no clitics.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    joinsApostrophes = try container.decode(Bool.self, forKey: .joinsApostrophes)
    keepsHashtags = try container.decode(Bool.self, forKey: .keepsHashtags)
    keepsMentions = try container.decode(Bool.self, forKey: .keepsMentions)
    keepsEmoji = try container.decode(Bool.self, forKey: .keepsEmoji)
    keepsPunctuation = try container.decode(Bool.self, forKey: .keepsPunctuation)
    marksNegation = try container.decodeIfPresent(Bool.self, forKey: .marksNegation) ?? false
    splitsClitics = try container.decodeIfPresent(Bool.self, forKey: .splitsClitics) ?? false
  }

  /// What is unusual, in a few words each.
  var summary: [String] {
    [(marksNegation, "negation marked"), (splitsClitics, "clitics split")].filter(\.0).map(\.1)
  }
}

/// A token in its normalized form and where it stands in the text as written.
public struct Token: Hashable, Sendable {
  public let text: String
  /// Half-open, in UTF-8 bytes of the text. Ranges rise and do not overlap, except that all tokens
  /// of one character (a `½`, which normalization spells out; a `≠` with further marks on it) cover
  /// that character, and that the parts of a split hashtag lie within it.
  public let source: Range<Int>
}
