/// Cuts CSV (RFC 4180) or TSV into fields.
///
/// Lines end with CRLF, LF or CR, the last one with any of them or none. A field that starts with a
/// quote ends at the closing one and may contain delimiters, line breaks and doubled quotes; a quote
/// inside another field stands for itself.
struct DelimitedRecords {
  /// Where a field's contents are, as offsets from the start of the record.
  struct Field {
    var contents: Range<Int>
    var hasDoubledQuotes = false
  }

  let delimiter: UInt8

  /// The fields of the record read last; valid until the next one is read.
  private(set) var fields: [Field] = []

  /// The number of bytes and of line breaks of the record read last.
  private var length = 0
  private var lines = 0

  /// The bytes of the record read last, with its line break.
  var recordRange: Range<Int> { 0..<length }

  private static let quote: UInt8 = 0x22
  private static let lineFeed: UInt8 = 0x0a
  private static let carriageReturn: UInt8 = 0x0d

  init(delimiter: UInt8) {
    self.delimiter = delimiter
  }

  /// Whether the record read last is an empty line (and not one empty field in quotes).
  var isEmptyLine: Bool { fields.count == 1 && fields[0].contents == 0..<0 }

  /// Reads the next record.
  ///
  /// - Returns: `false` at the end of the data.
  /// - Throws: ``DataError/Code/badQuoting`` and ``DataError/Code/nulByte``, after which the next
  ///   record can be read; what ``ByteBuffer/fill()`` throws.
  mutating func next(from buffer: inout ByteBuffer) throws(DataError) -> Bool {
    leave(&buffer)
    fields.removeAll(keepingCapacity: true)
    if buffer.count == 0, try !buffer.fill() { return false }
    var position = 0
    while try readField(at: &position, from: &buffer) {}
    length = position
    if buffer.containsNUL(inFirst: length) { throw Self.nulByte(at: buffer.location) }
    return true
  }

  /// Steps over the record read last.
  mutating func leave(_ buffer: inout ByteBuffer) {
    buffer.advance(by: length, lines: lines)
    (length, lines) = (0, 0)
  }

  /// Whether a field that is not in quotes has one.
  func hasStrayQuotes(in buffer: borrowing ByteBuffer) -> Bool {
    fields.contains { field in
      let start = field.contents.lowerBound
      let isQuoted = start > 0 && buffer[start - 1] == Self.quote
      return !isQuoted && buffer.firstIndex(of: Self.quote, in: field.contents) != nil
    }
  }

  static func nulByte(at location: SourceLocation) -> DataError {
    DataError(
      .nulByte, at: location,
      "found a NUL byte; expected UTF-8 text: save the file as UTF-8 (it may be UTF-16 or binary)")
  }

  /// The contents of a field; `nil` when they are not UTF-8.
  func string(_ field: Field, in buffer: borrowing ByteBuffer) -> String? {
    guard field.hasDoubledQuotes else { return buffer.string(field.contents) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(field.contents.count)
    var start = field.contents.lowerBound
    while let quote = buffer.firstIndex(of: Self.quote, in: start..<field.contents.upperBound) {
      buffer.append(start..<quote + 1, to: &bytes)
      start = quote + 2
    }
    buffer.append(start..<field.contents.upperBound, to: &bytes)
    return String(validating: bytes, as: UTF8.self)
  }

  /// Reads a field and what ends it; returns whether another field follows.
  private mutating func readField(
    at position: inout Int, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    let start = position
    guard try buffer.hasByte(at: start) else {
      fields.append(Field(contents: start..<start))
      return false
    }
    if buffer[start] == Self.quote { return try readQuotedField(at: &position, from: &buffer) }
    while true {
      if let end = buffer.firstLineBreak(or: delimiter, from: position) {
        fields.append(Field(contents: start..<end))
        position = end
        return try readEndOfField(at: &position, from: &buffer)
      }
      position = buffer.count
      if try !buffer.fill() {
        fields.append(Field(contents: start..<position))
        return false
      }
    }
  }

  private mutating func readQuotedField(
    at position: inout Int, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    let opening = position
    var field = Field(contents: opening + 1..<opening + 1)
    position += 1
    while true {
      guard let quote = buffer.firstIndex(of: Self.quote, from: position) else {
        position = buffer.count
        if try buffer.fill() { continue }
        throw try badQuoting(opening, closing: nil, &buffer)
      }
      position = quote + 1
      let isLast = try !buffer.hasByte(at: position)
      if !isLast, buffer[position] == Self.quote {
        field.hasDoubledQuotes = true
        position += 1
        continue
      }
      field.contents = opening + 1..<quote
      if !isLast, !endsField(buffer[position]) {
        throw try badQuoting(opening, closing: quote, &buffer)
      }
      lines += buffer.lineBreaks(in: field.contents)
      fields.append(field)
      return isLast ? false : try readEndOfField(at: &position, from: &buffer)
    }
  }

  private func endsField(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == Self.lineFeed || byte == Self.carriageReturn
  }

  private mutating func readEndOfField(
    at position: inout Int, from buffer: inout ByteBuffer
  ) throws(DataError) -> Bool {
    let byte = buffer[position]
    position += 1
    if byte == delimiter { return true }
    lines += 1
    if byte == Self.carriageReturn, try buffer.hasByte(at: position),
      buffer[position] == Self.lineFeed
    {
      position += 1
    }
    return false
  }

  /// The error for a quote that goes wrong. Reading goes on at the line after the opening quote: the
  /// mistake is most likely there, and what it swallowed are records of their own.
  private mutating func badQuoting(
    _ opening: Int, closing: Int?, _ buffer: inout ByteBuffer
  ) throws(DataError) -> DataError {
    let line = buffer.line + lines
    let location = SourceLocation(file: buffer.name, line: line)
    var end = opening
    while buffer.firstLineBreak(or: Self.lineFeed, from: end) == nil {
      end = buffer.count
      if try !buffer.fill() { break }
    }
    var position = buffer.firstLineBreak(or: Self.lineFeed, from: end) ?? buffer.count
    if position < buffer.count { _ = try readEndOfField(at: &position, from: &buffer) }
    length = position
    guard let closing else {
      return DataError(
        .badQuoting, at: location,
        "found a quote that opens here and never closes; close it, or double every quote inside "
          + "a quoted field")
    }
    let closingLine = line + buffer.lineBreaks(in: opening..<closing)
    let place = closingLine == line ? "" : " on line \(closingLine)"
    return DataError(
      .badQuoting, at: location,
      "found text after the closing quote\(place) of a field that opens here; expected a "
        + "delimiter or the end of the line: double every quote inside a quoted field")
  }
}
