/// Statements in JSONL: one object a line.
///
/// The fields of the object are columns; a name that comes twice in it is an error. Objects inside
/// a field are passed through as they are written.
struct JSONStatements: StatementParsing {
  private(set) var columns: ColumnAssignment
  private var lines = LineRecords(breaksAtCarriageReturn: false)
  private var fields = JSONFieldTable()
  /// The columns that the user named and no record has had yet, with the option.
  private var requiredColumns: [String: String]
  private var hasRecords = false

  init(_ columns: ColumnAssignment) {
    self.columns = columns
    requiredColumns = Dictionary(
      columns.requiredColumns.map { ($0.name, $0.option) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    while let line = try nextLine(from: &buffer) {
      var cursor = JSONCursor(line)
      guard cursor.peek(buffer) != nil else { continue }
      hasRecords = true
      fields.startRecord()
      statement.location = buffer.location
      columns.makeRoom(in: &statement)
      do {
        try readObject(&cursor, into: &statement, buffer)
      } catch let error as JSONSyntaxError {
        throw Self.malformed(error, line, buffer)
      } catch let error as DataError {
        throw error
      } catch {
        preconditionFailure("reading JSON throws nothing else")
      }
      return true
    }
    guard hasRecords else {
      hasRecords = true
      throw DataError(
        .emptyFile, at: SourceLocation(file: buffer.name, line: 0),
        "the file has only empty lines; expected one JSON object a line")
    }
    try checkRequiredColumns(buffer)
    return false
  }

  private mutating func nextLine(
    from buffer: inout ByteBuffer
  ) throws(DataError) -> Range<Int>? {
    do {
      return try lines.next(from: &buffer)
    } catch {
      hasRecords = true
      throw error
    }
  }

  /// A column that the user named and no record has is a mistake.
  private mutating func checkRequiredColumns(_ buffer: borrowing ByteBuffer) throws(DataError) {
    guard let (column, option) = requiredColumns.min(by: { $0.key < $1.key }) else { return }
    requiredColumns = [:]
    throw DataError(
      .missingColumn, at: SourceLocation(file: buffer.name, line: 0),
      "found no field \(Wording.quoted(column)) in any record; expected it as named by "
        + "\(option): correct the name"
        + Wording.suggestion(for: column, among: fields.names))
  }

  private mutating func readObject(
    _ cursor: inout JSONCursor, into statement: inout Statement, _ buffer: borrowing ByteBuffer
  ) throws {
    guard cursor.accept(UInt8(ascii: "{"), buffer) else {
      throw cursor.unexpected("an object in {}")
    }
    var hasText = false
    if !cursor.accept(UInt8(ascii: "}"), buffer) {
      repeat {
        let field = try readName(&cursor, at: statement.location, buffer)
        let value = try JSONField(&cursor, name: fields[field].name, statement.location, buffer)
        if let role = try role(of: field, value, at: statement.location) {
          hasText = hasText || role == .known(.text)
          try value.store(as: role, in: &statement, buffer)
        }
      } while cursor.accept(UInt8(ascii: ","), buffer)
      try cursor.expect(UInt8(ascii: "}"), "\",\" or \"}\"", buffer)
    }
    guard cursor.peek(buffer) == nil else { throw cursor.unexpected("the end of the line") }
    guard hasText || !columns.options.requiresText else {
      let text = columns.options.textColumn
      throw DataError(
        .missingText, at: statement.location,
        "found no field \(Wording.quoted(text)) among \(Wording.list(found: fields.namesOfRecord)); "
          + "expected one: name the field of the text with --text-column")
    }
  }

  /// Reads a field's name and returns its index in the table.
  private mutating func readName(
    _ cursor: inout JSONCursor, at location: SourceLocation, _ buffer: borrowing ByteBuffer
  ) throws -> Int {
    let name = try cursor.name(buffer)
    if !name.hasEscapes, let field = fields.expected(name.contents, buffer) { return field }
    guard let string = JSONCursor.value(of: name, in: buffer) else {
      throw DataError(.invalidUTF8, at: location, Wording.notUTF8("a field name"))
    }
    guard let field = fields.find(string) else {
      throw DataError(
        .duplicateColumn, at: location,
        "found field \(Wording.found(string)) twice in one record; expected it once: remove one")
    }
    return field
  }

  /// The meaning of a field; `nil` while only `null` was seen where strings would make it a task.
  private mutating func role(
    of field: Int, _ value: JSONField, at location: SourceLocation
  ) throws(DataError) -> ColumnRole? {
    if let role = fields[field].role { return role }
    let name = fields[field].name
    if columns.options.treatsOtherColumnsAsTasks, value.kind == .null { return nil }
    let role = try columns.role(
      of: name, canBeTask: value.kind == .string || value.kind == .array, at: location)
    fields[field].role = role
    requiredColumns[name] = nil
    return role
  }

  private static func malformed(
    _ error: JSONSyntaxError, _ line: Range<Int>, _ buffer: borrowing ByteBuffer
  ) -> DataError {
    // Editors count characters: every byte but the later ones of a multi-byte character.
    var column = 1
    for offset in line.lowerBound..<error.offset where buffer[offset] & 0xc0 != 0x80 { column += 1 }
    return DataError(
      .malformedJSON, at: buffer.location,
      "column \(column): \(error.message); each line must be one complete JSON object: correct it")
  }
}

/// The fields met so far, found again by the order in which they came last time.
struct JSONFieldTable {
  struct Entry {
    let name: String
    let bytes: [UInt8]
    var role: ColumnRole?
    fileprivate var lastRecord = 0
  }

  private var entries: [Entry] = []
  private var indices: [String: Int] = [:]
  private var record = 0
  private var nextIndex = 0

  subscript(index: Int) -> Entry {
    get { entries[index] }
    set { entries[index] = newValue }
  }

  var names: [String] { entries.map(\.name) }
  var namesOfRecord: [String] { entries.filter { $0.lastRecord == record }.map(\.name) }

  mutating func startRecord() {
    record += 1
    nextIndex = 0
  }

  /// The index of the field that followed the last one in the record before, if it comes again.
  mutating func expected(_ name: Range<Int>, _ buffer: borrowing ByteBuffer) -> Int? {
    guard nextIndex < entries.count, entries[nextIndex].lastRecord != record,
      buffer.hasBytes(entries[nextIndex].bytes, in: name)
    else { return nil }
    return mark(nextIndex)
  }

  /// The index of a field, which may be new; `nil` when it comes twice in the record.
  mutating func find(_ name: String) -> Int? {
    if let index = indices[name] { return entries[index].lastRecord == record ? nil : mark(index) }
    indices[name] = entries.count
    entries.append(Entry(name: name, bytes: Array(name.utf8)))
    return mark(entries.count - 1)
  }

  private mutating func mark(_ index: Int) -> Int {
    entries[index].lastRecord = record
    nextIndex = index + 1
    return index
  }
}
