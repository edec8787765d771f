import StanceKit
import Testing

@Suite("Checked calibration")
struct CheckedCalibrationTests {
  /// Scores that a strong penalty made too timid.
  private static let evaluations = Result { () throws -> [TaskEvaluation] in
    var source = WordSource(seed: 41)
    var rows = source.rows(240, reliability: 90)
    for row in rows.indices where row % 2 == 0 { rows[row].language = "ar" }
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [0.3], classWeightings: [.uniform], folds: 4)
    return try Trainer(configuration).crossValidate(TrainingRow.labelled(rows)).summary.evaluations
  }

  @Test("losses are told before and after, and calibration lowers them")
  func beforeAndAfter() throws {
    for evaluation in try Self.evaluations.get() {
      for label in evaluation.calibration {
        let before = try #require(label.uncalibrated)
        #expect(label.logLoss < before.logLoss && label.brierScore < before.brierScore)
        #expect(label.expectedCalibrationError < before.expectedCalibrationError)
      }
    }
  }

  @Test("one label of several is also judged as a whole")
  func wholeAnswers() throws {
    let evaluations = try Self.evaluations.get()
    #expect(evaluations[0].answerCalibration == nil)
    let answers = try #require(evaluations[1].answerCalibration)
    // Of two labels Brier's own score is twice that of either, and the log losses are the same.
    let label = evaluations[1].calibration[0]
    #expect(abs(answers.calibrated.brierScore - 2 * label.brierScore) < 1e-9)
    #expect(abs(answers.calibrated.logLoss - label.logLoss) < 1e-9)
    #expect(answers.calibrated.logLoss < answers.uncalibrated.logLoss)
  }

  @Test("reliability tables hold every statement, and their gaps are the calibration error")
  func reliability() throws {
    for evaluation in try Self.evaluations.get() {
      for label in evaluation.calibration {
        let bins = try #require(label.reliability)
        #expect(bins.count == 10)
        #expect(bins.reduce(0) { $0 + $1.count } == evaluation.scores.statementCount)
        let gap = bins.reduce(0) {
          $0 + Double($1.count) * abs($1.meanProbability - $1.observedFrequency)
        }
        #expect(abs(gap / 240 - label.expectedCalibrationError) < 1e-12)
      }
    }
  }

  @Test("each language has losses of its own, which average to those of all")
  func languages() throws {
    for evaluation in try Self.evaluations.get() {
      for (index, label) in evaluation.calibration.enumerated() {
        var sum = 0.0
        for entry in evaluation.byLanguage {
          sum +=
            try #require(entry.calibration)[index].logLoss * Double(entry.scores.statementCount)
        }
        #expect(abs(sum / 240 - label.logLoss) < 1e-12)
      }
    }
  }
}
