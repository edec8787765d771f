import Foundation
import Testing

@testable import LogisticModels

@Suite("The estimate of a step")
struct StepEstimateTests {
  /// The estimate for a slope as a function of the step.
  private func estimate(_ slope: (Double) -> Double) -> (step: Double, trials: Int) {
    var estimate = StepEstimate(slope: slope(0))
    var trials = 0
    while !estimate.isDone {
      trials += 1
      estimate.record(slope(estimate.step))
    }
    return (estimate.step, trials)
  }

  @Test("finds the zero of a straight slope", arguments: [0.2, 0.5, 1, 1.5, 2.9])
  func straight(lowest: Double) {
    let found = estimate { $0 / lowest - 1 }
    #expect(abs(found.step / lowest - 1) < 0.05)
    #expect(found.trials <= 3)
  }

  @Test("leaves a twentieth of the slope of curves", arguments: [0.7, 1, 1.5, 2, 3])
  func curved(lowest: Double) {
    // Rows that saturate: the slope rises fast at first and slowly then.
    let slope = { (step: Double) in tanh(step / lowest * 0.8) - tanh(0.8) }
    let found = estimate(slope)
    #expect(found.trials <= 5)
    #expect(abs(slope(found.step)) <= 0.05 * abs(slope(0)))
  }

  @Test("is the whole step where slopes are of no use", arguments: [Double.nan, .infinity])
  func useless(slope: Double) {
    #expect(estimate { $0 == 0 ? -1 : slope }.step == 1)
    #expect(estimate { _ in 0 }.step == 1)
    #expect(estimate { _ in slope }.step == 1)
    // Concave along the direction, which no convex loss is.
    #expect(estimate { -1 - $0 }.step == 1)
    // Of use for the first trial only.
    #expect(estimate { $0 <= 1 ? 0.3 * $0 - 1 : slope }.step == 1)
  }
}
