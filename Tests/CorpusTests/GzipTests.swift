import Corpus
import Testing

@Suite("gzip")
struct GzipTests {
  /// `id,text⏎1,hello hello hello hello⏎2,مرحبا⏎` compressed by Python 3.11: gzip.compress(…, 9, mtime=0).
  static let compressed: [UInt8] = [
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 203, 76, 209, 41, 73, 173, 40, 225, 50, 212,
    201, 72, 205, 201, 201, 87, 192, 32, 185, 140, 116, 110, 182, 222, 216, 120, 99, 237, 141, 21,
    55, 150, 115, 1, 0, 230, 33, 126, 175, 47, 0, 0, 0,
  ]

  @Test("compressed data reads as it is, in pieces of any size", arguments: 1...64)
  func chunks(chunkSize: Int) {
    let reading = Reading(Self.compressed, name: "a.csv.gz", chunkSize: chunkSize)
    #expect(reading.errors.isEmpty)
    #expect(reading.texts == ["hello hello hello hello", "مرحبا"])
  }

  @Test("members in a row are one file; zero bytes after them are padding")
  func members() {
    let parts = ["text\n\"a", "\nb\"\n", "", "c\n"].map { storedGzip(Array($0.utf8)) }
    for padding in [0, 1, 600] {
      let bytes = Array(parts.joined()) + [UInt8](repeating: 0, count: padding)
      for chunkSize in [1, 7, 1000] {
        let reading = Reading(bytes, name: "a.csv.gz", chunkSize: chunkSize)
        #expect(reading.errors.isEmpty)
        #expect(reading.texts == ["a\nb", "c"])
      }
    }
  }

  @Test("every prefix of compressed data is an error")
  func prefixes() {
    for length in 0..<Self.compressed.count {
      let reading = Reading(Array(Self.compressed.prefix(length)), name: "a.csv.gz")
      #expect(reading.codes.count == 1, "\(length) bytes")
      let expected: DataError.Code =
        length == 0 ? .emptyFile : length == 1 ? .corruptGzip : .truncatedGzip
      #expect(reading.codes.last == expected, "\(length) bytes")
    }
  }

  @Test("the records before the damage are read, the damage is told and cannot be skipped")
  func damage() {
    let rows = (1...20_000).map { "row \($0)\n" }.joined()
    var bytes = storedGzip(Array("text\n\(rows)".utf8))
    bytes[bytes.count - 8] ^= 1
    var options = ReadingOptions()
    options.skipsInvalid = true
    let reading = Reading(bytes, name: "a.csv.gz", options: options)
    #expect(
      reading.messages == [
        "a.csv.gz: the compressed data is damaged (incorrect data check); expected gzip: copy or "
          + "download it again"
      ])
    #expect(reading.statements.count > 10_000)
    let garbage = Reading(Self.compressed + [1, 2, 3], name: "a.csv.gz")
    #expect(garbage.codes == [.corruptGzip])
    #expect(garbage.texts.count == 2)
  }
}
