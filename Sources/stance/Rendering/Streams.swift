import Foundation
import StanceKit
import Synchronization

/// Standard error: progress, warnings, errors.
enum StandardError {
  static func write(_ text: String) {
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}

/// Says on a terminal how far long work has come, and clears its line at the end.
final class Progress: Sendable {
  private let title: String
  private let lastPercent = Mutex(-1)

  init(_ title: String) { self.title = title }

  func update(_ share: Double) {
    guard Terminal.isErrorTerminal else { return }
    let percent = Int(share * 100)
    lastPercent.withLock { last in
      guard percent > last else { return }
      last = percent
      StandardError.write("\r\(title) \(percent) %\u{1B}[K")
    }
  }

  func finish() {
    if Terminal.isErrorTerminal { StandardError.write("\r\u{1B}[K") }
  }
}
