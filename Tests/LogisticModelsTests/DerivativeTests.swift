import LinearAlgebra
import LogisticModels
import Testing

@Suite("Derivatives of the objective")
struct DerivativeTests {
  /// A central difference with step h errs by h² f‴ / 6 and by ε f / h: best near h = 1e-5, with
  /// about ten digits left.
  static let step = 1e-5
  static let tolerance = 1e-7
  /// Hessian products are sums of at most a few hundred numbers in single precision.
  static let singleTolerance = 2e-6

  @Test(
    "of labels equal numerical ones", arguments: [1e-9, 1e-3, 1],
    [ClassWeighting.uniform, .balanced])
  func labels(l2Penalty: Double, weighting: ClassWeighting) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let data = SampleData(seed: seed)
      for smoothing in [0, 0.1] {
        let loss = BinaryRowLoss(data.indicators(weighting, smoothing: smoothing))
        check(data, loss, l2Penalty: l2Penalty, seed: seed)
      }
    }
  }

  @Test("of a softmax equal numerical ones", arguments: [1e-9, 1e-3, 1], [2, 3, 5, 9])
  func softmax(l2Penalty: Double, classes: Int) {
    for seed in 1...5 as ClosedRange<UInt64> {
      let data = SampleData(classes: classes, seed: seed)
      check(data, SoftmaxRowLoss(data.classTargets()), l2Penalty: l2Penalty, seed: seed)
    }
  }

  @Test(
    "along a direction are estimated from some rows, and found from few", arguments: [600, 40_000])
  func sampledSlopes(rows: Int) {
    // Up to 8,192 rows all are looked at.
    let tolerance = rows <= 8192 ? 1e-10 : 0.05
    let data = SampleData(rows: rows, features: 20, classes: 3, seed: 4)
    check(sampled: SoftmaxRowLoss(data.classTargets()), data, tolerance)
    check(sampled: BinaryRowLoss(data.indicators(.uniform)), data, tolerance)
  }

  private func check(sampled loss: some RowLoss, _ data: SampleData, _ tolerance: Double) {
    let problem = PenalizedProblem(data.documents, loss, l2Penalty: 1e-3)
    let blocks = Array(0..<problem.blockCount)
    let zero = [Double](repeating: 0, count: problem.dimension * problem.blockCount)
    problem.move(to: zero)
    _ = problem.evaluate(blocks.map { Trial(block: $0, step: 0) })
    problem.computeGradients(of: blocks, at: zero)
    problem.prepareTrials(of: blocks, from: zero, along: problem.gradients.map { -$0 })
    let start = blocks.map { Trial(block: $0, step: 0) }
    let (first, sampledFirst) = (problem.evaluate(start), problem.sampledSlopes(start))
    for step in [0.5, 2] {
      let trials = blocks.map { Trial(block: $0, step: step) }
      let (sampled, exact) = (problem.sampledSlopes(trials), problem.evaluate(trials))
      for block in blocks {
        // In what a slope rises by nothing cancels, as it may in the slope itself.
        let rise = exact[block].slope - first[block].slope
        let sampledRise = sampled[block] - sampledFirst[block]
        #expect(rise > 0 && abs(sampledRise / rise - 1) < tolerance, "step \(step)")
      }
    }
  }

  private func check(
    _ data: SampleData, _ loss: some RowLoss, l2Penalty: Double, seed: UInt64
  ) {
    let problem = PenalizedProblem(data.documents, loss, l2Penalty: l2Penalty)
    let size = problem.dimension * problem.blockCount
    let blocks = Array(0..<problem.blockCount)
    var generator = SeededGenerator(seed: seed &+ 100)
    let point = generator.numbers(size)
    let direction = generator.numbers(size)

    func values(_ step: Double) -> [TrialValue] {
      problem.move(to: zip(point, direction).map { $0 + step * $1 })
      return problem.evaluate(blocks.map { Trial(block: $0, step: 0) })
    }
    func gradient(_ step: Double) -> [Double] {
      _ = values(step)
      problem.computeGradients(of: blocks, at: zip(point, direction).map { $0 + step * $1 })
      return problem.gradients
    }
    let (after, before) = (values(Self.step), values(-Self.step))
    let (gradientAfter, gradientBefore) = (gradient(Self.step), gradient(-Self.step))
    let middle = gradient(0)
    problem.computeHessianProducts(of: blocks, along: direction)
    let products = problem.hessianProducts
    for block in blocks {
      let range = block * problem.dimension..<(block + 1) * problem.dimension
      let slope = range.reduce(0) { $0 + middle[$1] * direction[$1] }
      let numerical = (after[block].value - before[block].value) / (2 * Self.step)
      #expect(abs(slope - numerical) <= Self.tolerance * (1 + abs(slope)), "seed \(seed)")
      let differences = range.map {
        (gradientAfter[$0] - gradientBefore[$0]) / (2 * Self.step)
      }
      #expect(
        relativeDifference(Array(products[range]), differences) < Self.singleTolerance,
        "seed \(seed)")
    }
    checkPreconditioner(problem, blocks)
    checkSearch(problem, point, direction)
  }

  /// The preconditioner is the inverse of the diagonal that Hessian products of unit vectors show.
  private func checkPreconditioner(_ problem: PenalizedProblem<some RowLoss>, _ blocks: [Int]) {
    let size = problem.dimension * problem.blockCount
    var inverses = [Double](repeating: 0, count: size)
    problem.computePreconditioners(
      of: blocks, gradientRatios: blocks.map { _ in 0 }, into: &inverses)
    for position in stride(from: 0, to: size, by: 5) {
      var unit = [Double](repeating: 0, count: size)
      unit[position] = 1
      problem.computeHessianProducts(of: [position / problem.dimension], along: unit)
      #expect(
        abs(problem.hessianProducts[position] * inverses[position] - 1) < Self.singleTolerance)
    }
  }

  /// What a trial finds from kept margins is what a pass at the new point finds.
  private func checkSearch(
    _ problem: PenalizedProblem<some RowLoss>, _ point: [Double], _ direction: [Double]
  ) {
    let blocks = Array(0..<problem.blockCount)
    problem.move(to: point)
    problem.prepareTrials(of: blocks, from: point, along: direction.map { 2 * $0 })
    let found = problem.evaluate(blocks.map { Trial(block: $0, step: 0.25) })
    let next = zip(point, direction).map { $0 + 0.5 * $1 }
    problem.move(to: next)
    let expected = problem.evaluate(blocks.map { Trial(block: $0, step: 0) })
    problem.computeGradients(of: blocks, at: next)
    for block in blocks {
      #expect(abs(found[block].value / expected[block].value - 1) < 1e-13)
      let range = block * problem.dimension..<(block + 1) * problem.dimension
      let slope = range.reduce(0) { $0 + problem.gradients[$1] * 2 * direction[$1] }
      #expect(abs(found[block].slope - slope) < 1e-12 * (1 + abs(slope)))
    }
  }
}
