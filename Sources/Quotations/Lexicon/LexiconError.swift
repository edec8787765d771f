/// What is wrong with a lexicon file, at which line, and what to do about it.
public struct LexiconError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error: stable, for programs.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    case noSection, unknownSection, unknownFrame, missingFrames, wrongFormCount
  }

  public let code: Code
  public let file: String
  public let line: Int
  /// What was found, what was expected and what to do.
  public let message: String

  /// `file:line: message`.
  public var description: String { "\(file):\(line): \(message)" }
}
