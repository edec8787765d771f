import Foundation
import Testing

import Evaluation

@Suite("Shares corrected for errors")
struct PrevalenceTests {
  /// A test with sensitivity 0.9 and specificity 0.8.
  private static let errors = [[80, 20], [10, 90]]

  private func corrected(_ errors: [[Int]], _ answers: [Int]) -> [Double]? {
    PrevalenceCorrection([.init(errors: errors, answers: answers)]).correctedShares
  }

  @Test("two classes: Rogan and Gladen's (p − fpr) / (tpr − fpr), bounded")
  func roganGladen() throws {
    // p = 0.41: (0.41 − 0.2) / (0.9 − 0.2) = 0.3.
    let shares = try #require(corrected(Self.errors, [59, 41]))
    #expect(isClose(shares[1], 0.3, relative: 1e-9) && isClose(shares[0], 0.7, relative: 1e-9))
    #expect(corrected(Self.errors, [90, 10]) == [1, 0])
    let high = try #require(corrected(Self.errors, [2, 98]))
    #expect(abs(high[1] - 1) < 1e-12)
    #expect(
      PrevalenceCorrection([.init(errors: Self.errors, answers: [59, 41])]).rawShares[1] == 0.41)
  }

  @Test("several classes: exact answers give the true shares back, unanswered ones too")
  func exact() throws {
    let errors = [[70, 20, 0, 10], [15, 75, 10, 0], [5, 15, 75, 5]]
    let truth = [0.5, 0.2, 0.3]
    let answers = (0..<4).map { answer in
      Int((zip(errors, truth).reduce(0) { $0 + Double($1.0[answer]) * $1.1 } * 100).rounded())
    }
    let shares = try #require(corrected(errors, answers))
    for (share, expected) in zip(shares, truth) { #expect(abs(share - expected) < 1e-9) }
  }

  @Test("no better point lies on the simplex", arguments: 1...20)
  func constrained(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let k = 3 + Int(seed % 3)
    let errors = (0..<k).map { row in
      (0..<k).map { Int(generator.next() % 40) + ($0 == row ? 120 : 0) }
    }
    // Answers that no mixture explains: nearly all of one kind.
    let answers = (0..<k).map { $0 == 0 ? 500 : Int(generator.next() % 12) }
    let shares = try #require(corrected(errors, answers))
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9 && shares.allSatisfy { $0 >= 0 })
    func distance(_ shares: [Double]) -> Double {
      (0..<k).reduce(0) { sum, answer in
        let expected = zip(errors, shares).reduce(0) {
          $0 + $1.1 * Double($1.0[answer]) / Double($1.0.reduce(0, +))
        }
        let difference = expected - Double(answers[answer]) / Double(answers.reduce(0, +))
        return sum + difference * difference
      }
    }
    let best = distance(shares)
    for _ in 0..<2000 {
      let draws = (0..<k).map { _ in -log(generator.uniform() + 1e-300) }
      let other = draws.map { $0 / draws.reduce(0, +) }
      // Near the solution as well as everywhere.
      for mix in [1, 0.1, 0.001] {
        #expect(distance(zip(shares, other).map { $0 * (1 - mix) + $1 * mix }) >= best - 1e-12)
      }
    }
  }

  @Test("languages with errors of their own: strata are corrected apart and bounded together")
  func strata() throws {
    let other = [[95, 5], [40, 60]]
    // True shares 0.5 of 100 and 0.1 of 300.
    let correction = PrevalenceCorrection([
      .init(errors: Self.errors, answers: [45, 55]),
      .init(errors: other, answers: [300 - 32, 32]),
    ])
    let first = (0.55 - 0.2) / 0.7
    let second = (32.0 / 300 - 0.05) / 0.55
    let shares = try #require(correction.correctedShares)
    #expect(isClose(shares[1], 0.25 * first + 0.75 * second, relative: 1e-9))
    #expect(isClose(correction.rawShares[1], 87.0 / 400))
  }

  @Test("a classifier that cannot tell classes apart corrects nothing")
  func uninformative() {
    #expect(corrected([[50, 50], [52, 48]], [40, 60]) == nil)
    #expect(corrected([[50, 50], [0, 0]], [40, 60]) == nil)
    #expect(corrected(Self.errors, [0, 0]) == nil)
    var generator = SplitMix64(seed: 1)
    let estimate = PrevalenceCorrection([.init(errors: [[5, 5], [1, 2]], answers: [5, 5])])
      .estimates(using: &generator)[1]
    #expect(estimate.corrected.map { $0.interval == 0...1 } ?? true)
  }

  @Test("draws have the means and variances of their distributions")
  func distributions() {
    var generator = SplitMix64(seed: 8)
    for shape in [0.5, 1, 7.5] {
      let draws = (0..<20_000).map { _ in RandomGamma.draw(shape: shape, using: &generator) }
      let mean = draws.reduce(0, +) / 20_000
      let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
      // Five standard errors: √(shape / n), and about √((2 + 6 / shape) / n) · shape.
      #expect(abs(mean - shape) < 5 * (shape / 20_000).squareRoot())
      #expect(abs(variance - shape) < 5 * shape * ((2 + 6 / shape) / 20_000).squareRoot())
    }
  }

  @Test("intervals widen with fewer statements and fewer known errors, and follow the seed")
  func widths() throws {
    func width(_ factor: Int, _ known: Int, seed: UInt64 = 3) throws -> Double {
      var generator = SplitMix64(seed: seed)
      let errors = Self.errors.map { $0.map { $0 * known } }
      let estimate = PrevalenceCorrection([
        .init(errors: errors, answers: [59 * factor, 41 * factor])
      ]).estimates(using: &generator)[1]
      let interval = try #require(estimate.corrected?.interval)
      #expect(interval.contains(0.3))
      return interval.upperBound - interval.lowerBound
    }
    #expect(try width(1, 1) > width(10, 1) && width(10, 1) > width(10, 10))
    #expect(try width(1, 1) == width(1, 1) && width(1, 1) != width(1, 1, seed: 4))
  }

  /// 1,000 runs: errors are counted on 200 statements of each class, shares are shifted by 0.1-0.6.
  @Test(
    "95 % intervals cover the truth in 92-98 % of runs, and the bias is gone", arguments: [2, 3])
  func coverage(classCount: Int) throws {
    var generator = SplitMix64(seed: 2026 + UInt64(classCount))
    let rates =
      classCount == 2
      ? [[0.85, 0.15], [0.25, 0.75]] : [[0.75, 0.2, 0.05], [0.15, 0.7, 0.15], [0.1, 0.2, 0.7]]
    func draw(_ shares: [Double], _ count: Int) -> [Int] {
      var counts = [Int](repeating: 0, count: shares.count)
      for _ in 0..<count {
        var rest = generator.uniform()
        var index = 0
        while index < shares.count - 1, rest >= shares[index] {
          rest -= shares[index]
          index += 1
        }
        counts[index] += 1
      }
      return counts
    }
    let runs = 1000
    var (covered, bias, rawBias, largeRuns) = (0, 0.0, 0.0, 0)
    for run in 0..<runs {
      // The last class has 0.2 in training, and 0.3 to 0.8 here.
      let last = 0.2 + [0.1, 0.2, 0.3, 0.4, 0.5, 0.6][run % 6]
      let truth =
        (0..<classCount - 1).map { _ in (1 - last) / Double(classCount - 1) } + [last]
      let errors = rates.map { draw($0, 200) }
      let classes = draw(truth, 400)
      var answers = [Int](repeating: 0, count: classCount)
      for (label, count) in classes.enumerated() {
        for (answer, given) in draw(rates[label], count).enumerated() { answers[answer] += given }
      }
      let estimate = PrevalenceCorrection([.init(errors: errors, answers: answers)])
        .estimates(draws: 400, using: &generator)[classCount - 1]
      let corrected = try #require(estimate.corrected)
      if corrected.interval.contains(last) { covered += 1 }
      let expectedRaw = zip(rates, truth).reduce(0) { $0 + $1.0[classCount - 1] * $1.1 }
      if abs(expectedRaw - last) >= 0.08 {
        largeRuns += 1
        bias += corrected.share - last
        rawBias += estimate.raw.share - last
      }
    }
    #expect((920...980).contains(covered), "\(covered) of \(runs)")
    #expect(largeRuns > 100)
    #expect(abs(rawBias / Double(largeRuns)) >= 0.08)
    #expect(abs(bias / Double(largeRuns)) <= 0.02, "\(bias / Double(largeRuns))")
  }

  @Test("raw shares have Wilson's interval, of the level that is asked for")
  func rawIntervals() {
    let correction = PrevalenceCorrection([
      .init(errors: [[80, 20], [20, 80]], answers: [7, 3])
    ])
    var generator = SplitMix64(seed: 3)
    let estimates = correction.estimates(level: 0.95, using: &generator)
    // R: prop.test(3, 10, correct = FALSE)$conf.int
    #expect(abs(estimates[1].raw.interval.lowerBound - 0.1077913) < 1e-6)
    #expect(abs(estimates[1].raw.interval.upperBound - 0.6032219) < 1e-6)
    #expect(abs(NormalDistribution.standardDeviations(holding: 0.95) - 1.959963984540054) < 1e-12)
    #expect(abs(NormalDistribution.standardDeviations(holding: 0.9999) - 3.8905918864) < 1e-8)
  }

  @Test("answers that the errors could hardly have led to are not corrected")
  func contradiction() {
    // One in five is given the label wrongly, but of a thousand only ten are given it at all.
    let correction = PrevalenceCorrection([
      .init(errors: [[800, 200], [200, 800]], answers: [990, 10])
    ])
    var generator = SplitMix64(seed: 4)
    let estimates = correction.estimates(using: &generator)
    #expect(estimates.allSatisfy { $0.corrected == nil })
    #expect(abs(estimates[1].raw.share - 0.01) < 1e-12)
  }
}
