/// A field's value as it stands in the record, and how it becomes part of a statement.
struct JSONField {
  enum Kind: String { case string, number, boolean, null, array, object }

  let kind: Kind
  private let name: String
  private let location: SourceLocation
  private let range: Range<Int>
  private let text: JSONCursor.Text?

  /// Walks over the value that comes next.
  init(
    _ cursor: inout JSONCursor, name: String, _ location: SourceLocation,
    _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) {
    self.name = name
    self.location = location
    switch cursor.peek(buffer) {
    case UInt8(ascii: "\""):
      kind = .string
      let text = try cursor.text(buffer)
      self.text = text
      range = text.contents
      return
    case UInt8(ascii: "{"): kind = .object
    case UInt8(ascii: "["): kind = .array
    case UInt8(ascii: "t"), UInt8(ascii: "f"): kind = .boolean
    case UInt8(ascii: "n"): kind = .null
    default: kind = .number
    }
    text = nil
    range = try cursor.skipValue(buffer)
  }

  /// Puts the value where its role says.
  ///
  /// - Throws: ``DataError`` for a value of the wrong type.
  func store(
    as role: ColumnRole, in statement: inout Statement, _ buffer: borrowing ByteBuffer
  ) throws {
    switch role {
    case .known(.text):
      guard kind == .string else {
        throw wrongType(kind == .null ? .missingText : .wrongType, "a string")
      }
      statement.text = try string(buffer)
    case .known(.weight):
      guard kind == .number || kind == .null else {
        throw wrongType(.badWeight, "a number that is 0 or more")
      }
      if kind == .number { try statement.setWeight(raw(buffer)) }
    case .known(let column):
      switch kind {
      case .null: break
      case .string: statement.set(column, to: try string(buffer))
      case .number: statement.set(column, to: try raw(buffer))
      default: throw wrongType(.wrongType, "a string, a number or null")
      }
    case .task(let task):
      statement.annotations.grow(toHold: task, with: nil)
      statement.annotations[task] = try annotation(buffer)
    case .extra(let extra):
      statement.extras.grow(toHold: extra, with: .missing)
      statement.extras[extra] =
        kind == .string ? .text(try string(buffer)) : .json(try raw(buffer))
    }
  }

  /// The labels as a raw cell: a string as it is, the strings of an array each followed by `;`, so
  /// that an array is told from a string also when it has one label or none.
  private func annotation(_ buffer: borrowing ByteBuffer) throws -> String? {
    switch kind {
    case .null: return nil
    case .string: return try string(buffer)
    case .array: break
    default: throw wrongType(.wrongType, "a string, an array of strings or null")
    }
    var cell = ""
    var cursor = JSONCursor(range)
    _ = cursor.accept(UInt8(ascii: "["), buffer)
    while let byte = cursor.peek(buffer), byte != UInt8(ascii: "]") {
      guard byte == UInt8(ascii: "\"") else {
        throw wrongType(.wrongType, "an array of strings")
      }
      let label = try decode(try cursor.text(buffer), buffer)
      guard !label.utf8.contains(UInt8(ascii: ";")) else {
        throw DataError(
          .unknownLabel, at: location,
          "found a label with \";\" in field \(Wording.found(name)); expected one label in each "
            + "string: split it")
      }
      cell += label
      cell += ";"
      _ = cursor.accept(UInt8(ascii: ","), buffer)
    }
    return cell.isEmpty ? ";" : cell
  }

  private func string(_ buffer: borrowing ByteBuffer) throws -> String {
    try decode(text ?? .init(contents: range, hasEscapes: false), buffer)
  }

  private func decode(_ text: JSONCursor.Text, _ buffer: borrowing ByteBuffer) throws -> String {
    guard let string = JSONCursor.value(of: text, in: buffer) else { throw invalidUTF8() }
    if text.hasEscapes, string.utf8.contains(0) {
      throw DataError(
        .nulByte, at: location,
        "found \\u0000 in field \(Wording.found(name)); expected text: remove it")
    }
    return string
  }

  private func raw(_ buffer: borrowing ByteBuffer) throws -> String {
    guard let string = buffer.string(range) else { throw invalidUTF8() }
    return string
  }

  private func invalidUTF8() -> DataError {
    DataError(.invalidUTF8, at: location, Wording.notUTF8("field \(Wording.found(name))"))
  }

  private func wrongType(_ code: DataError.Code, _ expected: String) -> DataError {
    let found =
      kind == .null ? "null" : kind == .array || kind == .object ? "an \(kind)" : "a \(kind)"
    return DataError(
      code, at: location,
      "found \(found) in field \(Wording.found(name)); expected \(expected): correct it")
  }
}

extension Array {
  /// Appends `filler` until there is an element at `index`.
  fileprivate mutating func grow(toHold index: Int, with filler: Element) {
    while count <= index { append(filler) }
  }
}
