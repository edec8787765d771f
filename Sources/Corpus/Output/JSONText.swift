/// Writes JSON (RFC 8259) piece by piece.
public enum JSONText {
  /// Appends a string in quotes; everything but quotes, backslashes and control characters stays as
  /// it is.
  public static func append(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(0x22)
    bytes.append(string, replacing: escaped) { byte, bytes in
      switch byte {
      case 0x22, 0x5c: bytes += [0x5c, byte]
      case 0x0a: bytes += [0x5c, UInt8(ascii: "n")]
      case 0x0d: bytes += [0x5c, UInt8(ascii: "r")]
      case 0x09: bytes += [0x5c, UInt8(ascii: "t")]
      default: bytes += Array("\\u00".utf8) + [hexDigit(byte >> 4), hexDigit(byte & 15)]
      }
    }
    bytes.append(0x22)
  }

  private static let escaped = SpecialBytes(includesControls: true, first: 0x22, second: 0x5c)

  /// Appends the shortest number that reads as the same value; `null` when it is not finite.
  public static func append(_ number: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
  }

  /// Appends an array of strings.
  public static func append(_ strings: some Sequence<String>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "["))
    var isFirst = true
    for string in strings {
      if !isFirst { bytes.append(UInt8(ascii: ",")) }
      append(string, to: &bytes)
      isFirst = false
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// Appends a field of the input; `null` when it is missing.
  public static func append(_ field: FieldValue, to bytes: inout [UInt8]) {
    switch field {
    case .text(let text): append(text, to: &bytes)
    case .json(let literal): bytes.append(contentsOf: literal.utf8)
    case .missing: bytes.append(contentsOf: "null".utf8)
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
