import LinearAlgebra
import LogisticModels
import Testing

@Suite("Intervals of probabilities")
struct ProbabilityIntervalTests {
  @Test("reach z standard deviations of the score to either side", arguments: [-3.0, 0, 0.7])
  func ends(score: Double) {
    let interval = ProbabilityInterval(score: score, variance: 0.25, standardDeviations: 2)
    #expect(interval.lower == LogisticFunctions.sigmoid(score - 1))
    #expect(interval.upper == LogisticFunctions.sigmoid(score + 1))
    let certain = ProbabilityInterval(score: score, variance: 0)
    #expect(certain.lower == certain.upper)
  }

  @Test("of two classes are those of the label")
  func twoClasses() {
    let binary = ProbabilityInterval(score: 0.9, variance: 0.3)
    let classes = ProbabilityInterval.ofClasses(scores: [-0.5, 0.4], differenceVariances: [0.3])
    #expect(abs(classes[1].lower - binary.lower) < 1e-15)
    #expect(abs(classes[1].upper - binary.upper) < 1e-15)
    #expect(abs(classes[0].lower + classes[1].upper - 1) < 1e-15)
  }

  @Test("of classes follow the logit's derivative", arguments: [1, 2, 3] as [UInt64])
  func deltaMethod(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let scores = generator.numbers(4)
    // One direction of variation u: C = u uᵀ, and a logit's deviation is its derivative along u.
    let direction = generator.numbers(4)
    let variances = ClassPair.all(classes: 4).map { pair in
      let difference = direction[pair.first] - direction[pair.second]
      return difference * difference
    }
    let intervals = ProbabilityInterval.ofClasses(
      scores: scores, differenceVariances: variances, standardDeviations: 1)
    func logits(_ step: Double) -> [Double] {
      LogisticFunctions.softmax(zip(scores, direction).map { $0 + step * $1 })
        .map(LogisticFunctions.logit)
    }
    let step = 1e-5
    for (label, interval) in intervals.enumerated() {
      let derivative = (logits(step)[label] - logits(-step)[label]) / (2 * step)
      let width =
        LogisticFunctions.logit(interval.upper) - LogisticFunctions.logit(interval.lower)
      // The central difference is exact to about step².
      #expect(abs(width / 2 - abs(derivative)) < 1e-8)
      #expect(interval.lower <= LogisticFunctions.softmax(scores)[label])
      #expect(interval.upper >= LogisticFunctions.softmax(scores)[label])
    }
  }
}

@Suite("Hard cases of posteriors")
struct PosteriorHardCaseTests {
  private func posterior(
    _ documents: SparseMatrix, model: LinearModel? = nil, positive: [Bool], weights: [Double]? = nil
  ) throws -> LaplacePosterior {
    try LaplacePosterior(
      documents: documents,
      model: model
        ?? LinearModel(coefficients: Matrix(rows: 1, columns: documents.columns), intercepts: [0]),
      targets: LabelIndicators(
        labels: 1, positive: positive,
        rowWeights: weights ?? Array(repeating: 1, count: positive.count)),
      label: 0, l2Penalty: 0.1)
  }

  @Test("too many rows and features are an error that names the limit")
  func tooLarge() throws {
    let count = 6001
    let documents = SparseMatrix(
      rows: count, columns: count, rowOffsets: Array(0...count),
      columnIndices: (0..<count).map(Int32.init), values: Array(repeating: 1, count: count))
    let error = try #require(throws: FittingError.self) {
      try posterior(documents, positive: (0..<count).map { $0 % 2 == 0 })
    }
    #expect(error.code == .tooLarge)
    #expect(error.message.contains("6000"))
  }

  @Test("a model of other features is an error")
  func otherFeatures() throws {
    let error = try #require(throws: FittingError.self) {
      try posterior(
        SparseMatrix(Matrix(rows: 2, columns: 3)),
        model: LinearModel(coefficients: Matrix(rows: 1, columns: 4), intercepts: [0]),
        positive: [true, false])
    }
    #expect(error.code == .shapeMismatch)
  }

  @Test("no row with weight, or one alone, leaves the intercept undetermined")
  func undetermined() throws {
    let documents = SparseMatrix(Matrix(rows: 2, columns: 1, elements: [1, 2]))
    for weights in [[0.0, 0], [1, 0]] {
      let error = try #require(throws: FittingError.self) {
        try posterior(documents, positive: [true, false], weights: weights)
      }
      #expect(error.code == .singularCurvature)
    }
  }

  @Test("without features only the intercept varies", arguments: [0, 5])
  func noFeatures(columns: Int) throws {
    let documents = SparseMatrix(Matrix(rows: 8, columns: columns))
    let posterior = try posterior(documents, positive: (0..<8).map { $0 < 4 })
    // Eight rows of curvature 1/4.
    #expect(
      relativeDifference(
        posterior.scoreVariances(of: documents, .posterior), Array(repeating: 0.5, count: 8))
        < 1e-14
    )
    // Seven rows of gradient 1/2 that do not cancel: −(1/2) / (7/4).
    #expect(abs(posterior.leaveOneOutScores()[0] - -0.5 / 1.75) < 1e-14)
    #expect(posterior.varianceModel(.posterior).variances(of: documents).elements[0] > 0)
  }
}
