import StanceKit
import Testing

@Suite("Audits")
struct AuditTests {
  /// One text is enough for a term, so that a model can remember what it has seen.
  private static let quick = Auditor.Configuration(
    recipe: Recipe(words: NGrams(1...1, minimumDocumentFrequency: 1), characters: nil),
    l2Penalty: 1e-3, folds: 4)

  private func audit(
    _ rows: [TrainingRow], isTest: [Bool]? = nil, threads: Int = 1
  ) throws -> Audit {
    try Auditor(Self.quick, parallelism: Parallelism(threads: threads))
      .audit(TrainingRow.labelled(rows).leavingOutBlankTexts(), isTest: isTest)
  }

  private func rows(_ count: Int = 120, seed: UInt64 = 5) -> [TrainingRow] {
    var source = WordSource(seed: seed)
    return source.rows(count)
  }

  @Test("copies and near-copies are told apart, and their labels compared")
  func duplicates() throws {
    var rows = rows()
    var copy = rows[3]
    copy.text = "  " + copy.text
    copy.tone = copy.tone == "positive" ? "negative" : "positive"
    var near = rows[7]
    near.text += " indeed"
    var wordless = rows[9]
    wordless.text = "🔥🔥"
    rows += [copy, near, near, wordless, wordless]
    let found = try audit(rows).duplicates
    #expect(found.clusters.map(\.rows) == [[3, 120], [7, 121, 122], [123, 124]])
    #expect(found.clusters.map(\.isExact) == [true, false, true])
    #expect(found.clusters.map(\.conflictingTasks) == [[1], [], []])
    #expect(found.exactCopyCount == 3 && found.nearCopyCount == 1)
  }

  @Test("texts that cannot be judged are named: blank, wordless, of one word")
  func shortTexts() throws {
    var rows = rows()
    rows[0].text = " "
    rows[1].text = "?!"
    rows[2].text = "Never"
    let found = try audit(rows)
    #expect(found.texts.blank.map(\.id) == ["s0"])
    #expect(found.texts.blank.map(\.location.line) == [2])
    // Blank statements are not among the audited ones.
    #expect(found.data.statements.count == 119)
    #expect(found.texts.wordless == [0] && found.texts.oneWord == [1])
  }

  @Test("letters of another language than the column says")
  func misplaced() throws {
    var rows = rows()
    rows[4].text = "نطالب بفتح المعابر"
    rows[5].text = "نطالب بفتح كل المعابر فورا"
    rows[5].language = "ar"
    rows[6].language = "tlh"
    let found = try audit(rows).texts
    #expect(found.misplaced == [4])
    #expect(found.scripts.map(\.script) == [.latin, .arabic])
    #expect(found.languages.map(\.count) == [118, 1, 1])
  }

  @Test("labels that were turned round are the most suspect, in both kinds of task")
  func suspects() throws {
    var rows = rows(240)
    let wrong = [11, 60, 133, 201]
    for row in wrong {
      rows[row].tone = rows[row].tone == "positive" ? "negative" : "positive"
      let labels = rows[row].stance.split(separator: ";").filter { $0 != "unity" }
      rows[row].stance =
        (rows[row].stance.contains("unity") ? labels : labels + ["unity"]).joined(separator: ";")
    }
    let found = try audit(rows).suspicions
    for task in found {
      let first = Set(task.suspects.prefix(6).map(\.row))
      // One of four may go with the cues of its text all the same.
      #expect(first.intersection(wrong).count >= 3, "\(task.task.name)")
    }
    for suspect in found[0].suspects where wrong.contains(suspect.row) && suspect.confidence < 0.4 {
      let isGiven = rows[suspect.row].stance.contains("unity")
      #expect(suspect.change == (isGiven ? .remove(0) : .add(0)))
    }
  }

  @Test("what training has seen of a test is named, and scored apart")
  func leakage() throws {
    // With cues that are often wrong, only memory can be right about a copy.
    var source = WordSource(seed: 9)
    var rows = source.rows(300, reliability: 70)
    for row in 200..<230 {
      rows[row] = rows[row - 200]
      rows[row].text += " now"
    }
    (rows[231].group, rows[50].group) = ("article", "article")
    let isTest = rows.indices.map { $0 >= 200 }
    let found = try #require(try audit(rows, isTest: isTest).leakage)
    #expect(found.trainingCount == 200 && found.testCount == 100)
    #expect(found.leaks.map(\.row) == Array(200..<230) + [231])
    #expect(found.leaks.map(\.trainingRow) == Array(0..<30) + [50])
    #expect(found.leaks.last?.kind == .group)
    for scores in found.scores {
      let leaked = try #require(scores.leaked?.common.macroF1)
      let clean = try #require(scores.clean?.common.macroF1)
      #expect(leaked > scores.inflated.common.macroF1 && scores.inflated.common.macroF1 > clean)
      #expect(scores.clean?.statementCount == 69)
    }
  }

  @Test("balance counts labels by language and measures their texts")
  func balance() throws {
    var rows = rows(200)
    for row in rows.indices {
      rows[row].language = row % 2 == 0 ? "ar" : "en"
      rows[row].tone = row % 10 == 0 ? "positive" : "negative"
      rows[row].stance = row % 4 == 0 ? "unity" : row == 1 ? "aid" : ""
      if rows[row].stance == "unity" { rows[row].text += " " + rows[row].text }
    }
    let found = try audit(rows).balance
    let (unity, aid, none) = (found[0].labels[0], found[0].labels[1], found[0].labels[2])
    #expect(found[0].languages == ["ar", "en"])
    #expect(unity.count == 50 && unity.byLanguage == [0.5, 0] && unity.dependsOnLanguage)
    #expect(unity.hasLengthOfItsOwn && !none.dependsOnLanguage)
    #expect(aid.isRare && aid.count == 1 && none.label == nil && none.count == 149)
    #expect(found[0].imbalance == 50 && found[1].imbalance == 9)
  }

  @Test("a task that cannot be checked leaves the rest of the audit whole")
  func unchecked() throws {
    var rows = rows(40)
    for row in rows.indices { rows[row].tone = "positive" }
    rows.append(rows[0])
    let found = try audit(rows)
    #expect(
      found.unchecked.map(\.task) == ["tone"] && found.suspicions.map(\.task.name) == ["stance"])
    #expect(found.duplicates.exactCopyCount == 1)
  }

  @Test("the audit is the same for any number of threads")
  func threads() throws {
    var source = WordSource(seed: 3)
    let rows = source.rows(150, reliability: 80)
    let isTest = rows.indices.map { $0 % 3 == 0 }
    let (one, two) = (
      try audit(rows, isTest: isTest), try audit(rows, isTest: isTest, threads: 2)
    )
    #expect(one.suspicions.map(\.suspects) == two.suspicions.map(\.suspects))
    #expect(one.suspicions.contains { !$0.suspects.isEmpty })
    #expect(one.leakage?.scores.map(\.inflated) == two.leakage?.scores.map(\.inflated))
  }
}
