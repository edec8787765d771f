public import LinearAlgebra

/// How uncertain a softmax's scores are: the Laplace approximation of its posterior, with the full
/// Hessian over all classes.
///
/// As `LaplacePosterior`, with wᵢ (diag pᵢ − pᵢ pᵢᵀ) for a row's curvature. Blocks on the Hessian's
/// diagonal alone, one a class, would count each class's certainty as if the others were known; the
/// full Hessian costs (classes − 1)³ times one block. All answers are about scores less their mean
/// over the classes, since a common shift changes no probability and nothing determines it.
///
/// Source: Böhning, Multinomial logistic regression algorithm (1992), equation 2.2, for the Hessian.
public struct SoftmaxPosterior: Sendable {
  private let posterior: ScorePosterior
  private let contrasts: SoftmaxContrasts
  /// Rows × classes, by the model.
  private let scores: Matrix

  /// In which form the covariance was factorized.
  public var form: PosteriorForm { posterior.form }

  /// Makes the posterior at a fitted model.
  ///
  /// - Parameters:
  ///   - documents: rows × features, those of the fit.
  ///   - model: the fit's minimum, classes × features.
  ///   - targets: one class a row, those of the fit.
  ///   - l2Penalty: λ of the fit, above 0.
  /// - Throws: `FittingError`: `.tooLarge` when both rows and features, times classes − 1, are more
  ///   than 6,000.
  /// - Complexity: O((min(rows, features) · (classes − 1))³ + non-zeros · rows).
  public init(
    documents: SparseMatrix, model: LinearModel, targets: ClassTargets, l2Penalty: Double
  ) throws(FittingError) {
    try self.init(
      documents: documents, model: model, targets: targets, l2Penalty: l2Penalty, form: nil)
  }

  /// Makes the posterior in a given form; nil for the smaller one.
  package init(
    documents: SparseMatrix, model: LinearModel, targets: ClassTargets, l2Penalty: Double,
    form: PosteriorForm?
  ) throws(FittingError) {
    try checkShapes(documents, model, rows: targets.classes.count, labels: targets.classCount)
    try checkWeights(targets.weights, perRow: 1)
    try LogisticConfiguration.checkPenalty(l2Penalty)
    let contrasts = SoftmaxContrasts(classes: targets.classCount)
    scores = model.scores(documents)
    var rows: [Int] = []
    var (roots, gradients) = (CurvatureRoots(outputs: contrasts.outputs), [Double]())
    for (row, weight) in targets.weights.enumerated() where weight > 0 {
      let probabilities = LogisticFunctions.softmax(scores.row(row))
      rows.append(row)
      roots.append(contrasts.curvature(probabilities).map { weight * $0 })
      var gradient = probabilities.map { weight * $0 }
      // p − 1 of the row's own class is minus the sum of the others: nothing cancels.
      gradient[targets.classes[row]] = 0
      gradient[targets.classes[row]] = -gradient.reduce(0, +)
      gradients += contrasts.contrasts(gradient)
    }
    self.contrasts = contrasts
    posterior = try ScorePosterior(
      documents, rows: rows, roots: roots,
      gradients: Matrix(rows: rows.count, columns: contrasts.outputs, elements: gradients),
      penalty: l2Penalty * targets.weights.reduce(0, +), form: form)
  }

  /// The covariance of each row's scores, less their mean over the classes.
  ///
  /// - Parameter documents: rows × features, in the columns of the fit.
  /// - Returns: rows × (classes · classes), every row one symmetric matrix whose rows sum to zero.
  /// - Complexity: for each row, with q = classes − 1, O(rows² q³ + non-zeros) in the dual form,
  ///   O(non-zeros² q²) in the primal.
  public func scoreCovariances(of documents: SparseMatrix) -> Matrix {
    let covariances = posterior.covariances.covariances(of: documents)
    let classes = contrasts.classes
    return Matrix(
      rows: documents.rows, columns: classes * classes,
      elements: (0..<documents.rows).flatMap { contrasts.classCovariance(covariances.row($0)) })
  }

  /// What the scores of each row of the fit would be without that row, by one Newton step.
  ///
  /// As `LaplacePosterior.leaveOneOutScores`, with a classes × classes system for each row.
  ///
  /// - Returns: rows × classes; the mean over a row's classes is the model's.
  /// - Throws: `FittingError` when a row alone determines the intercepts.
  public func leaveOneOutScores() throws(FittingError) -> Matrix {
    let steps = try posterior.leaveOneOutSteps()
    var result = scores
    for (index, row) in posterior.rows.enumerated() {
      for (label, step) in contrasts.classScores(steps.row(index)).enumerated() {
        result[row, label] += step
      }
    }
    return result
  }
}
