/// What is wrong with an input file, at which line, and what to do about it.
///
/// The message never contains the text of a statement; column names and labels that are too long
/// to be one are shown by their length only.
public struct DataError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error: stable, for programs.
  public enum Code: String, Hashable, Sendable, Codable, CaseIterable {
    // The file.
    case unreadableFile, unknownFormat, wrongEncoding, emptyFile, headerOnly
    case truncatedGzip, corruptGzip
    // Its columns.
    case missingColumn, duplicateColumn, unnamedColumn, tooManyColumns
    // A record.
    case badQuoting, wrongFieldCount, recordTooLong, invalidUTF8, nulByte, malformedJSON
    // A field.
    case missingText, emptyText, wrongType, badWeight, duplicateID, unknownLabel, severalLabels
    // What another format cannot hold.
    case unwritable
    // A codebook.
    case malformedYAML, unknownKey, missingKey, duplicateTask, duplicateLabel, unknownKind
    case tooFewLabels, tooManyLabels, badName, badColor
  }

  /// The kind of error.
  public let code: Code

  /// Where it is; `nil` when it belongs to no file.
  public let location: SourceLocation?

  /// What was found, what was expected and what to do.
  public let message: String

  /// Creates an error from its parts.
  public init(_ code: Code, at location: SourceLocation?, _ message: String) {
    self.code = code
    self.location = location
    self.message = message
  }

  /// `file:line: message`.
  public var description: String {
    guard let location else { return message }
    return "\(location): \(message)"
  }
}
