/// Writes CSV (RFC 4180) and TSV, so that reading gives the same fields.
public enum DelimitedText {
  /// Appends one field, in quotes where its contents need them.
  ///
  /// - Parameter delimiter: a comma or a tab.
  public static func appendField(_ field: String, delimiter: UInt8, to bytes: inout [UInt8]) {
    let needsQuotes = field.utf8.contains {
      $0 == 0x22 || $0 == delimiter || $0 == 0x0a || $0 == 0x0d
    }
    // A byte order mark at the start of a file would not be read as part of its first field.
    guard needsQuotes || field.unicodeScalars.first == "\u{feff}" else {
      bytes.append(contentsOf: field.utf8)
      return
    }
    bytes.append(0x22)
    bytes.append(field, replacing: quote) { byte, bytes in bytes += [byte, byte] }
    bytes.append(0x22)
  }

  private static let quote = SpecialBytes(includesControls: false, first: 0x22, second: 0x22)

  /// Appends a record and its line break.
  public static func appendRecord(
    _ fields: some Collection<String>, delimiter: UInt8, to bytes: inout [UInt8]
  ) {
    var isFirst = true
    for field in fields {
      if !isFirst { bytes.append(delimiter) }
      appendField(field, delimiter: delimiter, to: &bytes)
      isFirst = false
    }
    // An empty line is no record: one empty field is written as such.
    if fields.count == 1, fields.first == "" { bytes += [0x22, 0x22] }
    bytes.append(0x0a)
  }
}
