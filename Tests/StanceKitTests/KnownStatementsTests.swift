import Foundation
import Testing

@testable import StanceKit

@Suite("Known statements")
struct KnownStatementsTests {
  /// Statements with cues, and words that no other has.
  static func rows(_ count: Int = 160, seed: UInt64 = 77) -> [TrainingRow] {
    var source = WordSource(seed: seed)
    return source.rows(count, reliability: 97)
  }

  static var configuration: TrainingConfiguration {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    configuration.learnsIntervals = true
    return configuration
  }

  static func model(
    _ rows: [TrainingRow], forgetting: Bool = false
  ) throws -> Model {
    var configuration = configuration
    configuration.forgetsStatements = forgetting
    return try Trainer(configuration).train(on: TrainingRow.labelled(rows)).model
  }

  /// The rows, and one whose words say the contrary of its label.
  private static func contrary() -> (rows: [TrainingRow], text: String) {
    var rows = rows()
    let text = "together flour gladly"
    rows.append(TrainingRow(text: text, stance: "", tone: "negative"))
    return (rows, text)
  }

  @Test("what people said of a near copy counts, and what the model says stands beside it")
  func copies() throws {
    let (rows, text) = Self.contrary()
    let model = try Self.model(rows)
    let known = try #require(model.knownStatements)
    #expect(known.count == rows.count)
    let judged = model.classify(text.uppercased() + "!")
    #expect(judged.copies.map { known.id($0.number) } == ["s160"])
    #expect(judged.copies[0].similarity == 1)
    let own = model.forgettingStatements.classify(text)
    #expect(own.copies.isEmpty && own.tasks.allSatisfy { $0.probabilitiesWithoutCopies == nil })
    for (task, weight) in known.modelWeights.enumerated() {
      #expect(known.codings(160, task: task)?.carried == [[0, 0], [1, 0]][task])
      #expect(judged.tasks[task].probabilitiesWithoutCopies == own.tasks[task].probabilities)
      #expect(judged.tasks[task].scores == own.tasks[task].scores)
      for (label, probability) in judged.tasks[task].probabilities.enumerated() {
        let coded = [[0.0, 0], [1, 0]][task][label]
        let expected = (coded + weight * own.tasks[task].probabilities[label]) / (1 + weight)
        #expect(abs(probability - expected) < 1e-12)
      }
    }
    #expect(judged.tasks.map(\.labels) == [[], [0]])
    #expect(own.tasks.map(\.labels) == [[0, 1], [1]])
  }

  @Test("intervals go with the probabilities")
  func intervals() throws {
    let (rows, text) = Self.contrary()
    let model = try Self.model(rows)
    let weight = try #require(model.knownStatements).modelWeights[0]
    let judged = try #require(model.classify(text, intervals: 0.9).tasks[0].intervals)
    let own = try #require(
      model.forgettingStatements.classify(text, intervals: 0.9).tasks[0].intervals)
    for (judged, own) in zip(judged, own) {
      #expect(abs(judged.lower - weight * own.lower / (1 + weight)) < 1e-12)
      #expect(abs(judged.upper - weight * own.upper / (1 + weight)) < 1e-12)
    }
  }

  @Test("several copies count by how much they are alike, and those that are not coded not at all")
  func evidence() throws {
    let known = KnownStatements(
      sketches: SketchIndex([UInt8](repeating: 0, count: 3 * 128)), idBytes: Array("abc".utf8),
      idOffsets: [0, 1, 2, 3],
      codings: [
        .init(
          labelCount: 3, weights: [[1, 0, 1, 1], [0, 1, 2, 2], [0, 0, 0, 0]].flatMap(\.self),
          modelWeight: 0.5)
      ])
    let copies = [0.9, 0.7, 1].enumerated().map { index, similarity in
      KnownStatements.Copy(number: index, similarity: similarity)
    }
    let found = try #require(known.evidence(of: copies, task: 0)).probabilities([0.2, 0.4, 0.6])
    let expected = [(0.9 + 0.1) / 2.8, (0.7 + 0.2) / 2.8, (0.9 + 1.4 + 0.3) / 2.8]
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(known.evidence(of: [copies[2]], task: 0) == nil)
    #expect(known.codings(2, task: 0) == nil)
    #expect(try #require(known.codings(1, task: 0)) == ([0, 1, 2], 2))
    #expect((0..<3).map(known.id) == ["a", "b", "c"])
  }

  @Test("a weight of 0 is as if the statement were not there, one of 2 as if it were there twice")
  func weightLaws() throws {
    let rows = Self.rows()
    func known(_ changed: [TrainingRow]) throws -> [String: [Float]] {
      let model = try Self.model(changed)
      let known = try #require(model.knownStatements)
      return Dictionary(
        uniqueKeysWithValues: (0..<known.count).map { number in
          let codings = known.codings.map { coded in
            let row = coded.row(number)
            return row.carried + [row.total]
          }
          return (known.id(number), codings.flatMap(\.self))
        })
    }
    var weighted = rows
    weighted[0].weight = 0
    weighted[1].weight = 2
    let found = try known(weighted)
    #expect(found["s0"] == nil && found.count == rows.count - 1)
    let twice = try known(rows + [rows[1]])
    #expect(found["s1"] == twice["s1"] && found["s1"] != found["s2"])
    #expect(twice.count == rows.count)
  }

  @Test("of many codings of one text the order means nothing")
  func order() throws {
    let slogan = TrainingRow(text: "one flag for all of us", stance: "unity", tone: "positive")
    var against = slogan
    against.tone = "negative"
    let codings = Array(repeating: against, count: 20) + Array(repeating: slogan, count: 60)
    func judged(_ codings: [TrainingRow]) throws -> [Double] {
      let model = try Self.model(Self.rows() + codings)
      let judged = model.classify("One flag for all of us!")
      #expect(judged.copies.count == 1)
      return judged.tasks[1].probabilities
    }
    let (one, other) = (try judged(codings), try judged(codings.reversed()))
    #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(abs(one[1] - 0.75) < 0.05)
  }

  @Test("where columns are features nothing is kept, as another speaker says other things")
  func columns() throws {
    var configuration = Self.configuration
    configuration.featureColumns = ["language"]
    let model = try Trainer(configuration).train(on: TrainingRow.labelled(Self.rows())).model
    #expect(model.knownStatements == nil)
  }

  @Test("a text of which no term is known gets no answer from its copies")
  func noEvidence() throws {
    var configuration = Self.configuration
    var recipe = Recipe.words
    recipe.words?.minimumDocumentFrequency = 5
    configuration.recipes = [recipe]
    let rows =
      Self.rows() + [TrainingRow(text: "utterly unheard of", stance: "aid", tone: "positive")]
    let model = try Trainer(configuration).train(on: TrainingRow.labelled(rows)).model
    let judged = model.classify("Utterly unheard of")
    #expect(!judged.hasEvidence && judged.copies.count == 1)
    #expect(judged.tasks.allSatisfy { $0.labels.isEmpty && $0.probabilitiesWithoutCopies == nil })
  }

  @Test("shares are counted as if no copy were known")
  func shares() throws {
    let (rows, text) = Self.contrary()
    let model = try Self.model(rows)
    let csv = "text\n\(text)\napart angrily\n"
    var options = ReadingOptions()
    options.format = .csv
    let set = try StatementSet.read(
      StatementReader(Array(csv.utf8), name: "a.csv", options: options))
    let counted = try ClassifiedStatements(set, file: "a.csv", by: model)
    let forgetful = try ClassifiedStatements(set, file: "a.csv", by: model.forgettingStatements)
    #expect(counted.answers == forgetful.answers)
    #expect(
      counted.answers[1] != model.classify(set.statements.map(\.text)).map { $0.tasks[1].labels })
    #expect(counted.notes.map(\.code).contains(.nearCopies))
    #expect(!forgetful.notes.map(\.code).contains(.nearCopies))
  }

  @Test("a model that forgets judges the same new statements in the same way, and holds no id")
  func forgetting() throws {
    let rows = Self.rows()
    let (model, forgetful) = (try Self.model(rows), try Self.model(rows, forgetting: true))
    #expect(forgetful.knownStatements == nil)
    #expect(forgetful.crossValidation == model.crossValidation)
    let others = try TrainingRow.labelled(Self.rows(40, seed: 5)).statements.map(\.text)
    #expect(model.classify(others) == forgetful.classify(others))
    let files = try SampleStatements.inTemporaryFolder { folder in
      try [model, forgetful].map { model in
        try model.save(to: folder + "/model.safetensors")
        return try Data(contentsOf: URL(filePath: folder + "/model.safetensors"))
      }
    }
    #expect(files[0].range(of: Data("known.ids".utf8)) != nil)
    #expect(files[1].range(of: Data("known".utf8)) == nil)
  }

  @Test("a saved model knows the same statements")
  func saved() throws {
    let (rows, text) = Self.contrary()
    let model = try Self.model(rows)
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors", parts: [])
    }
    #expect(loaded.classify(text) == model.classify(text))
    let (known, read) = (
      try #require(model.knownStatements), try #require(loaded.knownStatements)
    )
    #expect((0..<known.count).map(known.id) == (0..<read.count).map(read.id))
    #expect(known.modelWeights == read.modelWeights)
  }

  @Test("other thresholds leave them as they are")
  func thresholds() throws {
    let (rows, text) = Self.contrary()
    let model = try Self.model(rows)
    let changed = try model.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: nil, goal: .recall(0.9))]))
    #expect(changed.knownStatements?.count == rows.count)
    #expect(
      changed.classify(text).tasks.map(\.probabilities)
        == model.classify(text).tasks.map(\.probabilities))
  }

  @Test("scores without near copies are those of the others alone")
  func evaluation() throws {
    let rows = Self.rows()
    let model = try Self.model(rows)
    let others = Self.rows(30, seed: 8)
    let found = try model.evaluation(on: TrainingRow.labelled(Array(rows.prefix(25)) + others))
    let new = try #require(found.newStatements)
    #expect(new.copyCounts == ["stance": 25, "tone": 25])
    let alone = try model.evaluation(on: TrainingRow.labelled(others))
    #expect(alone.newStatements == nil)
    #expect(new.evaluations.map(\.scores) == alone.evaluations.map(\.scores))
    #expect(found.evaluations.map(\.scores.statementCount) == [55, 55])
    #expect(found.evaluationsOfNewStatements.map(\.scores.statementCount) == [30, 30])
    let forgetful = try model.forgettingStatements.evaluation(on: TrainingRow.labelled(rows))
    #expect(forgetful.newStatements == nil)
    // Where all are copies, errors are taken from these.
    let copies = try model.evaluation(on: TrainingRow.labelled(rows))
    #expect(copies.newStatements?.evaluations.isEmpty == true)
    #expect(copies.evaluationsOfNewStatements.map(\.scores.statementCount) == [160, 160])
  }

  @Test("damaged ones are refused", arguments: [0, 1, 2, 3, 4, 5, 6, 7, 8])
  func damaged(_ damage: Int) throws {
    let model = try Self.model(Self.rows(40))
    let known = try #require(model.knownStatements)
    let tasks = model.classifiers.map(\.task)
    var tensors = Dictionary(
      uniqueKeysWithValues: KnownStatementsTensors.tensors(known, tasks).map { ($0.name, $0) })
    var description = KnownStatementsTensors.describe(known)
    func replace(_ tensor: Safetensors.Tensor) { tensors[tensor.name] = tensor }
    var offsets = known.idOffsets
    var (stance, tone) = (known.codings[0].weights, known.codings[1].weights)
    switch damage {
    case 0: break
    case 1: replace(.init("known.sketches", bytes: known.sketches.bytes.dropLast()))
    case 2:
      offsets.swapAt(3, 4)
      replace(.init("known.id-offsets", offsets))
    case 3:
      offsets[offsets.count - 1] += 1
      replace(.init("known.id-offsets", offsets))
    case 4: description = .init(modelWeights: [1, 0])
    case 5: description = .init(modelWeights: [1])
    case 6:
      stance[0] = 2
      replace(.init("stance.known-codings", stance, columns: 3))
    case 7:
      (tone[0], tone[1]) = (1, 1)
      replace(.init("tone.known-codings", tone, columns: 3))
    default:
      stance[2] = .nan
      replace(.init("stance.known-codings", stance, columns: 3))
    }
    func read() throws -> KnownStatements {
      try KnownStatementsTensors.known(description, tasks) { name, _ in try #require(tensors[name])
      }
    }
    if damage == 0 {
      #expect(try read().count == 40)
    } else {
      #expect(throws: ModelAssembly.Misfit.self) { try read() }
    }
  }
}
