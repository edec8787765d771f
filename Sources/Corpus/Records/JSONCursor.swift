/// Why a line is not the JSON it should be.
struct JSONSyntaxError: Error {
  /// Where in the record, as an offset in bytes.
  let offset: Int
  /// What stands there and what should.
  let message: String
}

/// Walks over the JSON text (RFC 8259) of a record, checking all of it and copying none of it.
struct JSONCursor {
  /// The deepest nesting of arrays and objects.
  static let maximumDepth = 128

  /// The place of a string's contents, without the quotes.
  struct Text {
    var contents: Range<Int>
    var hasEscapes: Bool
  }

  private(set) var position: Int
  let end: Int

  init(_ range: Range<Int>) {
    position = range.lowerBound
    end = range.upperBound
  }

  /// The next byte that is not white space; `nil` at the end.
  mutating func peek(_ buffer: borrowing ByteBuffer) -> UInt8? {
    while position < end {
      let byte = buffer[position]
      guard byte == 0x20 || byte == 0x09 || byte == 0x0a || byte == 0x0d else { return byte }
      position += 1
    }
    return nil
  }

  /// Steps over a byte if it comes next.
  mutating func accept(_ byte: UInt8, _ buffer: borrowing ByteBuffer) -> Bool {
    guard peek(buffer) == byte else { return false }
    position += 1
    return true
  }

  /// Steps over a byte that must come next.
  mutating func expect(
    _ byte: UInt8, _ what: String, _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) {
    guard accept(byte, buffer) else { throw unexpected(what) }
  }

  /// Walks over any value and returns its place.
  mutating func skipValue(
    _ buffer: borrowing ByteBuffer, depth: Int = 1
  ) throws(JSONSyntaxError) -> Range<Int> {
    let first = peek(buffer)
    let start = position
    switch first {
    case UInt8(ascii: "\""): _ = try text(buffer)
    case UInt8(ascii: "{"):
      try skipMembers(buffer, depth: depth + 1, closing: UInt8(ascii: "}"), areNamed: true)
    case UInt8(ascii: "["):
      try skipMembers(buffer, depth: depth + 1, closing: UInt8(ascii: "]"), areNamed: false)
    case UInt8(ascii: "t"): try literal("true", buffer)
    case UInt8(ascii: "f"): try literal("false", buffer)
    case UInt8(ascii: "n"): try literal("null", buffer)
    case UInt8(ascii: "-"): try skipNumber(buffer)
    case .some(UInt8(ascii: "0")...UInt8(ascii: "9")): try skipNumber(buffer)
    default: throw unexpected("a value")
    }
    return start..<position
  }

  private mutating func skipMembers(
    _ buffer: borrowing ByteBuffer, depth: Int, closing: UInt8, areNamed: Bool
  ) throws(JSONSyntaxError) {
    guard depth <= Self.maximumDepth else {
      throw JSONSyntaxError(
        offset: position, message: "more than \(Self.maximumDepth) nested arrays and objects")
    }
    position += 1
    if accept(closing, buffer) { return }
    repeat {
      if areNamed {
        _ = try name(buffer)
      }
      _ = try skipValue(buffer, depth: depth)
    } while accept(UInt8(ascii: ","), buffer)
    try expect(closing, areNamed ? "\",\" or \"}\"" : "\",\" or \"]\"", buffer)
  }

  /// Walks over a member's name and the colon after it.
  mutating func name(_ buffer: borrowing ByteBuffer) throws(JSONSyntaxError) -> Text {
    guard peek(buffer) == UInt8(ascii: "\"") else { throw unexpected("a field name in quotes") }
    let name = try text(buffer)
    try expect(UInt8(ascii: ":"), "\":\"", buffer)
    return name
  }

  private mutating func literal(
    _ word: StaticString, _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) {
    let bytes = Array("\(word)".utf8)
    guard position + bytes.count <= end,
      buffer.hasBytes(bytes, in: position..<position + bytes.count)
    else { throw unexpected("a value") }
    position += bytes.count
  }

  private mutating func skipNumber(_ buffer: borrowing ByteBuffer) throws(JSONSyntaxError) {
    if buffer[position] == UInt8(ascii: "-") { position += 1 }
    let leading = position
    guard skipDigits(buffer) else { throw unexpected("a digit") }
    if buffer[leading] == UInt8(ascii: "0"), position > leading + 1 {
      throw JSONSyntaxError(offset: leading, message: "found a number that starts with 0")
    }
    if position < end, buffer[position] == UInt8(ascii: ".") {
      position += 1
      guard skipDigits(buffer) else { throw unexpected("a digit") }
    }
    if position < end, buffer[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      if position < end, [UInt8(ascii: "+"), UInt8(ascii: "-")].contains(buffer[position]) {
        position += 1
      }
      guard skipDigits(buffer) else { throw unexpected("a digit") }
    }
  }

  private mutating func skipDigits(_ buffer: borrowing ByteBuffer) -> Bool {
    let start = position
    while position < end, UInt8(ascii: "0")...UInt8(ascii: "9") ~= buffer[position] {
      position += 1
    }
    return position > start
  }

  func unexpected(_ expected: String) -> JSONSyntaxError {
    JSONSyntaxError(
      offset: position,
      message: position < end ? "expected \(expected)" : "the line ends where \(expected) is due")
  }

  /// Goes to another place of the record.
  mutating func move(to offset: Int) { position = offset }
}
