import StanceKit
import Testing

@Suite("Learning curves")
struct LearningCurveTests {
  private func curves(
    _ rows: [TrainingRow], repeats: Int = 2, seed: UInt64 = 1, threads: Int = 1
  ) throws -> [LearningCurve] {
    try LearningCurveMeasurement(
      .init(repeats: repeats, more: 100, draws: 60, recipe: .words, folds: 4, seed: seed),
      parallelism: Parallelism(threads: threads)
    ).measure(TrainingRow.labelled(rows))
  }

  @Test("scores grow with the statements, and the forecast is for more of the same")
  func grows() throws {
    var source = WordSource(seed: 12)
    let curves = try curves(source.rows(320, reliability: 90))
    #expect(curves.map(\.task) == ["stance", "tone"])
    for curve in curves {
      let counts = curve.points.map(\.trainingCount)
      #expect(counts == counts.sorted() && curve.points.last?.trainingCount == 240)
      #expect(curve.points.allSatisfy { $0.interval.contains($0.macroF1) })
      let scores = curve.points.map(\.macroF1)
      // A single cue is learned from a few statements, two at once are not.
      #expect(curve.task == "tone" || scores[scores.count - 1] >= scores[0])
      guard case .gain(let gain) = curve.forecast else { continue }
      #expect(gain.more == 100 && gain.interval.contains(gain.gain) && gain.gain >= 0)
    }
  }

  @Test("few statements are too few to tell")
  func tooFew() throws {
    var source = WordSource(seed: 2)
    for curve in try curves(source.rows(60)) {
      guard case .tooFewPoints(let reason) = curve.forecast else {
        Issue.record("a forecast from 60 statements")
        continue
      }
      #expect(reason.contains("found 60 labelled statements"))
    }
  }

  @Test("the curve is the same for any number of threads, and follows the seed")
  func reproducible() throws {
    var source = WordSource(seed: 6)
    let rows = source.rows(160, reliability: 85)
    let one = try curves(rows, repeats: 1)
    #expect(try curves(rows, repeats: 1, threads: 2) == one)
    #expect(try curves(rows, repeats: 1, seed: 9) != one)
  }
}
