/// What is rewritten in a text as it is typed, before it is normalized: words and characters both see
/// the result.
public struct TextRewriting: Hashable, Codable, Sendable {
  /// `#EndOccupation` is followed by its parts, as if `#EndOccupation End Occupation` were written.
  /// Parts are told apart by `_`, by capitals and by digits.
  public var splitsHashtags: Bool
  /// Of a letter three times or more in a row, in either case, two stay: `sooooo` becomes `soo`.
  public var foldsElongations: Bool
  /// `@anybody` becomes `@user`, and a link becomes `http`: who and which does not matter.
  public var replacesMentionsAndLinks: Bool
  /// `:)` and its like, where white space or the end follows, become emoji.
  public var replacesEmoticons: Bool

  public init(
    splitsHashtags: Bool = false, foldsElongations: Bool = false,
    replacesMentionsAndLinks: Bool = false, replacesEmoticons: Bool = false
  ) {
    self.splitsHashtags = splitsHashtags
    self.foldsElongations = foldsElongations
    self.replacesMentionsAndLinks = replacesMentionsAndLinks
    self.replacesEmoticons = replacesEmoticons
  }

  /// Texts stay as they are typed.
  public static let none = TextRewriting()

  /// What is done, in a few words each.
  var summary: [String] {
    [
      (splitsHashtags, "hashtags split"), (foldsElongations, "elongations folded"),
      (replacesMentionsAndLinks, "placeholders for users and links"),
      (replacesEmoticons, "emoticons as emoji"),
    ].filter(\.0).map(\.1)
  }
}
