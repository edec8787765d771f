import StanceKit
import Testing

@Suite("Columns as features")
struct FeatureColumnTests {
  /// The texts say nothing of the tone, the speakers all.
  private static let csv: String = {
    var words = WordSource(seed: 3)
    let rows = (0..<60).map { row in
      "we say \(words.words(3).joined(separator: " ")),\(row % 2 == 0 ? "Ann" : "Bob"),"
        + "\(row % 3 == 0 ? "left" : "right"),\(row % 2 == 0 ? "positive" : "negative")"
    }
    return (["text,speaker,party,tone"] + rows).joined(separator: "\n") + "\n"
  }()

  private func labelled() throws -> LabelledStatements {
    let codebook = try Codebook(
      yaml: "tasks: {tone: {kind: single-label, labels: {negative: {}, positive: {}}}}",
      file: "codebook.yaml")
    var options = ReadingOptions(tasks: ["tone"])
    options.format = .csv
    let reader = try StatementReader(Array(Self.csv.utf8), name: "rows.csv", options: options)
    return try LabelledStatements(StatementSet.read(reader), codebook: codebook)
  }

  private func configuration(_ columns: [String]) -> TrainingConfiguration {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 4)
    configuration.featureColumns = columns
    return configuration
  }

  @Test("a model learns what a column knows, out-of-fold too")
  func learns() throws {
    let data = try labelled()
    let training = try Trainer(configuration(["speaker", "party"])).train(on: data)
    let score = training.crossValidation?.summary.evaluations.first?.scores.common.macroF1
    #expect(score == 1)
    let without = try Trainer(configuration([])).crossValidate(data)
    #expect(try #require(without.summary.evaluations.first).scores.common.macroF1 < 0.8)
    #expect(training.model.evaluate(on: data).first?.scores.common.macroF1 == 1)
  }

  @Test("a saved model takes the values from statements; without them it judges by the text")
  func saved() throws {
    let data = try labelled()
    let model = try Trainer(configuration(["speaker"])).train(on: data).model
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    let judged = loaded.classify(data.statements, layout: data.layout)
    #expect(judged == model.classify(data.statements, layout: data.layout))
    #expect(judged.map { $0.tasks[0].labels[0] } == (0..<60).map { $0 % 2 == 0 ? 1 : 0 })
    let speaking = loaded.explain("we say", columns: ["ann"])
    let term = try #require(speaking.tasks[0][1].terms.first { $0.feature.block == .columns })
    #expect(term.feature.term == "speaker=ann" && term.value > 0)
    #expect(loaded.explain("we say").tasks[0][1].terms.allSatisfy { $0.feature.block == .words })
    #expect(!loaded.classify("quetzalcoatl", columns: ["ann"]).hasEvidence)
    let elsewhere = StatementLayout(presentColumns: [.text])
    #expect(FeatureColumns(loaded.extractor.recipe, layout: elsewhere).absent == ["speaker"])
  }

  @Test("a column that is not there, or twice, is an error that says which there are")
  func absent() throws {
    let data = try labelled()
    let error = #expect(throws: TrainingError.self) {
      try Trainer(configuration(["spaeker"])).train(on: data)
    }
    #expect(error?.code == .missingColumn)
    #expect(error?.message.contains("one of speaker, party") == true)
    let twice = #expect(throws: TrainingError.self) {
      try Trainer(configuration(["party", "party"])).train(on: data)
    }
    #expect(twice?.code == .invalidConfiguration)
  }
}
