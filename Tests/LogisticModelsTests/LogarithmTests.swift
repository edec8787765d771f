import Foundation
import Testing

@testable import LogisticModels

@Suite("Logarithms side by side")
struct LogarithmTests {
  @Test("equal the exact values within 3 units in the last place")
  func errorBound() {
    var generator = SeededGenerator(seed: 4)
    for power in stride(from: -52.0, through: 20, by: 0.25) {
      let excess = pow(2, power) * Double.random(in: 1..<1.2, using: &generator)
      for x in [1 + excess, 1, 2, 4, Double(2).nextDown] {
        let found = logarithms(ofAtLeastOne: SIMD4(1, x, 2, x))
        #expect(abs(found[1] - log(x)) <= 3 * log(x).ulp, "at \(x)")
        #expect(found[0] == 0)
        #expect(found[3] == found[1])
      }
    }
  }
}
