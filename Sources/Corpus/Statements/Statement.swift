/// One text to judge: a sentence or a quote, and what its file says about it.
public struct Statement: Hashable, Sendable {
  /// The value of the `id` column; without one, the 1-based number of the record ("1", "2", …),
  /// counted through all files of a set.
  public var id: String

  /// The text; may be empty.
  public var text: String

  /// The language as the file names it; `nil` when the column is absent or the cell empty.
  public var language: String?

  /// Who said it; `nil` when the column is absent or the cell empty.
  public var speaker: String?

  /// Where it was published; `nil` when the column is absent or the cell empty.
  public var source: String?

  /// When it was said, as written in the file; `nil` when the column is absent or the cell empty.
  public var date: String?

  /// Statements with the same group must not be split between training and testing; `nil` when the
  /// column is absent or the cell empty.
  public var group: String?

  /// How much the statement counts in training: finite and not negative, 1 by default.
  public var weight: Double

  /// The raw cells, one for each of the layout's task columns; `nil` when the record has no such
  /// field. A JSON array of labels reads as its labels, each followed by `;`.
  public var annotations: [String?]

  /// The fields that are passed through to results, one for each of the layout's extra columns.
  public var extras: [FieldValue]

  /// The line on which the statement's record starts.
  public var location: SourceLocation

  /// Creates a statement with a text, a place, and nothing else known.
  public init(id: String, text: String, location: SourceLocation) {
    self.id = id
    self.text = text
    self.weight = 1
    self.annotations = []
    self.extras = []
    self.location = location
  }
}

/// A field of the input that means nothing to the program and is passed through.
public enum FieldValue: Hashable, Sendable {
  /// A cell of a table, or a JSON string after its escapes are resolved.
  case text(String)

  /// Any other JSON value, as it was written.
  case json(String)

  /// The record has no such field.
  case missing
}
