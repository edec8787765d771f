import Foundation
import LinearAlgebra
import LogisticModels
import Testing

@testable import StanceKit

@Suite("Offsets of labels that exclude each other")
struct ClassOffsetTests {
  /// With a cue for it, four in ten are positive: none is probably so, and to give the label serves F1.
  private func statements(seed: UInt64 = 31) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.unevenRows(700, reliability: 85))
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

  /// Far too strong a penalty: rare labels are hardly ever first by score.
  private func timid() throws -> Trainer.Training {
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [0.05], classWeightings: [.uniform], folds: 4)
    var source = WordSource(seed: 31)
    return try Trainer(configuration).train(on: TrainingRow.labelled(source.unevenRows(700)))
  }

  @Test("where scores serve macro F1 no better, the most probable label is the answer")
  func mostProbable() throws {
    let training = try timid()
    guard case .mostProbable(let temperature, let rules) = training.model.classifiers[1].rule
    else { throw TestError.wrongRule }
    #expect(temperature.offsets != nil && rules == nil)
    let judgements = try #require(training.crossValidation).judgements[1]
    let (byScore, byProbability) = judgements.reduce(into: (0, 0)) { counts, judged in
      counts.0 += judged.scores[1] > judged.scores[0] ? 1 : 0
      counts.1 += judged.labels == [1] ? 1 : 0
    }
    #expect(byProbability > 2 * byScore)
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try training.model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    #expect(loaded.classifiers[1].rule == training.model.classifiers[1].rule)
  }

  @Test("codings of near copies count as they are, whatever the weights")
  func codings() throws {
    let rule = DecisionRule.mostProbable(
      temperature: .init(1, offsets: [0, -3]), labels: [.init(), .init(weight: exp(3))])
    #expect(rule.labels(of: [0.9, 0.1]) == [1])
    let model = try train(.balanced).model
    guard case .mostProbable(_, let rules?) = model.classifiers[1].rule else {
      throw TestError.wrongRule
    }
    let known = try #require(model.knownStatements)
    for statement in try statements().statements.prefix(200) {
      let judged = model.classify(statement.text).tasks[1]
      let own = try #require(judged.probabilitiesWithoutCopies)
      let products = zip(rules, own).map { $0.weight * $1 }
      let copies = model.classify(statement.text).copies
      let evidence = try #require(known.evidence(of: copies, task: 1))
      let standings = evidence.probabilities(products.map { $0 / (products[0] + products[1]) })
      #expect(judged.labels == [standings[1] > standings[0] ? 1 : 0])
      #expect(judged.standings == standings)
    }
    // What chooses statements to label looks at the same.
    let data = try statements()
    let queries = PoolSampler(model, by: .margin, tasks: [1])
      .choose(40, from: Array(data.statements.prefix(60)), layout: data.layout)
    #expect(queries.count == 40)
    for query in queries {
      let standings = try #require(
        model.classify(data.statements[query.row].text).tasks[1].standings)
      #expect(query.score == abs(standings[0] - standings[1]))
    }
  }

  @Test("a model whose calibration has no offsets gets no scores of one that has")
  func withoutOffsets() throws {
    let trained = try train(.balanced).model
    var classifiers = trained.classifiers
    classifiers[1].rule = .mostProbable(temperature: .init(1), labels: nil)
    let old = Model(
      codebook: trained.codebook, extractor: trained.extractor, classifiers: classifiers,
      provenance: trained.provenance, crossValidation: trained.crossValidation,
      knownStatements: trained.knownStatements)
    let goals = DecisionGoals(targets: [.init(scope: "tone", goal: .precision(0.9))])
    let (changed, other) = try (
      old.settingThresholds(for: goals), trained.settingThresholds(for: goals)
    )
    let (before, after) = try (
      #require(changed.crossValidation).evaluations[1].calibration[1],
      #require(other.crossValidation).evaluations[1].calibration[1]
    )
    #expect(before.expectedCalibrationError > 2 * after.expectedCalibrationError)
  }

  @Test("scripts have temperatures of their own, and the same offsets")
  func scripts() throws {
    // The probability of the second label is σ(z − 2); its score is z, and in Arabic only 0.3 z.
    var source = WordSource(seed: 91)
    var (elements, gold, scripts) = ([Double](), [[Int]](), [WritingSystem]())
    for index in 0..<2_000 {
      let logOdds = Double(source.draw(8_001)) / 1_000 - 4
      let probability = LogisticFunctions.sigmoid(logOdds - 2)
      let isArabic = index % 2 == 0
      elements += [0, isArabic ? 0.3 * logOdds : logOdds]
      gold.append([Double(source.draw(10_000)) < 10_000 * probability ? 1 : 0])
      scripts.append(isArabic ? .arabic : .latin)
    }
    let task = try Codebook(yaml: SampleStatements.codebook, file: "codebook.yaml").tasks[1]
    let fitting = CalibrationFitting(
      data: TaskData(task: task, gold: gold, scripts: scripts),
      folds: Folds(foldOfRow: (0..<2_000).map { $0 / 2 % 5 }, count: 5))
    let scores = Matrix(rows: 2_000, columns: 2, elements: elements)
    guard case .mostProbable(let found, _) = fitting.rule(scores, rows: Array(0..<2_000)) else {
      throw TestError.wrongRule
    }
    let offsets = try #require(found.offsets)
    #expect(offsets[0] == 0 && abs(offsets[1] + 2) < 0.5)
    let (arabic, latin) = (found[.arabic], found[.latin])
    #expect(found.byScript?[.arabic] != nil && arabic < 0.45 && latin > 0.6)
    #expect(
      found.calibrated([0, 1], in: .arabic)[1] == 1 / arabic + offsets[1])
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
