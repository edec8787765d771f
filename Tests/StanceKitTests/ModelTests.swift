import Foundation
import StanceKit
import Testing

@Suite("Models")
struct ModelTests {
  private static let trained = Result { () throws -> Model in
    try Trainer(SampleStatements.configuration).train(on: SampleStatements.labelled()).model
  }

  private func model() throws -> Model { try Self.trained.get() }

  private func bytes(_ model: Model) throws -> Data {
    try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Data(contentsOf: URL(filePath: folder + "/model.safetensors"))
    }
  }

  @Test("the same statements give the same bytes for any number of threads, and again")
  func bytesDoNotDependOnThreads() throws {
    let data = try SampleStatements.labelled()
    let files = try [1, 2, 3, 2].map { threads in
      try bytes(
        Trainer(SampleStatements.configuration, parallelism: Parallelism(threads: threads))
          .train(on: data).model)
    }
    #expect(Set(files).count == 1)
  }

  @Test("another seed gives other folds and so another file")
  func seedMatters() throws {
    var configuration = SampleStatements.configuration
    configuration.seed = 2
    let other = try Trainer(configuration).train(on: SampleStatements.labelled()).model
    #expect(try bytes(other) != bytes(model()))
  }

  @Test("a saved model answers as it did before")
  func savedModelAnswersTheSame() throws {
    let model = try model()
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    // A mapped file stays readable after it is gone.
    let mapped = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors", memory: .file)
    }
    for statement in try SampleStatements.labelled(count: 50, seed: 3).statements {
      #expect(loaded.classify(statement.text) == model.classify(statement.text))
      #expect(mapped.classify(statement.text) == model.classify(statement.text))
    }
    #expect(loaded.crossValidation == model.crossValidation)
    #expect(loaded.provenance == model.provenance)
  }

  @Test("an explanation's terms and intercept add up to the score")
  func explanationAddsUp() throws {
    let model = try model()
    for statement in try SampleStatements.labelled(count: 30, seed: 5).statements {
      for sum in model.explain(statement.text).tasks.joined() {
        let total = sum.terms.reduce(sum.intercept) { $0 + $1.value }
        #expect(abs(total - sum.score) <= 1e-9 * max(1, abs(sum.score)))
      }
    }
  }

  @Test("a text with no known feature gets no label", arguments: ["", "日本語", "∎∎∎"])
  func nothingKnown(text: String) throws {
    let judgement = try model().classify(text)
    #expect(!judgement.hasEvidence)
    #expect(judgement.coverage == 0)
    #expect(judgement.tasks.allSatisfy { $0.labels.isEmpty })
  }

  @Test("many texts at once are judged as one by one")
  func batchEqualsSingle() throws {
    let model = try model()
    let texts = try SampleStatements.labelled(count: 300, seed: 11).statements.map(\.text)
    let together = model.classify(texts, parallelism: Parallelism(threads: 3))
    #expect(together == texts.map { model.classify($0) })
  }

  @Test("every truncation and every flipped byte is rejected")
  func damageIsFound() throws {
    let file = try bytes(model())
    try SampleStatements.inTemporaryFolder { folder in
      let path = folder + "/damaged.safetensors"
      for length in stride(from: 0, to: file.count, by: max(1, file.count / 97)) {
        try file.prefix(length).write(to: URL(filePath: path))
        #expect(throws: ModelFileError.self) { try Model(contentsOf: path) }
      }
      for position in stride(from: 3, to: file.count, by: max(1, file.count / 211)) {
        var damaged = file
        damaged[position] ^= 0x11
        try damaged.write(to: URL(filePath: path))
        // Padding and JSON's spelling of a number may change without changing the content.
        guard let model = try? Model(contentsOf: path) else { continue }
        #expect(try bytes(model) == file, "byte \(position)")
      }
    }
  }
}

@Suite("Training")
struct TrainingTests {
  @Test("scores are those of statements that the model did not see")
  func scoresAreOutOfFold() throws {
    let validated = try Trainer(SampleStatements.configuration)
      .crossValidate(SampleStatements.labelled())
    let stance = try #require(validated.summary.evaluations.first)
    #expect(stance.scores.common.macroF1 > 0.8)
    #expect(stance.byLanguage.map(\.language) == ["ar", "en"])
  }

  @Test("with shuffled tones the printed score is near chance, whatever was tried")
  func shuffledLabelsScoreAtChance() throws {
    let data = try SampleStatements.labelled(count: 240)
    // Each statement gets the tone of another one: words and tone have nothing to do with each other.
    let shuffled = data.statements.enumerated().map { index, statement in
      var statement = statement
      statement.annotations = data.statements[(index * 89 + 41) % data.statements.count].annotations
      return statement
    }
    let labelled = try LabelledStatements(
      statements: shuffled, layout: data.layout, codebook: data.codebook)
    let validated = try Trainer(SampleStatements.configuration).crossValidate(labelled)
    let tone = try #require(validated.summary.evaluations.last)
    // Chance is 0.5; the standard error of 240 fair coins is 0.032.
    #expect(abs(tone.scores.common.macroF1 - 0.5) < 0.13)
  }

  @Test("groups and near-duplicates are never split between folds")
  func groupsStayTogether() throws {
    let data = try SampleStatements.labelled()
    let grouped = data.statements.enumerated().map { index, statement in
      var statement = statement
      statement.group = "g\(index / 3)"
      return statement
    }
    let labelled = try LabelledStatements(
      statements: grouped, layout: data.layout, codebook: data.codebook)
    let folds = try Trainer(SampleStatements.configuration).crossValidate(labelled).folds
    for group in stride(from: 0, to: grouped.count - 2, by: 3) {
      #expect(Set(folds.foldOfRow[group..<group + 3]).count == 1)
    }
  }

  @Test("what cannot be trained is an error that says what to do")
  func impossibleDataAreErrors() throws {
    let data = try SampleStatements.labelled()
    let positives = data.statements.filter { $0.annotations[1] == "positive" }
    let oneTone = try LabelledStatements(
      statements: positives, layout: data.layout, codebook: data.codebook)
    let error = #expect(throws: TrainingError.self) {
      try Trainer(SampleStatements.configuration).train(on: oneTone)
    }
    #expect(error?.message.contains("tone") == true)
    let tooMany = TrainingConfiguration(folds: 1000)
    #expect(throws: TrainingError.self) { try Trainer(tooMany).train(on: data) }
    #expect(throws: TrainingError.self) {
      try Trainer(TrainingConfiguration(folds: 0)).train(on: data)
    }
  }
}
