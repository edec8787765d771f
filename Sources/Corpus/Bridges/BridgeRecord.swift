/// A record of another tool's file.
struct BridgeRecord {
  /// The line on which it starts.
  let line: Int
  let value: JSONValue

  /// Reads all records: the objects of one array, or one object a line.
  ///
  /// - Throws: what cannot be read, all of it at once; an array is read up to its first error.
  static func all(in buffer: inout ByteBuffer) throws(DataErrors) -> [BridgeRecord] {
    do throws(DataError) {
      while try buffer.fill() {}
      if buffer.containsNUL(inFirst: buffer.count) {
        throw DelimitedRecords.nulByte(at: buffer.location)
      }
    } catch { throw DataErrors([error]) }
    return buffer.firstByteOfContent == UInt8(ascii: "[")
      ? try elements(buffer) : try lines(buffer)
  }

  private static func elements(
    _ buffer: borrowing ByteBuffer
  ) throws(DataErrors) -> [BridgeRecord] {
    var records: [BridgeRecord] = []
    var cursor = JSONCursor(0..<buffer.count)
    var (line, counted) = (1, 0)
    do throws(JSONSyntaxError) {
      _ = cursor.accept(UInt8(ascii: "["), buffer)
      if !cursor.accept(UInt8(ascii: "]"), buffer) {
        repeat {
          _ = cursor.peek(buffer)
          for byte in counted..<cursor.position where buffer[byte] == 0x0a { line += 1 }
          counted = cursor.position
          records.append(BridgeRecord(line: line, value: try JSONValue(&cursor, buffer)))
        } while cursor.accept(UInt8(ascii: ","), buffer)
        try cursor.expect(UInt8(ascii: "]"), "\",\" or \"]\"", buffer)
      }
      guard cursor.peek(buffer) == nil else { throw cursor.unexpected("the end of the file") }
    } catch {
      var place = 1
      for byte in 0..<min(error.offset, buffer.count) where buffer[byte] == 0x0a { place += 1 }
      throw DataErrors([malformed(error, at: SourceLocation(file: buffer.name, line: place))])
    }
    return records
  }

  private static func lines(_ buffer: borrowing ByteBuffer) throws(DataErrors) -> [BridgeRecord] {
    var records: [BridgeRecord] = []
    var errors = DataErrors()
    var (line, start) = (1, 0)
    while start < buffer.count {
      let end = buffer.firstIndex(of: 0x0a, from: start) ?? buffer.count
      var cursor = JSONCursor(start..<end)
      if cursor.peek(buffer) != nil {
        do throws(JSONSyntaxError) {
          let value = try JSONValue(&cursor, buffer)
          guard cursor.peek(buffer) == nil else { throw cursor.unexpected("the end of the line") }
          records.append(BridgeRecord(line: line, value: value))
        } catch {
          errors.append(malformed(error, at: SourceLocation(file: buffer.name, line: line)))
        }
      }
      (line, start) = (line + 1, end + 1)
    }
    guard errors.isEmpty else { throw errors }
    return records
  }

  private static func malformed(_ error: JSONSyntaxError, at place: SourceLocation) -> DataError {
    DataError(
      .malformedJSON, at: place,
      "\(error.message); expected an array of objects, or one object a line: correct it")
  }
}

/// Records of another tool, brought into the form that ``JSONStatements`` reads.
struct BridgedRecords {
  /// The fields of each record, and its line in the file.
  var records: [(line: Int, fields: [JSONValue.Member])] = []
  var errors = DataErrors()
  var notes: [DataNote] = []
  let file: String

  init(file: String) { self.file = file }

  mutating func fail(_ code: DataError.Code, _ line: Int, _ message: String) {
    errors.append(DataError(code, at: SourceLocation(file: file, line: line), message))
  }

  /// JSONL, each record on the line that it has in the file, as far as each has one of its own.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    var line = 1
    for record in records {
      while line < record.line {
        bytes.append(0x0a)
        line += 1
      }
      JSONValue.object(record.fields).append(to: &bytes)
      bytes.append(0x0a)
      line += 1
    }
    return bytes
  }

  /// Labels as a field: a single one as a string, so that tasks whose statements all have one label are
  /// told from others.
  static func field(_ labels: [String]) -> JSONValue {
    if labels.count == 1, !labels[0].utf8.contains(UInt8(ascii: ";")), !labels[0].isEmpty {
      return .string(labels[0])
    }
    return .array(labels.map(JSONValue.string))
  }

  /// The field of the labels in formats that have one task without a name.
  static let labelField = "label"
}
