import StanceKit
import Testing

@Suite("Out-of-fold judgements")
struct OutOfFoldJudgementTests {
  private static func data(_ count: Int, seed: UInt64) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.rows(count, reliability: 80))
  }

  private static func configuration(folds: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: folds)
  }

  @Test("a model knows what cross-validation said of the statements it was trained on")
  func areThoseOfCrossValidation() throws {
    let data = try Self.data(200, seed: 7)
    let training = try Trainer(Self.configuration(folds: 4)).train(on: data)
    let validated = try #require(training.crossValidation)
    let kept = training.model.outOfFoldJudgements(of: data)
    #expect(kept.count == validated.judgements.count)
    for (kept, validated) in zip(kept, validated.judgements) {
      let kept = try #require(kept)
      #expect(kept.count == data.statements.count)
      for (one, other) in zip(kept, validated) {
        // The file keeps scores in single precision.
        #expect(zip(one.scores, other.scores).allSatisfy { abs($0 - $1) < 1e-5 })
      }
    }
  }

  @Test("of other statements, and without cross-validation, it knows none")
  func others() throws {
    let data = try Self.data(200, seed: 7)
    let model = try Trainer(Self.configuration(folds: 4)).train(on: data).model
    let others = try Self.data(200, seed: 8)
    #expect(model.outOfFoldJudgements(of: others).allSatisfy { $0 == nil })
    let plain = try Trainer(Self.configuration(folds: 0)).train(on: data).model
    #expect(plain.outOfFoldJudgements(of: data).allSatisfy { $0 == nil })
  }
}
