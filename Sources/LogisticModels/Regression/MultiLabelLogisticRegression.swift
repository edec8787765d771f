public import LinearAlgebra

/// One logistic regression a label, all fitted together.
///
/// For each label the minimum over coefficients w and intercept b of
/// Σᵢ wᵢ ln(1 + exp(−yᵢ (xᵢᵀ w + b))) / Σᵢ wᵢ + λ/2 ‖w‖², with y = ±1. The intercept is not
/// penalized. Labels do not influence each other; they share the passes over the documents. With
/// smoothed labels (`LabelIndicators.smoothing`) each row counts for its side with 1 − ε and for the
/// other with ε.
///
/// Source: Hastie, Tibshirani & Friedman, The Elements of Statistical Learning (2009), section
/// 4.4.4, with the square of the norm for the penalty.
public struct MultiLabelLogisticRegression: Sendable {
  /// How a regression is penalized, and when its solver stops.
  public typealias Configuration = LogisticConfiguration

  private let configuration: Configuration

  /// Makes a regression that is not fitted yet.
  public init(_ configuration: Configuration) { self.configuration = configuration }

  /// Fits all labels.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - targets: rows × labels; every label needs rows of positive weight with it and without it
  ///     (see `LabelIndicators.labelsWithOneOutcome`).
  ///   - start: a model of the same shape to begin from. It saves time, and changes the result
  ///     only within the tolerance.
  ///   - parallelism: how many threads may work; the result is the same for any number.
  /// - Returns: the model, labels × features, and how it was reached.
  /// - Throws: `FittingError`.
  /// - Complexity: O(passes × non-zeros × labels).
  public func fit(
    _ documents: consuming SparseMatrix, targets: LabelIndicators,
    startingAt start: LinearModel? = nil,
    parallelism: Parallelism = .serial
  ) throws(FittingError) -> LogisticFit {
    try fitter(consume documents, targets, parallelism).fit(startingAt: start)
  }

  /// Fits all labels for several penalties, each started from the next stronger one's result.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - targets: rows × labels, as for `fit`.
  ///   - l2Penalties: in any order, each above 0; they replace the configuration's.
  ///   - parallelism: how many threads may work; the results are the same for any number.
  /// - Returns: one fit for each penalty, in their order.
  /// - Throws: `FittingError`.
  public func path(
    _ documents: consuming SparseMatrix, targets: LabelIndicators, l2Penalties: [Double],
    parallelism: Parallelism = .serial
  ) throws(FittingError) -> [LogisticFit] {
    try fitter(consume documents, targets, parallelism).path(l2Penalties)
  }

  private func fitter(
    _ documents: consuming SparseMatrix, _ targets: LabelIndicators, _ parallelism: Parallelism
  ) throws(FittingError) -> RegressionFitter<BinaryRowLoss> {
    try checkWeights(targets.weights, perRow: targets.labels)
    if let label = targets.labelsWithOneOutcome.first {
      throw FittingError(
        code: .missingOutcome,
        message: """
          label \(label) is on all or on none of the rows with positive weight, but a regression \
          needs both kinds; add rows of the other kind, or leave the label out
          """)
    }
    return try RegressionFitter(
      configuration, consume documents, loss: BinaryRowLoss(targets, parallelism),
      parallelism: parallelism)
  }
}

/// Checks weights, rows × `perRow`.
func checkWeights(_ weights: [Double], perRow: Int) throws(FittingError) {
  guard let position = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) else { return }
  throw FittingError(
    code: .invalidNumber,
    message: """
      the weight of row \(position / max(1, perRow)) is \(weights[position]), but a weight has to \
      be finite and not negative; correct it, or give weight 0 to leave the row out
      """)
}
