import Foundation
import LinearAlgebra
import LogisticModels
import Testing

@Suite("Hard cases of fits")
struct HardCaseTests {
  private func column(_ values: [Double]) -> SparseMatrix {
    SparseMatrix(Matrix(rows: values.count, columns: 1, elements: values))
  }

  @Test("separable data have a finite minimum", arguments: [1e-8, 1e-4, 1])
  func separable(l2Penalty: Double) throws {
    let documents = column([-2, -1, -1.5, 1, 2, 3])
    let positive = [false, false, false, true, true, true]
    let fit = try MultiLabelLogisticRegression(exact(l2Penalty)).fit(
      documents,
      targets: LabelIndicators(
        labels: 1, positive: positive, rowWeights: Array(repeating: 1, count: 6)))
    let scores = fit.model.scores(documents).elements
    #expect(fit.isFinite)
    #expect(zip(scores, positive).allSatisfy { ($0 > 0) == $1 } || l2Penalty == 1)
    let softmax = try SoftmaxRegression(exact(l2Penalty)).fit(
      documents, targets: ClassTargets(classes: positive.map { $0 ? 1 : 0 }, classCount: 2))
    #expect(softmax.isFinite)
  }

  @Test("documents without features leave the intercept, the logit of the share")
  func emptyDocuments() throws {
    let documents = SparseMatrix(Matrix(rows: 8, columns: 3))
    let positive = (0..<8).map { $0 < 2 }
    let model = try MultiLabelLogisticRegression(exact(0.1)).fit(
      documents,
      targets: LabelIndicators(
        labels: 1, positive: positive, rowWeights: Array(repeating: 1, count: 8))
    ).model
    #expect(model.coefficients == Matrix(rows: 1, columns: 3))
    #expect(abs(model.intercepts[0] - log(1.0 / 3)) < 1e-8)
    let softmax = try SoftmaxRegression(exact(0.1)).fit(
      documents, targets: ClassTargets(classes: [0, 0, 1, 1, 1, 1, 2, 2], classCount: 3)
    ).model
    #expect(abs(softmax.intercepts[1] - softmax.intercepts[0] - log(2)) < 1e-8)
  }

  @Test("no columns at all are allowed, and a minimum at zero is found at once")
  func noColumns() throws {
    let documents = SparseMatrix(Matrix(rows: 4, columns: 0))
    let fit = try MultiLabelLogisticRegression(exact(0.1)).fit(
      documents,
      targets: LabelIndicators(
        labels: 1, positive: [true, false, true, false], rowWeights: [1, 1, 1, 1]))
    #expect(fit.report.iterations == 0)
    #expect(fit.model.intercepts == [0])
  }

  @Test("a column of zeros gets the coefficient 0")
  func emptyColumn() throws {
    let data = SampleData(seed: 20)
    let wide = SparseMatrix(
      rows: 90, columns: 13, rowOffsets: data.documents.rowOffsets,
      columnIndices: data.documents.columnIndices, values: data.documents.values)
    let model = try MultiLabelLogisticRegression(exact(0.01))
      .fit(wide, targets: data.indicators()).model
    for label in 0..<3 { #expect(model.coefficients[label, 12] == 0) }
  }

  @Test("two copies of a column share what one column would get with half the penalty")
  func duplicatedColumns() throws {
    let data = SampleData(features: 4, labels: 1, seed: 21)
    let dense = data.documents.dense()
    var doubled = Matrix(rows: 90, columns: 8)
    for row in 0..<90 {
      for column in 0..<8 { doubled[row, column] = dense[row, column % 4] }
    }
    let found = try MultiLabelLogisticRegression(exact(0.02))
      .fit(SparseMatrix(doubled), targets: data.indicators()).model.coefficients
    let single = try MultiLabelLogisticRegression(exact(0.01))
      .fit(data.documents, targets: data.indicators()).model.coefficients
    let halves = single.elements.map { $0 / 2 }
    #expect(relativeDifference(found.elements, halves + halves) < agreement)
  }

  @Test("a class of a single row is fitted")
  func singleRowClass() throws {
    let data = SampleData(seed: 22)
    let targets = ClassTargets(classes: (0..<90).map { $0 == 0 ? 2 : $0 % 2 }, classCount: 3)
    let fit = try SoftmaxRegression(exact(0.01)).fit(data.documents, targets: targets)
    #expect(fit.isFinite)
    // The mean probability of a class is its share, since intercepts are not penalized.
    let scores = fit.model.scores(data.documents)
    let mean = (0..<90).reduce(0) { $0 + LogisticFunctions.softmax(scores.row($1))[2] } / 90
    #expect(abs(mean - 1.0 / 90) < 1e-9)
  }

  @Test("values of very different sizes converge", arguments: [1e-4, 1e4])
  func scales(size: Double) throws {
    let data = SampleData(seed: 23)
    var dense = data.documents.dense()
    for row in 0..<90 { dense[row, 0] *= size }
    let fit = try MultiLabelLogisticRegression(LogisticConfiguration(l2Penalty: 1e-3))
      .fit(SparseMatrix(dense), targets: data.indicators())
    #expect(fit.isFinite)
  }
}

@Suite("Errors of fits")
struct FittingErrorTests {
  private func error(_ body: () throws -> Void) throws -> FittingError {
    try #require(throws: FittingError.self) { try body() }
  }

  @Test("a label on every row has no regression, and says which")
  func oneOutcome() throws {
    let data = SampleData(seed: 30)
    let targets = LabelIndicators(
      labels: 3, positive: data.positive.indices.map { $0 % 3 == 1 || data.positive[$0] },
      rowWeights: data.rowWeights)
    #expect(targets.labelsWithOneOutcome == [1])
    let error = try error {
      _ = try MultiLabelLogisticRegression(exact(1)).fit(data.documents, targets: targets)
    }
    #expect(error.code == .missingOutcome)
    #expect(error.message.contains("label 1"))
  }

  @Test("a class without rows is an error, and so is one whose rows weigh nothing")
  func emptyClass() throws {
    let data = SampleData(seed: 31)
    let weights = data.classes.map { $0 == 1 ? 0.0 : 1.0 }
    for targets in [
      ClassTargets(classes: data.classes, classCount: 4),
      ClassTargets(classes: data.classes, classCount: 3, rowWeights: weights),
    ] {
      #expect(targets.emptyClasses.count == 1)
      let error = try error {
        _ = try SoftmaxRegression(exact(1)).fit(data.documents, targets: targets)
      }
      #expect(error.code == .missingOutcome)
    }
  }

  @Test("too few iterations are an error with its numbers")
  func notConverged() throws {
    let data = SampleData(seed: 32)
    let configuration = LogisticConfiguration(
      l2Penalty: 1e-6, tolerance: 1e-10, maximumIterations: 1)
    let error = try error {
      _ = try MultiLabelLogisticRegression(configuration)
        .fit(data.documents, targets: data.indicators())
    }
    #expect(error.code == .notConverged)
    #expect(error.message.contains("after 1 iterations") && error.message.contains("1e-10"))
  }

  @Test(
    "options outside their range are errors",
    arguments: [
      LogisticConfiguration(l2Penalty: 0), LogisticConfiguration(l2Penalty: .nan),
      LogisticConfiguration(l2Penalty: -1), LogisticConfiguration(l2Penalty: .infinity),
      LogisticConfiguration(l2Penalty: 1, tolerance: 0),
      LogisticConfiguration(l2Penalty: 1, tolerance: .nan),
      LogisticConfiguration(l2Penalty: 1, maximumIterations: 0),
    ])
  func configuration(_ configuration: LogisticConfiguration) throws {
    let data = SampleData(seed: 33)
    let error = try error {
      _ = try SoftmaxRegression(configuration).fit(data.documents, targets: data.classTargets())
    }
    #expect(error.code == .invalidConfiguration)
  }

  @Test("numbers that are not finite are errors", arguments: [Double.nan, .infinity])
  func notFinite(number: Double) throws {
    let data = SampleData(seed: 34)
    let (documents, regression) = (data.documents, MultiLabelLogisticRegression(exact(1)))
    var values = documents.values
    values[7] = number
    let broken = SparseMatrix(
      rows: 90, columns: 12, rowOffsets: documents.rowOffsets,
      columnIndices: documents.columnIndices, values: values)
    var weights = data.rowWeights
    weights[3] = number
    let targets = LabelIndicators(labels: 3, positive: data.positive, rowWeights: weights)
    let start = LinearModel(
      coefficients: Matrix(rows: 3, columns: 12), intercepts: [0, number, 0])
    let errors = [
      try error { _ = try regression.fit(broken, targets: data.indicators()) },
      try error { _ = try regression.fit(documents, targets: targets) },
      try error {
        _ = try regression.fit(documents, targets: data.indicators(), startingAt: start)
      },
    ]
    #expect(errors.allSatisfy { $0.code == .invalidNumber })
  }

  @Test("a number that is not finite is named, also among entries of which most are products")
  func notFiniteFactored() throws {
    let data = SampleData(seed: 34)
    let documents = data.documents
    var values = documents.values
    values[7] = .nan
    // Every entry but the first ten is a product of factors that are one.
    for position in values.indices.dropFirst(10) { values[position] = 1 }
    let broken = SparseMatrix(
      rows: 90, columns: 12, rowOffsets: documents.rowOffsets,
      columnIndices: documents.columnIndices, values: values
    ).with(
      EntryFactors(
        rows: Array(repeating: 1, count: 90), columns: Array(repeating: 1, count: 12),
        areProducts: values.indices.map { $0 >= 10 }))
    for tolerance in [1e-10, 1e-3] {
      let error = try error {
        _ = try MultiLabelLogisticRegression(.init(l2Penalty: 1, tolerance: tolerance)).fit(
          broken, targets: data.indicators())
      }
      #expect(error.code == .invalidNumber)
      #expect(error.message.contains("non-zero 7 "))
    }
  }

  @Test("a negative weight is an error that names the row")
  func negativeWeight() throws {
    let data = SampleData(seed: 35)
    var weights = data.rowWeights
    weights[3] = -1
    let error = try error {
      _ = try SoftmaxRegression(exact(1)).fit(
        data.documents,
        targets: ClassTargets(classes: data.classes, classCount: 3, rowWeights: weights))
    }
    #expect(error.code == .invalidNumber)
    #expect(error.message.contains("row 3"))
  }

  @Test("shapes that do not fit are errors")
  func shapes() throws {
    let data = SampleData(seed: 36)
    let regression = MultiLabelLogisticRegression(exact(1))
    let fewer = data.documents.selectingRows(0..<80)
    let start = LinearModel(coefficients: Matrix(rows: 2, columns: 12), intercepts: [0, 0])
    let errors = [
      try error { _ = try regression.fit(fewer, targets: data.indicators()) },
      try error {
        _ = try regression.fit(data.documents, targets: data.indicators(), startingAt: start)
      },
    ]
    #expect(errors.allSatisfy { $0.code == .shapeMismatch })
  }
}
