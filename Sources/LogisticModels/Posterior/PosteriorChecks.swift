import LinearAlgebra

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
