import Testing

@testable import StanceKit

@Suite("How much codings of near copies count")
struct CodingWeightTests {
  @Test("the model counts for more, the less near copies tell of each other")
  func weights() {
    let task = Codebook.Task(
      name: "tone", kind: .singleLabel, labels: [.init(name: "a"), .init(name: "b")])
    func weight(agreeing: Int, of count: Int, own: Double) -> Double {
      let cases = (0..<count).map { index in
        ModelWeightFitting.Case(
          evidence: CodingEvidence(carried: [1, 0], total: 1, modelWeight: 1),
          // The model is right as often as it says.
          probabilities: index < agreeing ? [own, 1 - own] : [1 - own, own],
          gold: [index < agreeing ? 0 : 1])
      }
      return ModelWeightFitting(task).weight(cases)
    }
    // Of nothing it is what makes an agreement of 0.8 where the model knows nothing.
    let unknown = weight(agreeing: 0, of: 0, own: 0.5)
    #expect(abs((1 + unknown / 2) / (1 + unknown) - 0.8) < 0.01)
    #expect(weight(agreeing: 990, of: 1000, own: 0.7) < 0.1)
    #expect(weight(agreeing: 500, of: 1000, own: 0.7) == 8)
    let measured = weight(agreeing: 900, of: 1000, own: 0.5)
    #expect(abs((1 + measured / 2) / (1 + measured) - 0.9) < 0.01)
  }

  @Test("near copies in training decide how much they count")
  func learned() throws {
    var source = WordSource(seed: 3)
    let rows = KnownStatementsTests.rows(120)
    func weight(_ tone: (TrainingRow) -> String) throws -> Double {
      let copies = rows.prefix(60).map { row in
        var row = row
        row.text += " " + source.words(1)[0]
        row.tone = tone(row)
        return row
      }
      return try #require(KnownStatementsTests.model(rows + copies).knownStatements).modelWeights[1]
    }
    let agreeing = try weight { $0.tone }
    let opposed = try weight { $0.tone == "positive" ? "negative" : "positive" }
    #expect(agreeing < 0.3 && opposed > 2)
  }

  @Test("copies in other folds, which the judging models saw, teach no weight")
  func otherFolds() throws {
    var source = WordSource(seed: 3)
    let rows = KnownStatementsTests.rows(120)
    let copies = rows.prefix(60).map { row in
      var row = row
      row.text += " " + source.words(1)[0]
      return row
    }
    let data = try TrainingRow.labelled(rows + copies)
    let found = try Trainer(KnownStatementsTests.configuration).crossValidate(data)
    let tasks = data.codebook.tasks.indices.map { TaskData(data, task: $0) }
    func weights(_ folds: Folds) throws -> [Double] {
      let validated = CrossValidation(
        summary: found.summary, judgements: found.judgements, folds: folds)
      return try #require(KnownStatements(data.statements, tasks, validated)).modelWeights
    }
    let nothingLearned = ModelWeightFitting(tasks[0].task).weight([])
    #expect(try weights(found.folds).allSatisfy { $0 < nothingLearned })
    let count = data.statements.count
    let apart = Folds(foldOfRow: Array(0..<count), count: count)
    #expect(try weights(apart) == [nothingLearned, nothingLearned])
  }

  @Test(
    "what is taken back in other digits than it was counted leaves probabilities",
    arguments: [1, 3])
  func rounding(repetitions: Int) throws {
    let sum = Double(Float(0.1 * Double(repetitions + 1)))
    var evidence = CodingEvidence(carried: [0, 0], modelWeight: 1)
    evidence.add([sum, 0], of: sum, times: 1)
    for _ in 0...repetitions { evidence.add([0.1, 1e-9], of: 0.1, times: -1) }
    #expect(evidence.carried.allSatisfy { (0...evidence.total).contains($0) })
    #expect(evidence.probabilities([1, 0]).allSatisfy { (0...1).contains($0) })
    // Weights that single precision does not have.
    let rows = KnownStatementsTests.rows(60).flatMap { row in
      var row = row
      row.weight = 0.1
      return Array(repeating: row, count: repetitions)
    }
    #expect(try KnownStatementsTests.model(rows).knownStatements?.count == 60)
  }

  @Test("a text that is often repeated teaches no more than one that stands there twice")
  func repeated() throws {
    let pairs = KnownStatementsTests.rows(40).flatMap { [$0, $0] }
    func weight(_ repetitions: Int) throws -> Double {
      // Half of the time against the other half: nothing that a copy could tell.
      let slogan = (0..<repetitions).map { index in
        TrainingRow(
          text: "one flag for all of us", stance: "unity",
          tone: index % 2 == 0 ? "positive" : "negative")
      }
      return try #require(KnownStatementsTests.model(pairs + slogan).knownStatements).modelWeights[
        1]
    }
    let few = try weight(4)
    #expect(try weight(200) < 2 * few && few < 0.5)
  }

  @Test("cross-validation is done without them")
  func crossValidation() throws {
    // Each statement twice, with the same label by chance: to remember the other one is always right.
    var source = WordSource(seed: 4)
    let data = try TrainingRow.labelled(
      KnownStatementsTests.rows(80).flatMap { row in
        var row = row
        row.tone = source.draw(2) == 0 ? "positive" : "negative"
        return [row, row]
      })
    let summary = try #require(
      try Trainer(KnownStatementsTests.configuration).train(on: data).crossValidation?.summary)
    let tone = try #require(summary.evaluations.first { $0.task == "tone" })
    #expect(tone.scores.common.macroF1 < 0.65)
  }
}
