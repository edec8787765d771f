import StanceKit
import Testing

@Suite("Selection")
struct SelectionTests {
  /// Statements without any cue, whose labels are dealt out at random.
  private func noise(_ count: Int, seed: UInt64) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    let common = source.words(40)
    let rows = (0..<count).map { _ in
      let words = (0..<12).map { _ in common[source.draw(common.count)] }
      return TrainingRow(
        text: words.joined(separator: " "), stance: source.draw(3) == 0 ? "unity" : "aid",
        tone: source.draw(2) == 0 ? "positive" : "negative")
    }
    return try TrainingRow.labelled(rows)
  }

  @Test(
    "with labels dealt out at random the score is at chance, whatever was tried",
    arguments: [1, 2, 3] as [UInt64])
  func shuffledLabels(seed: UInt64) throws {
    let configuration = TrainingConfiguration(folds: 5)
    let validated = try Trainer(configuration).crossValidate(noise(240, seed: seed))
    #expect(validated.summary.candidateCount == 36)
    let tone = try #require(validated.summary.evaluations.last)
    // Guessing two equally frequent labels gives 1/2, with a standard error of about 0.032.
    #expect(abs(tone.scores.common.macroF1 - 0.5) < 0.1, "\(tone.scores.common.macroF1)")
    // The best of all candidates, which is what must not be reported, looks better than that.
    let best = validated.summary.recipeScores.compactMap { $0.macroF1.last }.max() ?? 0
    #expect(best > 0.5)
  }

  @Test("of penalties that do equally well the strongest is taken")
  func tiesGoToTheSimpler() throws {
    var source = WordSource(seed: 21)
    let configuration = TrainingConfiguration(
      recipes: [.words, .both], l2Penalties: [1e-5, 1e-4, 1e-3], folds: 4)
    let model = try Trainer(configuration).train(on: TrainingRow.labelled(source.rows(160))).model
    #expect(model.extractor.recipe == .words)
    for classifier in model.classifiers {
      let smoothing = classifier.task.kind == .multiLabel ? 0.1 : 0
      #expect(
        classifier.candidate
          == Candidate(classWeighting: .uniform, l2Penalty: 1e-3, labelSmoothing: smoothing))
    }
  }

  @Test("a penalty that is clearly worse does not win by being stronger")
  func clearLeadsCount() throws {
    var source = WordSource(seed: 22)
    let configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e4, 1e-3], classWeightings: [.uniform], folds: 4)
    let model = try Trainer(configuration)
      .train(on: TrainingRow.labelled(source.rows(200, reliability: 95))).model
    let tone = try #require(model.classifiers.last)
    #expect(tone.candidate.l2Penalty == 1e-3)
  }

  @Test("repeats leave the folds that scores come from as they are")
  func repeats() throws {
    let rows = try noise(120, seed: 23)
    func validated(_ repeats: Int?) throws -> CrossValidation {
      try Trainer(
        TrainingConfiguration(
          recipes: [.words], l2Penalties: [1e-2, 1e-3], folds: 4, repeats: repeats)
      ).crossValidate(rows)
    }
    let (once, thrice, automatic) = (try validated(1), try validated(3), try validated(nil))
    #expect(once.folds == thrice.folds)
    #expect(once.summary.repeatCount == 1)
    #expect(thrice.summary.repeatCount == 3)
    #expect(automatic.judgements == thrice.judgements)
    #expect(thrice.summary.recipeScores != once.summary.recipeScores)
  }

  @Test("with many statements a hopeless candidate changes nothing but the time")
  func race() throws {
    var source = WordSource(seed: 24)
    let words = source.words(300)
    let rows = (0..<10_400).map { _ in
      let positive = source.draw(2) == 0
      let cue = (source.draw(10) < 8) == positive ? "gladly" : "angrily"
      let text = [cue] + (0..<5).map { _ in words[source.draw(words.count)] }
      return TrainingRow(
        text: text.joined(separator: " "), stance: source.draw(2) == 0 ? "unity" : "aid",
        tone: positive ? "positive" : "negative")
    }
    let statements = try TrainingRow.labelled(rows)
    func training(_ penalties: [Double]) throws -> Trainer.Training {
      try Trainer(
        TrainingConfiguration(
          recipes: [.words], l2Penalties: penalties, classWeightings: [.uniform], folds: 3)
      ).train(on: statements)
    }
    let (alone, raced) = (try training([1e-3]), try training([1e-3, 1e6]))
    let tones = (alone.model.classifiers.last, raced.model.classifiers.last)
    #expect(tones.0?.candidate == tones.1?.candidate)
    #expect(alone.crossValidation?.judgements.last == raced.crossValidation?.judgements.last)
    #expect(
      alone.crossValidation?.summary.recipeScores.map { $0.macroF1.last }
        == raced.crossValidation?.summary.recipeScores.map { $0.macroF1.last })
  }
}
