import Foundation
import LinearAlgebra
import LogisticModels
import Testing

/// What Fixtures/make_logistic_reference.py wrote.
struct LogisticReference: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let l2Penalty: Double
    let weighted: Bool
    let balanced: Bool
    let labelCoefficients: [[Double]]
    let labelIntercepts: [Double]
    let classCoefficients: [[Double]]
    let classIntercepts: [Double]

    var testDescription: String { "λ \(l2Penalty), weighted \(weighted), balanced \(balanced)" }
  }
  struct Platt: Decodable {
    let scores: [Double]
    let positives: [Bool]
    let slope: Double
    let offset: Double
  }
  struct Temperature: Decodable {
    let scores: [[Double]]
    let classes: [Int]
    let temperature: Double
  }
  let features: [[Double]]
  let positive: [[Bool]]
  let classes: [Int]
  let weights: [Double]
  let cases: [Case]
  let platt: Platt
  let temperature: Temperature

  static func load() throws -> LogisticReference {
    let url = try #require(
      Bundle.module.url(
        forResource: "logistic_reference", withExtension: "json", subdirectory: "Fixtures"))
    return try JSONDecoder().decode(LogisticReference.self, from: Data(contentsOf: url))
  }

  var documents: SparseMatrix {
    SparseMatrix(
      Matrix(rows: features.count, columns: features[0].count, elements: features.flatMap { $0 }))
  }
}

@Suite("scikit-learn's LogisticRegression")
struct ReferenceTests {
  /// lbfgs at tol 1e-10 leaves this much; the fits here are closer.
  static let tolerance = 1e-5
  static let cases = (try? LogisticReference.load().cases) ?? []

  @Test("the fixture has its cases")
  func fixture() { #expect(Self.cases.count == 8) }

  @Test("labels have its coefficients", arguments: cases)
  func labels(_ reference: LogisticReference.Case) throws {
    let data = try LogisticReference.load()
    let targets = LabelIndicators(
      labels: 3, positive: data.positive.flatMap { $0 },
      rowWeights: reference.weighted ? data.weights : data.weights.map { _ in 1 },
      weighting: reference.balanced ? .balanced : .uniform)
    let fit = try MultiLabelLogisticRegression(exact(reference.l2Penalty))
      .fit(data.documents, targets: targets)
    for label in 0..<3 {
      let found = Array(fit.model.coefficients.row(label)) + [fit.model.intercepts[label]]
      let expected = reference.labelCoefficients[label] + [reference.labelIntercepts[label]]
      #expect(relativeDifference(found, expected) < Self.tolerance)
    }
  }

  @Test("a softmax has its coefficients", arguments: cases)
  func classes(_ reference: LogisticReference.Case) throws {
    let data = try LogisticReference.load()
    let targets = ClassTargets(
      classes: data.classes, classCount: 4, rowWeights: reference.weighted ? data.weights : nil,
      weighting: reference.balanced ? .balanced : .uniform)
    let fit = try SoftmaxRegression(exact(reference.l2Penalty))
      .fit(data.documents, targets: targets)
    let expected = reference.classCoefficients.flatMap { $0 }
    #expect(relativeDifference(fit.model.coefficients.elements, expected) < Self.tolerance)
    let mean = reference.classIntercepts.reduce(0, +) / 4
    let intercepts = reference.classIntercepts.map { $0 - mean }
    #expect(relativeDifference(fit.model.intercepts, intercepts) < Self.tolerance)
  }

  @Test("Platt's sigmoid has its slope and offset")
  func platt() throws {
    let reference = try LogisticReference.load().platt
    let found = PlattScaling.fit(scores: reference.scores, positives: reference.positives)
    #expect(
      relativeDifference([found.slope, found.offset], [reference.slope, reference.offset]) < 1e-4)
  }

  @Test("the temperature is that of a general minimizer")
  func temperature() throws {
    let reference = try LogisticReference.load().temperature
    let scores = Matrix(
      rows: reference.scores.count, columns: 4, elements: reference.scores.flatMap { $0 })
    let found = TemperatureScaling.fit(scores: scores, classes: reference.classes)
    // A loss known to 1e-16 shows its minimum only to the root of that.
    #expect(abs(found.temperature / reference.temperature - 1) < 1e-6)
  }
}
