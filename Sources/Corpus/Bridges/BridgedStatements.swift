/// Statements of another tool's JSON.
struct BridgedStatements: StatementParsing {
  let notes: [DataNote]
  private var statements: JSONStatements

  init(_ columns: ColumnAssignment, notes: [DataNote]) {
    statements = JSONStatements(columns)
    self.notes = notes
  }

  var columns: ColumnAssignment { statements.columns }

  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    try statements.read(into: &statement, from: &buffer)
  }
}

extension BridgedRecords {
  /// Reads all records of a file of another tool.
  ///
  /// - Throws: what cannot be read at all; what is wrong with single records is in `errors`.
  static func read(
    _ format: StatementFormat, from buffer: inout ByteBuffer
  ) throws(DataErrors) -> BridgedRecords {
    let records = try BridgeRecord.all(in: &buffer)
    switch format {
    case .doccano: return DoccanoRecords.bridged(records, file: buffer.name)
    case .prodigy: return ProdigyRecords.bridged(records, file: buffer.name)
    case .labelStudio:
      var reader = LabelStudioRecords(records)
      return reader.bridged(records, file: buffer.name)
    case .csv, .tsv, .jsonl, .plainText, .fastText: preconditionFailure("\(format) has no bridge")
    }
  }
}

extension StatementReader {
  /// The tasks that a file of Label Studio has choices for, in the order in which they come.
  ///
  /// - Throws: as ``init(contentsOf:options:)``.
  public static func labelStudioTasks(contentsOf path: String) throws(DataErrors) -> [String] {
    let source: FileSource
    do { source = try FileSource(path: path) } catch { throw DataErrors([error]) }
    var buffer = ByteBuffer(source, name: source.name)
    do { try buffer.readPreamble() } catch { throw DataErrors([error]) }
    return LabelStudioRecords(try BridgeRecord.all(in: &buffer)).tasks
  }
}

extension ReadingOptions {
  /// Formats with one task without a name have its labels in ``BridgedRecords/labelField``: those of the
  /// only task asked for, unless the user has named another column.
  var withLabelField: ReadingOptions {
    guard let format, [.doccano, .prodigy, .fastText].contains(format), tasks.count == 1,
      labelColumns.isEmpty
    else { return self }
    var options = self
    options.labelColumns[tasks[0]] = BridgedRecords.labelField
    return options
  }
}
