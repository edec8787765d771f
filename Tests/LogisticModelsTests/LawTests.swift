import LinearAlgebra
import LogisticModels
import Testing

@Suite("Laws of the fits")
struct LawTests {
  static let penalties = [1e-3, 0.1]

  @Test("weight 0 equals removing the row", arguments: penalties, [1, 2] as [UInt64])
  func weightZero(l2Penalty: Double, seed: UInt64) throws {
    let data = SampleData(seed: seed)
    let kept = (0..<90).filter { $0 % 5 != 4 }
    let zeroed = (0..<90).map { $0 % 5 == 4 ? 0 : data.rowWeights[$0] }
    try compare(
      data, l2Penalty, seed, (Array(0..<90), zeroed), (kept, kept.map { data.rowWeights[$0] }))
  }

  @Test("weight 2 equals repeating the row", arguments: penalties, [1, 2] as [UInt64])
  func weightTwo(l2Penalty: Double, seed: UInt64) throws {
    let data = SampleData(seed: seed)
    let doubled = (0..<90).map { data.rowWeights[$0] * ($0 % 3 == 0 ? 2 : 1) }
    let repeated = (0..<90).flatMap { $0 % 3 == 0 ? [$0, $0] : [$0] }
    try compare(
      data, l2Penalty, seed, (Array(0..<90), doubled),
      (repeated, repeated.map { data.rowWeights[$0] }))
  }

  @Test(
    "smoothing by a tenth equals a tenth of each row on the other side",
    arguments: [ClassWeighting.uniform, .balanced])
  func smoothing(weighting: ClassWeighting) throws {
    let data = SampleData(seed: 3)
    let regression = MultiLabelLogisticRegression(exact(0.01))
    let weighted = data.indicators(weighting).weights
    let both = LabelIndicators(
      rows: 180, labels: 3, positive: data.positive + data.positive.map(!),
      weights: weighted.map { 0.9 * $0 } + weighted.map { 0.1 * $0 })
    let rows = Array(0..<90)
    let expected = try regression.fit(data.documents.selectingRows(rows + rows), targets: both)
    let found = try regression.fit(
      data.documents, targets: data.indicators(weighting, smoothing: 0.1))
    #expect(relativeDifference(found.numbers, expected.numbers) < agreement)
    let plain = try regression.fit(data.documents, targets: data.indicators(weighting))
    #expect(relativeDifference(found.numbers, plain.numbers) > 0.1)
  }

  @Test("the order of the rows does not matter", arguments: penalties, [1, 2] as [UInt64])
  func rowOrder(l2Penalty: Double, seed: UInt64) throws {
    let data = SampleData(seed: seed)
    var generator = SeededGenerator(seed: seed)
    let shuffled = (0..<90).shuffled(using: &generator)
    try compare(
      data, l2Penalty, seed, (Array(0..<90), data.rowWeights),
      (shuffled, shuffled.map { data.rowWeights[$0] }))
  }

  @Test("the scale of all weights does not matter")
  func weightScale() throws {
    let data = SampleData(seed: 8)
    let rows = Array(0..<90)
    try compare(
      data, 0.01, 8, (rows, data.rowWeights), (rows, data.rowWeights.map { $0 * 1000 }))
  }

  @Test(
    "exchanging with and without flips the sign", arguments: [ClassWeighting.uniform, .balanced])
  func labelSwap(weighting: ClassWeighting) throws {
    let data = SampleData(seed: 4)
    let regression = MultiLabelLogisticRegression(exact(0.01))
    let swapped = LabelIndicators(
      labels: 3, positive: data.positive.map(!), rowWeights: data.rowWeights, weighting: weighting)
    let found = try regression.fit(data.documents, targets: swapped)
    let expected = try regression.fit(data.documents, targets: data.indicators(weighting))
    #expect(relativeDifference(found.numbers, expected.numbers.map { -$0 }) < agreement)
  }

  @Test("renaming classes permutes the coefficients")
  func classPermutation() throws {
    let data = SampleData(classes: 4, seed: 5)
    let regression = SoftmaxRegression(exact(0.01))
    let renamed = ClassTargets(
      classes: data.classes.map { 3 - $0 }, classCount: 4, rowWeights: data.rowWeights)
    let found = try regression.fit(data.documents, targets: renamed).model
    let expected = try regression.fit(data.documents, targets: data.classTargets()).model
    let reversed = (0..<4).reversed().flatMap { Array(found.coefficients.row($0)) }
    #expect(relativeDifference(reversed, expected.coefficients.elements) < agreement)
    #expect(relativeDifference(found.intercepts.reversed(), expected.intercepts) < agreement)
  }

  @Test("labels fitted together equal labels fitted alone")
  func labelsAreIndependent() throws {
    let data = SampleData(labels: 11, seed: 6)
    let regression = MultiLabelLogisticRegression(exact(0.01))
    let together = try regression.fit(data.documents, targets: data.indicators()).model
    for label in 0..<11 {
      let targets = LabelIndicators(
        labels: 1, positive: (0..<90).map { data.positive[$0 * 11 + label] },
        rowWeights: data.rowWeights)
      let alone = try regression.fit(data.documents, targets: targets)
      let found = Array(together.coefficients.row(label)) + [together.intercepts[label]]
      #expect(relativeDifference(found, alone.numbers) < agreement)
    }
  }

  @Test("a softmax of two classes is the binary regression with half the penalty")
  func twoClasses() throws {
    let data = SampleData(labels: 1, seed: 7)
    let targets = ClassTargets(
      classes: data.positive.map { $0 ? 1 : 0 }, classCount: 2, rowWeights: data.rowWeights)
    let softmax = try SoftmaxRegression(exact(0.02)).fit(data.documents, targets: targets).model
    let binary = try MultiLabelLogisticRegression(exact(0.01))
      .fit(data.documents, targets: data.indicators())
    let difference = zip(softmax.coefficients.row(1), softmax.coefficients.row(0)).map { $0 - $1 }
    #expect(
      relativeDifference(
        difference + [softmax.intercepts[1] - softmax.intercepts[0]], binary.numbers) < agreement)
  }

  @Test("softmax coefficients and intercepts sum to zero over the classes")
  func softmaxIsCentered() throws {
    let data = SampleData(classes: 5, seed: 9)
    let model = try SoftmaxRegression(exact(0.01))
      .fit(data.documents, targets: data.classTargets()).model
    for column in 0..<12 {
      #expect(abs((0..<5).reduce(0) { $0 + model.coefficients[$1, column] }) < 1e-8)
    }
    #expect(abs(model.intercepts.reduce(0, +)) < 1e-14)
  }

  /// Fits both kinds of regression to two selections of rows with weights, which must agree.
  private func compare(
    _ data: SampleData, _ l2Penalty: Double, _ seed: UInt64,
    _ one: (rows: [Int], weights: [Double]), _ two: (rows: [Int], weights: [Double])
  ) throws {
    for weighting in ClassWeighting.allCases {
      let fits = try [one, two].map { rows, weights in
        try MultiLabelLogisticRegression(exact(l2Penalty)).fit(
          data.documents.selectingRows(rows),
          targets: LabelIndicators(
            labels: 3, positive: rows.flatMap { data.positive[$0 * 3..<$0 * 3 + 3] },
            rowWeights: weights, weighting: weighting)
        ).numbers
      }
      #expect(relativeDifference(fits[0], fits[1]) < agreement, "seed \(seed)")
      let softmax = try [one, two].map { rows, weights in
        try SoftmaxRegression(exact(l2Penalty)).fit(
          data.documents.selectingRows(rows),
          targets: ClassTargets(
            classes: rows.map { data.classes[$0] }, classCount: 3, rowWeights: weights,
            weighting: weighting)
        ).numbers
      }
      #expect(relativeDifference(softmax[0], softmax[1]) < agreement, "seed \(seed)")
    }
  }
}
