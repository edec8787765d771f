public import LinearAlgebra

/// Coefficients and intercepts of one linear score a label.
public struct LinearModel: Hashable, Sendable {
  /// Labels × features.
  public let coefficients: Matrix
  /// One number a label.
  public let intercepts: [Double]

  /// Makes a model of its numbers.
  ///
  /// - Parameters:
  ///   - coefficients: labels × features.
  ///   - intercepts: one number a label.
  public init(coefficients: Matrix, intercepts: [Double]) {
    precondition(
      coefficients.rows == intercepts.count,
      "\(coefficients.rows) rows of coefficients need as many intercepts")
    self.coefficients = coefficients
    self.intercepts = intercepts
  }

  /// The scores X Wᵀ + b of some documents.
  ///
  /// - Parameters:
  ///   - documents: rows × features.
  ///   - parallelism: how many threads may work; the scores are the same for any number.
  /// - Returns: rows × labels.
  public func scores(_ documents: SparseMatrix, parallelism: Parallelism = .serial) -> Matrix {
    documents.product(coefficients, intercepts: intercepts, parallelism: parallelism)
  }
}

/// What a fit yields: the model, and how it was reached.
public struct LogisticFit: Hashable, Sendable {
  /// The fitted model.
  public let model: LinearModel
  /// How the fit went.
  public let report: FitReport
}

/// How a fit went. A block is one label of a multi-label task, or the whole softmax.
public struct FitReport: Hashable, Codable, Sendable {
  /// λ.
  public let l2Penalty: Double
  /// Newton iterations, of the block that took most.
  public let iterations: Int
  /// How many times the document-term matrix was read from end to end.
  public let passes: Int
  /// The final gradient's norm relative to its norm at zero, of each block.
  public let gradientRatios: [Double]
  /// The objective, mean loss + λ/2 ‖w‖², of each block.
  public let objectiveValues: [Double]
}
