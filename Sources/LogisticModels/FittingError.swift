/// Data that cannot be fitted, or a fit that did not reach its goal.
public struct FittingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What went wrong.
  public enum Code: String, Hashable, Sendable {
    /// Rows, columns or labels do not fit together.
    case shapeMismatch
    /// A value, weight or starting point is infinite or not a number, or a weight is negative.
    case invalidNumber
    /// An option is outside its legal range.
    case invalidConfiguration
    /// A label or class has no rows of positive weight on one side.
    case missingOutcome
    /// The iterations ended before the gradient was small enough.
    case notConverged
    /// No step along the search direction lowers the objective.
    case noDescent
    /// A posterior would need a dense matrix of too many rows and columns.
    case tooLarge
    /// The curvatures of the rows leave a direction of the coefficients undetermined.
    case singularCurvature
  }

  /// What went wrong.
  public let code: Code
  /// What was found, what was expected, and what to do.
  public let message: String

  public var description: String { message }
}
