import Foundation
import LinearAlgebra
import LogisticModels
import Testing

/// What the approximations are for: statements that were never seen.
@Suite("Posteriors of statement-like rows")
struct LeaveOneOutTests {
  private static let rows = 200
  /// Probabilities of one Newton step and of true refits differ by a few thousandths.
  private static let meanDifference = 0.01

  private func configuration(_ l2Penalty: Double) -> LogisticConfiguration {
    LogisticConfiguration(l2Penalty: l2Penalty, tolerance: 1e-7)
  }

  private func weights(without row: Int) -> [Double] {
    (0..<Self.rows).map { $0 == row ? 0 : 1 }
  }

  @Test(
    "a label's scores come close to those of true refits", arguments: [1e-3, 1e-4, 1e-5], [0, 0.1])
  func label(l2Penalty: Double, smoothing: Double) throws {
    let data = StatementLikeData(rows: Self.rows, seed: 21)
    let regression = MultiLabelLogisticRegression(configuration(l2Penalty))
    let targets = data.indicators(smoothing: smoothing)
    let fit = try regression.fit(data.documents, targets: targets).model
    let posterior = try LaplacePosterior(
      documents: data.documents, model: fit, targets: targets, label: 0, l2Penalty: l2Penalty)
    #expect(posterior.form == .dual)
    let found = posterior.leaveOneOutScores().map(LogisticFunctions.sigmoid)
    let naive = fit.scores(data.documents).elements.map(LogisticFunctions.sigmoid)
    var (difference, naiveDifference) = (0.0, 0.0)
    for row in 0..<Self.rows {
      let refit = try regression.fit(
        data.documents, targets: data.indicators(weights(without: row), smoothing: smoothing),
        startingAt: fit
      ).model
      let expected = LogisticFunctions.sigmoid(
        refit.scores(data.documents.selectingRows([row])).elements[0])
      difference += abs(found[row] - expected) / Double(Self.rows)
      naiveDifference += abs(naive[row] - expected) / Double(Self.rows)
    }
    #expect(difference < Self.meanDifference)
    // The row's own fit is no substitute.
    #expect(naiveDifference > 5 * Self.meanDifference)
  }

  @Test("a softmax's scores come close to those of true refits", arguments: [1e-3, 1e-4])
  func softmax(l2Penalty: Double) throws {
    let data = StatementLikeData(rows: Self.rows, seed: 22)
    let regression = SoftmaxRegression(configuration(l2Penalty))
    let fit = try regression.fit(data.documents, targets: data.classTargets()).model
    let posterior = try SoftmaxPosterior(
      documents: data.documents, model: fit, targets: data.classTargets(), l2Penalty: l2Penalty)
    let found = posterior.leaveOneOutScores()
    var difference = 0.0
    for row in 0..<Self.rows {
      let refit = try regression.fit(
        data.documents, targets: data.classTargets(weights(without: row)), startingAt: fit
      ).model
      let expected = LogisticFunctions.softmax(
        refit.scores(data.documents.selectingRows([row])).row(0))
      difference +=
        zip(LogisticFunctions.softmax(found.row(row)), expected).reduce(0) {
          $0 + abs($1.0 - $1.1)
        } / Double(3 * Self.rows)
    }
    #expect(difference < Self.meanDifference)
  }

  @Test("the samples' variance is that of true refits without one row each")
  func jackknife() throws {
    let data = StatementLikeData(rows: Self.rows, seed: 23)
    let others = StatementLikeData(rows: 40, seed: 24).documents
    // The same λ Σw as with all rows.
    let l2Penalty = 1e-3
    let fit = try MultiLabelLogisticRegression(configuration(l2Penalty))
      .fit(data.documents, targets: data.indicators()).model
    let scores = fit.scores(others).elements
    let reduced = l2Penalty * Double(Self.rows) / Double(Self.rows - 1)
    var squares = [Double](repeating: 0, count: others.rows)
    for row in 0..<Self.rows {
      let refit = try MultiLabelLogisticRegression(configuration(reduced)).fit(
        data.documents, targets: data.indicators(weights(without: row)), startingAt: fit
      ).model
      for (other, score) in refit.scores(others).elements.enumerated() {
        squares[other] += (score - scores[other]) * (score - scores[other])
      }
    }
    let found = try LaplacePosterior(
      documents: data.documents, model: fit, targets: data.indicators(), label: 0,
      l2Penalty: l2Penalty
    ).scoreVariances(of: others, .sampling)
    // One Newton step is within a few per cent of the minimum.
    #expect(relativeDifference(found, squares) < 0.1)
  }

  @Test("a variance model follows the variances of new rows", arguments: VarianceKind.allCases)
  func varianceModel(kind: VarianceKind) throws {
    let data = StatementLikeData(rows: 600, seed: 25)
    let fit = try MultiLabelLogisticRegression(configuration(1e-3))
      .fit(data.documents, targets: data.indicators()).model
    let posterior = try LaplacePosterior(
      documents: data.documents, model: fit, targets: data.indicators(), label: 0, l2Penalty: 1e-3)
    let others = StatementLikeData(rows: 101, seed: 26).documents
    let exact = posterior.scoreVariances(of: others, kind)
    let model = posterior.varianceModel(kind)
    #expect(model.outputs == 1 && model.features == 1500)
    let found = model.variances(of: others).elements
    let errors = zip(found, exact).map { abs(($0 / $1).squareRoot() - 1) }.sorted()
    #expect(errors[50] < 0.15)
    // Better than the same for all.
    let middle = exact.sorted()[50]
    let spread = exact.map { abs((middle / $0).squareRoot() - 1) }.sorted()
    #expect(errors[50] < spread[50])
    let empty = model.variances(of: SparseMatrix(Matrix(rows: 1, columns: 1500)))
    #expect(abs(empty.elements[0] / exp(model.offsets[0]) - 1) < 1e-14)
  }

  @Test("a softmax's variance model gives intervals close to the posterior's")
  func softmaxVarianceModel() throws {
    let data = StatementLikeData(rows: 300, seed: 27)
    let targets = ClassTargets(classes: data.classes, classCount: 3)
    let fit = try SoftmaxRegression(configuration(1e-3)).fit(data.documents, targets: targets).model
    let posterior = try SoftmaxPosterior(
      documents: data.documents, model: fit, targets: targets, l2Penalty: 1e-3)
    let others = StatementLikeData(rows: 51, seed: 28).documents
    let exact = posterior.differenceVariances(of: others, .sampling)
    let found = posterior.varianceModel(.sampling).variances(of: others)
    #expect(found.columns == posterior.pairs.count)
    let scores = fit.scores(others)
    var differences: [Double] = []
    for row in 0..<others.rows {
      let intervals = [exact, found].map {
        ProbabilityInterval.ofClasses(
          scores: Array(scores.row(row)), differenceVariances: $0.row(row))
      }
      for (one, two) in zip(intervals[0], intervals[1]) {
        differences += [abs(one.lower - two.lower), abs(one.upper - two.upper)]
      }
    }
    // Probabilities; a deviation that is a sixth off moves an end by a few hundredths.
    #expect(differences.sorted()[differences.count / 2] < 0.03)
  }
}
