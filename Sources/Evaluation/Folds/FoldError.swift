/// Why statements could not be divided into folds.
public struct FoldError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong, for programs.
  public enum Code: String, Hashable, Sendable {
    /// Fewer than two folds were asked for.
    case tooFewFolds
    /// There are fewer groups than folds, so that a fold would be empty.
    case tooFewGroups
  }

  public let code: Code
  /// What was found, what was expected and what to do, for people.
  public let message: String

  public var description: String { message }

  static func tooFewFolds(_ count: Int) -> FoldError {
    FoldError(
      code: .tooFewFolds,
      message: """
        found a request for \(count) folds, expected at least 2: every fold is predicted from the \
        others. Ask for 2 folds or more.
        """)
  }

  static func tooFewGroups(_ groupCount: Int, foldCount: Int) -> FoldError {
    FoldError(
      code: .tooFewGroups,
      message: """
        found \(groupCount) groups of statements for \(foldCount) folds, expected at least one \
        group for each fold: the statements of a group stay together. Ask for at most \
        \(groupCount) folds, or add statements of other groups.
        """)
  }
}
