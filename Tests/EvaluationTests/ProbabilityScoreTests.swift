import Evaluation
import Foundation
import Testing

@Suite("Scores of probabilities")
struct ProbabilityScoreTests {
  @Test(
    "log loss, Brier score and calibration error of a label are scikit-learn's",
    arguments: try References.load().binaryProbabilities)
  func binaryReference(reference: References.BinaryProbabilities) {
    let (probabilities, positives) = (reference.probabilities, reference.positives)
    #expect(
      isClose(
        ProbabilityScores.logLoss(probabilities: probabilities, positives: positives),
        reference.logLoss))
    #expect(
      isClose(
        ProbabilityScores.brierScore(probabilities: probabilities, positives: positives),
        reference.brierScore))
    for error in reference.expectedCalibrationErrors {
      let value = ProbabilityScores.expectedCalibrationError(
        probabilities: probabilities, positives: positives, binCount: error.bins)
      // Differences of means: what cancels costs a few digits.
      #expect(isClose(value, error.value, relative: 1e-11), "\(error.bins) bins")
    }
  }

  @Test(
    "log loss and Brier score of a single-label task are scikit-learn's",
    arguments: try References.load().classProbabilities)
  func classReference(reference: References.ClassProbabilities) {
    let logLoss = ProbabilityScores.logLoss(
      rowMajorProbabilities: reference.probabilities, gold: reference.gold,
      labelCount: reference.labelCount)
    #expect(isClose(logLoss, reference.logLoss))
    let brierScore = ProbabilityScores.brierScore(
      rowMajorProbabilities: reference.probabilities, gold: reference.gold,
      labelCount: reference.labelCount)
    #expect(isClose(brierScore, reference.brierScore))
  }

  @Test("two classes: the log loss is the label's, the Brier score twice it", arguments: [1, 2, 3])
  func twoClasses(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let probabilities = (0..<50).map { _ in generator.uniform() }
    let gold = generator.labels(rows: 50, labelCount: 2)
    let positives = gold.map { $0 == 1 }
    let both = probabilities.flatMap { [1 - $0, $0] }
    #expect(
      isClose(
        ProbabilityScores.logLoss(rowMajorProbabilities: both, gold: gold, labelCount: 2),
        ProbabilityScores.logLoss(probabilities: probabilities, positives: positives)),
      "seed \(seed)")
    #expect(
      isClose(
        ProbabilityScores.brierScore(rowMajorProbabilities: both, gold: gold, labelCount: 2),
        2 * ProbabilityScores.brierScore(probabilities: probabilities, positives: positives)),
      "seed \(seed)")
  }

  @Test("a certain mistake is costly, not infinite; a certain hit is almost free")
  func certainty() {
    let mistake = ProbabilityScores.logLoss(probabilities: [0], positives: [true])
    #expect(isClose(mistake, 52 * log(2)))
    #expect(isClose(ProbabilityScores.logLoss(probabilities: [1], positives: [false]), mistake))
    #expect(ProbabilityScores.logLoss(probabilities: [1], positives: [true]) < 3e-16)
  }

  @Test("bins hold their upper bound, the first also 0", arguments: [1, 2, 10, 15, 16])
  func binBounds(binCount: Int) {
    let bounds = (0...binCount).map { Double($0) / Double(binCount) }
    let table = ProbabilityScores.reliabilityTable(
      probabilities: bounds, positives: bounds.map { _ in true }, binCount: binCount)
    #expect(table.map(\.count) == [2] + Array(repeating: 1, count: binCount - 1))
    #expect(table.map(\.upperBound) == Array(bounds.dropFirst()))
    #expect(table.map(\.lowerBound) == Array(bounds.dropLast()))
  }

  @Test("the reliability table shows each bin's mean and frequency, empty bins as 0")
  func reliabilityTable() {
    let table = ProbabilityScores.reliabilityTable(
      probabilities: [0.125, 0.25, 0.75, 1], positives: [false, true, true, true], binCount: 4)
    #expect(table.map(\.count) == [2, 0, 1, 1])
    #expect(table.map(\.meanProbability) == [0.1875, 0, 0.75, 1])
    #expect(table.map(\.observedFrequency) == [0.5, 0, 1, 1])
    let error = ProbabilityScores.expectedCalibrationError(
      probabilities: [0.125, 0.25, 0.75, 1], positives: [false, true, true, true], binCount: 4)
    #expect(error == (2 * 0.3125 + 0.25) / 4)
  }

  @Test("a loss of no statements is not a number")
  func noStatements() {
    #expect(ProbabilityScores.logLoss(probabilities: [], positives: []).isNaN)
    #expect(ProbabilityScores.brierScore(probabilities: [], positives: []).isNaN)
    #expect(ProbabilityScores.expectedCalibrationError(probabilities: [], positives: []).isNaN)
    #expect(
      ProbabilityScores.logLoss(rowMajorProbabilities: [], gold: [], labelCount: 3).isNaN)
  }
}
