import Foundation
import Synchronization

/// What standard output and standard error lead to.
enum Terminal {
  static let isOutputTerminal = isatty(STDOUT_FILENO) == 1
  static let isErrorTerminal = isatty(STDERR_FILENO) == 1

  /// Whether a command was told to use colour, for all that is written after.
  static var color: ColorChoice {
    get { choice.withLock(\.self) }
    set { choice.withLock { $0 = newValue } }
  }
  private static let choice = Mutex(ColorChoice.auto)

  static var hasColor: Bool {
    switch color {
    case .auto: canColor
    case .always: true
    case .never: false
    }
  }

  /// Colour on a terminal, unless `NO_COLOR` is set to anything (no-color.org) or the terminal
  /// cannot (`TERM=dumb`).
  private static let canColor: Bool = {
    let environment = ProcessInfo.processInfo.environment
    let refuses = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    return isOutputTerminal && !refuses
  }()

  /// The columns of the terminal, 100 where there is none.
  static let width: Int = {
    var size = winsize()
    let isKnown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? max(40, Int(size.ws_col)) : 100
  }()
}

/// When to use colour; what the user says goes before `NO_COLOR`.
enum ColorChoice: String, CaseIterable {
  case auto, always, never
}

/// Text with a look that disappears where there is no colour.
enum Style {
  static func bold(_ text: String) -> String {
    Terminal.hasColor ? "\u{1B}[1m\(text)\u{1B}[0m" : text
  }
  static func dim(_ text: String) -> String {
    Terminal.hasColor ? "\u{1B}[2m\(text)\u{1B}[0m" : text
  }

  /// Text that should not be passed over.
  static func warning(_ text: String) -> String {
    Terminal.hasColor ? "\u{1B}[33m\(text)\u{1B}[0m" : text
  }

  /// Text on one of the 256 palette colours, dark or light as the ground asks.
  static func shaded(_ text: String, ground: Int, lightText: Bool) -> String {
    Terminal.hasColor
      ? "\u{1B}[48;5;\(ground);38;5;\(lightText ? 231 : 16)m\(text)\u{1B}[0m" : text
  }
}
