import Foundation
import LogisticModels
import Testing

@Suite("Scalar functions")
struct LogisticFunctionsTests {
  /// Dense near zero, where cancellation would show, and out to where things saturate.
  static let arguments: [Double] = {
    var generator = SeededGenerator(seed: 3)
    let sizes = stride(from: -12.0, through: 2.8, by: 0.05).map { pow(10, $0) }
    return sizes.flatMap { size in
      let x = size * Double.random(in: 1..<1.12, using: &generator)
      return [x, -x]
    } + [0, 1, -1, 0.881373587, -0.881373587, 36, -37, 100, -100, 700, -700]
  }()

  /// The error in units in the last place of the expected number, itself within 1 of them.
  private func units(_ found: Double, _ expected: Double) -> Double {
    abs(found - expected) / max(expected.ulp, .leastNormalMagnitude)
  }

  @Test("equal the exact values within their bounds")
  func errorBounds() {
    for x in Self.arguments {
      let e = exp(-abs(x))
      let larger = 1 / (1 + e)
      let smaller = e / (1 + e)
      let softplus = max(x, 0) + log1p(e)
      #expect(units(LogisticFunctions.softplus(x), softplus) <= 4, "softplus at \(x)")
      #expect(units(LogisticFunctions.sigmoid(x), x > 0 ? larger : smaller) <= 4, "at \(x)")
      #expect(
        units(LogisticFunctions.sigmoidComplement(x), x > 0 ? smaller : larger) <= 4, "at \(x)")
      #expect(units(LogisticFunctions.sigmoidDerivative(x), larger * smaller) <= 5, "at \(x)")
    }
  }

  @Test("are finite and saturate at the ends", arguments: [709.0, 1000, 1e6, 1e300])
  func saturation(x: Double) {
    #expect(LogisticFunctions.softplus(x) == x)
    #expect(LogisticFunctions.softplus(-x) == 0)
    #expect(LogisticFunctions.sigmoid(x) == 1)
    #expect(LogisticFunctions.sigmoid(-x) == 0)
    #expect(LogisticFunctions.sigmoidDerivative(x) == 0)
  }

  @Test("NaN stays NaN")
  func notANumber() {
    #expect(LogisticFunctions.softplus(.nan).isNaN)
    #expect(LogisticFunctions.sigmoid(.nan).isNaN)
  }

  @Test("the logit inverts the sigmoid", arguments: [1e-12, 1e-3, 0.3, 0.5, 0.7, 0.999])
  func logit(probability: Double) {
    let back = LogisticFunctions.sigmoid(LogisticFunctions.logit(probability))
    #expect(abs(back / probability - 1) < 1e-14)
    #expect(LogisticFunctions.logit(0) == -.infinity)
    #expect(LogisticFunctions.logit(1) == .infinity)
  }

  @Test("a softmax is shift invariant and sums to one", arguments: [0.0, 1000, -1000])
  func softmaxShift(shift: Double) {
    let scores = [0.5, -1, 2, 0.25]
    let total = scores.reduce(0) { $0 + exp($1) }
    let found = LogisticFunctions.softmax(scores.map { $0 + shift })
    #expect(relativeDifference(found, scores.map { exp($0) / total }) < 1e-13)
    #expect(abs(found.reduce(0, +) - 1) < 1e-15)
    let sum = LogisticFunctions.logSumExp(scores.map { $0 + shift })
    // The shifted scores themselves are rounded to 1e-13.
    #expect(abs(sum - (log(total) + shift)) < 3e-13)
  }

  @Test("the log-sum-exp of nothing but −∞ is −∞")
  func emptySum() {
    #expect(LogisticFunctions.logSumExp([-.infinity, -.infinity]) == -.infinity)
    #expect(LogisticFunctions.logSumExp([-.infinity, 3]) == 3)
  }
}
