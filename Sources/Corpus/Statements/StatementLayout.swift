/// A column with a meaning of its own in every file of statements.
public enum KnownColumn: String, Hashable, Sendable, Codable, CaseIterable {
  case id, text, language, speaker, source, date, group, weight
}

/// The columns that a set of statements has.
public struct StatementLayout: Hashable, Sendable {
  /// The known columns that some file has, in the order of ``KnownColumn``. A renamed text column is
  /// ``KnownColumn/text`` here.
  public package(set) var presentColumns: [KnownColumn] = []

  /// The tasks, one for each of a statement's annotations: those asked for, whether or not a file
  /// has their column, then those found.
  public package(set) var taskColumns: [String] = []

  /// The names of the fields that are passed through, one for each of a statement's extras, in the
  /// order of their first appearance. A column whose name already means something else (a second
  /// `text` beside a renamed one) is called `input.NAME`.
  public package(set) var extraColumns: [String] = []

  /// Creates a layout from its parts.
  public init(
    presentColumns: [KnownColumn] = [], taskColumns: [String] = [], extraColumns: [String] = []
  ) {
    self.presentColumns = presentColumns
    self.taskColumns = taskColumns
    self.extraColumns = extraColumns
  }
}
