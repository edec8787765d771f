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

  /// Whether a text may be empty or white space.
  let mayHaveBlankTexts: Bool

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
    var collector = try StatementCollector(options)
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
    var collector = StatementCollector(reader.columns)
    collector.collect(reader)
    let (set, errors) = collector.finish()
    guard errors.isEmpty else { throw errors }
    return set
  }
}
