/// A JSON value read whole. Numbers stay as they are written, and members in their order.
enum JSONValue: Hashable, Sendable {
  struct Member: Hashable, Sendable {
    var name: String
    var value: JSONValue
  }

  case string(String)
  /// A number, `true`, `false` or `null`, as it is written.
  case literal(String)
  case array([JSONValue])
  case object([Member])

  static let null = JSONValue.literal("null")

  /// Reads the value that comes next.
  ///
  /// - Throws: ``JSONSyntaxError``, also for strings that are not UTF-8.
  init(_ cursor: inout JSONCursor, _ buffer: borrowing ByteBuffer) throws(JSONSyntaxError) {
    // Checks the value, and how deeply it is nested, before any of it is built.
    let start = cursor
    _ = try cursor.skipValue(buffer)
    cursor = start
    self = try Self.checked(&cursor, buffer)
  }

  private static func checked(
    _ cursor: inout JSONCursor, _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) -> JSONValue {
    switch cursor.peek(buffer) {
    case UInt8(ascii: "\""): return .string(try string(&cursor, buffer))
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      _ = cursor.accept(UInt8(ascii: "["), buffer)
      while !cursor.accept(UInt8(ascii: "]"), buffer) {
        elements.append(try checked(&cursor, buffer))
        _ = cursor.accept(UInt8(ascii: ","), buffer)
      }
      return .array(elements)
    case UInt8(ascii: "{"):
      var members: [Member] = []
      _ = cursor.accept(UInt8(ascii: "{"), buffer)
      while !cursor.accept(UInt8(ascii: "}"), buffer) {
        _ = cursor.peek(buffer)
        let name = try string(&cursor, buffer)
        _ = cursor.accept(UInt8(ascii: ":"), buffer)
        members.append(Member(name: name, value: try checked(&cursor, buffer)))
        _ = cursor.accept(UInt8(ascii: ","), buffer)
      }
      return .object(members)
    default: return .literal(buffer.string(try cursor.skipValue(buffer)) ?? "null")
    }
  }

  private static func string(
    _ cursor: inout JSONCursor, _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) -> String {
    let place = cursor.position
    let text = try cursor.text(buffer)
    guard let string = JSONCursor.value(of: text, in: buffer) else {
      throw JSONSyntaxError(offset: place, message: "found a string that is not UTF-8")
    }
    return string
  }

  /// The value of an object's first member of a name.
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  var string: String? { if case .string(let string) = self { string } else { nil } }
  var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
  var members: [Member]? { if case .object(let members) = self { members } else { nil } }

  /// The strings of an array of nothing else.
  var strings: [String]? {
    guard let elements else { return nil }
    let strings = elements.compactMap(\.string)
    return strings.count == elements.count ? strings : nil
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .string(let string): JSONText.append(string, to: &bytes)
    case .literal(let literal): bytes.append(contentsOf: literal.utf8)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The value in JSON.
  var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [JSONValue.Member] {
  mutating func set(_ name: String, _ value: JSONValue) {
    append(JSONValue.Member(name: name, value: value))
  }
}
