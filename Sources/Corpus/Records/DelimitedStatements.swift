/// Statements in CSV or TSV: the first record names the columns.
struct DelimitedStatements: PartParsing {
  private(set) var columns: ColumnAssignment
  private(set) var notes: [DataNote] = []
  private(set) var records: DelimitedRecords
  private(set) var header = DelimitedHeader()
  private var hasRecords = false

  /// Reads the header.
  ///
  /// - Throws: all that is wrong with it.
  init(
    _ columns: ColumnAssignment, format: StatementFormat, from buffer: inout ByteBuffer
  ) throws(DataErrors) {
    self.columns = columns
    records = DelimitedRecords(delimiter: Delimiter(of: format).rawValue)
    do throws(DataError) {
      var failure: DataError?
      do { try readHeader(from: &buffer) } catch { failure = error }
      if let other = otherDelimiter(failure, buffer) {
        // The header is still where the record begins, and is cut anew.
        records = DelimitedRecords(delimiter: other.rawValue)
        _ = try records.next(from: &buffer)
        notes = [
          DataNote(.otherDelimiter, "\(buffer.name): read with a \(other.name) between columns")
        ]
      } else if let failure {
        throw failure
      }
    } catch { throw DataErrors([error]) }
    header = try DelimitedHeader(records, columns: &self.columns, buffer)
  }

  /// Reads the first record that is not an empty line.
  private mutating func readHeader(from buffer: inout ByteBuffer) throws(DataError) {
    repeat {
      guard try records.next(from: &buffer) else {
        throw DataError(
          .emptyFile, at: SourceLocation(file: buffer.name, line: 0),
          "the file is empty; expected a header and statements")
      }
    } while records.isEmptyLine
  }

  /// The delimiter to use where that of the format does not find the text's column, or where no text is
  /// needed the id's: spreadsheet programs write semicolons in the countries whose numbers have commas.
  private func otherDelimiter(
    _ failure: DataError?, _ buffer: borrowing ByteBuffer
  ) -> Delimiter? {
    let options = columns.options
    let sought =
      [options.textColumn] + (options.requiresText ? [] : [options.idColumn ?? "id"])
    let isFound = records.fields.contains { field in
      records.string(field, in: buffer).map { sought.contains($0.trimmed) } ?? false
    }
    guard failure != nil || !isFound else { return nil }
    let end = buffer.firstLineBreak(or: 0x0a, from: 0) ?? buffer.count
    guard let header = buffer.string(0..<end),
      let other = sought.lazy.compactMap({ Delimiter(cutting: header, into: $0) }).first,
      other.rawValue != records.delimiter
    else { return nil }
    return other
  }

  mutating func read(
    into statement: inout Statement, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    guard try nextStatement(from: &buffer) else { return false }
    try parse(into: &statement, buffer)
    return true
  }

  mutating func check(_ buffer: inout ByteBuffer) throws(DataError) -> Bool {
    guard try nextStatement(from: &buffer) else { return false }
    // ASCII is UTF-8, and nothing but a weight can be wrong with a cell.
    if header.roles.contains(.known(.weight)) || !buffer.isASCII(records.recordRange) {
      var statement = Statement(id: "", text: "", location: buffer.location)
      try parse(into: &statement, buffer)
    }
    return true
  }

  mutating func parts(_ buffer: inout ByteBuffer) -> (any PartParsing)? {
    records.leave(&buffer)
    return self
  }

  func ofLaterPart() -> any PartParsing {
    var other = self
    other.hasRecords = true
    other.records = DelimitedRecords(delimiter: records.delimiter)
    other.header = header.copied()
    return other
  }

  /// Reads the next record that is not an empty line and has a field for each column.
  private mutating func nextStatement(from buffer: inout ByteBuffer) throws(DataError) -> Bool {
    repeat {
      guard try nextRecord(from: &buffer) else { return false }
      // In a file of one column an empty line is an empty text.
    } while records.isEmptyLine && header.names.count > 1
    hasRecords = true
    guard records.fields.count == header.names.count else { throw wrongFieldCount(buffer) }
    return true
  }

  private func parse(
    into statement: inout Statement, _ buffer: borrowing ByteBuffer
  ) throws(DataError) {
    statement.location = buffer.location
    columns.makeRoom(in: &statement)
    for (index, field) in records.fields.enumerated() {
      guard let value = records.string(field, in: buffer) else {
        throw DataError(
          .invalidUTF8, at: buffer.location,
          Wording.notUTF8("column \(Wording.found(header.names[index]))"))
      }
      switch header.roles[index] {
      case .known(.text): statement.text = value
      case .known(.weight): if !value.isEmpty { try statement.setWeight(value.trimmed) }
      case .known(let column): statement.set(column, to: value)
      case .task(let task): statement.annotations[task] = value
      case .extra(let extra): statement.extras[extra] = .text(value)
      }
    }
  }

  private mutating func nextRecord(from buffer: inout ByteBuffer) throws(DataError) -> Bool {
    do {
      if try records.next(from: &buffer) { return true }
    } catch {
      hasRecords = true
      throw error
    }
    if hasRecords { return false }
    hasRecords = true
    throw DataError(
      .headerOnly, at: SourceLocation(file: buffer.name, line: 0),
      "the file has a header and nothing else; expected statements after it")
  }

  private func wrongFieldCount(_ buffer: borrowing ByteBuffer) -> DataError {
    let delimiter = Delimiter(rawValue: records.delimiter)?.name ?? "delimiter"
    let (found, expected) = (records.fields.count, header.names.count)
    let remedy =
      found > expected
      ? "put fields that contain a \(delimiter) between quotes"
      : "add the missing fields, or close the line's quotes"
    return DataError(
      .wrongFieldCount, at: buffer.location,
      "found \(Wording.count(found, "field")), expected \(expected) as in the header; \(remedy)")
  }
}
