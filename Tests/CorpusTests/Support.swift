import Corpus
import Foundation

/// A small generator with a seed, so that a failing case can be run again (Steele, Lea and Flood
/// 2014, "Fast splittable pseudorandom number generators").
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// A folder that goes away with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "corpus-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }
}

/// All that a reader says until its end.
struct Reading {
  var statements: [Statement] = []
  var errors: [DataError] = []
  var layout = StatementLayout()
  var skipped = 0

  /// Reads bytes in pieces of `chunkSize`.
  init(
    _ bytes: [UInt8], name: String, options: ReadingOptions = ReadingOptions(),
    chunkSize: Int = 1 << 16
  ) {
    do throws(DataErrors) {
      var reader = try StatementReader(
        source: MemorySource(bytes, chunkSize: chunkSize), name: name, chunkSize: chunkSize,
        options: options)
      var isAtEnd = false
      while !isAtEnd {
        do throws(DataError) {
          if let statement = try reader.next() {
            statements.append(statement)
          } else {
            isAtEnd = true
          }
        } catch { errors.append(error) }
      }
      layout = reader.layout
      skipped = reader.skippedCount
    } catch { errors = error.errors }
  }

  init(_ text: String, name: String, options: ReadingOptions = ReadingOptions()) {
    self.init(Array(text.utf8), name: name, options: options)
  }

  var texts: [String] { statements.map(\.text) }
  var codes: [DataError.Code] { errors.map(\.code) }
  var messages: [String] { errors.map(\.description) }
}

/// A gzip member that stores its contents (RFC 1951, section 3.2.4).
func storedGzip(_ contents: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = contents[...]
  repeat {
    let block = rest.prefix(65535)
    rest = rest.dropFirst(block.count)
    let length = UInt16(block.count)
    bytes.append(rest.isEmpty ? 1 : 0)
    bytes += [UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
    bytes += block
  } while !rest.isEmpty
  for value in [crc32(contents), UInt32(truncatingIfNeeded: contents.count)] {
    bytes += (0..<4).map { UInt8(value >> ($0 * 8) & 255) }
  }
  return bytes
}

private func crc32(_ bytes: [UInt8]) -> UInt32 {
  var crc = ~UInt32(0)
  for byte in bytes {
    crc ^= UInt32(byte)
    for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
  }
  return ~crc
}
