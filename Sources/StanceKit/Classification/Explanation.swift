/// Why a model decides as it does: each label's score as a sum of terms and the intercept.
public struct Explanation: Hashable, Sendable {
  public let judgement: Judgement
  /// The text's words as they were typed, in its order.
  public let words: [Word]
  /// For each task one sum for each label.
  public let tasks: [[LabelSum]]
  /// The statements most like this one, nearest first; none unless asked for.
  public let neighbours: [StatementNeighbours.Neighbour]

  /// A word of the text, or a run of marks between words.
  public struct Word: Hashable, Sendable {
    public let text: String
    /// Half-open, in UTF-8 bytes of the text.
    public let bytes: Range<Int>
    /// Half-open, in Unicode scalars of the text.
    public let characters: Range<Int>
  }

  /// One label's score taken apart, in two ways.
  public struct LabelSum: Hashable, Sendable {
    public let label: String
    public let probability: Double
    /// That of the score alone, where codings of near copies changed it; else `nil`.
    public let probabilityWithoutCopies: Double?
    public let isOn: Bool
    /// Before calibration. `intercept` plus all of `terms`; also `intercept` plus all of `words` and
    /// `columns`.
    public let score: Double
    public let intercept: Double
    /// What each of the explanation's words adds: its shares of the features that have a place in it
    /// (``FeatureTracer``).
    public let words: [Double]
    /// What the statement's columns add, by falling size.
    public let columns: [Contribution]
    /// What each of the model's features adds, by falling size; empty unless asked for.
    public let terms: [Contribution]
  }

  /// What one feature of the statement adds to a label's score.
  public struct Contribution: Hashable, Sendable {
    public let feature: Feature
    /// The feature's value in the text times its coefficient.
    public let value: Double
    /// Where the text has it, half-open, in UTF-8 bytes; empty for columns.
    public let places: [Range<Int>]
  }
}

extension Model {
  /// The words and features of `text` and what each adds to each label. For many texts use
  /// ``Explainer``.
  ///
  /// - Parameter columns: as for `classify`.
  public func explain(_ text: String, columns: [String?] = []) -> Explanation {
    var configuration = Explainer.Configuration()
    configuration.listsFeatures = true
    var explainer = Explainer(self, configuration)
    return explainer.explain(text, columns: columns)
  }
}
