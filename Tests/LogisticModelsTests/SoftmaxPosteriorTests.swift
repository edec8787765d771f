import LinearAlgebra
import LogisticModels
import Testing

@Suite("Posteriors of a softmax")
struct SoftmaxPosteriorTests {
  private let l2Penalty = 0.01

  private func data(_ isWide: Bool, classes: Int = 3) -> SampleData {
    isWide
      ? SampleData(rows: 24, features: 30, classes: classes, seed: 5)
      : SampleData(rows: 60, features: 8, classes: classes, seed: 6)
  }

  private func model(_ data: SampleData, _ targets: ClassTargets) throws -> LinearModel {
    try SoftmaxRegression(exact(l2Penalty)).fit(data.documents, targets: targets).model
  }

  /// H⁻¹ with the curvature of one row left out, class after class.
  private func inverseHessian(
    _ data: SampleData, _ model: LinearModel, without row: Int? = nil
  ) -> Matrix {
    let targets = data.classTargets()
    let scores = model.scores(data.documents)
    var weights = targets.weights
    if let row { weights[row] = 0 }
    return DensePosterior.inverseSoftmaxHessian(
      data.documents,
      probabilities: Matrix(
        rows: scores.rows, columns: scores.columns,
        elements: (0..<scores.rows).flatMap { LogisticFunctions.softmax(scores.row($0)) }),
      weights: weights, penalty: l2Penalty * targets.weights.reduce(0, +))
  }

  /// (x, 1) at the places of the classes, times their factors.
  private func spread(_ x: ArraySlice<Double>, _ factors: [Double]) -> [Double] {
    factors.flatMap { factor in x.map { factor * $0 } }
  }

  private func factors(_ pair: ClassPair, _ classes: Int) -> [Double] {
    (0..<classes).map { $0 == pair.first ? 1 : $0 == pair.second ? -1 : 0 }
  }

  @Test(
    "variances are those of the full inverse Hessian, in either form", arguments: [false, true],
    PosteriorForm.allCases)
  func inverseHessian(isWide: Bool, form: PosteriorForm) throws {
    for classes in [2, 3, 4] {
      let data = data(isWide, classes: classes)
      let model = try model(data, data.classTargets())
      let inverse = inverseHessian(data, model)
      let posterior = try SoftmaxPosterior(
        documents: data.documents, model: model, targets: data.classTargets(),
        l2Penalty: l2Penalty, form: form)
      let others = SampleData(rows: 15, features: data.documents.columns, seed: 12).documents
      let dense = DensePosterior.withConstant(others)
      let expected = (0..<others.rows).flatMap { row in
        posterior.pairs.map { pair in
          let x = spread(dense.row(row), factors(pair, classes))
          return DensePosterior.form(x, inverse, x)
        }
      }
      let found = posterior.differenceVariances(of: others, .posterior)
      #expect(found.columns == classes * (classes - 1) / 2)
      #expect(relativeDifference(found.elements, expected) < inverseAgreement)
    }
  }

  @Test(
    "leaving rows out is one Newton step with the row's terms removed", arguments: [false, true],
    PosteriorForm.allCases)
  func newtonSteps(isWide: Bool, form: PosteriorForm) throws {
    let data = data(isWide)
    let targets = data.classTargets()
    let model = try model(data, targets)
    let posterior = try SoftmaxPosterior(
      documents: data.documents, model: model, targets: targets, l2Penalty: l2Penalty, form: form)
    let others = SampleData(rows: 10, features: data.documents.columns, seed: 13).documents
    let (dense, denseOthers) = (
      DensePosterior.withConstant(data.documents), DensePosterior.withConstant(others)
    )
    var scores = model.scores(data.documents)
    var (variances, squares) = ([Double](), Matrix(rows: 10, columns: 3))
    for row in 0..<dense.rows {
      let inverse = inverseHessian(data, model, without: row)
      let gradient = LogisticFunctions.softmax(scores.row(row)).enumerated().map {
        targets.weights[row] * ($1 - ($0 == targets.classes[row] ? 1 : 0))
      }
      let x = spread(dense.row(row), gradient)
      let steps = (0..<3).map { label in
        DensePosterior.form(
          spread(dense.row(row), (0..<3).map { $0 == label ? 1 : 0 }), inverse, x)
      }
      let mean = steps.reduce(0, +) / 3
      for label in 0..<3 { scores[row, label] += steps[label] - mean }
      for (index, pair) in posterior.pairs.enumerated() {
        let difference = spread(dense.row(row), factors(pair, 3))
        variances.append(DensePosterior.form(difference, inverse, difference))
        for other in 0..<10 {
          let change = DensePosterior.form(
            spread(denseOthers.row(other), factors(pair, 3)), inverse, x)
          squares[other, index] += change * change
        }
      }
    }
    #expect(
      relativeDifference(posterior.leaveOneOutScores().elements, scores.elements) < inverseAgreement
    )
    #expect(
      relativeDifference(posterior.leaveOneOutVariances(.posterior).elements, variances)
        < inverseAgreement
    )
    #expect(
      relativeDifference(
        posterior.differenceVariances(of: others, .sampling).elements, squares.elements)
        < inverseAgreement)
  }

  @Test("both forms agree", arguments: [false, true], VarianceKind.allCases)
  func formsAgree(isWide: Bool, kind: VarianceKind) throws {
    let data = data(isWide, classes: 4)
    let model = try model(data, data.classTargets())
    let (primal, dual) = (
      try posterior(data, model, .primal), try posterior(data, model, .dual)
    )
    #expect(
      relativeDifference(
        dual.leaveOneOutVariances(kind).elements, primal.leaveOneOutVariances(kind).elements)
        < inverseAgreement)
    // Six of the wide rows' numbers, the narrow features' numbers.
    #expect(try posterior(data, model, nil).form == (isWide ? .dual : .primal))
  }

  @Test(
    "two classes are the binary posterior with half the penalty", arguments: PosteriorForm.allCases)
  func twoClasses(form: PosteriorForm) throws {
    let data = SampleData(labels: 1, seed: 7)
    let targets = ClassTargets(
      classes: data.positive.map { $0 ? 1 : 0 }, classCount: 2, rowWeights: data.rowWeights)
    let model = try SoftmaxRegression(exact(0.02)).fit(data.documents, targets: targets).model
    let softmax = try SoftmaxPosterior(
      documents: data.documents, model: model, targets: targets, l2Penalty: 0.02, form: form)
    let difference = LinearModel(
      coefficients: Matrix(
        rows: 1, columns: 12,
        elements: zip(model.coefficients.row(1), model.coefficients.row(0)).map(-)),
      intercepts: [model.intercepts[1] - model.intercepts[0]])
    let binary = try LaplacePosterior(
      documents: data.documents, model: difference, targets: data.indicators(), label: 0,
      l2Penalty: 0.01)
    for kind in VarianceKind.allCases {
      #expect(
        relativeDifference(
          softmax.leaveOneOutVariances(kind).elements, binary.leaveOneOutVariances(kind))
          < inverseAgreement)
    }
    let scores = softmax.leaveOneOutScores()
    #expect(
      relativeDifference((0..<90).map { scores[$0, 1] - scores[$0, 0] }, binary.leaveOneOutScores())
        < inverseAgreement)
  }

  @Test(
    "weight 0 equals removing the row, weight 2 repeating it", arguments: PosteriorForm.allCases)
  func weights(form: PosteriorForm) throws {
    let data = data(false)
    let model = try model(data, data.classTargets())
    func posterior(_ rows: [Int], _ weights: [Double]) throws -> SoftmaxPosterior {
      try SoftmaxPosterior(
        documents: data.documents.selectingRows(rows), model: model,
        targets: ClassTargets(
          classes: rows.map { data.classes[$0] }, classCount: 3, rowWeights: weights),
        l2Penalty: l2Penalty, form: form)
    }
    let (all, others) = (Array(0..<60), SampleData(rows: 9, features: 8, seed: 14).documents)
    let kept = all.filter { $0 % 4 != 1 }
    let zeroed = try posterior(all, all.map { $0 % 4 != 1 ? data.rowWeights[$0] : 0 })
    let removed = try posterior(kept, kept.map { data.rowWeights[$0] })
    for kind in VarianceKind.allCases {
      #expect(
        zeroed.differenceVariances(of: others, kind)
          == removed.differenceVariances(of: others, kind))
    }
    let twice = all + kept
    let doubled = try posterior(all, all.map { data.rowWeights[$0] * ($0 % 4 != 1 ? 2 : 1) })
    let repeated = try posterior(twice, twice.map { data.rowWeights[$0] })
    #expect(
      relativeDifference(
        doubled.differenceVariances(of: others, .posterior).elements,
        repeated.differenceVariances(of: others, .posterior).elements) < inverseAgreement)
  }

  private func posterior(
    _ data: SampleData, _ model: LinearModel, _ form: PosteriorForm?
  ) throws -> SoftmaxPosterior {
    try SoftmaxPosterior(
      documents: data.documents, model: model, targets: data.classTargets(), l2Penalty: l2Penalty,
      form: form)
  }
}
