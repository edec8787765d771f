import LinearAlgebra

/// What the posteriors of a label and of a softmax share: the rows that count, and the covariances.
struct ScorePosterior: Sendable {
  /// The rows with a positive weight, in order.
  let rows: [Int]
  let roots: CurvatureRoots
  /// The derivative of each such row's weighted loss by its q scores.
  let gradients: Matrix
  let form: PosteriorForm
  let covariances: any ScoreCovariances

  /// The largest order of a matrix that is factorized.
  ///
  /// At 6,000 such a matrix takes 288 MB, and factor and inverse take about a minute by the reference
  /// libraries.
  static let maximumOrder = 6_000

  /// - Parameters:
  ///   - documents: all rows × features.
  ///   - rows: those with a positive weight.
  ///   - penalty: Λ = λ Σw.
  ///   - form: nil for the smaller one.
  init(
    _ documents: SparseMatrix, rows: [Int], roots: CurvatureRoots, gradients: Matrix,
    penalty: Double, form: PosteriorForm?
  ) throws(FittingError) {
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
          rows, estimate by cross-validation, or take a sample of at most \
          \(Self.maximumOrder / q) rows
          """)
    }
    self.rows = rows
    self.roots = roots
    self.gradients = gradients
    let active = documents.selectingRows(rows)
    do {
      switch self.form {
      case .primal: covariances = try PrimalCovariances(active, roots, penalty: penalty)
      case .dual: covariances = try DualCovariances(active, roots, penalty: penalty)
      }
    } catch {
      throw FittingError(
        code: .singularCurvature,
        message: """
          the Hessian at the model is not positive definite (\(error.code.rawValue), minor \
          \(error.order)), as happens where all probabilities are 0 or 1; fit with a stronger penalty
          """)
    }
  }

  /// By how much each row's scores change when it is left out: rows × q.
  ///
  /// Without row i the gradient is −gᵢ and the Hessian H − (xᵢ, 1)(xᵢ, 1)ᵀ ⊗ Sᵢ. One Newton step
  /// changes the row's own scores by
  /// Cᵢ (I − Sᵢ Cᵢ)⁻¹ gᵢ = Cᵢ gᵢ + Cᵢ Rᵢ (I − Rᵢᵀ Cᵢ Rᵢ)⁻¹ Rᵢᵀ Cᵢ gᵢ.
  func leaveOneOutSteps() throws(FittingError) -> Matrix {
    let q = roots.outputs
    let all = covariances.trainingCovariances()
    var steps = Matrix(rows: rows.count, columns: q)
    for row in rows.indices {
      let covariance = all.row(row)
      let gradient = gradients.row(row)
      let leverage = roots.congruence(row, covariance)
      let remainder = Matrix(
        rows: q, columns: q,
        elements: leverage.indices.map { ($0 % (q + 1) == 0 ? 1 : 0) - leverage[$0] })
      let plain = product(covariance, gradient)
      let inner = (0..<q).map { column in
        (column..<q).reduce(0) { $0 + roots[row, $1, column] * plain[$1] }
      }
      let solved: [Double]
      do {
        solved = try CholeskyFactor(remainder).solve(inner)
      } catch {
        throw FittingError(
          code: .singularCurvature,
          message: """
            row \(rows[row]) alone determines a coefficient, so that nothing is left without it; \
            add rows, or fit with a stronger penalty
            """)
      }
      let rooted = (0..<q).map { output in
        (0...output).reduce(0) { $0 + roots[row, output, $1] * solved[$1] }
      }
      let correction = product(covariance, rooted[...])
      for output in 0..<q { steps[row, output] = plain[output] + correction[output] }
    }
    return steps
  }

  /// M v of a q × q matrix.
  private func product(_ matrix: ArraySlice<Double>, _ vector: ArraySlice<Double>) -> [Double] {
    (0..<vector.count).map { row in
      (0..<vector.count).reduce(0) {
        $0 + matrix[matrix.startIndex + row * vector.count + $1] * vector[vector.startIndex + $1]
      }
    }
  }
}

/// Checks that documents, a model and targets of one task belong together.
func checkShapes(
  _ documents: SparseMatrix, _ model: LinearModel, rows: Int, labels: Int
) throws(FittingError) {
  guard documents.rows == rows, model.coefficients.columns == documents.columns,
    model.intercepts.count == labels
  else {
    throw FittingError(
      code: .shapeMismatch,
      message: """
        found \(documents.rows) documents with \(documents.columns) features, targets of \(rows) \
        rows and \(labels) labels, and a model of \(model.intercepts.count) labels and \
        \(model.coefficients.columns) features; use what the model was fitted to
        """)
  }
  guard documents.values.allSatisfy(\.isFinite), model.intercepts.allSatisfy(\.isFinite),
    model.coefficients.elements.allSatisfy(\.isFinite)
  else {
    throw FittingError(
      code: .invalidNumber,
      message: """
        a value of the documents or a coefficient is infinite or not a number, but a posterior needs \
        finite ones; check the numbers they were made of
        """)
  }
}
