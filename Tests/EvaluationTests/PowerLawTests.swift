import Evaluation
import Foundation
import Testing

@Suite("Power laws of learning curves")
struct PowerLawTests {
  @Test("the number for a score is the inverse of the score at a number")
  func inverse() throws {
    let law = PowerLaw(limit: 0.9, gap: 2, rate: 0.4)
    let count = try #require(law.count(reaching: law.score(at: 1234)))
    #expect(isClose(count, 1234, relative: 1e-9))
    #expect(law.count(reaching: 0.9) == nil)
    #expect(PowerLaw(limit: 0.9, gap: 0, rate: 0.4).count(reaching: 0.5) == nil)
  }

  private static let counts = [50.0, 100, 200, 400, 800]
  private static let even = [Double](repeating: 1, count: 5)

  @Test("points on a law give the law back", arguments: [(0.8, 2.0, 0.5), (0.95, 1.2, 0.3)])
  func exact(limit: Double, gap: Double, rate: Double) throws {
    let law = PowerLaw(limit: limit, gap: gap, rate: rate)
    let fitted = try #require(
      PowerLaw.fit(
        counts: Self.counts, scores: Self.counts.map(law.score), weights: Self.even))
    // The rate comes from a grid with steps of 6 %.
    #expect(isClose(fitted.rate, rate, relative: 0.05))
    for count in [60.0, 500, 1000, 1600] {
      #expect(abs(fitted.score(at: count) - law.score(at: count)) < 0.004)
    }
  }

  @Test("a law never ends above 1 and never falls")
  func bounds() throws {
    let steep = try #require(
      PowerLaw.fit(
        counts: Self.counts, scores: [0.5, 0.62, 0.75, 0.87, 0.99], weights: Self.even))
    #expect(steep.limit <= 1 && steep.gap > 0)
    let falling = try #require(
      PowerLaw.fit(counts: Self.counts, scores: [0.9, 0.8, 0.7, 0.6, 0.5], weights: Self.even))
    #expect(falling.gap == 0 && abs(falling.limit - 0.7) < 1e-12)
  }

  @Test("weights count as repetitions, and three sizes are the least")
  func weights() throws {
    let scores = [0.5, 0.6, 0.66, 0.7, 0.71]
    let weighted = try #require(
      PowerLaw.fit(counts: Self.counts, scores: scores, weights: [1, 1, 1, 1, 3]))
    let repeated = try #require(
      PowerLaw.fit(
        counts: Self.counts + [800, 800], scores: scores + [0.71, 0.71],
        weights: [Double](repeating: 1, count: 7)))
    #expect(isClose(weighted.score(at: 1000), repeated.score(at: 1000), relative: 1e-9))
    #expect(PowerLaw.fit(counts: [5, 5, 9], scores: [0, 1, 1], weights: [1, 1, 1]) == nil)
  }
}
