import StanceKit
import Synchronization

/// Standard output, gathered in large pieces; `Main` flushes it at the end.
final class StandardOutput: Sendable {
  static let shared = StandardOutput()
  private let output = Mutex(Pending())

  private struct Pending: ~Copyable {
    var output = BufferedOutput.standardOutput()
  }

  func write(_ bytes: [UInt8]) throws {
    try output.withLock { try $0.output.write(bytes) }
  }

  func write(lines: [String]) throws {
    for line in lines { try write(Array((line + "\n").utf8)) }
  }

  /// Writes an object in a line of its own.
  func write(line object: consuming JSONObjectWriter) throws { try write(object.line()) }

  func flush() throws {
    try output.withLock { try $0.output.flush() }
  }
}
