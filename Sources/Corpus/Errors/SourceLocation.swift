/// A place in an input file, for people to find it again.
public struct SourceLocation: Hashable, Sendable, CustomStringConvertible {
  /// The path as the user gave it; `<stdin>` for standard input.
  public let file: String

  /// The 1-based line on which the record starts, or 0 when the file as a whole is meant.
  public private(set) var line: Int

  /// Creates the location of a line, or of a whole file when `line` is 0.
  public init(file: String, line: Int) {
    precondition(line >= 0, "a line number counts from 1; 0 is the whole file")
    self.file = file
    self.line = line
  }

  /// Counts the line from another one.
  mutating func moveDown(by lines: Int) { line += lines }

  /// `file:line`, or `file` alone for a whole file.
  public var description: String { line == 0 ? file : "\(file):\(line)" }
}
