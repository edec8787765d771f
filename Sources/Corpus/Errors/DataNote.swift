/// What a user should know of an input, and is no error.
///
/// As in errors, the message names columns, lines and counts, never the text of a statement.
public struct DataNote: Hashable, Sendable, CustomStringConvertible {
  /// The kind of note: stable, for programs.
  public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
    case otherDelimiter, unusedColumns, noGroups, noLabels, blankTexts, leftOut, missingFeatures
    case emptyLabels, leftOutFields, modelAnswers, undecided, nearCopies
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

extension DataNote {
  /// That records with errors were left out.
  public static func leftOut(_ count: Int, of total: Int) -> DataNote {
    DataNote(
      .leftOut,
      "left out \(count) of \(Wording.count(total, "record")), \(count == 1 ? "which is" : "which are") malformed"
    )
  }
}
