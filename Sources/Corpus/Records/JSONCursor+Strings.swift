/// Strings and their escapes (RFC 8259, section 7).
extension JSONCursor {
  /// Walks over the string that starts here, checking its escapes.
  mutating func text(_ buffer: borrowing ByteBuffer) throws(JSONSyntaxError) -> Text {
    let opening = position
    var index = opening + 1
    var hasEscapes = false
    while let special = buffer.firstJSONSpecial(in: index..<end) {
      switch buffer[special] {
      case UInt8(ascii: "\""):
        move(to: special + 1)
        return Text(contents: opening + 1..<special, hasEscapes: hasEscapes)
      case UInt8(ascii: "\\"):
        hasEscapes = true
        index = try Self.escape(at: special, end: end, buffer).next
      default:
        throw JSONSyntaxError(
          offset: special, message: "found a control character in a string; escape it")
      }
    }
    throw JSONSyntaxError(offset: opening, message: "found a string that never closes")
  }

  /// A string's value; `nil` when it is not UTF-8.
  static func value(of text: Text, in buffer: borrowing ByteBuffer) -> String? {
    guard text.hasEscapes else { return buffer.string(text.contents) }
    let backslash = UInt8(ascii: "\\")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.contents.count)
    var start = text.contents.lowerBound
    let end = text.contents.upperBound
    while let found = buffer.firstIndex(of: backslash, in: start..<end) {
      buffer.append(start..<found, to: &bytes)
      guard let escape = try? Self.escape(at: found, end: end, buffer) else { return nil }
      bytes.append(contentsOf: Unicode.UTF8.encode(escape.scalar) ?? .init())
      start = escape.next
    }
    buffer.append(start..<end, to: &bytes)
    return String(validating: bytes, as: UTF8.self)
  }

  /// The scalar that an escape stands for, and where the string goes on.
  private static func escape(
    at backslash: Int, end: Int, _ buffer: borrowing ByteBuffer
  ) throws(JSONSyntaxError) -> (scalar: Unicode.Scalar, next: Int) {
    let wrong = JSONSyntaxError(
      offset: backslash, message: "found an escape that JSON does not have")
    guard backslash + 1 < end else { throw wrong }
    let next = backslash + 2
    switch buffer[backslash + 1] {
    case UInt8(ascii: "\""): return ("\"", next)
    case UInt8(ascii: "\\"): return ("\\", next)
    case UInt8(ascii: "/"): return ("/", next)
    case UInt8(ascii: "b"): return ("\u{8}", next)
    case UInt8(ascii: "f"): return ("\u{c}", next)
    case UInt8(ascii: "n"): return ("\n", next)
    case UInt8(ascii: "r"): return ("\r", next)
    case UInt8(ascii: "t"): return ("\t", next)
    case UInt8(ascii: "u"): break
    default: throw wrong
    }
    guard let unit = codeUnit(at: next, end: end, buffer) else { throw wrong }
    if let scalar = Unicode.Scalar(unit) { return (scalar, next + 4) }
    // Half of a surrogate pair: the other half must follow.
    guard unit < 0xdc00, next + 6 <= end, buffer[next + 4] == UInt8(ascii: "\\"),
      buffer[next + 5] == UInt8(ascii: "u"),
      let low = codeUnit(at: next + 6, end: end, buffer), 0xdc00...0xdfff ~= low,
      let scalar = Unicode.Scalar(
        0x10000 + (UInt32(unit) - 0xd800) << 10 + (UInt32(low) - 0xdc00))
    else {
      throw JSONSyntaxError(offset: backslash, message: "found half of a surrogate pair")
    }
    return (scalar, next + 10)
  }

  /// The value of four hexadecimal digits.
  private static func codeUnit(
    at start: Int, end: Int, _ buffer: borrowing ByteBuffer
  ) -> UInt16? {
    guard start + 4 <= end else { return nil }
    var unit: UInt16 = 0
    for offset in start..<start + 4 {
      guard let digit = Character(Unicode.Scalar(buffer[offset])).hexDigitValue else { return nil }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
