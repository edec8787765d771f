/// How a regression is penalized, and when its solver stops.
public struct LogisticConfiguration: Hashable, Codable, Sendable {
  /// λ of mean loss + λ/2 ‖w‖²; above 0.
  ///
  /// It is glmnet's λ; liblinear's and scikit-learn's C is 1 / (λ · Σ weights).
  public var l2Penalty: Double
  /// Where the solver stops: ‖gradient‖ ≤ tolerance · ‖gradient at zero‖; 1e−12…0.1.
  ///
  /// The default is exact to about six digits, which no probability shows.
  public var tolerance: Double
  /// The most Newton iterations, at least 1; a fit usually takes 5 to 15.
  public var maximumIterations: Int

  /// Makes a configuration; its numbers are checked when it is used.
  public init(l2Penalty: Double, tolerance: Double = 1e-6, maximumIterations: Int = 200) {
    self.l2Penalty = l2Penalty
    self.tolerance = tolerance
    self.maximumIterations = maximumIterations
  }

  func check() throws(FittingError) {
    try Self.checkPenalty(l2Penalty)
    guard tolerance >= 1e-12, tolerance <= 0.1 else {
      throw FittingError(
        code: .invalidConfiguration,
        message: "the tolerance is \(tolerance), but has to be between 1e-12 and 0.1; try 1e-6")
    }
    guard maximumIterations >= 1 else {
      throw FittingError(
        code: .invalidConfiguration,
        message: "\(maximumIterations) iterations are allowed, but at least 1 is needed; try 200")
    }
  }

  static func checkPenalty(_ l2Penalty: Double) throws(FittingError) {
    guard l2Penalty > 0, l2Penalty.isFinite else {
      throw FittingError(
        code: .invalidConfiguration,
        message: """
          the penalty is \(l2Penalty), but has to be a finite number above 0, since without one \
          separable data have no best coefficients; try 1e-4
          """)
    }
  }
}
