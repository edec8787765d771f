/// Which columns mean what, and what happens to malformed records.
public struct ReadingOptions: Hashable, Sendable {
  /// The column of the text.
  public var textColumn: String

  /// The column of the id; `nil` takes the one named `id`, where there is one.
  public var idColumn: String?

  /// The column of the group; `nil` takes the one named `group`, where there is one.
  public var groupColumn: String?

  /// The column of the language; `nil` takes the one named `language`, where there is one.
  public var languageColumn: String?

  /// The column of a task whose column is not named like it: task → column.
  public var labelColumns: [String: String]

  /// The tasks whose columns carry annotations, in the order of the annotations.
  public var tasks: [String]

  /// Whether every other column is a task too: what training without a codebook starts from.
  /// In JSONL only fields whose first value other than `null` is a string or an array count.
  public var treatsOtherColumnsAsTasks: Bool

  /// Columns that are no tasks, whatever they hold: what is known of a statement beside its text.
  public var featureColumns: [String] = []

  /// Whether every record must have a text; without one it is empty. Files of several coders' labels
  /// often have ids and labels only.
  public var requiresText: Bool

  /// Whether a set may have the same id several times, as when every coder has a record.
  public var allowsRepeatedIDs: Bool

  /// Whether malformed records are counted and left out instead of thrown.
  public var skipsInvalid: Bool

  /// How many threads may read a large file; what is read is the same for any number.
  public var threads = 1

  /// How many bytes of a file one thread reads before it takes others: enough to be worth its
  /// attention, too few to fill the memory.
  package var partLength = 1 << 20

  /// The format; `nil` tells it by the file's extension and, for standard input and other pipes, by
  /// the first line: JSONL where it begins with `{`, CSV or TSV where it names the text's column,
  /// alone or among others, else plain text.
  public var format: StatementFormat?

  /// Creates options; the defaults read the text and pass everything else through.
  public init(
    textColumn: String = "text", labelColumns: [String: String] = [:], tasks: [String] = []
  ) {
    self.textColumn = textColumn
    self.labelColumns = labelColumns
    self.tasks = tasks
    self.treatsOtherColumnsAsTasks = false
    self.requiresText = true
    self.allowsRepeatedIDs = false
    self.skipsInvalid = false
    self.format = nil
  }
}

extension ReadingOptions {
  /// The known columns whose columns must be there, under these names.
  var chosenColumns: [(column: KnownColumn, name: String)] {
    [(.text, textColumn)]
      + [(.id, idColumn), (.group, groupColumn), (.language, languageColumn)].compactMap {
        column, name in name.map { (column, $0) }
      }
  }

  /// - Throws: when a label column is given for what is not one of `tasks`.
  public func checkLabelColumns() throws(DataErrors) {
    let unknown = labelColumns.keys.sorted().filter { !tasks.contains($0) }
    guard !unknown.isEmpty else { return }
    throw DataErrors(
      unknown.map { name in
        .unknownTask(name, namedBy: "--label-column", among: tasks)
      })
  }
}

extension DataError {
  /// That an option speaks of a task that there is not.
  package static func unknownTask(
    _ name: String, namedBy option: String, among tasks: [String]
  ) -> DataError {
    DataError(
      .missingColumn, at: nil,
      "found no task \(Wording.quoted(name)), which \(option) names, in the codebook; expected one of "
        + "\(Wording.list(tasks)): correct it\(Wording.suggestion(for: name, among: tasks))")
  }
}
