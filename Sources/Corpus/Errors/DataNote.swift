/// What a user should know of an input, and is no error.
///
/// As in errors, the message names columns, lines and counts, never the text of a statement.
public struct DataNote: Hashable, Sendable, CustomStringConvertible {
  /// The kind of note: stable, for programs.
  public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
    case otherDelimiter, unusedColumns, noGroups, noLabels, blankTexts, leftOut, missingFeatures
    case emptyLabels, leftOutFields
  }

  /// The kind of note.
  public let code: Code

  /// What is so, and what to do to have it otherwise.
  public let message: String

  /// Creates a note from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
