/// Words of somebody in an article: what, where, who, and how it was found.
///
/// All ranges are half-open and count the Unicode scalars of the article's text.
public struct Quotation: Hashable, Sendable {
  /// How the words are rendered.
  public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
    /// Word for word, in quotation marks.
    case direct
    /// Reported, with some words in quotation marks.
    case mixed
    /// Reported in the writer's words.
    case indirect
  }

  /// Which rule found a quotation.
  public enum Rule: String, Hashable, Sendable, CaseIterable, Codable {
    /// "…," she said; "…," said Smith.
    case quoteThenCue = "quote-cue"
    /// She said: "…".
    case cueThenQuote = "cue-quote"
    /// "…," she said, "…".
    case splitQuote = "split-quote"
    /// …, adding: "…".
    case participle
    /// She said that …; she said …
    case clause
    /// …, she said.
    case clauseThenCue = "clause-cue"
    /// She urged them to …
    case infinitive
    /// She praised …
    case thing
    /// Her claim that …; she is sure that …
    case nominal
    /// According to her, …
    case accordingTo = "according-to"
    /// Smith: "…"; Smith: …
    case label
    /// "…" – Smith.
    case dash
    /// A quotation beside a sentence about the speaker, or one that goes on with the last speaker.
    case floating
    /// Speech that nothing attributes.
    case unattributed
  }

  /// The speaker as the article names her at this place, and in full.
  public struct Speaker: Hashable, Sendable {
    public var text: String
    public var range: Range<Int>
    /// The fullest form of the name in the article, or the name of an alias table.
    public var name: String
    /// The party of an alias table.
    public var party: String?
  }

  /// The words that report: "said", "according to".
  public struct Cue: Hashable, Sendable {
    public var text: String
    public var range: Range<Int>
  }

  /// The parts of the quotation in the order of the text, marks included.
  public var spans: [Range<Int>]
  /// The text of the parts, joined by " […] " where something stands between them.
  public var text: String
  /// What is said as one statement to judge: the parts joined, without the marks around them.
  public var statement: String
  public var kind: Kind
  public var speaker: Speaker?
  public var cue: Cue?
  public var rule: Rule
  /// How sure the rule is, in 0...1: about the share of its quotations that are right.
  public var confidence: Double
  /// Whether a closing mark is missing.
  public var isUnclosed: Bool
}
