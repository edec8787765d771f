import Evaluation
import Testing

@Suite("Thresholds")
struct ThresholdTests {
  @Test("a label is on at its threshold")
  func rule() {
    #expect(Thresholds.isOn(0.5, at: 0.5))
    #expect(!Thresholds.isOn(0.5.nextDown, at: 0.5))
  }

  @Test(
    "the best F1 is the maximum of scikit-learn's precision-recall curve",
    arguments: try References.load().binaryProbabilities)
  func bestF1Reference(reference: References.BinaryProbabilities) {
    let threshold = Thresholds.bestF1(
      probabilities: reference.probabilities, positives: reference.positives)
    let confusion = BinaryConfusion(
      probabilities: reference.probabilities, positives: reference.positives, threshold: threshold)
    #expect(isClose(confusion.f1, reference.bestF1))
  }

  @Test(
    "it is the brute-force optimum, ties going to the threshold nearest 0.5",
    arguments: 1...40 as ClosedRange<UInt64>, [2, 8, 1000])
  func bruteForce(seed: UInt64, levels: Int) {
    var generator = SplitMix64(seed: seed)
    // Few levels make equal probabilities, and equal F1.
    let probabilities = (0..<25).map { _ in
      Double(generator.next() % UInt64(levels + 1)) / Double(levels)
    }
    let positives = probabilities.map { generator.uniform() < 0.2 + 0.5 * $0 }
    let threshold = Thresholds.bestF1(probabilities: probabilities, positives: positives)
    #expect(
      threshold == bruteForceBestF1(probabilities: probabilities, positives: positives),
      "seed \(seed), \(levels) levels")
  }

  @Test("without a positive it is 0.5, without a negative below the lowest probability")
  func oneClass() {
    #expect(Thresholds.bestF1(probabilities: [], positives: []) == 0.5)
    #expect(Thresholds.bestF1(probabilities: [0.9, 0.2], positives: [false, false]) == 0.5)
    #expect(Thresholds.bestF1(probabilities: [0.75, 0.5], positives: [true, true]) == 0.25)
    #expect(Thresholds.bestF1(probabilities: [0, 0], positives: [true, false]) == 0)
  }

  @Test("of two equally good cuts the one nearest 0.5, of two equally near the higher")
  func ties() {
    // F1 from the highest cut down: 2/3, 2/4, 2/5, 4/6, and 4/n with everything on.
    let positives = [true, false, false, true, false, false, false]
    func best(_ probabilities: [Double]) -> Double {
      Thresholds.bestF1(probabilities: probabilities, positives: positives)
    }
    #expect(best([1, 0.75, 0.625, 0.5, 0, 0, 0]) == 0.25)  // 0.875 or 0.25
    #expect(best([1, 0.25, 0.25, 0.25, 0, 0, 0]) == 0.625)  // 0.625 or 0.125
    #expect(best([1, 0.5, 0.5, 0.5, 0, 0, 0]) == 0.75)  // 0.75 or 0.25
  }

  @Test(
    "a steady one is the mean of all that are within one standard error of the best",
    arguments: 1...40 as ClosedRange<UInt64>, [2, 8, 1000])
  func steady(seed: UInt64, levels: Int) throws {
    var generator = SplitMix64(seed: seed)
    let probabilities = (0..<40).map { _ in
      Double(generator.next() % UInt64(levels + 1)) / Double(levels)
    }
    let positives = probabilities.map { generator.uniform() < 0.1 + 0.8 * $0 }
    func confusion(_ threshold: Double) -> BinaryConfusion {
      BinaryConfusion(probabilities: probabilities, positives: positives, threshold: threshold)
    }
    func f1(_ threshold: Double) -> Double { confusion(threshold).f1 }
    let found = Thresholds.steadyF1(probabilities: probabilities, positives: positives)
    let best = try #require(cuts(probabilities).map(confusion).max { $0.f1 < $1.f1 })
    let union = Double(best.truePositives + best.falsePositives + best.falseNegatives)
    let share = Double(best.truePositives) / union
    let error = 2 / ((1 + share) * (1 + share)) * (share * (1 - share) / union).squareRoot()
    // Up to the highest probability, in steps that no probability falls on.
    let highest = try #require(probabilities.max())
    let grid = (0..<20_000).map { (Double($0) + 0.5) / 20_000 }.filter { $0 < highest }
    let good = grid.filter { f1($0) >= best.f1 - error - 1e-12 }
    let mean = good.reduce(0, +) / Double(good.count)
    #expect(f1(found) >= best.f1 - error - 1e-12, "seed \(seed), \(levels) levels")
    // No good threshold is nearer than one that divides the statements alike.
    let nearest = try #require(good.map { abs($0 - mean) }.min())
    let alike = good.filter { confusion($0) == confusion(found) }
    #expect(
      try #require(alike.map { abs($0 - mean) }.min()) < nearest + 2e-4,
      "seed \(seed), \(levels) levels")
  }

  @Test("a steady one leaves the edge of a plateau, and is the best where nothing else is good")
  func plateau() {
    // All right above 0.85, so that nothing is left to chance.
    let probabilities = [0.95, 0.94, 0.93, 0.92, 0.78, 0.62, 0.48, 0.1, 0.09, 0.08, 0.07, 0.06]
    let positives =
      [true, true, true, true, false, false, false] + Array(repeating: false, count: 5)
    #expect(
      abs(Thresholds.bestF1(probabilities: probabilities, positives: positives) - 0.85) < 1e-12)
    #expect(
      abs(Thresholds.steadyF1(probabilities: probabilities, positives: positives) - 0.85) < 1e-12)
    // A positive that is missed leaves something to chance, and lower thresholds come into question.
    let missed = [true, true, true, true, false, false, true] + Array(repeating: false, count: 5)
    #expect(Thresholds.bestF1(probabilities: probabilities, positives: missed) > 0.8)
    #expect(Thresholds.steadyF1(probabilities: probabilities, positives: missed) < 0.8)
  }

  @Test("of two steady ones that are equally near the mean the higher is taken")
  func steadyTies() {
    // F1 is 4/5 from 0.75 and 6/7 with all on, within one standard error.
    let positives = [true, true, false, true]
    #expect(Thresholds.steadyF1(probabilities: [1, 1, 0.5, 0], positives: positives) == 0.75)
    #expect(Thresholds.steadyF1(probabilities: [1, 1, 0.5, 0.5], positives: positives) == 0.75)
  }

  @Test("a steady one of labels without a positive is 0.5")
  func steadyWithoutPositives() {
    #expect(Thresholds.steadyF1(probabilities: [], positives: []) == 0.5)
    #expect(Thresholds.steadyF1(probabilities: [0.9, 0.2], positives: [false, false]) == 0.5)
    #expect(Thresholds.steadyF1(probabilities: [0.75, 0.5], positives: [true, true]) == 0.25)
  }

  @Test("neighbouring floating-point numbers are still told apart")
  func adjacentProbabilities() {
    let (low, high) = (0.3, 0.3.nextUp)
    let threshold = Thresholds.bestF1(probabilities: [low, high], positives: [false, true])
    #expect(!Thresholds.isOn(low, at: threshold))
    #expect(Thresholds.isOn(high, at: threshold))
  }

  private func cuts(_ probabilities: [Double]) -> [Double] {
    let distinct = Set(probabilities).union([0]).sorted()
    let candidates = zip(distinct, distinct.dropFirst()).map { ($0 + $1) / 2 }
    return probabilities.contains(0) ? candidates + [0] : candidates
  }

  /// Tries every cut by counting anew, with F1 compared as the library's scores report it.
  private func bruteForceBestF1(probabilities: [Double], positives: [Bool]) -> Double {
    guard positives.contains(true) else { return 0.5 }
    return cuts(probabilities).max { left, right in
      let (leftF1, rightF1) = (f1(left), f1(right))
      if leftF1 != rightF1 { return leftF1 < rightF1 }
      let (leftDistance, rightDistance) = (abs(left - 0.5), abs(right - 0.5))
      return leftDistance == rightDistance ? left < right : leftDistance > rightDistance
    } ?? 0.5
    func f1(_ threshold: Double) -> Double {
      BinaryConfusion(probabilities: probabilities, positives: positives, threshold: threshold).f1
    }
  }
}
