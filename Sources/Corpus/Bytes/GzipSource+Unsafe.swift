import CZlib

/// The decompressed bytes of a gzip file (RFC 1952): one member or several in a row.
package final class GzipSource: ByteSource {
  /// The first two bytes of every gzip file. No UTF-8 text starts with them.
  package static let magic: [UInt8] = [0x1f, 0x8b]

  private static let compressedChunk = 1 << 17

  private let compressed: any ByteSource
  private let name: String
  private let stream: UnsafeMutablePointer<z_stream>
  private var input = [UInt8](repeating: 0, count: GzipSource.compressedChunk)
  private var inputRange = 0..<0
  private var state = State.betweenMembers

  private enum State { case betweenMembers, inMember, finished }

  /// - Parameters:
  ///   - compressed: the bytes of the gzip file.
  ///   - name: the file's name, for errors.
  package init(_ compressed: any ByteSource, name: String) {
    self.compressed = compressed
    self.name = name
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    // 15 is the largest window, 16 asks for the gzip wrapper and its checksum. The only failures
    // are no memory and a wrong version of the library.
    let status = inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib cannot start: status \(status)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  package func read(into storage: inout [UInt8], _ range: Range<Int>) throws(DataError) -> Int {
    while state != .finished {
      if inputRange.isEmpty, try !refill() { break }
      if state == .betweenMembers { startMember() }
      let written = try inflateOnce(into: &storage, range)
      if written > 0 { return written }
    }
    return 0
  }

  /// Reads compressed bytes; at their end says whether the file may end here.
  private func refill() throws(DataError) -> Bool {
    let count = try compressed.read(into: &input, 0..<input.count)
    inputRange = 0..<count
    if count > 0 { return true }
    if state == .inMember {
      throw error(
        .truncatedGzip,
        "the compressed file ends too early; expected more data: copy or download it again")
    }
    state = .finished
    return false
  }

  /// Prepares for the next member; zero bytes after a member are padding (as gzip has it).
  private func startMember() {
    if stream.pointee.total_in > 0 {
      while let byte = inputRange.first, input[byte] == 0 { inputRange.removeFirst() }
      if inputRange.isEmpty { return }
    }
    inflateReset(stream)
    state = .inMember
  }

  private func inflateOnce(
    into storage: inout [UInt8], _ range: Range<Int>
  ) throws(DataError) -> Int {
    guard !inputRange.isEmpty else { return 0 }
    let status = input.withUnsafeMutableBufferPointer { input in
      storage.withUnsafeMutableBufferPointer { output in
        stream.pointee.next_in = input.baseAddress.map { $0 + inputRange.lowerBound }
        stream.pointee.avail_in = uInt(inputRange.count)
        stream.pointee.next_out = output.baseAddress.map { $0 + range.lowerBound }
        stream.pointee.avail_out = uInt(min(range.count, Int(Int32.max)))
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    let written = min(range.count, Int(Int32.max)) - Int(stream.pointee.avail_out)
    inputRange = inputRange.upperBound - Int(stream.pointee.avail_in)..<inputRange.upperBound
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END: state = .betweenMembers
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "status \(status)"
      throw error(
        .corruptGzip,
        "the compressed data is damaged (\(reason)); expected gzip: copy or download it again")
    }
    return written
  }

  private func error(_ code: DataError.Code, _ message: String) -> DataError {
    DataError(code, at: SourceLocation(file: name, line: 0), message)
  }
}
