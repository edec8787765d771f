import LinearAlgebra

/// What the posteriors of a label and of a softmax share: the rows that count, how scores vary, and
/// how they change when a row is left out.
struct ScorePosterior: Sendable {
  /// The rows with a positive weight, in order.
  let rows: [Int]
  let form: PosteriorForm
  /// By how much each row's scores change when it is left out: rows × q.
  let leaveOneOutSteps: Matrix
  /// The covariance of each row's scores by all other rows, rows × (q · q).
  private let leaveOneOutCovariances: Matrix
  /// How much a sample of the other rows would change each row's scores, rows × (q · q).
  private let leaveOneOutChanges: Matrix
  private let covariances: any ScoreCovariances
  private let influences: Matrix
  private let documents: SparseMatrix

  /// The largest order of a matrix that is inverted.
  ///
  /// At 6,000 such a matrix takes 288 MB, three of them stand at a time, and the inverse takes some
  /// minutes by the reference libraries (an optimized one is ten times as fast).
  static let maximumOrder = 6_000

  /// - Parameters:
  ///   - documents: all rows × features.
  ///   - rows: those with a positive weight.
  ///   - roots: of the curvatures of these rows.
  ///   - gradients: g, the derivative of each such row's weighted loss by its scores, rows × q.
  ///   - penalty: Λ = λ Σw.
  ///   - form: nil for the smaller one.
  init(
    _ documents: SparseMatrix, rows: [Int],
    _ derivatives: (roots: CurvatureRoots, gradients: Matrix),
    penalty: Double, form: PosteriorForm?
  ) throws(FittingError) {
    let (roots, gradients) = derivatives
    let q = roots.outputs
    let orders = (primal: (documents.columns + 1) * q, dual: rows.count * q)
    self.form = form ?? (orders.primal <= orders.dual ? .primal : .dual)
    let order = self.form == .primal ? orders.primal : orders.dual
    guard order <= Self.maximumOrder else {
      throw FittingError(
        code: .tooLarge,
        message: """
          the posterior of \(rows.count) rows and \(documents.columns) features with \(q) scores a \
          row needs a matrix of order \(order), but \(Self.maximumOrder) is the limit; with so many \
          rows cross-validation tells what this would, or take a sample of at most \
          \(Self.maximumOrder / q) rows
          """)
    }
    self.rows = rows
    self.documents = documents.selectingRows(rows)
    do {
      switch self.form {
      case .primal: covariances = try PrimalCovariances(self.documents, roots, penalty: penalty)
      case .dual: covariances = try DualCovariances(self.documents, roots, penalty: penalty)
      }
    } catch {
      throw FittingError(
        code: .singularCurvature,
        message: """
          the Hessian at the model is not positive definite (\(error.code.rawValue), minor \
          \(error.order)), as happens where all probabilities are 0 or 1; fit with a stronger penalty
          """)
    }
    let omission = try RowOmission(covariances, roots, gradients, rows: rows)
    leaveOneOutSteps = omission.steps
    leaveOneOutCovariances = omission.covariances
    leaveOneOutChanges = omission.changes
    influences = omission.prepared
  }

  /// The covariance matrices of new rows' scores, rows × (q · q).
  func covariances(of documents: SparseMatrix, _ kind: VarianceKind) -> Matrix {
    switch kind {
    case .posterior: covariances.covariances(of: documents)
    case .sampling: covariances.changes(of: documents, influences)
    }
  }

  /// The same of the posterior's own rows, each as if it had not been among them.
  func leaveOneOutCovariances(_ kind: VarianceKind) -> Matrix {
    switch kind {
    case .posterior: leaveOneOutCovariances
    case .sampling: leaveOneOutChanges
    }
  }

  /// A model of variances that these matrices give; see `VarianceModel`.
  func varianceModel(
    _ kind: VarianceKind, outputs: Int, of variances: (ArraySlice<Double>) -> [Double]
  ) -> VarianceModel {
    let matrices = leaveOneOutCovariances(kind)
    return VarianceModel(
      fitting: Matrix(
        rows: rows.count, columns: outputs,
        elements: (0..<rows.count).flatMap { variances(matrices.row($0)) }),
      of: documents)
  }
}

/// Which uncertainty of a score.
public enum VarianceKind: String, Hashable, Codable, Sendable, CaseIterable {
  /// The Laplace approximation of the posterior: what coefficients the rows leave plausible when the
  /// penalty is taken for a prior at its word.
  ///
  /// A penalty that cross-validation chose for its predictions is mostly a far wider prior than
  /// anybody believes in, and with many features the data hardly narrow it. Then such variances say
  /// that nothing is known, against all experience on held-out rows.
  case posterior
  /// The infinitesimal jackknife: how far scores would move with another sample of as many rows,
  /// Σᵢ (change by leaving out row i)².
  ///
  /// It takes rows for independent, whatever their weights, and leaves the penalty's bias out.
  ///
  /// Sources: Efron, Jackknife-after-bootstrap standard errors and influence functions (1992);
  /// MacKinnon & White, Some heteroskedasticity-consistent covariance matrix estimators (1985),
  /// estimator HC3.
  case sampling
}
