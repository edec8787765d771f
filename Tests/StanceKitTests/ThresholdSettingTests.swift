import StanceKit
import Testing

@Suite("Thresholds set anew")
struct ThresholdSettingTests {
  private static let goals = DecisionGoals(
    targets: [.init(goal: .precision(0.9)), .init(scope: "positive", goal: .recall(0.9))],
    abstention: .share(0.1))

  private static func train(_ goals: DecisionGoals) throws -> Model {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    configuration.goals = goals
    return try Trainer(configuration).train(on: statements(400, seed: 31)).model
  }

  private static func statements(_ count: Int, seed: UInt64) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    var rows = source.gradedRows(count)
    for row in rows.indices where row % 3 == 0 { rows[row].language = "ar" }
    return try TrainingRow.labelled(rows)
  }

  private static let plain = Result { try train(DecisionGoals()) }

  private func plain() throws -> Model { try Self.plain.get() }

  @Test("they are those of training with the same goals")
  func sameAsTraining() throws {
    let trained = try Self.train(Self.goals)
    let changed = try plain().settingThresholds(for: Self.goals)
    for (one, other) in zip(trained.classifiers, changed.classifiers) {
      #expect(one.goals == other.goals)
      #expect(zip(bounds(one.rule), bounds(other.rule)).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(bounds(one.rule).count == bounds(other.rule).count)
    }
    #expect(changed.crossValidation?.thresholdsWereReset == true)
    #expect(trained.crossValidation?.thresholdsWereReset == nil)
  }

  @Test("what nobody asked to change stays: probabilities, calibration, other labels' thresholds")
  func othersStay() throws {
    let before = try plain()
    let after = try before.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: "aid", goal: .precision(0.95))]))
    guard case .thresholds(let old) = before.classifiers[0].rule,
      case .thresholds(let new) = after.classifiers[0].rule
    else {
      Issue.record("a rule does not fit its task")
      return
    }
    #expect(new[0] == old[0])
    #expect(new[1].calibration == old[1].calibration && new[1].threshold != old[1].threshold)
    #expect(after.classifiers[1].rule == before.classifiers[1].rule)
    let (one, other) = try (
      #require(before.crossValidation), #require(after.crossValidation)
    )
    #expect(one.evaluations[1] == other.evaluations[1])
    for statement in try Self.statements(20, seed: 32).statements {
      #expect(
        before.classify(statement.text).tasks.map(\.probabilities)
          == after.classify(statement.text).tasks.map(\.probabilities))
    }
  }

  @Test("the scores that come with the model are those of its new decisions")
  func newScores() throws {
    let before = try #require(try plain().crossValidation).evaluations[0]
    let after = try #require(
      try plain().settingThresholds(
        for: DecisionGoals(targets: [.init(scope: "stance", goal: .precision(0.9))])
      ).crossValidation
    ).evaluations[0]
    #expect(after.scores.statementCount == before.scores.statementCount)
    #expect(after.byLanguage.map(\.language) == ["ar", "en"])
    #expect(after.scores.common.macroPrecision >= 0.84)
    #expect(after.scores.common.macroPrecision > before.scores.common.macroPrecision)
  }

  @Test("goals and back again is where it began")
  func roundTrip() throws {
    let there = try plain().settingThresholds(for: Self.goals)
    let back = try there.settingThresholds(
      for: DecisionGoals(targets: [.init(goal: .bestF1)]), endingAbstention: true)
    for (one, other) in try zip(plain().classifiers, back.classifiers) {
      #expect(zip(bounds(one.rule), bounds(other.rule)).allSatisfy { abs($0 - $1) < 1e-6 })
      #expect(bounds(one.rule).count == bounds(other.rule).count)
    }
  }

  @Test("a saved model keeps what thresholds are set on")
  func saved() throws {
    let model = try plain()
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    #expect(loaded.classifiers.map(\.outOfFold) == model.classifiers.map(\.outOfFold))
    #expect(loaded.classifiers[0].outOfFold?.count == 400)
  }

  @Test("without cross-validation only thresholds can be given")
  func nothingKept() throws {
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 0)
    let model = try Trainer(configuration).train(on: Self.statements(60, seed: 33)).model
    #expect(model.classifiers[0].trades(at: [0.5]) == nil)
    let error = #expect(throws: TrainingError.self) {
      try model.settingThresholds(for: DecisionGoals(targets: [.init(goal: .precision(0.9))]))
    }
    #expect(error?.code == .noOutOfFoldScores)
    #expect(error?.message.contains("--folds 0") == true)
    let given = try model.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: "unity", goal: .fixed(0.7))]))
    guard case .thresholds(let rules) = given.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    #expect(rules.map(\.threshold) == [0.7, 0.5])
  }

  @Test("a higher threshold gives a label to fewer statements and finds fewer of its own")
  func trades() throws {
    for classifier in try plain().classifiers {
      let trades = try #require(classifier.trades(at: [0.1, 0.3, 0.5, 0.7, 0.9]))
      #expect(trades.map(\.label) == classifier.task.labels.map(\.name))
      for trade in trades {
        #expect(trade.points.count { $0.isChosen } == 1)
        for (lower, higher) in zip(trade.points, trade.points.dropFirst()) {
          #expect(lower.threshold < higher.threshold)
          #expect(lower.share >= higher.share)
          #expect(lower.confusion.recall >= higher.confusion.recall)
        }
      }
    }
  }

  @Test("the chosen threshold of a trade has the best F1 of all but for a standard error")
  func bestF1() throws {
    let hundredths = (0...100).map { Double($0) / 100 }
    let trades = try #require(try plain().classifiers[0].trades(at: hundredths))
    for trade in trades {
      let chosen = try #require(trade.points.first { $0.isChosen })
      let best = try #require(trade.points.map(\.confusion).max { $0.f1 < $1.f1 })
      let union = Double(best.truePositives + best.falsePositives + best.falseNegatives)
      let share = Double(best.truePositives) / union
      let error = 2 / ((1 + share) * (1 + share)) * (share * (1 - share) / union).squareRoot()
      #expect(chosen.confusion.f1 >= best.f1 - error)
    }
  }

  /// All numbers of a rule in an order of their own.
  private func bounds(_ rule: DecisionRule) -> [Double] {
    switch rule {
    case .thresholds(let rules):
      rules.flatMap { [$0.threshold, $0.unsure?.lowerBound, $0.unsure?.upperBound] }
        .compactMap(\.self)
    case .mostProbable(let temperature, let rules):
      [temperature.general]
        + (rules ?? []).flatMap { [$0.answersFrom, $0.isCandidateFrom] }.compactMap(\.self)
    }
  }
}
