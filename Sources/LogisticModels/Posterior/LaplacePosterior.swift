public import LinearAlgebra

/// How uncertain a label's scores are, from the quadratic around a logistic regression's minimum.
///
/// Read as probabilities, the rows' weighted losses and the penalty are minus the logarithm of a
/// posterior of coefficients w and intercept b, in which a row of weight 2 counts as two observations
/// and λ Σw is the precision of the coefficients' prior. Around the minimum it is a normal
/// distribution with covariance H⁻¹,
///
///     H = Σᵢ wᵢ pᵢ (1 − pᵢ) (xᵢ, 1)(xᵢ, 1)ᵀ + λ Σw (I − intercept),
///
/// so the score of a row x has the variance (x, 1)ᵀ H⁻¹ (x, 1). The same inverse tells what each row's
/// score would be had the row been left out of the fit, and so how much scores depend on the sample
/// (`VarianceKind.sampling`).
///
/// ```swift
/// let posterior = try LaplacePosterior(
///   documents: documents, model: fit.model, targets: targets, label: 0, l2Penalty: 1e-4)
/// let honestScores = posterior.leaveOneOutScores()
/// let variances = posterior.scoreVariances(of: newDocuments, .sampling)
/// let interval = ProbabilityInterval(score: score, variance: variances[0])
/// ```
///
/// The smaller of features and rows decides the work; rows of weight 0 do not count.
///
/// Sources: Bishop, Pattern Recognition and Machine Learning (2006), section 4.5; for leaving rows out
/// see `leaveOneOutScores`.
public struct LaplacePosterior: Sendable {
  private let posterior: ScorePosterior
  /// The scores of all rows by the model.
  private let scores: [Double]

  /// In which form it was computed.
  public var form: PosteriorForm { posterior.form }
  /// The rows of positive weight, to which `leaveOneOutVariances` belong.
  public var rows: [Int] { posterior.rows }

  /// Makes the posterior of one label at a fitted model.
  ///
  /// - Parameters:
  ///   - documents: rows × features, those of the fit.
  ///   - model: the fit's minimum; where a fit stopped early, the answers are those of the quadratic
  ///     at the model.
  ///   - targets: rows × labels, those of the fit.
  ///   - label: which of the labels.
  ///   - l2Penalty: λ of the fit, above 0.
  /// - Throws: `FittingError`: `.tooLarge` when both rows and features are more than 6,000,
  ///   `.singularCurvature` when all rows are saturated or one alone determines the intercept.
  /// - Complexity: O(min(rows, features)³ + Σ over columns of non-zeros²).
  public init(
    documents: SparseMatrix, model: LinearModel, targets: LabelIndicators, label: Int,
    l2Penalty: Double
  ) throws(FittingError) {
    try self.init(
      documents, LabelOfModel(model: model, targets: targets, label: label), l2Penalty: l2Penalty,
      form: nil)
  }

  /// Makes the posterior in a given form; nil for the smaller one.
  package init(
    _ documents: SparseMatrix, _ fitted: LabelOfModel, l2Penalty: Double, form: PosteriorForm?
  ) throws(FittingError) {
    let (targets, label) = (fitted.targets, fitted.label)
    try checkShapes(documents, fitted.model, rows: targets.rows, labels: targets.labels)
    try checkWeights(targets.weights, perRow: targets.labels)
    try LogisticConfiguration.checkPenalty(l2Penalty)
    precondition(label >= 0 && label < targets.labels, "no label \(label) in \(targets.labels)")
    scores = fitted.scores(documents)
    var rows: [Int] = []
    var (roots, gradients, weightTotal) = (CurvatureRoots(outputs: 1), [Double](), 0.0)
    for row in 0..<targets.rows {
      let weight = targets.weights[row * targets.labels + label]
      guard weight > 0 else { continue }
      weightTotal += weight
      rows.append(row)
      roots.append([weight * LogisticFunctions.sigmoidDerivative(scores[row])])
      gradients.append(
        targets.positive[row * targets.labels + label]
          ? weight * (targets.smoothing - LogisticFunctions.sigmoidComplement(scores[row]))
          : weight * (LogisticFunctions.sigmoid(scores[row]) - targets.smoothing))
    }
    posterior = try ScorePosterior(
      documents, rows: rows,
      (roots, Matrix(rows: rows.count, columns: 1, elements: gradients)),
      penalty: l2Penalty * weightTotal, form: form)
  }

  /// The variance of each row's score.
  ///
  /// - Parameters:
  ///   - documents: rows × features, in the columns of the fit; not the rows of the fit, for which
  ///     see `leaveOneOutVariances`.
  ///   - kind: which variance.
  /// - Complexity: for each row O(rows of the fit²) in the dual form, O(non-zeros²) in the primal.
  public func scoreVariances(of documents: SparseMatrix, _ kind: VarianceKind) -> [Double] {
    posterior.covariances(of: documents, kind).elements
  }

  /// What the score of each row of the fit would be without that row, by one Newton step:
  /// scoreᵢ + hᵢ rᵢ / (1 − hᵢ dᵢ) with variance hᵢ, residual rᵢ = wᵢ (pᵢ − yᵢ) and curvature
  /// dᵢ = wᵢ pᵢ (1 − pᵢ); with smoothed labels yᵢ is 1 − ε or ε.
  ///
  /// λ Σw stays what it is, as if the row had lost its loss but not its share of the penalty. A row of
  /// weight 0 keeps its score.
  ///
  /// Sources: Rad & Maleki, A scalable estimate of the out-of-sample prediction error via approximate
  /// leave-one-out cross-validation (2020), equation 8; Beirami, Razaviyayn, Shahrampour & Tarokh, On
  /// optimal generalizability in parametric learning (2017).
  public func leaveOneOutScores() -> [Double] {
    var result = scores
    for (index, row) in posterior.rows.enumerated() {
      result[row] += posterior.leaveOneOutSteps[index, 0]
    }
    return result
  }

  /// The variance of the score of each row of positive weight, as if it were new.
  public func leaveOneOutVariances(_ kind: VarianceKind) -> [Double] {
    posterior.leaveOneOutCovariances(kind).elements
  }

  /// What can be stored with a model to give variances to new rows: one number a feature.
  public func varianceModel(_ kind: VarianceKind) -> VarianceModel {
    posterior.varianceModel(kind, outputs: 1) { [$0[$0.startIndex]] }
  }
}

/// One label of a fitted model.
package struct LabelOfModel: Sendable {
  package let model: LinearModel
  package let targets: LabelIndicators
  package let label: Int

  package init(model: LinearModel, targets: LabelIndicators, label: Int) {
    self.model = model
    self.targets = targets
    self.label = label
  }

  /// The label's scores of some rows.
  func scores(_ documents: SparseMatrix) -> [Double] {
    documents.product(
      Matrix(
        rows: 1, columns: documents.columns, elements: Array(model.coefficients.row(label))),
      intercepts: [model.intercepts[label]]
    ).elements
  }
}
