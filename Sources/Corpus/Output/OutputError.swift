/// Why results could not be written.
public struct OutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error: stable, for programs.
  public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
    /// Whoever read the output has stopped: not a mistake of the user's.
    case closedPipe
    case cannotCreate, cannotWrite
  }

  /// The kind of error.
  public let code: Code

  /// What was found, what was expected and what to do.
  public let message: String

  /// Creates an error from its parts.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
