/// Why a model cannot be trained from these statements with these settings.
public struct TrainingError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    case invalidConfiguration
    case nothingLabelled
    case unusedLabel
    case singleClass
    case labelInOneGroup
    case tooFewGroups
    case noFeatures
    case missingColumn
    case noSuchStatements
    case noOutOfFoldScores
  }

  public let code: Code
  /// What was found, what was expected and what to do.
  public let message: String
  public var description: String { message }

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
