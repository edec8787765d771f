import StanceKit
import Testing

@Suite("Shares of labels")
struct SharesTests {
  /// A model that errs, its summary, and fresh statements with more of a label than it was trained on.
  private static let material: Result<(model: Model, texts: [String], truth: [Bool]), any Error> =
    Result {
      var source = WordSource(seed: 31)
      var rows = source.rows(600, reliability: 80)
      for row in rows.indices where row % 2 == 0 { rows[row].language = "ar" }
      let model = try Trainer(
        TrainingConfiguration(
          recipes: [.words], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 5)
      ).train(on: TrainingRow.labelled(rows)).model
      // Of every statement without the label of the first task only each eighth is kept.
      var kept: [TrainingRow] = []
      for (index, row) in source.rows(2400, reliability: 80).enumerated()
      where row.stance.contains("unity") || index % 8 == 0 { kept.append(row) }
      return (model, kept.map(\.text), kept.map { $0.stance.contains("unity") })
    }

  private func estimator(_ model: Model, seed: UInt64 = 1) throws -> ShareEstimator {
    ShareEstimator(
      model.classifiers.map(\.task), errors: try #require(model.crossValidation).evaluations,
      .init(draws: 500, seed: seed))
  }

  private func statements(_ texts: [String], language: String? = "en") -> [Statement] {
    texts.map { text in
      var statement = Statement(
        id: "", text: text, location: SourceLocation(file: "pool.csv", line: 1))
      statement.language = language
      return statement
    }
  }

  private func answers(_ model: Model, _ texts: [String]) -> [[[Int]]] {
    let judgements = model.classify(texts)
    return model.classifiers.indices.map { task in judgements.map { $0.tasks[task].labels } }
  }

  @Test("the correction takes back what a shift of the shares does to the raw ones")
  func shift() throws {
    let (model, texts, truth) = try Self.material.get()
    let share = Double(truth.count { $0 }) / Double(truth.count)
    let all = StatementGroup(name: nil, rows: Array(texts.indices))
    let found = try estimator(model).shares(
      of: [all], among: statements(texts), answers: answers(model, texts))[0]
    let estimate = found.tasks[0].labels[0].estimate
    let corrected = try #require(estimate.corrected)
    #expect(share > 0.8 && share - estimate.raw.share > 0.1)
    #expect(abs(corrected.share - share) < 0.06)
    #expect(corrected.interval.contains(share))
    #expect(!estimate.raw.interval.contains(share))
  }

  @Test("single-label shares add up to 1, groups come in their order, seeds decide the draws")
  func groups() throws {
    let (model, texts, _) = try Self.material.get()
    let judged = answers(model, texts)
    let names = texts.indices.map { $0 % 3 == 0 ? nil : "g\($0 % 3)" }
    let pool = statements(texts)
    let groups = StatementGroup.groups(by: names)
    let found = try estimator(model).shares(of: groups, among: pool, answers: judged)
    #expect(found.map(\.group) == [nil, "g1", "g2"])
    #expect(found.reduce(0) { $0 + $1.statementCount } == texts.count)
    for group in found {
      let shares = group.tasks[1].labels.compactMap { $0.estimate.corrected?.share }
      #expect(shares.count == 2 && abs(shares.reduce(0, +) - 1) < 1e-9)
    }
    let alone = try estimator(model).shares(
      of: [groups[1]], among: pool, answers: judged)
    #expect(alone == [found[1]])
    #expect(
      try estimator(model, seed: 2).shares(of: groups, among: pool, answers: judged)
        != found)
  }

  @Test("a language that is not told is corrected as the one that is written so")
  func guessedLanguages() throws {
    let (model, texts, _) = try Self.material.get()
    let all = [StatementGroup(name: nil, rows: Array(texts.indices))]
    let judged = answers(model, texts)
    func shares(_ language: String?) throws -> [GroupShares] {
      try estimator(model).shares(
        of: all, among: statements(texts, language: language), answers: judged)
    }
    let evaluations = try #require(model.crossValidation).evaluations
    #expect(evaluations.allSatisfy { $0.byLanguage.map(\.language) == ["ar", "en"] })
    #expect(try shares(nil) == shares("en"))
    #expect(try shares("ar") != shares("en"))
  }

  @Test("no statement, no share")
  func empty() throws {
    let (model, _, _) = try Self.material.get()
    let found = try estimator(model).shares(
      of: [StatementGroup(name: nil, rows: [])], among: [], answers: [[], []])[0]
    #expect(found.statementCount == 0)
    #expect(found.tasks[0].labels.allSatisfy { $0.estimate.corrected == nil })
  }

  @Test(
    "months are read from the dates that people write",
    arguments: [
      ("2024-05", "2024-05"), ("2024-05-17", "2024-05"), ("2024/5/17", "2024-05"),
      ("2024-12-31T23:59:59Z", "2024-12"), ("17.05.2024", "2024-05"), ("12/31/2024", "2024-12"),
      ("2024", nil), ("May 2024", nil), ("2024-13-01", nil), ("", nil), ("-", nil),
      ("٢٠٢٤-٠٥", nil),
    ] as [(String, String?)])
  func months(date: String, month: String?) {
    #expect(Month(date: date)?.description == month)
  }
}
