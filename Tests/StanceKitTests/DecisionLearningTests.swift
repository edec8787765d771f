import StanceKit
import Testing

@Suite("Learned decisions")
struct DecisionLearningTests {
  private func configuration(penalty: Double) -> TrainingConfiguration {
    TrainingConfiguration(
      recipes: [.words], l2Penalties: [penalty], classWeightings: [.uniform], folds: 4)
  }

  @Test("where the penalty makes scores too timid, calibration makes them surer")
  func timidScoresAreCalibrated() throws {
    var source = WordSource(seed: 11)
    let model = try Trainer(configuration(penalty: 0.3))
      .train(on: TrainingRow.labelled(source.rows(160))).model
    guard case .thresholds(let rules) = model.classifiers[0].rule,
      case .mostProbable(let temperature, _) = model.classifiers[1].rule
    else {
      Issue.record("a rule does not fit its task")
      return
    }
    for rule in rules {
      let calibration = try #require(rule.calibration)
      #expect(calibration.slope > 1.5)
    }
    #expect(temperature.general < 0.7)
  }

  @Test("a label that its best cue announces in two of five cases is still found")
  func thresholdsFollowTheLabel() throws {
    var source = WordSource(seed: 12)
    // Only "flour" says anything of aid, and never that it is likely.
    let rows = (0..<240).map { index in
      let (unity, aid) = (source.draw(2) == 0, index % 4 == 0 && source.draw(5) < 2)
      let words = [unity ? "together" : "apart", index % 4 == 0 ? "flour" : "council"]
      return TrainingRow(
        text: (words + source.words(8)).joined(separator: " "),
        stance: [unity ? "unity" : nil, aid ? "aid" : nil].compactMap { $0 }.joined(separator: ";"),
        tone: unity ? "positive" : "negative")
    }
    let training = try Trainer(configuration(penalty: 1e-2)).train(on: TrainingRow.labelled(rows))
    guard case .thresholds(let rules) = training.model.classifiers[0].rule else {
      Issue.record("the rule does not fit its task")
      return
    }
    #expect(try #require(rules[1].threshold) < 0.4)
    let judgements = try #require(training.crossValidation?.judgements[0])
    let carriers = rows.indices.filter { rows[$0].stance.contains("aid") }
    #expect(carriers.count { judgements[$0].labels.contains(1) } * 4 >= carriers.count * 3)
  }

  @Test("each fold is judged by a rule of its own")
  func rulesDifferBetweenFolds() throws {
    var source = WordSource(seed: 13)
    let validated = try Trainer(configuration(penalty: 1e-2))
      .crossValidate(TrainingRow.labelled(source.rows(240, reliability: 60)))
    let judgements = try #require(validated.judgements.first)
    /// Whether one threshold on the label's probability explains who carries it.
    func oneThresholdExplains(_ rows: [Int], label: Int) -> Bool {
      let on = rows.filter { judgements[$0].labels.contains(label) }
      let off = rows.filter { !judgements[$0].labels.contains(label) }
      guard let lowestOn = on.map({ judgements[$0].probabilities[label] }).min(),
        let highestOff = off.map({ judgements[$0].probabilities[label] }).max()
      else { return true }
      return highestOff < lowestOn
    }
    for label in 0..<2 {
      for fold in 0..<validated.folds.count {
        #expect(oneThresholdExplains(validated.folds.held(out: fold), label: label))
      }
    }
    // Thresholds learned without a fold's own statements differ from fold to fold.
    #expect((0..<2).contains { !oneThresholdExplains(Array(judgements.indices), label: $0) })
  }
}
