import LinearAlgebra

/// What both kinds of regression share: from documents and a loss to fitted models.
struct RegressionFitter<Loss: RowLoss> {
  private let configuration: LogisticConfiguration
  private let problem: PenalizedProblem<Loss>

  /// Prepares documents, rows × features, and lets go of them where it can: what they are made of may be
  /// large.
  init(
    _ configuration: LogisticConfiguration, _ documents: consuming SparseMatrix, loss: Loss,
    parallelism: Parallelism
  ) throws(FittingError) {
    try configuration.check()
    guard documents.rows == loss.rows else {
      throw FittingError(
        code: .shapeMismatch,
        message: """
          there are \(documents.rows) documents and targets for \(loss.rows), but each document \
          needs one row of targets; make both from the same statements
          """)
    }
    self.configuration = configuration
    problem = PenalizedProblem(
      consume documents, loss, l2Penalty: configuration.l2Penalty,
      precision: configuration.tolerance >= 1e-4 ? .single : .double, parallelism)
    if let found = problem.design.firstEntryNotFinite {
      throw FittingError(
        code: .invalidNumber,
        message: """
          non-zero \(found.position) of the documents, in column \(found.column), is \
          \(found.value), but values have to be finite; check the weighting
          """)
    }
  }

  /// One fit, from a model or from zero.
  func fit(startingAt start: LinearModel?) throws(FittingError) -> LogisticFit {
    try check(start)
    return result(try minimize(start.map(points), nil), problem.l2Penalty)
  }

  /// Fits for several penalties, each started where the next stronger one ended.
  func path(_ l2Penalties: [Double]) throws(FittingError) -> [LogisticFit] {
    for penalty in l2Penalties { try LogisticConfiguration.checkPenalty(penalty) }
    var fits: [Int: LogisticFit] = [:]
    var (start, norms) = ([Double]?.none, [Double]?.none)
    for index in l2Penalties.indices.sorted(by: { l2Penalties[$0] > l2Penalties[$1] }) {
      problem.l2Penalty = l2Penalties[index]
      let minimum = try minimize(start, norms)
      (start, norms) = (minimum.points, minimum.normsAtZero)
      fits[index] = result(minimum, l2Penalties[index])
    }
    return l2Penalties.indices.compactMap { fits[$0] }
  }

  private func minimize(
    _ start: [Double]?, _ norms: [Double]?
  ) throws(FittingError) -> Minimum {
    try TruncatedNewton(
      tolerance: configuration.tolerance, maximumIterations: configuration.maximumIterations
    ).minimize(problem, startingAt: start, normsAtZero: norms)
  }

  private var labels: Int { problem.loss.labels }
  private var features: Int { problem.design.dimension - 1 }

  private func check(_ start: LinearModel?) throws(FittingError) {
    guard let start else { return }
    guard start.coefficients.rows == labels, start.coefficients.columns == features
    else {
      throw FittingError(
        code: .shapeMismatch,
        message: """
          the starting point has \(start.coefficients.rows) × \(start.coefficients.columns) \
          coefficients, but \(labels) × \(features) are needed; start from a model \
          of the same labels and features
          """)
    }
    guard (start.coefficients.elements + start.intercepts).allSatisfy(\.isFinite) else {
      throw FittingError(
        code: .invalidNumber,
        message: """
          the starting point has a number that is not finite, but all have to be; start without it
          """)
    }
  }

  /// The solver's vector of a model: each label's coefficients, then its intercept.
  private func points(_ model: LinearModel) -> [Double] {
    (0..<labels).flatMap { Array(model.coefficients.row($0)) + [model.intercepts[$0]] }
  }

  private func result(_ minimum: Minimum, _ l2Penalty: Double) -> LogisticFit {
    let stride = features + 1
    var elements: [Double] = []
    var intercepts: [Double] = []
    elements.reserveCapacity(labels * features)
    for label in 0..<labels {
      let start = label * stride
      elements.append(contentsOf: minimum.points[start..<start + features])
      intercepts.append(minimum.points[start + features])
    }
    if problem.loss.labelsPerBlock > 1 {
      // Softmax intercepts count only up to a common shift.
      let mean = intercepts.reduce(0, +) / Double(intercepts.count)
      intercepts = intercepts.map { $0 - mean }
    }
    return LogisticFit(
      model: LinearModel(
        coefficients: Matrix(rows: labels, columns: features, elements: elements),
        intercepts: intercepts),
      report: FitReport(
        l2Penalty: l2Penalty, iterations: minimum.iterations, passes: minimum.passes,
        gradientRatios: minimum.gradientRatios, objectiveValues: minimum.values))
  }
}
