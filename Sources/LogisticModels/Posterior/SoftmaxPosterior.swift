public import LinearAlgebra

/// How uncertain a softmax's scores are, from the quadratic around its minimum: `LaplacePosterior` for
/// one of several classes.
///
/// The Hessian is the full one over all classes, with wᵢ (diag pᵢ − pᵢ pᵢᵀ) for a row's curvature. Its
/// blocks on the diagonal alone, one a class, would cost less but take the other classes' scores for
/// known; with two classes they would double the precision. Only differences between the classes'
/// scores count, since a common shift changes no probability and nothing determines it.
///
/// Source: Böhning, Multinomial logistic regression algorithm (1992), for the Hessian.
public struct SoftmaxPosterior: Sendable {
  private let posterior: ScorePosterior
  private let contrasts: SoftmaxContrasts
  /// Rows × classes, by the model.
  private let scores: Matrix

  /// In which form it was computed.
  public var form: PosteriorForm { posterior.form }
  /// The rows of positive weight, to which `leaveOneOutVariances` belong.
  public var rows: [Int] { posterior.rows }
  /// The pairs of classes whose scores' differences have the variances, (0, 1), (0, 2) … (1, 2) ….
  public var pairs: [ClassPair] { ClassPair.all(classes: contrasts.classes) }

  /// Makes the posterior at a fitted model.
  ///
  /// - Parameters:
  ///   - documents: rows × features, those of the fit.
  ///   - model: the fit's minimum, classes × features.
  ///   - targets: one class a row, those of the fit.
  ///   - l2Penalty: λ of the fit, above 0.
  /// - Throws: `FittingError`: `.tooLarge` when both rows and features, times classes − 1, are more
  ///   than 6,000; `.singularCurvature` when all rows are saturated.
  /// - Complexity: O((min(rows, features) · (classes − 1))³ + Σ over columns of non-zeros²).
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
      documents, rows: rows,
      (roots, Matrix(rows: rows.count, columns: contrasts.outputs, elements: gradients)),
      penalty: l2Penalty * targets.weights.reduce(0, +), form: form)
  }

  /// The variance of the difference between the scores of each two classes.
  ///
  /// - Parameters:
  ///   - documents: rows × features, in the columns of the fit; not the rows of the fit, for which
  ///     see `leaveOneOutVariances`.
  ///   - kind: which variance.
  /// - Returns: rows × `pairs`.
  /// - Complexity: for each row, with q = classes − 1, O(rows of the fit² q³) in the dual form,
  ///   O(non-zeros² q²) in the primal.
  public func differenceVariances(of documents: SparseMatrix, _ kind: VarianceKind) -> Matrix {
    differences(posterior.covariances(of: documents, kind))
  }

  /// What the scores of each row of the fit would be without that row, by one Newton step.
  ///
  /// As `LaplacePosterior.leaveOneOutScores`, with a system of order classes − 1 for each row.
  ///
  /// - Returns: rows × classes; the mean of a row's scores is the model's.
  public func leaveOneOutScores() -> Matrix {
    var result = scores
    for (index, row) in posterior.rows.enumerated() {
      let steps = contrasts.classScores(posterior.leaveOneOutSteps.row(index))
      for (label, step) in steps.enumerated() { result[row, label] += step }
    }
    return result
  }

  /// The variances of each row of positive weight, as if it were new: rows × `pairs`.
  public func leaveOneOutVariances(_ kind: VarianceKind) -> Matrix {
    differences(posterior.leaveOneOutCovariances(kind))
  }

  /// What can be stored with a model to give variances to new rows: one number a feature and pair.
  public func varianceModel(_ kind: VarianceKind) -> VarianceModel {
    posterior.varianceModel(kind, outputs: pairs.count, of: contrasts.differenceVariances)
  }

  private func differences(_ covariances: Matrix) -> Matrix {
    Matrix(
      rows: covariances.rows, columns: pairs.count,
      elements: (0..<covariances.rows).flatMap {
        contrasts.differenceVariances(covariances.row($0))
      })
  }
}

/// Two classes of a softmax.
public struct ClassPair: Hashable, Sendable {
  public let first: Int
  /// Above `first`.
  public let second: Int

  /// All pairs of `classes` classes: (0, 1), (0, 2) … (1, 2) ….
  public static func all(classes: Int) -> [ClassPair] {
    (0..<classes).flatMap { first in
      (first + 1..<max(first + 1, classes)).map { ClassPair(first: first, second: $0) }
    }
  }
}
