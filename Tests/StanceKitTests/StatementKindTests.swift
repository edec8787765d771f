import Foundation
import StanceKit
import Testing

@Suite("Models for one kind of statements")
struct StatementKindTests {
  /// In English statements "flour" is a sure sign of aid, in French ones it hardly is.
  private static func data(_ count: Int = 240, seed: UInt64 = 31) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    let rows = source.rows(count, reliability: 97).enumerated().map { index, row in
      var row = row
      row.language = index % 3 == 0 ? "en" : "fr"
      if row.language == "fr", source.draw(2) == 0 {
        row.stance = row.stance.replacing(";aid", with: "").replacing("aid", with: "")
      }
      return row
    }
    return try TrainingRow.labelled(rows)
  }

  private static let english = StatementKind(column: "language", values: ["en"])

  private static func trained(
    for kind: StatementKind?, on data: LabelledStatements
  ) throws -> Trainer.Training {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 4)
    configuration.statementKind = kind
    configuration.learnsIntervals = false
    return try Trainer(configuration).train(on: data)
  }

  @Test("all statements teach, and those of the kind decide and are scored")
  func decisions() throws {
    let data = try Self.data()
    let count = data.statements.count { $0.language == "en" }
    let all = try Self.trained(for: nil, on: data)
    let some = try Self.trained(for: Self.english, on: data)
    for (one, other) in zip(all.model.classifiers, some.model.classifiers) {
      #expect(one.intercepts == other.intercepts)
      #expect(
        (0..<all.model.extractor.featureCount).allSatisfy {
          one.coefficient(feature: $0, label: 1) == other.coefficient(feature: $0, label: 1)
        })
    }
    guard case .thresholds(let allRules) = all.model.classifiers[0].rule,
      case .thresholds(let someRules) = some.model.classifiers[0].rule
    else {
      Issue.record("the rule does not fit its task")
      return
    }
    // What is sure in English is in question in both.
    func aid(_ model: Model) -> Double {
      model.classify("together gladly flour").tasks[0].probabilities[1]
    }
    #expect(aid(some.model) > aid(all.model))
    #expect(allRules != someRules)
    let summary = try #require(some.crossValidation?.summary)
    #expect(summary.statementKind == Self.english)
    #expect(summary.evaluations.map(\.scores.statementCount) == [count, count])
    #expect(some.model.classifiers.map { $0.outOfFold?.count } == [count, count])
    #expect(all.crossValidation?.summary.statementKind == nil)
  }

  @Test("scores are those of the judgements of the kind")
  func scores() throws {
    let data = try Self.data()
    let training = try Self.trained(for: Self.english, on: data)
    let validated = try #require(training.crossValidation)
    let rows = data.statements.indices.filter { data.statements[$0].language == "en" }
    for (index, evaluation) in validated.summary.evaluations.enumerated() {
      let answered = rows.count { row in
        validated.judgements[index][row].labels == data.annotations[index][row].labels?.sorted()
      }
      let exact =
        switch evaluation.scores {
        case .multiLabel(let scores, _): scores.exactMatch
        case .singleLabel(let scores): scores.accuracy
        }
      #expect(abs(exact - Double(answered) / Double(rows.count)) < 1e-12)
    }
  }

  @Test("the file keeps for which it is, and thresholds that are set anew are those of the kind")
  func kept() throws {
    let data = try Self.data()
    let model = try Self.trained(for: Self.english, on: data).model
    let folder = FileManager.default.temporaryDirectory.appending(path: "kind-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "model.safetensors").path
    try model.save(to: path)
    let read = try Model(contentsOf: path)
    #expect(read.crossValidation?.statementKind == Self.english)
    let reset = try read.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: nil, goal: .recall(0.9))]))
    #expect(reset.crossValidation?.statementKind == Self.english)
    #expect(
      reset.crossValidation?.evaluations.map(\.scores.statementCount)
        == model.crossValidation?.evaluations.map(\.scores.statementCount))
    let back = try reset.settingThresholds(
      for: DecisionGoals(targets: [.init(scope: nil, goal: .bestF1)]))
    guard case .thresholds(let rules) = model.classifiers[0].rule,
      case .thresholds(let found) = back.classifiers[0].rule
    else {
      Issue.record("the rule does not fit its task")
      return
    }
    for (rule, found) in zip(rules, found) {
      let (expected, threshold) = (try #require(rule.threshold), try #require(found.threshold))
      #expect(abs(expected - threshold) < 1e-5)
    }
    // Of the statements that it was trained on, a report shows those of the kind.
    let judged = try #require(JudgedStatements(data, outOfFoldBy: read))
    #expect(judged.data.statements.allSatisfy { $0.language == "en" })
    #expect(judged.judgements.allSatisfy { $0?.count == judged.data.statements.count })
  }

  @Test("several values make one kind")
  func values() throws {
    let data = try Self.data()
    let both = StatementKind(column: "language", values: ["en", "fr"])
    let one = try Self.trained(for: both, on: data).model
    let all = try Self.trained(for: nil, on: data).model
    #expect(one.classifiers.map(\.rule) == all.classifiers.map(\.rule))
    #expect(both.wording == "language is \"en\" or \"fr\"")
    #expect(Self.english.wording == "language is \"en\"")
    let three = StatementKind(column: "source", values: ["a", "b, c", "d"])
    #expect(three.wording == "source is \"a\", \"b, c\" or \"d\"")
  }

  @Test("a column, a value or labels that are not there are told")
  func errors() throws {
    let data = try Self.data()
    func message(_ column: String, _ values: String..., on data: LabelledStatements) -> String {
      do {
        _ = try Self.trained(for: StatementKind(column: column, values: values), on: data)
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(message("genre", "speech", on: data).contains("found no column \"genre\""))
    #expect(message("genre", "speech", on: data).contains("one of language, group"))
    #expect(
      message("language", "en", "de", on: data).contains(
        "found no statement whose language is \"de\", expected one of \"fr\", \"en\": check --for"))
    #expect(message("language", on: data).contains("found no value of the column \"language\""))
    let few = try Self.data(42)
    #expect(
      message("language", "en", on: few).contains("found 14 labelled statements whose language"))
    let rare = try Self.data(96)
    #expect(
      message("language", "en", on: rare).contains(
        "that carry the label \"aid\", expected at least 10")
    )
    // All that carry a label in one group leave nothing to learn from.
    var source = WordSource(seed: 33)
    let grouped = try TrainingRow.labelled(
      source.rows(160).enumerated().map { index, row in
        var row = row
        row.language = index < 60 ? "en" : "fr"
        row.group = index < 60 ? "one" : ""
        return row
      })
    #expect(
      message("language", "en", on: grouped).contains(
        "of the statements whose language is \"en\", without fold"))
    var unlearned = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 0)
    unlearned.statementKind = Self.english
    #expect(throws: TrainingError.self) { try Trainer(unlearned).train(on: data) }
  }
}
