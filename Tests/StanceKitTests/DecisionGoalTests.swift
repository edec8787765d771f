import StanceKit
import Testing

@Suite("Goals of decisions")
struct DecisionGoalTests {
  private func configuration(_ goals: DecisionGoals) -> TrainingConfiguration {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    configuration.goals = goals
    return configuration
  }

  private func statements(_ count: Int = 600, seed: UInt64 = 21) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.gradedRows(count))
  }

  private func train(_ goals: DecisionGoals, seed: UInt64 = 21) throws -> Trainer.Training {
    try Trainer(configuration(goals)).train(on: statements(seed: seed))
  }

  @Test("a precision target is met out-of-fold, at the cost of recall, and by its label alone")
  func precisionOfOneLabel() throws {
    let plain = try train(DecisionGoals())
    let target = DecisionGoals.Target(scope: "unity", goal: .precision(0.9))
    let precise = try train(DecisionGoals(targets: [target]))
    let (before, after) = try (scores(plain, task: 0), scores(precise, task: 0))
    #expect(after.perLabel[0].precision >= 0.88 && before.perLabel[0].precision < 0.88)
    #expect(after.perLabel[0].recall < before.perLabel[0].recall)
    #expect(after.perLabel[1] == before.perLabel[1])
  }

  @Test("a recall target finds what it asks for, at the cost of precision")
  func recall() throws {
    let plain = try train(DecisionGoals())
    let complete = try train(DecisionGoals(targets: [.init(scope: "stance", goal: .recall(0.9))]))
    for label in 0..<2 {
      let (before, after) = try (
        scores(plain, task: 0).perLabel[label], scores(complete, task: 0).perLabel[label]
      )
      #expect(after.recall >= 0.88 && after.recall > before.recall)
      #expect(after.precision < before.precision)
    }
  }

  @Test("a label whose target nothing reaches is never given, and says how far it gets")
  func unreachable() throws {
    let training = try train(DecisionGoals(targets: [.init(scope: "aid", goal: .precision(0.999))]))
    guard case .thresholds(let rules) = training.model.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    #expect(rules[1].threshold == nil)
    #expect(rules[1].bestReached.map { $0 > 0.5 && $0 < 0.999 } == true)
    let judgements = try #require(training.crossValidation?.judgements[0])
    #expect(judgements.allSatisfy { !$0.labels.contains(1) })
  }

  @Test("one label of several is given only where it is probable enough for its precision")
  func singleLabelPrecision() throws {
    let training = try train(DecisionGoals(targets: [.init(scope: "tone", goal: .precision(0.9))]))
    let rule = training.model.classifiers[1].rule
    guard case .mostProbable(_, let labels?) = rule else {
      Issue.record("the rule has no bounds")
      return
    }
    for statement in try statements(100, seed: 22).statements {
      let judged = training.model.classify(statement.text).tasks[1]
      let best = try #require(judged.bestGuess.first)
      let isGiven = labels[best].answersFrom.map { judged.probabilities[best] >= $0 } ?? false
      #expect(judged.labels == (isGiven ? [best] : []))
      #expect(judged.unsure == (isGiven ? [] : [best]))
    }
    let answered = try #require(training.crossValidation?.summary.evaluations[1].answered)
    #expect(answered.scores.common.macroPrecision >= 0.88)
  }

  @Test("with a recall target one label is given, or several are left to choose from")
  func singleLabelRecall() throws {
    let training = try train(DecisionGoals(targets: [.init(scope: "tone", goal: .recall(0.9))]))
    let evaluation = try #require(training.crossValidation?.summary.evaluations[1])
    let answered = try #require(evaluation.answered)
    for label in 0..<2 {
      #expect(answered.keptRecall(label) >= 0.88)
      #expect(answered.keptRecall(label) > evaluation.scores.common.perLabel[label].recall)
    }
    let judgements = try #require(training.crossValidation?.judgements[1])
    #expect(judgements.allSatisfy { $0.labels.count + $0.unsure.count >= 1 })
    #expect(judgements.allSatisfy { $0.labels.isEmpty || $0.unsure.isEmpty })
    #expect(judgements.allSatisfy { $0.unsure.isEmpty || $0.unsure == [0, 1] })
  }

  @Test("a share is left to a person: no more, and the least certain", arguments: [0.1, 0.3])
  func share(share: Double) throws {
    let plain = try train(DecisionGoals())
    let training = try train(DecisionGoals(abstention: .share(share)))
    for (task, evaluation) in try #require(training.crossValidation?.summary.evaluations)
      .enumerated()
    {
      let answered = try #require(evaluation.answered)
      // Each fold's bound was set on the other folds.
      #expect(abs(answered.leftShare - share) < 0.06)
      #expect(evaluation.scores == plain.crossValidation?.summary.evaluations[task].scores)
      #expect(rightShare(answered.scores) > rightShare(evaluation.scores))
    }
  }

  @Test("of the answers given no more are wrong than was asked for")
  func error() throws {
    let training = try train(DecisionGoals(abstention: .error(0.1)))
    for evaluation in try #require(training.crossValidation?.summary.evaluations) {
      let answered = try #require(evaluation.answered)
      #expect(rightShare(answered.scores) >= 0.88)
      #expect(rightShare(evaluation.scores) < 0.88)
    }
  }

  @Test("an error that nothing reaches leaves everything to a person")
  func impossibleError() throws {
    let model = try train(DecisionGoals(abstention: .error(1e-6))).model
    for statement in try statements(20, seed: 23).statements {
      for judged in model.classify(statement.text).tasks {
        #expect(judged.labels.isEmpty && !judged.unsure.isEmpty)
      }
    }
  }

  @Test("a set threshold is the threshold")
  func fixedThreshold() throws {
    let model = try train(
      DecisionGoals(targets: [
        .init(goal: .bestF1), .init(scope: "stance.aid", goal: .fixed(0.55)),
      ])
    ).model
    guard case .thresholds(let rules) = model.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    #expect(rules[1].threshold == 0.55 && rules[0].threshold != 0.55)
    #expect(model.classifiers[1].rule.abstains == false)
  }

  @Test(
    "goals for what is not there, or that cannot be, are errors",
    arguments: [
      DecisionGoals(targets: [.init(scope: "peace", goal: .bestF1)]),
      DecisionGoals(targets: [.init(goal: .precision(1.2))]),
      DecisionGoals(targets: [.init(goal: .fixed(-0.1))]),
      DecisionGoals(targets: [.init(goal: .bestF1), .init(goal: .recall(0.9))]),
      DecisionGoals(abstention: .share(1)), DecisionGoals(abstention: .error(0)),
    ])
  func impossibleGoals(goals: DecisionGoals) throws {
    let error = #expect(throws: TrainingError.self) { try train(goals) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.message.contains("expected") == true)
  }

  @Test("goals and bands survive the file")
  func savedGoals() throws {
    let goals = DecisionGoals(
      targets: [.init(goal: .precision(0.9)), .init(scope: "positive", goal: .recall(0.9))],
      abstention: .error(0.15))
    let model = try train(goals).model
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    for (before, after) in zip(model.classifiers, loaded.classifiers) {
      #expect(before.rule == after.rule && before.goals == after.goals)
    }
    #expect(loaded.crossValidation == model.crossValidation)
  }

  private func scores(_ training: Trainer.Training, task: Int) throws -> any PerLabelScores {
    try #require(training.crossValidation).summary.evaluations[task].scores.common
  }

  private func rightShare(_ scores: TaskScores) -> Double {
    switch scores {
    case .multiLabel(let scores, _): scores.exactMatch
    case .singleLabel(let scores): scores.accuracy
    }
  }
}
