import StanceKit
import Testing

@Suite("Decisions for balanced accuracy")
struct BalancedAccuracyTests {
  private static let goal = DecisionGoal.balancedAccuracy

  private func statements(seed: UInt64 = 31) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.unevenRows(700))
  }

  private func train(_ targets: [DecisionGoals.Target]) throws -> Trainer.Training {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    configuration.goals = DecisionGoals(targets: targets)
    return try Trainer(configuration).train(on: statements())
  }

  private func scores(_ training: Trainer.Training, task: Int) throws -> any PerLabelScores {
    try #require(training.crossValidation).summary.evaluations[task].scores.common
  }

  private func classRules(_ model: Model) throws -> [DecisionRule.ClassRule]? {
    guard case .mostProbable(_, let rules) = model.classifiers[1].rule else {
      Issue.record("the rule does not fit its task")
      return nil
    }
    return rules
  }

  @Test("rare labels of one of several are found more often; the highest product is the answer")
  func singleLabel() throws {
    let plain = try train([])
    let balanced = try train([.init(scope: "tone", goal: Self.goal)])
    let (before, after) = try (scores(plain, task: 1), scores(balanced, task: 1))
    #expect(after.macroRecall > before.macroRecall + 0.03)
    #expect(after.perLabel[1].recall > before.perLabel[1].recall + 0.1)
    let rules = try #require(try classRules(balanced.model))
    #expect(rules[1].weight > 2 && rules[0].weight == 1)
    #expect(!balanced.model.classifiers[1].rule.abstains)
    var changed = 0
    for statement in try statements(seed: 32).statements.prefix(300) {
      let judged = balanced.model.classify(statement.text).tasks[1]
      let was = plain.model.classify(statement.text).tasks[1]
      #expect(judged.probabilities == was.probabilities && judged.unsure.isEmpty)
      let isFirst =
        rules[0].weight * judged.probabilities[0] >= rules[1].weight * judged.probabilities[1]
      #expect(judged.labels == [isFirst ? 0 : 1])
      changed += judged.labels == was.labels ? 0 : 1
    }
    #expect(changed > 0)
  }

  @Test("a label of several at once is on from a lower probability the rarer it is")
  func multiLabel() throws {
    let plain = try train([])
    let balanced = try train([.init(scope: "stance", goal: Self.goal)])
    guard case .thresholds(let rules) = balanced.model.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    // Half of the statements carry the first label, a third the second.
    let thresholds = try rules.map { try #require($0.threshold) }
    #expect(abs(thresholds[0] - 0.5) < 0.06 && abs(thresholds[1] - 1.0 / 3) < 0.06)
    guard case .thresholds(let usual) = plain.model.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    #expect(zip(rules, usual).allSatisfy { $0.threshold != $1.threshold })
  }

  @Test("beside a precision the winner is the answer only from its own bound on")
  func mixed() throws {
    let model = try train([
      .init(scope: "tone", goal: Self.goal), .init(scope: "negative", goal: .precision(0.95)),
    ]).model
    let rules = try #require(try classRules(model))
    #expect(rules[1].weight > 1 && rules[1].answersFrom == 0)
    #expect(rules[0].weight == 1 && rules[0].answersFrom != 0)
    #expect(model.classifiers[1].rule.abstains)
  }

  @Test("set after training it is the same, and taken back nothing is left of it")
  func afterwards() throws {
    let (plain, balanced) = try (train([]).model, train([.init(goal: Self.goal)]).model)
    let set = try plain.settingThresholds(for: DecisionGoals(targets: [.init(goal: Self.goal)]))
    for (one, other) in zip(set.classifiers, balanced.classifiers) {
      #expect(one.goals == other.goals)
    }
    let (of, other) = try (
      #require(try classRules(set))[1].weight, #require(try classRules(balanced))[1].weight
    )
    // Out-of-fold scores are kept in single precision.
    #expect(abs(of / other - 1) < 1e-4)
    let back = try set.settingThresholds(for: DecisionGoals(targets: [.init(goal: .bestF1)]))
    #expect(back.classifiers[1].rule == plain.classifiers[1].rule)
  }

  @Test("weights survive the file")
  func saved() throws {
    let model = try train([.init(goal: Self.goal)]).model
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    for (before, after) in zip(model.classifiers, loaded.classifiers) {
      #expect(before.rule == after.rule && before.goals == after.goals)
    }
  }
}
