/// Reads statements one after another in bounded memory.
///
/// ```swift
/// var reader = try StatementReader(contentsOf: "statements.csv.gz")
/// while let statement = try reader.next() { … }
/// ```
///
/// A file compressed with gzip is recognized by its first bytes. Repeated ids are not looked for:
/// that takes memory for every id; ``StatementSet`` does it.
public struct StatementReader: ~Copyable {
  /// The number of malformed records that were left out, when the options say so.
  public private(set) var skippedCount = 0

  var buffer: ByteBuffer
  var parser: any StatementParsing
  /// The file where it is a regular one.
  let file: FileSource?
  private let skipsInvalid: Bool
  private var ordinal: Int
  /// Whether statements without an id get their number for one.
  private let numbersStatements: Bool
  /// Whether the id of the statement read last is its number.
  private(set) var isNumbered = false
  private var isFinished = false
  private var annotations = SharedAnnotations()
  /// Whether a text may be empty or white space: one was, perhaps of a record that is left out.
  private(set) var mayHaveBlankTexts = false
  /// The errors of the records left out.
  package private(set) var skipped = DataErrors()

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the path of a file, or `-` for standard input.
  ///   - options: which columns mean what.
  /// - Throws: what is wrong with the file as a whole: it cannot be read, its format or encoding is
  ///   unknown, it is empty, its header lacks a column.
  public init(
    contentsOf path: String, options: ReadingOptions = ReadingOptions()
  ) throws(DataErrors) {
    try self.init(contentsOf: path, columns: Self.columns(options), firstOrdinal: 1)
  }

  /// Reads from memory.
  ///
  /// - Parameters:
  ///   - bytes: the contents of a file, also compressed.
  ///   - name: what errors call it; its extension tells the format unless the options do.
  ///   - options: which columns mean what.
  /// - Throws: as ``init(contentsOf:options:)``.
  public init(
    _ bytes: [UInt8], name: String, options: ReadingOptions = ReadingOptions()
  ) throws(DataErrors) {
    try self.init(
      ByteBuffer(MemorySource(bytes), name: name), file: nil,
      columns: Self.columns(options), firstOrdinal: 1)
  }

  /// Goes on with the columns and the numbering of the files before.
  init(
    contentsOf path: String, columns: ColumnAssignment, firstOrdinal: Int
  ) throws(DataErrors) {
    let source: FileSource
    do { source = try FileSource(path: path) } catch { throw DataErrors([error]) }
    try self.init(
      // Standard input has no name that could tell its format, even where it is a file.
      ByteBuffer(source, name: source.name),
      file: source.isRegularFile && path != "-" ? source : nil,
      columns: columns, firstOrdinal: firstOrdinal)
  }

  /// Reads from any source, in pieces of any size.
  package init(
    source: any ByteSource, name: String, chunkSize: Int, options: ReadingOptions
  ) throws(DataErrors) {
    try self.init(
      ByteBuffer(source, name: name, chunkSize: chunkSize), file: nil,
      columns: Self.columns(options), firstOrdinal: 1)
  }

  private init(
    _ buffer: consuming ByteBuffer, file: FileSource?, columns: ColumnAssignment,
    firstOrdinal: Int
  ) throws(DataErrors) {
    skipsInvalid = columns.options.skipsInvalid
    ordinal = firstOrdinal - 1
    numbersStatements = true
    self.file = file
    let format: StatementFormat
    do throws(DataError) {
      try buffer.readPreamble()
      format = try Self.format(columns.options, file != nil, &buffer)
    } catch { throw DataErrors([error]) }
    parser =
      switch format {
      case .jsonl: JSONStatements(columns)
      case .plainText: try PlainTextStatements(columns, name: buffer.name)
      case .csv, .tsv: try DelimitedStatements(columns, format: format, from: &buffer)
      case .fastText: try FastTextStatements(columns, name: buffer.name)
      case .doccano, .labelStudio, .prodigy: try Self.bridge(format, columns, &buffer, &skipped)
      }
    skippedCount = skipped.count
    self.buffer = buffer
  }

  /// Reads a part of a file whose beginning has been read.
  ///
  /// - Parameters:
  ///   - firstOrdinal: the number of its first record; `nil` leaves statements without ids as they are,
  ///     and throws what is wrong with them, whatever the options say.
  init(_ buffer: consuming ByteBuffer, parser: any StatementParsing, firstOrdinal: Int?) {
    skipsInvalid = firstOrdinal != nil && parser.columns.options.skipsInvalid
    ordinal = (firstOrdinal ?? 1) - 1
    numbersStatements = firstOrdinal != nil
    file = nil
    self.buffer = buffer
    self.parser = parser
  }

  /// The columns met so far. JSONL may add extra columns as it is read: a statement has as many
  /// extras as there were columns when it was read.
  public var layout: StatementLayout { parser.columns.layout }

  /// What the user should know of how the file is read.
  public var notes: [DataNote] { parser.notes }

  /// Where the record read last starts.
  public var location: SourceLocation { buffer.location }

  var columns: ColumnAssignment { parser.columns }
  /// Whether the source threw: what follows cannot be read.
  var hasFailed: Bool { buffer.hasFailed }
  /// The number that the first record of the next file has, once this one is read to its end.
  var nextOrdinal: Int { isFinished ? ordinal : ordinal + 1 }

  /// Reads a file to its end without keeping anything.
  ///
  /// - Returns: the layout of the whole file.
  /// - Throws: all that is wrong with it, unless the options leave such records out.
  public static func check(
    contentsOf path: String, options: ReadingOptions = ReadingOptions()
  ) throws(DataErrors) -> StatementLayout {
    var reader = try StatementReader(contentsOf: path, options: options)
    if let parts = reader.parts(), parts.areSound() { return reader.layout }
    var errors = DataErrors()
    var isAtEnd = false
    while !isAtEnd {
      do throws(DataError) { isAtEnd = try !reader.skip() } catch { errors.append(error) }
    }
    if !errors.isEmpty { throw errors }
    return reader.layout
  }

  /// Reads the next statement.
  ///
  /// - Returns: `nil` at the end.
  /// - Throws: what is wrong with the record. Call again to go on after it; when nothing can be read
  ///   any more (a damaged or unreadable file), the next call returns `nil`.
  public mutating func next() throws(DataError) -> Statement? {
    while !isFinished {
      do {
        return try readRecord()
      } catch { try handle(error) }
    }
    return nil
  }

  /// Reads the next record only to see whether anything is wrong with it.
  ///
  /// - Returns: `false` at the end.
  /// - Throws: as ``next()``.
  mutating func skip() throws(DataError) -> Bool {
    while !isFinished {
      do {
        if try parser.check(&buffer) { return true }
        isFinished = true
      } catch { try handle(error) }
    }
    return false
  }

  /// Throws an error, or counts its record where the options say so.
  private mutating func handle(_ error: DataError) throws(DataError) {
    if buffer.hasFailed { isFinished = true }
    // A location without a line means the file, and a file cannot be skipped.
    if isFinished || error.location?.line == 0 { throw error }
    try reject(error)
  }

  /// Throws what is wrong with a record, or counts it where the options say so.
  mutating func reject(_ error: DataError) throws(DataError) {
    guard skipsInvalid else { throw error }
    skippedCount += 1
    skipped.append(error)
  }

  private mutating func readRecord() throws(DataError) -> Statement? {
    var statement = Statement(id: "", text: "", location: buffer.location)
    // A malformed record counts too, so that what it says does not change the ids after it.
    ordinal += 1
    guard try parser.read(into: &statement, from: &buffer) else {
      isFinished = true
      return nil
    }
    statement.annotations = annotations.shared(statement.annotations)
    if statement.text.isBlank { mayHaveBlankTexts = true }
    isNumbered = statement.id.isEmpty
    if isNumbered, numbersStatements { statement.id = String(ordinal) }
    return statement
  }

  /// Puts records in the project's own form in the place of another tool's.
  private static func bridge(
    _ format: StatementFormat, _ columns: ColumnAssignment, _ buffer: inout ByteBuffer,
    _ skipped: inout DataErrors
  ) throws(DataErrors) -> BridgedStatements {
    let bridged = try BridgedRecords.read(format, from: &buffer)
    let goesOn = columns.options.skipsInvalid && !bridged.records.isEmpty
    guard bridged.errors.isEmpty || goesOn else { throw bridged.errors }
    skipped = bridged.errors
    buffer = ByteBuffer(MemorySource(bridged.bytes), name: buffer.name)
    return BridgedStatements(columns, notes: bridged.notes)
  }

  private static func columns(_ options: ReadingOptions) throws(DataErrors) -> ColumnAssignment {
    do { return try ColumnAssignment(options) } catch { throw DataErrors([error]) }
  }

  private static func format(
    _ options: ReadingOptions, _ isRegularFile: Bool, _ buffer: inout ByteBuffer
  ) throws(DataError) -> StatementFormat {
    if let format = options.format ?? StatementFormat(path: buffer.name) { return format }
    guard !isRegularFile else {
      throw DataError(
        .unknownFormat, at: SourceLocation(file: buffer.name, line: 0),
        "the name does not tell the format; expected .csv, .tsv, .jsonl or .txt (also with .gz): "
          + "rename the file or name the format with --input-format")
    }
    if buffer.firstByteOfContent == UInt8(ascii: "{") { return .jsonl }
    // A header is short; a longer first line is a text.
    let longestHeader = 4096
    var searched = 0
    while searched < longestHeader, try buffer.hasByte(at: searched), buffer[searched] != 0x0A {
      searched += 1
    }
    let line = buffer.string(0..<searched) ?? ""
    // Texts of a single column need no quotes around their commas.
    if line.trimmed.unquoted == options.textColumn { return .tsv }
    guard let delimiter = Delimiter(cutting: line, into: options.textColumn) else {
      return .plainText
    }
    return delimiter == .tab ? .tsv : .csv
  }
}
