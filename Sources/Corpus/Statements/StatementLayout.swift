/// A column with a meaning of its own in every file of statements.
public enum KnownColumn: String, Hashable, Sendable, Codable, CaseIterable {
  case id, text, language, speaker, source, date, group, weight
}

/// What a column means.
public enum ColumnRole: Hashable, Sendable {
  /// One of the columns that every file may have.
  case known(KnownColumn)

  /// The labels of a task: an index into ``StatementLayout/taskColumns``.
  case task(Int)

  /// Nothing to the program: an index into ``StatementLayout/extraColumns``.
  case extra(Int)
}

/// The columns that a set of statements has.
public struct StatementLayout: Hashable, Sendable {
  /// A column as it stands in a file.
  public struct Column: Hashable, Sendable {
    /// The name in the file.
    public let name: String

    /// What it means.
    public let role: ColumnRole

    /// Creates a column.
    public init(name: String, role: ColumnRole) {
      self.name = name
      self.role = role
    }
  }

  /// The columns of all files, in the order of their first appearance and under their own names.
  public package(set) var columns: [Column] = []

  /// The tasks, one for each of a statement's annotations: those asked for, whether or not a file
  /// has their column, then those found.
  public package(set) var taskColumns: [String] = []

  /// The names of the fields that are passed through, one for each of a statement's extras, in the
  /// order of their first appearance. A column whose name already means something else (a second
  /// `text` beside a renamed one) is called `input.NAME`.
  public package(set) var extraColumns: [String] = []

  /// Creates a layout from its parts; every column is named as what it means.
  public init(
    presentColumns: [KnownColumn] = [], taskColumns: [String] = [], extraColumns: [String] = []
  ) {
    columns =
      presentColumns.map { Column(name: $0.rawValue, role: .known($0)) }
      + extraColumns.enumerated().map { Column(name: $0.element, role: .extra($0.offset)) }
    self.taskColumns = taskColumns
    self.extraColumns = extraColumns
  }

  /// The known columns that some file has, in the order of ``KnownColumn``. A renamed text column is
  /// ``KnownColumn/text`` here.
  public var presentColumns: [KnownColumn] { KnownColumn.allCases.filter(has) }

  /// Whether some file has a known column, under whichever name.
  public func has(_ column: KnownColumn) -> Bool {
    columns.contains { $0.role == .known(column) }
  }
}
