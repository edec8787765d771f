/// The statements of several files, read as one set.
public struct StatementSet: Sendable {
  /// All statements in the order of the files.
  public let statements: [Statement]

  /// The columns of all files together; each statement has a place for each of them.
  public let layout: StatementLayout

  /// The errors of the records that were left out, when the options say so.
  public let skipped: DataErrors

  /// What the user should know of how the files are read, and how many records were left out.
  public let notes: [DataNote]

  /// Reads files to their ends.
  ///
  /// - Parameters:
  ///   - paths: paths of files, or `-` for standard input.
  ///   - options: which columns mean what.
  /// - Throws: the errors of all files at once; also ids that come twice
  ///   (``DataError/Code/duplicateID``).
  public static func read(
    _ paths: [String], options: ReadingOptions = ReadingOptions()
  ) throws(DataErrors) -> StatementSet {
    let (set, errors) = try readAll(paths, options: options)
    guard errors.isEmpty else { throw errors }
    return set
  }

  /// Reads files to their ends and gives what could be read beside the errors, so that whoever finds
  /// more errors in it can tell all at once.
  ///
  /// - Throws: when the options contradict each other.
  package static func readAll(
    _ paths: [String], options: ReadingOptions
  ) throws(DataErrors) -> (set: StatementSet, errors: DataErrors) {
    var collector = try Collector(options)
    for path in paths {
      do throws(DataErrors) {
        let reader = try StatementReader(
          contentsOf: path, columns: collector.columns, firstOrdinal: collector.nextOrdinal)
        collector.collect(reader)
      } catch { collector.errors.append(contentsOf: error) }
    }
    return collector.finish()
  }

  /// Reads what is left of a reader.
  ///
  /// - Throws: as ``read(_:options:)``.
  public static func read(
    _ reader: consuming StatementReader
  ) throws(DataErrors) -> StatementSet {
    var collector = Collector(reader.columns)
    collector.collect(reader)
    let (set, errors) = collector.finish()
    guard errors.isEmpty else { throw errors }
    return set
  }
}

/// Gathers statements, errors, columns and ids over several files.
private struct Collector {
  var columns: ColumnAssignment
  var nextOrdinal = 1
  var errors = DataErrors()
  private var skipped = DataErrors()
  private var notes: [DataNote] = []
  private var statements: [Statement] = []
  private var ids = KnownIDs()

  init(_ options: ReadingOptions) throws(DataErrors) {
    do { columns = try ColumnAssignment(options) } catch { throw DataErrors([error]) }
  }

  init(_ columns: ColumnAssignment) {
    self.columns = columns
  }

  mutating func collect(_ reader: consuming StatementReader) {
    notes += reader.notes
    var isAtEnd = false
    while !isAtEnd {
      do throws(DataError) {
        guard let statement = try reader.next() else {
          isAtEnd = true
          continue
        }
        if let error = repeatedID(statement) {
          try reader.reject(error)
        } else {
          statements.append(statement)
        }
      } catch { errors.append(error) }
    }
    columns = reader.columns
    nextOrdinal = reader.nextOrdinal
    skipped.append(contentsOf: reader.skipped)
  }

  /// Remembers a statement's id; what is wrong when it was met before.
  private mutating func repeatedID(_ statement: borrowing Statement) -> DataError? {
    if columns.options.allowsRepeatedIDs { return nil }
    guard
      let first = ids.statement(
        with: statement.id, orElse: statements.count, among: statements)
    else { return nil }
    return DataError(
      .duplicateID, at: statement.location,
      "id \(Wording.quoted(statement.id)) was already at \(statements[first].location); expected "
        + "a different id for every statement: change or remove one")
  }

  consuming func finish() -> (set: StatementSet, errors: DataErrors) {
    let layout = columns.layout
    // Records that were read before a later one or a later file brought another column.
    for index in statements.indices {
      let missing = layout.extraColumns.count - statements[index].extras.count
      if missing > 0 {
        statements[index].extras += Array(repeating: .missing, count: missing)
      }
      let unlabelled = layout.taskColumns.count - statements[index].annotations.count
      if unlabelled > 0 {
        statements[index].annotations += Array(repeating: nil, count: unlabelled)
      }
    }
    if !skipped.isEmpty {
      notes.append(.leftOut(skipped.count, of: statements.count + skipped.count))
    }
    let set = StatementSet(
      statements: statements, layout: layout, skipped: skipped, notes: notes)
    return (set, errors)
  }
}
