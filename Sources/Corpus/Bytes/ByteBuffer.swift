/// A window on a source's bytes that always holds the whole record being read.
///
/// Offsets count from the start of the record, so they stay valid when ``fill()`` moves or enlarges
/// the window. Scanning goes on where it stopped, so a record of any length costs linear time.
package struct ByteBuffer: ~Copyable {
  /// The longest record: a longer one is more likely a quote that is never closed.
  package static let maximumRecordLength = 1 << 28

  /// The name of the file, for errors.
  package let name: String

  /// The 1-based line on which the record starts.
  package private(set) var line: Int

  /// Where the record starts in the file, unless the file is compressed.
  package private(set) var offset: Int

  /// Whether the window has what the source holds, and not what was made of it.
  package private(set) var isPlain = true

  /// Whether the source threw: what follows cannot be read.
  package private(set) var hasFailed = false

  var storage: [UInt8] = []
  private(set) var start = 0
  private(set) var end = 0
  private var source: any ByteSource
  private let chunkSize: Int
  private var isAtEnd = false
  /// The index in `storage` of the first NUL byte in `start..<end`.
  private var firstNUL: Int?

  /// - Parameters:
  ///   - chunkSize: how many bytes to ask the source for at once; positive.
  ///   - offset: where the source starts in the file.
  ///   - line: the line on which it starts.
  package init(
    _ source: any ByteSource, name: String, chunkSize: Int = 1 << 18, offset: Int = 0,
    line: Int = 1
  ) {
    precondition(chunkSize > 0, "a chunk has at least one byte")
    self.offset = offset
    self.line = line
    self.source = source
    self.name = name
    self.chunkSize = chunkSize
  }

  /// The number of bytes from the start of the record to the end of the window.
  package var count: Int { end - start }

  /// Where the record starts, for errors.
  package var location: SourceLocation { SourceLocation(file: name, line: line) }

  /// The byte at an offset from the start of the record.
  package subscript(offset: Int) -> UInt8 { storage[start + offset] }

  /// Lets the next record start after `length` bytes and `lines` line breaks.
  package mutating func advance(by length: Int, lines: Int) {
    precondition(length <= count, "a record ends inside the window")
    start += length
    offset += length
    line += lines
    if let nul = firstNUL, nul < start { firstNUL = indexOfNUL(in: start..<end) }
  }

  /// Whether one of the first `length` bytes of the record is NUL.
  package func containsNUL(inFirst length: Int) -> Bool {
    guard let firstNUL else { return false }
    return firstNUL < start + length
  }

  /// Reads more bytes behind those that are there.
  ///
  /// - Returns: whether there are any.
  /// - Throws: what the source throws, and ``DataError/Code/recordTooLong``.
  package mutating func fill() throws(DataError) -> Bool {
    if isAtEnd { return false }
    if start > 0 { moveToFront() }
    guard count <= Self.maximumRecordLength else {
      isAtEnd = true
      hasFailed = true
      throw DataError(
        .recordTooLong, at: location,
        "the record that starts here is longer than 256 MiB; close its quote or break its line")
    }
    if storage.count < end + chunkSize {
      let growth = max(storage.count, end + chunkSize - storage.count)
      storage.append(contentsOf: repeatElement(0, count: growth))
    }
    do {
      let added = try source.read(into: &storage, end..<end + chunkSize)
      if firstNUL == nil { firstNUL = indexOfNUL(in: end..<end + added) }
      end += added
      isAtEnd = added == 0
    } catch {
      isAtEnd = true
      hasFailed = true
      throw error
    }
    return !isAtEnd
  }

  /// Whether there is a byte at an offset, after reading on if need be.
  package mutating func hasByte(at offset: Int) throws(DataError) -> Bool {
    while offset >= count {
      if try !fill() { return false }
    }
    return true
  }

  /// Reads on until there are `length` bytes or the source ends.
  package mutating func fill(atLeast length: Int) throws(DataError) {
    while count < length, try fill() {}
  }

  /// Replaces the source by one that starts with the bytes in the window.
  package mutating func restart(_ transform: (any ByteSource) -> any ByteSource) {
    source = transform(ResumedSource(head: Array(storage[start..<end]), rest: source))
    (start, end, firstNUL, isAtEnd, isPlain) = (0, 0, nil, false, false)
  }

  private mutating func moveToFront() {
    moveBytes(start..<end, to: 0)
    if let nul = firstNUL { firstNUL = nul - start }
    (start, end) = (0, end - start)
  }
}
