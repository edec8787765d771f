import Foundation
import Testing

@testable import StanceKit

@Suite("Offsets of labels that exclude each other")
struct ClassOffsetTests {
  private func statements(seed: UInt64 = 31) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.unevenRows(700))
  }

  private func train(
    _ weighting: ClassWeighting, _ goals: DecisionGoals = .init()
  ) throws -> Trainer.Training {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [weighting], folds: 4)
    configuration.goals = goals
    return try Trainer(configuration).train(on: statements())
  }

  private func temperature(_ model: Model) throws -> DecisionRule.Temperature {
    guard case .mostProbable(let temperature, _) = model.classifiers[1].rule else {
      throw TestError.wrongRule
    }
    return temperature
  }

  private enum TestError: Error { case wrongRule }

  @Test("after a fit with balanced weights labels are as probable as they are frequent")
  func frequencies() throws {
    let training = try train(.balanced)
    let offsets = try #require(try temperature(training.model).offsets)
    #expect(offsets[0] == 0 && offsets[1] < -1)
    let judgements = try #require(training.crossValidation).judgements[1]
    let gold = try statements().annotations[1]
    let mean = judgements.reduce(0) { $0 + $1.probabilities[1] } / Double(judgements.count)
    let share = Double(gold.count { $0 == .label(1) }) / Double(judgements.count)
    #expect(abs(mean - share) < 0.01)
    let calibration = try #require(training.crossValidation).summary.evaluations[1].calibration[1]
    let before = try #require(calibration.uncalibrated)
    #expect(calibration.expectedCalibrationError < before.expectedCalibrationError / 2)
    #expect(calibration.logLoss < before.logLoss)
  }

  @Test("the answer is the label with the highest score, as without offsets")
  func answers() throws {
    let model = try train(.balanced).model
    guard case .mostProbable(let temperature, let rules?) = model.classifiers[1].rule else {
      throw TestError.wrongRule
    }
    let offsets = try #require(temperature.offsets)
    #expect(zip(rules, offsets).allSatisfy { abs($0.weight * exp($1) - 1) < 1e-12 })
    #expect(!model.classifiers[1].rule.abstains)
    var improbable = 0
    for statement in try statements(seed: 32).statements.prefix(300) {
      let judged = model.classify(statement.text).tasks[1]
      #expect(judged.labels == [judged.scores[1] > judged.scores[0] ? 1 : 0])
      improbable += judged.probabilities[judged.labels[0]] < 0.5 ? 1 : 0
    }
    #expect(improbable > 0)
  }

  @Test("where a temperature alone does as well there are none")
  func none() throws {
    var source = WordSource(seed: 33)
    let data = try TrainingRow.labelled(source.gradedRows(400))
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    #expect(try temperature(Trainer(configuration).train(on: data).model).offsets == nil)
  }

  @Test("they survive the file, and targets set later keep them")
  func saved() throws {
    let model = try train(.balanced).model
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    #expect(loaded.classifiers[1].rule == model.classifiers[1].rule)
    let precise = try loaded.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: "tone", goal: .precision(0.9))]))
    guard case .mostProbable(let temperature, let rules?) = precise.classifiers[1].rule,
      case .mostProbable(let before, let plain?) = model.classifiers[1].rule
    else { throw TestError.wrongRule }
    #expect(temperature == before && rules.map(\.weight) == plain.map(\.weight))
    #expect(rules.contains { $0.answersFrom != 0 })
    let back = try precise.settingThresholds(for: DecisionGoals(targets: [.init(goal: .bestF1)]))
    #expect(back.classifiers[1].rule == model.classifiers[1].rule)
  }

  @Test("with intervals the probability is within its own")
  func intervals() throws {
    let model = try train(.balanced).model
    for statement in try statements(seed: 32).statements.prefix(50) {
      let judged = model.classify(statement.text, intervals: 0.95).tasks[1]
      for (probability, interval) in zip(judged.probabilities, try #require(judged.intervals)) {
        #expect(interval.lower <= probability && probability <= interval.upper)
      }
    }
  }

  @Test(
    "a rule with what no fit gives does not fit its task",
    arguments: [
      ([0.0, -1], [1.0, 0]), ([0, -1], [1, -2]), ([0, -1], [1, .nan]), ([0, -1, 0], [1, 2]),
      ([0, .infinity], [1, 2]), ([0, -1], [1, 2, 3]),
    ])
  func unfit(offsets: [Double], weights: [Double]) throws {
    let task = try Codebook(yaml: SampleStatements.codebook, file: "codebook.yaml").tasks[1]
    func rule(_ offsets: [Double], _ weights: [Double]) -> DecisionRule {
      .mostProbable(
        temperature: .init(0.5, offsets: offsets), labels: weights.map { .init(weight: $0) })
    }
    #expect(rule([0, -1], [1, 2]).fits(task) && !rule(offsets, weights).fits(task))
  }

  @Test("a rule is read as it is written")
  func rule() throws {
    let json = """
      {"mostProbable":{"temperature":{"general":0.5,"offsets":[0,-1]},
      "labels":[{"answersFrom":0},{"answersFrom":0,"weight":2.5}]}}
      """
    let rule = try JSONDecoder().decode(DecisionRule.self, from: Data(json.utf8))
    #expect(
      rule
        == .mostProbable(
          temperature: .init(0.5, offsets: [0, -1]), labels: [.init(), .init(weight: 2.5)]))
    #expect(try JSONDecoder().decode(DecisionRule.self, from: JSONEncoder().encode(rule)) == rule)
  }
}
