import LinearAlgebra
import LogisticModels
import Testing

@Suite("The solver")
struct SolverTests {
  @Test("finds what exact Newton steps find", arguments: [1e-4, 1e-2, 1], [1, 2, 3] as [UInt64])
  func exactNewton(l2Penalty: Double, seed: UInt64) throws {
    let data = SampleData(labels: 1, seed: seed)
    let fit = try MultiLabelLogisticRegression(exact(l2Penalty))
      .fit(data.documents, targets: data.indicators())
    let expected = try denseNewton(data, l2Penalty: l2Penalty)
    #expect(relativeDifference(fit.numbers, expected) < agreement, "seed \(seed)")
  }

  @Test("has the same bits for any number of threads")
  func threads() throws {
    // Enough non-zeros that four threads get their share.
    let data = SampleData(rows: 10_000, features: 40, labels: 3, seed: 10)
    #expect(data.documents.nonZeroCount + 10_000 > 4 * DesignMatrix.minimumNonZerosPerThread)
    let configuration = LogisticConfiguration(l2Penalty: 1e-3)
    let fits = try [1, 2, 3, 4].map { threads in
      let parallelism = Parallelism(threads: threads)
      return (
        try MultiLabelLogisticRegression(configuration).fit(
          data.documents, targets: data.indicators(), parallelism: parallelism),
        try SoftmaxRegression(configuration).fit(
          data.documents, targets: data.classTargets(), parallelism: parallelism)
      )
    }
    for fit in fits { #expect(fit == fits[0]) }
  }

  @Test("solves frequent columns together in a large matrix, with the same bits for any threads")
  func frequentColumns() throws {
    var generator = SeededGenerator(seed: 14)
    let (rows, columns) = (150_000, 60)
    var (offsets, indices, values, classes) = ([0], [Int32](), [Double](), [Int]())
    for _ in 0..<rows {
      var scores = [0.0, 0.0, 0.0]
      let bits = generator.next() | generator.next() & 0xFFFF
      for column in 0..<columns where bits >> UInt64(column) & 1 == 1 {
        let value = Double.random(in: 0.1..<0.3, using: &generator)
        indices.append(Int32(column))
        values.append(value)
        scores[column % 3] += value
      }
      offsets.append(values.count)
      let noise = Double.random(in: 0..<0.5, using: &generator)
      classes.append(scores[0] + noise > scores[1] ? (scores[0] > scores[2] ? 0 : 2) : 1)
    }
    #expect(values.count >= DesignMatrix.minimumNonZerosForFrequentColumns)
    let documents = SparseMatrix(
      rows: rows, columns: columns, rowOffsets: offsets, columnIndices: indices, values: values)
    let targets = ClassTargets(
      classes: classes, classCount: 3, rowWeights: Array(repeating: 1, count: rows))
    let configuration = LogisticConfiguration(l2Penalty: 1e-4, tolerance: 1e-6)
    let fits = try [1, 2, 3].map { threads in
      try SoftmaxRegression(configuration).fit(
        documents, targets: targets, parallelism: Parallelism(threads: threads))
    }
    for fit in fits { #expect(fit == fits[0]) }
    #expect(fits[0].report.gradientRatios.allSatisfy { $0 <= 1e-6 })
    // Sixty columns that are all solved together leave little to conjugate gradients.
    #expect(fits[0].report.passes < 60)
  }

  @Test("reaches its tolerance, and a small one in few passes", arguments: [1e-2, 1e-6, 1e-10])
  func tolerance(tolerance: Double) throws {
    let data = SampleData(seed: 11)
    let configuration = LogisticConfiguration(l2Penalty: 1e-4, tolerance: tolerance)
    let reports = [
      try MultiLabelLogisticRegression(configuration)
        .fit(data.documents, targets: data.indicators()).report,
      try SoftmaxRegression(configuration).fit(data.documents, targets: data.classTargets()).report,
    ]
    for report in reports {
      #expect(report.gradientRatios.allSatisfy { $0 <= tolerance })
      #expect(report.iterations < 20)
      #expect(report.passes < 300)
    }
  }

  @Test("a path equals cold fits, in the order given, and is cheaper")
  func path() throws {
    let data = SampleData(rows: 300, features: 30, seed: 12)
    let penalties = [1e-3, 0.3, 1e-2, 0.1]
    let configuration = exact(1)
    let path = try MultiLabelLogisticRegression(configuration)
      .path(data.documents, targets: data.indicators(), l2Penalties: penalties)
    let softmaxPath = try SoftmaxRegression(configuration)
      .path(data.documents, targets: data.classTargets(), l2Penalties: penalties)
    #expect(path.map(\.report.l2Penalty) == penalties)
    for (index, penalty) in penalties.enumerated() {
      let cold = try MultiLabelLogisticRegression(exact(penalty))
        .fit(data.documents, targets: data.indicators())
      #expect(relativeDifference(path[index].numbers, cold.numbers) < agreement)
      let coldSoftmax = try SoftmaxRegression(exact(penalty))
        .fit(data.documents, targets: data.classTargets())
      #expect(relativeDifference(softmaxPath[index].numbers, coldSoftmax.numbers) < agreement)
    }
  }

  @Test("starting at the solution takes no iteration")
  func warmStart() throws {
    let data = SampleData(seed: 13)
    let configuration = LogisticConfiguration(l2Penalty: 0.01)
    let regression = MultiLabelLogisticRegression(configuration)
    let fit = try regression.fit(data.documents, targets: data.indicators())
    let again = try regression.fit(
      data.documents, targets: data.indicators(), startingAt: fit.model)
    #expect(fit.report.iterations > 0)
    #expect(again.report.iterations == 0)
    #expect(again.model == fit.model)
  }

  @Test("starting far away finds the same minimum")
  func farStart() throws {
    let data = SampleData(seed: 14)
    let regression = MultiLabelLogisticRegression(exact(0.01))
    let cold = try regression.fit(data.documents, targets: data.indicators())
    var generator = SeededGenerator(seed: 14)
    let far = LinearModel(
      coefficients: Matrix(
        rows: 3, columns: 12, elements: generator.numbers(36, in: -100..<100)),
      intercepts: [50, -50, 0])
    let found = try regression.fit(
      data.documents, targets: data.indicators(), startingAt: far)
    #expect(relativeDifference(found.numbers, cold.numbers) < agreement)
  }

  /// Newton's method on dense matrices with Cholesky steps: another path to the same minimum.
  private func denseNewton(_ data: SampleData, l2Penalty: Double) throws -> [Double] {
    let (dense, size) = (data.documents.dense(), data.documents.columns + 1)
    let rows = (0..<dense.rows).map { Array(dense.row($0)) + [1] }
    let sum = data.rowWeights.reduce(0, +)
    var point = [Double](repeating: 0, count: size)
    for _ in 0..<60 {
      var gradient = (0..<size).map { $0 < size - 1 ? l2Penalty * point[$0] : 0 }
      var hessian = Matrix(rows: size, columns: size)
      for column in 0..<size - 1 { hessian[column, column] = l2Penalty }
      for (row, x) in rows.enumerated() {
        let margin = zip(x, point).reduce(0) { $0 + $1.0 * $1.1 }
        let probability = LogisticFunctions.sigmoid(margin)
        let weight = data.rowWeights[row] / sum
        let residual = weight * (probability - (data.positive[row] ? 1 : 0))
        let curvature = weight * LogisticFunctions.sigmoidDerivative(margin)
        for i in 0..<size {
          gradient[i] += residual * x[i]
          for j in 0..<size { hessian[i, j] += curvature * x[i] * x[j] }
        }
      }
      // Half steps until near: slow, but safe without a line search.
      let near = gradient.allSatisfy { abs($0) < 1e-3 }
      let step = try CholeskyFactor(hessian).solve(gradient)
      for i in 0..<size { point[i] -= (near ? 1 : 0.5) * step[i] }
    }
    return point
  }
}
