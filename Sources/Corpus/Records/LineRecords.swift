/// Cuts text into lines that end with LF, CRLF or, where asked, CR alone.
struct LineRecords {
  /// Whether a carriage return alone ends a line, as in plain text; in JSON it is white space.
  let breaksAtCarriageReturn: Bool

  private var length = 0
  private var lines = 0

  init(breaksAtCarriageReturn: Bool) {
    self.breaksAtCarriageReturn = breaksAtCarriageReturn
  }

  /// Reads the next line.
  ///
  /// - Returns: its offsets without the line break; `nil` at the end of the data.
  /// - Throws: ``DataError/Code/nulByte``, after which the next line can be read; what
  ///   ``ByteBuffer/fill()`` throws.
  mutating func next(from buffer: inout ByteBuffer) throws(DataError) -> Range<Int>? {
    leave(&buffer)
    if buffer.count == 0, try !buffer.fill() { return nil }
    var end = 0
    while true {
      if let found = lineEnd(from: end, in: buffer) {
        end = found
        length = found + 1
        lines = 1
        break
      }
      end = buffer.count
      if try !buffer.fill() {
        length = end
        break
      }
    }
    if lines == 1, buffer[end] == carriageReturn {
      if try buffer.hasByte(at: length), buffer[length] == lineFeed { length += 1 }
    } else if lines == 1, !breaksAtCarriageReturn, end > 0, buffer[end - 1] == carriageReturn {
      end -= 1
    }
    if buffer.containsNUL(inFirst: length) { throw DelimitedRecords.nulByte(at: buffer.location) }
    return 0..<end
  }

  /// Steps over the line read last.
  mutating func leave(_ buffer: inout ByteBuffer) {
    buffer.advance(by: length, lines: lines)
    (length, lines) = (0, 0)
  }

  private func lineEnd(from start: Int, in buffer: borrowing ByteBuffer) -> Int? {
    breaksAtCarriageReturn
      ? buffer.firstLineBreak(or: lineFeed, from: start)
      : buffer.firstIndex(of: lineFeed, from: start)
  }

  private var lineFeed: UInt8 { 0x0a }
  private var carriageReturn: UInt8 { 0x0d }
}
