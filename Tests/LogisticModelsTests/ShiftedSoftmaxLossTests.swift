import LinearAlgebra
import Testing

@testable import LogisticModels

@Suite("Loss of shifted softmax scores")
struct ShiftedSoftmaxLossTests {
  private func loss(
    seed: UInt64, shifted: [Int], isScaled: Bool, ownShare: Double
  ) -> ShiftedSoftmaxLoss {
    var generator = SeededGenerator(seed: seed)
    let scores = generator.numbers(4 * 40, in: -3..<3)
    return ShiftedSoftmaxLoss(
      scores: Matrix(rows: 40, columns: 4, elements: scores),
      classes: (0..<40).map { _ in Int.random(in: 0..<4, using: &generator) },
      rowWeights: [0.1, 0.3, 0.2, 0.05], ownShare: ownShare, shifted: shifted, isScaled: isScaled,
      ridge: 0.02)
  }

  @Test(
    "derivatives equal numerical ones", arguments: [[0, 1, 2, 3], [1, 2, 3], [2], []], [1, 0.9])
  func derivatives(shifted: [Int], ownShare: Double) {
    for (seed, isScaled) in [(1, true), (2, false), (3, true)] as [(UInt64, Bool)] {
      let loss = loss(seed: seed, shifted: shifted, isScaled: isScaled, ownShare: ownShare)
      let count = shifted.count + (isScaled ? 1 : 0)
      var generator = SeededGenerator(seed: seed + 10)
      let point = generator.numbers(count, in: 0.2..<1.2)
      let (gradient, hessian) = loss.derivatives(at: point)
      for place in 0..<count {
        let step = DerivativeTests.step
        var (low, high) = (point, point)
        low[place] -= step
        high[place] += step
        let slope = (loss.value(at: high) - loss.value(at: low)) / (2 * step)
        #expect(abs(slope - gradient[place]) < DerivativeTests.tolerance)
        let (below, above) = (
          loss.derivatives(at: low).gradient, loss.derivatives(at: high).gradient
        )
        for other in 0..<count {
          let curvature = (above[other] - below[other]) / (2 * step)
          #expect(abs(curvature - hessian[place, other]) < DerivativeTests.tolerance)
        }
      }
    }
  }

  @Test("the minimum has no slope")
  func minimum() {
    let loss = loss(seed: 5, shifted: [1, 2, 3], isScaled: true, ownShare: 0.95)
    let found = loss.minimum(from: [0, 0, 0, 1], tolerance: 1e-12)
    #expect(loss.derivatives(at: found).gradient.allSatisfy { abs($0) < 1e-11 })
    #expect(loss.value(at: found) < loss.value(at: [0, 0, 0, 1]))
  }

  @Test("equal scores leave the temperature, and offsets tell the shares")
  func equalScores() throws {
    let fitted = try #require(
      BiasCorrectedTemperatureScaling.fit(
        scores: Matrix(rows: 400, columns: 2, repeating: 0.5),
        classes: (0..<400).map { $0 % 4 == 0 ? 1 : 0 }))
    #expect(abs(fitted.temperature - 1) < 1e-3)
    #expect(fitted.offsets[0] == 0 && abs(fitted.offsets[1] + 1.0986) < 0.04)
  }
}
