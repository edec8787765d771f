/// Where bytes come from: a file, standard input, a gzip stream, memory.
package protocol ByteSource: AnyObject {
  /// Writes the next bytes to a range of an array.
  ///
  /// - Parameters:
  ///   - storage: an array that contains `range`; keeps its length.
  ///   - range: where to write; not empty.
  /// - Returns: how many bytes were written from the start of the range; 0 at the end of the data.
  func read(into storage: inout [UInt8], _ range: Range<Int>) throws(DataError) -> Int
}

/// Bytes in memory, handed out in pieces.
package final class MemorySource: ByteSource {
  private let bytes: [UInt8]
  private let chunkSize: Int
  private var position = 0

  /// - Parameter chunkSize: the most bytes that one read returns; positive.
  package init(_ bytes: [UInt8], chunkSize: Int = 1 << 20) {
    precondition(chunkSize > 0, "a chunk has at least one byte")
    self.bytes = bytes
    self.chunkSize = chunkSize
  }

  package func read(into storage: inout [UInt8], _ range: Range<Int>) -> Int {
    let count = min(range.count, chunkSize, bytes.count - position)
    storage.replaceSubrange(
      range.lowerBound..<range.lowerBound + count, with: bytes[position..<position + count])
    position += count
    return count
  }
}

/// The bytes that were read ahead of another source, then that source.
package final class ResumedSource: ByteSource {
  private let head: MemorySource
  private let rest: any ByteSource

  package init(head: [UInt8], rest: any ByteSource) {
    self.head = MemorySource(head)
    self.rest = rest
  }

  package func read(into storage: inout [UInt8], _ range: Range<Int>) throws(DataError) -> Int {
    let count = head.read(into: &storage, range)
    return count > 0 ? count : try rest.read(into: &storage, range)
  }
}
