/// Why a file cannot be used as a model. A model file is untrusted input: whatever does not fit is
/// rejected before anything is computed with it.
public struct ModelFileError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    case unreadable
    case notAModel
    case truncated
    case damaged
    case unsupportedVersion
    case unwritable
  }

  public let code: Code
  /// The file, what was found, what was expected and what to do.
  public let message: String
  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
