import LinearAlgebra

/// In which of two equivalent forms a posterior's covariance is factorized.
public enum PosteriorForm: String, Hashable, Codable, Sendable, CaseIterable {
  /// The inverse of the Hessian itself, of order (features + 1) × scores a row.
  case primal
  /// A matrix of the rows' similarities, of order rows × scores a row (Woodbury's identity).
  case dual
}

/// What both forms of a posterior answer: how uncertain scores are.
///
/// The scores of a row x are V x + b with q outputs. Minus the logarithm of the posterior is, up to
/// third derivatives, a quadratic with the Hessian
/// H = Σᵢ (xᵢ, 1)(xᵢ, 1)ᵀ ⊗ Sᵢ + Λ (I − intercepts), where Sᵢ is the curvature of row i's loss and
/// Λ = λ Σw. The covariance of a row's scores is C(x) = (x, 1)ᵀ H⁻¹ (x, 1), q × q.
protocol ScoreCovariances: Sendable {
  /// C of new rows: rows × (q · q).
  func covariances(of documents: SparseMatrix) -> Matrix
  /// C of the rows that made the posterior, as `covariances` gives it but with less work.
  func trainingCovariances() -> Matrix
}
