import Evaluation
import Foundation
import Testing

/// A seeded generator (Steele, Lea and Flood 2014).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in 0..<1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Label sets of `rows` statements, label l with probability `rates[l]`.
  mutating func labelSets(rows: Int, rates: [Double]) -> [[Int]] {
    (0..<rows).map { _ in rates.indices.filter { uniform() < rates[$0] } }
  }

  /// Labels of `rows` statements, uniform in 0..<labelCount.
  mutating func labels(rows: Int, labelCount: Int) -> [Int] {
    (0..<rows).map { _ in Int(next() % UInt64(labelCount)) }
  }
}

/// Both sides add the same few hundred numbers, at most in another order.
let summationTolerance = 1e-13

/// Equal up to a relative difference.
func isClose(_ value: Double, _ reference: Double, relative: Double = summationTolerance) -> Bool {
  abs(value - reference) <= relative * max(abs(value), abs(reference))
}

/// `count` label names.
func names(_ count: Int) -> [String] { (0..<count).map { "label \($0)" } }

@Suite("The tests' random generator")
struct SplitMix64Tests {
  @Test("it yields the published numbers of seed 1234567")
  func publishedNumbers() {
    var generator = SplitMix64(seed: 1_234_567)
    #expect(generator.next() == 6_457_827_717_110_365_317)
    #expect(generator.next() == 3_203_168_211_198_807_973)
  }

  @Test("its label sets vary from row to row and from seed to seed")
  func varies() {
    var first = SplitMix64(seed: 1)
    var second = SplitMix64(seed: 2)
    let sets = first.labelSets(rows: 50, rates: [0.5, 0.5, 0.5])
    #expect(Set(sets).count > 4)
    #expect(sets != second.labelSets(rows: 50, rates: [0.5, 0.5, 0.5]))
  }
}
