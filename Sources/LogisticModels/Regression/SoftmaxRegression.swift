public import LinearAlgebra

/// A multinomial logistic regression: exactly one of several classes for each row.
///
/// The minimum over coefficients W (classes × features) and intercepts b of
/// Σᵢ wᵢ (ln Σ_c exp(xᵢᵀ w_c + b_c) − xᵢᵀ w_class − b_class) / Σᵢ wᵢ + λ/2 ‖W‖². Every class has
/// its vector; the penalty makes them unique (they sum to zero). Intercepts are not penalized and
/// are unique up to a common shift, so their mean is set to zero. With two classes and penalty λ
/// the model is the binary one with penalty λ/2, whose coefficients are w₁ − w₀.
///
/// Source: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning (2009), section
/// 18.3.2.
public struct SoftmaxRegression: Sendable {
  /// How a regression is penalized, and when its solver stops.
  public typealias Configuration = LogisticConfiguration

  private let configuration: Configuration

  /// Makes a regression that is not fitted yet.
  public init(_ configuration: Configuration) { self.configuration = configuration }

  /// Fits all classes.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - targets: one class a row; every class needs a row of positive weight (see
  ///     `ClassTargets.emptyClasses`).
  ///   - start: a model of the same shape to begin from. It saves time, and changes the result
  ///     only within the tolerance.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: the model, classes × features, and how it was reached.
  /// - Throws: `FittingError`.
  /// - Complexity: O(passes × non-zeros × classes).
  public func fit(
    _ documents: consuming SparseMatrix, targets: ClassTargets,
    startingAt start: LinearModel? = nil,
    parallelism: Parallelism = .serial
  ) throws(FittingError) -> LogisticFit {
    try fitter(consume documents, targets, parallelism).fit(startingAt: start)
  }

  /// Fits for several penalties, each started from the next stronger one's result.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - targets: one class a row, as for `fit`.
  ///   - l2Penalties: in any order, each above 0; they replace the configuration's.
  ///   - parallelism: how many threads may work; the results are the same for any number.
  /// - Returns: one fit for each penalty, in their order.
  /// - Throws: `FittingError`.
  public func path(
    _ documents: consuming SparseMatrix, targets: ClassTargets, l2Penalties: [Double],
    parallelism: Parallelism = .serial
  ) throws(FittingError) -> [LogisticFit] {
    try fitter(consume documents, targets, parallelism).path(l2Penalties)
  }

  private func fitter(
    _ documents: consuming SparseMatrix, _ targets: ClassTargets, _ parallelism: Parallelism
  ) throws(FittingError) -> RegressionFitter<SoftmaxRowLoss> {
    try checkWeights(targets.weights, perRow: 1)
    if let empty = targets.emptyClasses.first {
      throw FittingError(
        code: .missingOutcome,
        message: """
          class \(empty) of \(targets.classCount) has no row with positive weight, but a softmax \
          needs one of each class; add such rows, or leave the class out
          """)
    }
    return try RegressionFitter(
      configuration, consume documents, loss: SoftmaxRowLoss(targets),
      parallelism: parallelism)
  }
}
