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

  public init(
    joinsApostrophes: Bool = true, keepsHashtags: Bool = true, keepsMentions: Bool = true,
    keepsEmoji: Bool = true, keepsPunctuation: Bool = false
  ) {
    self.joinsApostrophes = joinsApostrophes
    self.keepsHashtags = keepsHashtags
    self.keepsMentions = keepsMentions
    self.keepsEmoji = keepsEmoji
    self.keepsPunctuation = keepsPunctuation
  }

  /// Words and nothing else.
  public static let wordsOnly = TokenRules(
    joinsApostrophes: false, keepsHashtags: false, keepsMentions: false, keepsEmoji: false)
}

/// A token in its normalized form and where it stands in the text as written.
public struct Token: Hashable, Sendable {
  public let text: String
  /// Half-open, in UTF-8 bytes of the text. Ranges rise and do not overlap, except that all tokens
  /// of one character (a `½`, which normalization spells out; a `≠` with further marks on it) cover
  /// that character.
  public let source: Range<Int>
}
