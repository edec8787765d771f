public import LinearAlgebra

/// How uncertain a label's scores are: the Laplace approximation of a logistic regression's posterior.
///
/// Read as probabilities, the rows' weighted losses and the penalty are minus the logarithm of a
/// posterior of coefficients w and intercept b, in which a row of weight 2 counts as two observations
/// and λ Σw is the precision of the coefficients' prior. Around the minimum it is a normal
/// distribution with covariance H⁻¹,
///
///     H = Σᵢ wᵢ pᵢ (1 − pᵢ) (xᵢ, 1)(xᵢ, 1)ᵀ + λ Σw (I − intercept),
///
/// so the score of a row x has the variance (x, 1)ᵀ H⁻¹ (x, 1). From the same factorization comes what
/// each row's score would be had the row been left out of the fit.
///
/// ```swift
/// let posterior = try LaplacePosterior(
///   documents: documents, model: fit.model, targets: targets, label: 0, l2Penalty: 1e-4)
/// let variances = posterior.scoreVariances(of: newDocuments)
/// let interval = ProbabilityInterval(score: score, variance: variances[0])
/// ```
///
/// The smaller dimension decides the work: (features + 1)³ or rows³, with rows of weight 0 left out.
///
/// Sources: Bishop, Pattern Recognition and Machine Learning (2006), section 4.5; Rad & Maleki, A
/// scalable estimate of the out-of-sample prediction error via approximate leave-one-out
/// cross-validation (2020), equation 8.
public struct LaplacePosterior: Sendable {
  private let posterior: ScorePosterior
  /// The scores of all rows by the model.
  private let scores: [Double]

  /// In which form the covariance was factorized.
  public var form: PosteriorForm { posterior.form }

  /// Makes the posterior of one label at a fitted model.
  ///
  /// - Parameters:
  ///   - documents: rows × features, those of the fit.
  ///   - model: the fit's minimum; away from it, where a fit stopped early, the answers are those of
  ///     the quadratic at the model.
  ///   - targets: rows × labels, those of the fit.
  ///   - label: which of the labels.
  ///   - l2Penalty: λ of the fit, above 0.
  /// - Throws: `FittingError`: `.tooLarge` when both rows and features are more than 6,000.
  /// - Complexity: O(min(rows, features)³ + non-zeros · rows).
  public init(
    documents: SparseMatrix, model: LinearModel, targets: LabelIndicators, label: Int,
    l2Penalty: Double
  ) throws(FittingError) {
    try self.init(
      of: documents, LabelledModel(model: model, targets: targets, label: label),
      l2Penalty: l2Penalty, form: nil)
  }

  /// Makes the posterior in a given form; nil for the smaller one.
  package init(
    of documents: SparseMatrix, _ labelled: LabelledModel, l2Penalty: Double, form: PosteriorForm?
  ) throws(FittingError) {
    let targets = labelled.targets
    try checkShapes(documents, labelled.model, rows: targets.rows, labels: targets.labels)
    try checkWeights(targets.weights, perRow: targets.labels)
    try LogisticConfiguration.checkPenalty(l2Penalty)
    let label = labelled.label
    precondition(label >= 0 && label < targets.labels, "no label \(label) in \(targets.labels)")
    let alone = LinearModel(
      coefficients: Matrix(
        rows: 1, columns: documents.columns,
        elements: Array(labelled.model.coefficients.row(label))),
      intercepts: [labelled.model.intercepts[label]])
    scores = alone.scores(documents).elements
    var rows: [Int] = []
    var (roots, gradients) = (CurvatureRoots(outputs: 1), [Double]())
    var weightTotal = 0.0
    for row in 0..<targets.rows {
      let weight = targets.weights[row * targets.labels + label]
      guard weight > 0 else { continue }
      let (score, isPositive) = (scores[row], targets.positive[row * targets.labels + label])
      weightTotal += weight
      rows.append(row)
      roots.append([weight * LogisticFunctions.sigmoidDerivative(score)])
      gradients.append(
        isPositive
          ? -weight * LogisticFunctions.sigmoidComplement(score)
          : weight * LogisticFunctions.sigmoid(score))
    }
    posterior = try ScorePosterior(
      documents, rows: rows, roots: roots,
      gradients: Matrix(rows: rows.count, columns: 1, elements: gradients),
      penalty: l2Penalty * weightTotal, form: form)
  }

  /// The variance of each row's score, (x, 1)ᵀ H⁻¹ (x, 1).
  ///
  /// - Parameter documents: rows × features, in the columns of the fit.
  /// - Complexity: for each row O(rows² + non-zeros) in the dual form, O(non-zeros²) in the primal.
  public func scoreVariances(of documents: SparseMatrix) -> [Double] {
    posterior.covariances.covariances(of: documents).elements
  }

  /// What the score of each row of the fit would be without that row, by one Newton step:
  /// scoreᵢ + hᵢ rᵢ / (1 − hᵢ dᵢ) with variance hᵢ, residual rᵢ = wᵢ (pᵢ − yᵢ) and curvature dᵢ.
  ///
  /// λ Σw stays what it is, as if the row had been left out by changing its weight alone. A row of
  /// weight 0 keeps its score.
  ///
  /// - Throws: `FittingError` when a row alone determines the intercept.
  /// - Complexity: O(rows³) in the dual form, as much as the factor; O(Σ non-zeros of a row²) in the
  ///   primal.
  public func leaveOneOutScores() throws(FittingError) -> [Double] {
    let steps = try posterior.leaveOneOutSteps()
    var result = scores
    for (index, row) in posterior.rows.enumerated() { result[row] += steps[index, 0] }
    return result
  }
}

/// One label of a fitted model.
package struct LabelledModel: Sendable {
  package let model: LinearModel
  package let targets: LabelIndicators
  package let label: Int

  package init(model: LinearModel, targets: LabelIndicators, label: Int) {
    self.model = model
    self.targets = targets
    self.label = label
  }
}
