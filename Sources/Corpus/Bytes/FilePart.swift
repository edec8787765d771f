/// Some bytes of a regular file.
///
/// Reading them moves no other reader of the file.
package final class FilePart: ByteSource {
  private let file: FileSource
  private var position: Int
  private let end: Int

  /// - Parameter range: the first and the last byte; `Int.max` reads to the file's end.
  package init(_ file: FileSource, _ range: Range<Int>) {
    self.file = file
    (position, end) = (range.lowerBound, range.upperBound)
  }

  package func read(into storage: inout [UInt8], _ range: Range<Int>) throws(DataError) -> Int {
    let length = min(range.count, end - position)
    guard length > 0 else { return 0 }
    let target = range.lowerBound..<range.lowerBound + length
    let count = try file.read(into: &storage, target, from: position)
    position += count
    return count
  }
}
