import LinearAlgebra
import LogisticModels
import Testing

@Suite("Posteriors of a label")
struct PosteriorTests {
  private struct Fitted {
    let data: SampleData
    let documents: SparseMatrix
    let targets: LabelIndicators
    let model: LinearModel
    let l2Penalty: Double

    /// More features than rows, or fewer.
    init(isWide: Bool, l2Penalty: Double = 0.01, weighting: ClassWeighting = .uniform) throws {
      data =
        isWide
        ? SampleData(rows: 40, features: 70, seed: 3) : SampleData(rows: 90, features: 12, seed: 4)
      documents = data.documents
      targets = data.indicators(weighting)
      model = try MultiLabelLogisticRegression(exact(l2Penalty))
        .fit(documents, targets: targets).model
      self.l2Penalty = l2Penalty
    }

    func posterior(_ label: Int, _ form: PosteriorForm?) throws -> LaplacePosterior {
      try LaplacePosterior(
        documents, LabelOfModel(model: model, targets: targets, label: label),
        l2Penalty: l2Penalty, form: form)
    }

    func weights(_ label: Int) -> [Double] {
      (0..<targets.rows).map { targets.weights[$0 * targets.labels + label] }
    }

    func curvatures(_ label: Int) -> [Double] {
      let scores = model.scores(documents)
      return zip(weights(label), 0..<targets.rows).map {
        $0 * LogisticFunctions.sigmoidDerivative(scores[$1, label])
      }
    }

    /// w (p − y).
    func gradients(_ label: Int) -> [Double] {
      let scores = model.scores(documents)
      return zip(weights(label), 0..<targets.rows).map { weight, row in
        weight
          * (LogisticFunctions.sigmoid(scores[row, label])
            - (targets.positive[row * targets.labels + label] ? 1 : 0))
      }
    }

    var penalty: Double { l2Penalty * weights(0).reduce(0, +) }

    /// Rows that were not fitted.
    func others() -> SparseMatrix {
      SampleData(rows: 30, features: documents.columns, seed: 11).documents
    }
  }

  @Test(
    "variances are those of the inverse Hessian, in either form", arguments: [false, true],
    PosteriorForm.allCases)
  func inverseHessian(isWide: Bool, form: PosteriorForm) throws {
    for weighting in ClassWeighting.allCases {
      let fitted = try Fitted(isWide: isWide, weighting: weighting)
      for label in 0..<3 {
        let inverse = DensePosterior.inverseHessian(
          fitted.documents, curvatures: fitted.curvatures(label), penalty: fitted.penalty)
        let others = fitted.others()
        let dense = DensePosterior.withConstant(others)
        let expected = (0..<others.rows).map {
          DensePosterior.form(dense.row($0), inverse, dense.row($0))
        }
        let posterior = try fitted.posterior(label, form)
        #expect(posterior.form == form)
        #expect(
          relativeDifference(posterior.scoreVariances(of: others, .posterior), expected)
            < inverseAgreement
        )
      }
    }
  }

  @Test(
    "leaving rows out is one Newton step with the row's terms removed", arguments: [false, true],
    PosteriorForm.allCases)
  func newtonSteps(isWide: Bool, form: PosteriorForm) throws {
    let fitted = try Fitted(isWide: isWide)
    let dense = DensePosterior.withConstant(fitted.documents)
    let others = fitted.others()
    let denseOthers = DensePosterior.withConstant(others)
    let (curvatures, gradients) = (fitted.curvatures(1), fitted.gradients(1))
    var (scores, variances) = (fitted.model.scores(fitted.documents), [Double]())
    var squares = [Double](repeating: 0, count: others.rows)
    for row in 0..<dense.rows {
      var reduced = curvatures
      reduced[row] = 0
      let inverse = DensePosterior.inverseHessian(
        fitted.documents, curvatures: reduced, penalty: fitted.penalty)
      let x = dense.row(row)
      variances.append(DensePosterior.form(x, inverse, x))
      scores[row, 1] += variances[row] * gradients[row]
      for other in 0..<others.rows {
        let change = DensePosterior.form(denseOthers.row(other), inverse, x) * gradients[row]
        squares[other] += change * change
      }
    }
    let posterior = try fitted.posterior(1, form)
    let expected = (0..<dense.rows).map { scores[$0, 1] }
    #expect(relativeDifference(posterior.leaveOneOutScores(), expected) < inverseAgreement)
    #expect(
      relativeDifference(posterior.leaveOneOutVariances(.posterior), variances) < inverseAgreement)
    #expect(
      relativeDifference(posterior.scoreVariances(of: others, .sampling), squares)
        < inverseAgreement)
  }

  @Test("both forms agree", arguments: [false, true], VarianceKind.allCases)
  func formsAgree(isWide: Bool, kind: VarianceKind) throws {
    let fitted = try Fitted(isWide: isWide, l2Penalty: 1e-3)
    let (primal, dual) = (try fitted.posterior(0, .primal), try fitted.posterior(0, .dual))
    let others = fitted.others()
    #expect(
      relativeDifference(
        dual.scoreVariances(of: others, kind), primal.scoreVariances(of: others, kind))
        < inverseAgreement)
    #expect(
      relativeDifference(dual.leaveOneOutVariances(kind), primal.leaveOneOutVariances(kind))
        < inverseAgreement)
    #expect(try fitted.posterior(0, nil).form == (isWide ? .dual : .primal))
  }

  @Test("both forms agree where rows are saturated")
  func saturation() throws {
    let fitted = try Fitted(isWide: true)
    // Far from any minimum, most probabilities are within 1e-6 of 0 or 1.
    let steep = LinearModel(
      coefficients: Matrix(
        rows: 3, columns: 70, elements: fitted.model.coefficients.elements.map { $0 * 20 }),
      intercepts: fitted.model.intercepts)
    let scores = steep.scores(fitted.documents)
    #expect((0..<40).count { abs(scores[$0, 0]) > 14 } > 10)
    let results = try PosteriorForm.allCases.map { form in
      try LaplacePosterior(
        fitted.documents, LabelOfModel(model: steep, targets: fitted.targets, label: 0),
        l2Penalty: 0.01, form: form)
    }
    #expect(
      relativeDifference(results[1].leaveOneOutScores(), results[0].leaveOneOutScores()) < 1e-6)
    for kind in VarianceKind.allCases {
      #expect(
        relativeDifference(
          results[1].leaveOneOutVariances(kind), results[0].leaveOneOutVariances(kind)) < 1e-6)
    }
  }

  @Test("weight 0 equals removing the row", arguments: PosteriorForm.allCases)
  func weightZero(form: PosteriorForm) throws {
    let fitted = try Fitted(isWide: false)
    let kept = (0..<90).filter { $0 % 5 != 4 }
    let zeroed = (0..<90).map { $0 % 5 == 4 ? 0 : fitted.data.rowWeights[$0] }
    let one = try posterior(fitted, Array(0..<90), zeroed, form)
    let two = try posterior(fitted, kept, kept.map { zeroed[$0] }, form)
    #expect(one.rows == kept)
    for kind in VarianceKind.allCases {
      #expect(one.leaveOneOutVariances(kind) == two.leaveOneOutVariances(kind))
      #expect(
        one.scoreVariances(of: fitted.others(), kind)
          == two.scoreVariances(of: fitted.others(), kind))
    }
    let (all, remaining) = (one.leaveOneOutScores(), two.leaveOneOutScores())
    #expect(kept.map { all[$0] } == remaining)
    #expect(all[4] == fitted.model.scores(fitted.documents)[4, 0])
  }

  @Test("weight 2 equals repeating the row", arguments: PosteriorForm.allCases)
  func weightTwo(form: PosteriorForm) throws {
    let fitted = try Fitted(isWide: false)
    let weights = fitted.data.rowWeights
    let repeated = (0..<90).flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] }
    let one = try posterior(
      fitted, Array(0..<90), (0..<90).map { weights[$0] * ($0 % 3 == 0 ? 2 : 1) }, form)
    let two = try posterior(fitted, repeated, repeated.map { weights[$0] }, form)
    let others = fitted.others()
    #expect(
      relativeDifference(
        one.scoreVariances(of: others, .posterior), two.scoreVariances(of: others, .posterior))
        < inverseAgreement)
    // A repeated row is two rows that are left out one at a time: a smaller change each.
    #expect(
      zip(
        two.scoreVariances(of: others, .sampling), one.scoreVariances(of: others, .sampling)
      ).allSatisfy { $0 < $1 })
  }

  @Test("the weights' scale narrows the posterior, and leaves the samples' variance as it is")
  func weightScale() throws {
    let fitted = try Fitted(isWide: true)
    let rows = Array(0..<40)
    let one = try posterior(fitted, rows, fitted.data.rowWeights, .dual)
    let two = try posterior(fitted, rows, fitted.data.rowWeights.map { $0 * 100 }, .dual)
    let others = fitted.others()
    #expect(
      relativeDifference(
        two.scoreVariances(of: others, .posterior).map { $0 * 100 },
        one.scoreVariances(of: others, .posterior)) < inverseAgreement)
    #expect(
      relativeDifference(
        two.scoreVariances(of: others, .sampling), one.scoreVariances(of: others, .sampling))
        < inverseAgreement)
    #expect(relativeDifference(two.leaveOneOutScores(), one.leaveOneOutScores()) < inverseAgreement)
  }

  private func posterior(
    _ fitted: Fitted, _ rows: [Int], _ weights: [Double], _ form: PosteriorForm
  ) throws -> LaplacePosterior {
    let targets = LabelIndicators(
      labels: 3, positive: rows.flatMap { fitted.data.positive[$0 * 3..<$0 * 3 + 3] },
      rowWeights: weights)
    return try LaplacePosterior(
      fitted.documents.selectingRows(rows),
      LabelOfModel(model: fitted.model, targets: targets, label: 0), l2Penalty: 0.01, form: form)
  }
}
