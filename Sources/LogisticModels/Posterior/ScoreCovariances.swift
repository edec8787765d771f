import LinearAlgebra

/// In which of two equivalent forms a posterior is computed.
public enum PosteriorForm: String, Hashable, Codable, Sendable, CaseIterable {
  /// By the inverse of the Hessian itself, of order (features + 1) × scores a row.
  case primal
  /// By the similarities of the rows, of order rows × scores a row (Woodbury's identity).
  case dual
}

/// What both forms of a posterior answer: how scores vary together.
///
/// The scores of a row x are V x + b with q outputs. Around the minimum, minus the logarithm of the
/// posterior is a quadratic with the Hessian
/// H = Σᵢ (xᵢ, 1)(xᵢ, 1)ᵀ ⊗ Sᵢ + Λ (I − intercepts), where Sᵢ is the curvature of row i's loss and
/// Λ = λ Σw. The covariance of the scores of two rows is C(x, x′) = (x, 1)ᵀ H⁻¹ (x′, 1), q × q.
///
/// Each φᵢ, q numbers, is what row i adds to the gradient by being left out. The scores of x then
/// change by C(x, xᵢ) φᵢ.
protocol ScoreCovariances: Sendable {
  /// Of new rows C(x, x), rows × (q · q).
  func covariances(of documents: SparseMatrix) -> Matrix
  /// C(xᵢ, xᵢ) of the rows that made the posterior.
  func trainingCovariances() -> Matrix
  /// What `changes` needs of all φᵢ, rows × q.
  func prepared(_ influences: Matrix) -> Matrix
  /// Of new rows Σᵢ C(x, xᵢ) φᵢ φᵢᵀ C(xᵢ, x), rows × (q · q).
  ///
  /// - Parameter prepared: a result of `prepared`.
  func changes(of documents: SparseMatrix, _ prepared: Matrix) -> Matrix
  /// The same of the rows that made the posterior.
  func trainingChanges(_ prepared: Matrix) -> Matrix
}

extension ScoreCovariances {
  /// So many rows are worked on at a time: enough for the library to work in blocks.
  static var rowsPerBlock: Int { 64 }

  /// The results of `body` for blocks of rows, one under the other.
  func inBlocks(_ documents: SparseMatrix, _ body: (SparseMatrix) -> Matrix) -> Matrix {
    var (elements, columns) = ([Double](), 0)
    for start in stride(from: 0, through: max(0, documents.rows - 1), by: Self.rowsPerBlock) {
      let end = min(documents.rows, start + Self.rowsPerBlock)
      let block = body(documents.selectingRows(start..<end))
      columns = block.columns
      elements += block.elements
    }
    return Matrix(rows: documents.rows, columns: columns, elements: elements)
  }
}
