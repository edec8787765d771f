import Evaluation
import Testing

@Suite("Comparison of two classifiers")
struct ComparisonTests {
  /// Answers to statements of three labels; the second classifier errs more often, and half of the time
  /// about the same statements.
  private struct Sample {
    var gold: [[Int]] = []
    var first: [[Int]] = []
    var second: [[Int]] = []

    init(count: Int, errors: (Double, Double) = (0.2, 0.3), seed: UInt64 = 1) {
      var generator = SplitMix64(seed: seed)
      for _ in 0..<count {
        let label = Int(generator.next() % 3)
        let draws = (generator.uniform(), generator.uniform())
        let isShared = generator.uniform() < 0.5
        gold.append([label])
        first.append([draws.0 < errors.0 ? (label + 1) % 3 : label])
        second.append([(isShared ? draws.0 : draws.1) < errors.1 ? (label + 1) % 3 : label])
      }
    }

    func compared(groups: [Int]? = nil, seed: UInt64 = 1) -> ScoreComparison {
      ScoreComparison(
        labelCount: 3, gold: gold, answers: (first, second), groups: groups ?? Array(gold.indices),
        configuration: .init(bootstrap: Bootstrap(seed: seed)))
    }

    func repeated(_ times: Int) -> Sample {
      var sample = self
      for answers in [\Sample.gold, \.first, \.second] {
        sample[keyPath: answers] = self[keyPath: answers].flatMap {
          Array(repeating: $0, count: times)
        }
      }
      return sample
    }
  }

  @Test("both sides have their own scores")
  func scores() {
    let sample = Sample(count: 200)
    let found = sample.compared()
    let first = MultiLabelScores(labels: names(3), gold: sample.gold, predicted: sample.first)
    let second = MultiLabelScores(labels: names(3), gold: sample.gold, predicted: sample.second)
    #expect(isClose(found.macroF1.first, first.macroF1))
    #expect(isClose(found.macroF1.second, second.macroF1))
    #expect(isClose(found.microF1.second, second.microF1))
    #expect(isClose(found.correct.first, first.exactMatch))
    #expect(isClose(found.macroRecall.second, second.macroRecall))
    for (label, own) in found.labels.enumerated() {
      #expect(isClose(own.f1.first, first.perLabel[label].f1))
      #expect(isClose(own.precision.second, second.perLabel[label].precision))
      #expect(own.support == first.perLabel[label].support)
    }
  }

  @Test("a difference lies in its interval; where it is clear, chance does not reach it")
  func clearDifference() throws {
    let found = Sample(count: 600, errors: (0.15, 0.35)).compared()
    for score in [found.macroF1, found.correct, found.microF1] {
      let interval = try #require(score.interval)
      #expect(interval.contains(score.difference) && interval.upperBound < 0)
      #expect(score.pValue == 1e-4)
    }
  }

  @Test("the same answers do not differ")
  func sameAnswers() {
    var sample = Sample(count: 50)
    sample.second = sample.first
    let found = sample.compared()
    #expect(found.macroF1.difference == 0 && found.macroF1.pValue == 1)
    #expect(found.macroF1.interval == nil && found.mcNemar.pValue == 1)
  }

  @Test("the other order changes signs only")
  func otherOrder() throws {
    let sample = Sample(count: 150)
    var turned = sample
    swap(&turned.first, &turned.second)
    let (found, other) = (sample.compared(), turned.compared())
    #expect(found.macroF1.difference == -other.macroF1.difference)
    #expect(abs(found.macroF1.pValue - other.macroF1.pValue) < 0.02)
    let (one, two) = (try #require(found.macroF1.interval), try #require(other.macroF1.interval))
    #expect(abs(one.lowerBound + two.upperBound) < 0.01)
    #expect(found.mcNemar.firstOnly == other.mcNemar.secondOnly)
    #expect(found.mcNemar.pValue == other.mcNemar.pValue)
  }

  /// Both count the sign of each statement's difference; the swaps draw 9,999 of all.
  @Test("swaps agree with McNemar's exact test about the share of right answers", arguments: 1...5)
  func agreesWithMcNemar(seed: UInt64) {
    let found = Sample(count: 120, errors: (0.25, 0.3), seed: seed).compared()
    #expect(abs(found.correct.pValue - found.mcNemar.pValue) < 0.02)
  }

  @Test("copies within a group are worth no more than one")
  func copies() {
    let sample = Sample(count: 100)
    let copied = sample.repeated(4)
    let groups = copied.gold.indices.map { $0 / 4 }
    let (single, kept) = (sample.compared(), copied.compared(groups: groups))
    #expect(kept.macroF1 == single.macroF1 && kept.correct == single.correct)
    #expect(kept.sampling.unit == .group && kept.sampling.unitCount == 100)
    // Without the groups they would be taken for four times as many.
    #expect(copied.compared().correct.pValue < single.correct.pValue)
    #expect(copied.compared().mcNemar.pValue < kept.mcNemar.pValue)
  }

  @Test("neither the order of statements matters nor anything but the seed")
  func deterministic() {
    let sample = Sample(count: 90)
    var reversed = sample
    reversed.gold.reverse()
    reversed.first.reverse()
    reversed.second.reverse()
    #expect(sample.compared() == reversed.compared())
    #expect(sample.compared(seed: 1).macroF1 != sample.compared(seed: 2).macroF1)
  }

  @Test("statements without an answer are wrong")
  func noAnswer() {
    let found = ScoreComparison(
      labelCount: 2, gold: [[0], [1], [0], [1]],
      answers: ([[0], [1], [0], [1]], [[], [1], [], [1]]),
      groups: [0, 1, 2, 3])
    #expect(found.correct.second == 0.5 && found.mcNemar.firstOnly == 2)
  }
}

@Suite("McNemar's test")
struct McNemarTests {
  private func test(_ firstOnly: Int, _ secondOnly: Int, both: Int = 10) -> McNemarTest {
    let first =
      Array(repeating: true, count: firstOnly + both) + Array(repeating: false, count: secondOnly)
    let second =
      Array(repeating: false, count: firstOnly) + Array(repeating: true, count: both + secondOnly)
    return McNemarTest(first: first, second: second, groups: Array(first.indices))
  }

  /// scipy.stats.binomtest(smaller, both).pvalue (1.17.1).
  @Test(
    "is exact where statements stand for themselves",
    arguments: [
      (2, 8, 0.109375), (15, 5, 0.04138946533203125), (59, 121, 4.4344492637551645e-06),
      (0, 6, 0.03125), (400, 470, 0.019267052848609047), (7, 7, 1),
    ])
  func exact(firstOnly: Int, secondOnly: Int, pValue: Double) {
    let found = test(firstOnly, secondOnly)
    #expect(found.firstOnly == firstOnly && found.secondOnly == secondOnly)
    #expect(isClose(found.pValue, pValue, relative: 1e-9))
  }

  @Test("statements on which both are right or wrong do not matter")
  func concordant() {
    #expect(test(3, 9, both: 0).pValue == test(3, 9, both: 1000).pValue)
  }

  /// Differences 2, −1 and 1 in three groups: χ² = 2² / 6; scipy.stats.chi2.sf(2 / 3, 1).
  @Test("groups count as one each")
  func groups() {
    let found = McNemarTest(
      first: [true, true, false, true, true], second: [false, false, true, false, true],
      groups: [4, 4, 7, 9, 9])
    #expect(isClose(found.pValue, 0.41421617824252516, relative: 1e-9))
  }

  /// statsmodels.stats.multitest.multipletests([…], method="holm") (0.15.0).
  @Test("Holm's correction is that of statsmodels")
  func holm() {
    let found = MultipleTests.holm([0.01, 0.04, 0.03, 0.005])
    for (value, expected) in zip(found, [0.03, 0.06, 0.06, 0.02]) {
      #expect(isClose(value, expected, relative: 1e-12))
    }
    #expect(MultipleTests.holm([]).isEmpty && MultipleTests.holm([0.7, 0.8]) == [1, 1])
  }
}
