import Foundation
import StanceKit
import Testing

@Suite("Loading labelled files")
struct LoadingTests {
  private static let codebook = """
    tasks:
      stance:
        kind: single-label
        labels: { "yes": , "no": }
    """

  private func load(
    _ files: [(name: String, contents: String)], options: ReadingOptions = .init()
  ) throws -> Result<LabelledStatements, DataErrors> {
    try SampleStatements.inTemporaryFolder { folder in
      let paths = files.map { "\(folder)/\($0.name)" }
      for (path, file) in zip(paths, files) {
        try Data(file.contents.utf8).write(to: URL(filePath: path))
      }
      let codebook = try Codebook(yaml: Self.codebook, file: "codebook.yaml")
      do {
        return .success(
          try LabelledStatements(contentsOf: paths, codebook: codebook, options: options))
      } catch let error as DataErrors { return .failure(error) }
    }
  }

  @Test("errors of records, ids and labels of all files come at once, by file and line")
  func allErrors() throws {
    let result = try load([
      ("a.csv", "id,text,stance\n1,a,yess\n2,b\n1,c,no\n4,d,yes;no\n"),
      ("b.csv", "id,text,stance\n4,e,no\n5,f,nope\n"),
    ])
    let error = #expect(throws: DataErrors.self) { try result.get() }
    let errors = try #require(error?.errors)
    #expect(
      errors.map(\.code) == [
        .unknownLabel, .wrongFieldCount, .duplicateID, .severalLabels, .duplicateID, .unknownLabel,
      ])
    #expect(errors.compactMap(\.location?.line) == [2, 3, 4, 5, 2, 3])
  }

  @Test("records left out for any error are counted once each")
  func skipping() throws {
    var options = ReadingOptions()
    options.skipsInvalid = true
    let labelled = try load(
      [("a.csv", "id,text,stance\n1,a,yess\n2,b\n1,c,no\n4,d,yes;no\n5,e,no\n6,,no\n")],
      options: options
    ).get()
    #expect(labelled.statements.map(\.text) == ["e"])
    #expect(labelled.skippedCount == 4 && labelled.skipped.count == 4)
    #expect(
      labelled.notes(for: .evaluation).map(\.description) == [
        "left out 4 of 6 records, which are malformed", "left out 1 statement without text",
      ])
  }

  @Test("columns of which nearly all values differ are no task, unless they are named")
  func inference() throws {
    let rows = (0..<60).map { "text \($0),\($0 % 2 == 0 ? "yes" : "no"),link\($0)" }
    try SampleStatements.inTemporaryFolder { folder in
      let path = "\(folder)/a.csv"
      try Data(("text,stance,url\n" + rows.joined(separator: "\n")).utf8)
        .write(to: URL(filePath: path))
      let inferred = try LabelledStatements(contentsOf: [path], inferring: [])
      #expect(inferred.codebook.tasks.map(\.name) == ["stance"])
      #expect(inferred.columnsWithoutLabels == ["url"])
      #expect(
        inferred.notes(for: .training).first?.description
          == "not taken for a task, as nearly all values differ: \"url\" (--task names the tasks)")
      let named = try LabelledStatements(contentsOf: [path], inferring: [("url", nil)])
      #expect(named.codebook.tasks.map(\.labels.count) == [60])
    }
  }

  @Test("a file without a column of labels says which columns it has")
  func noTask() throws {
    let rows = (0..<60).map { "text \($0),link\($0)" }
    try SampleStatements.inTemporaryFolder { folder in
      let path = "\(folder)/a.csv"
      try Data(("text,url\n" + rows.joined(separator: "\n")).utf8).write(to: URL(filePath: path))
      let error = #expect(throws: DataErrors.self) {
        try LabelledStatements(contentsOf: [path], inferring: [])
      }
      #expect(
        error?.description
          == "found no column of labels among \"text\", \"url\"; nearly all values of \"url\" differ; "
          + "expected one: add it, or name it with --task or --label-column TASK=COLUMN")
    }
  }

  @Test("too few groups say how many statements are near-duplicates, and where a pair is")
  func nearDuplicates() throws {
    let labelled = try load([
      (
        "a.csv",
        "text,stance\nWe call for talks without delay today,yes\nOpen the crossing now,no\n"
          + "We call for talks without delay today!,yes\n"
      )
    ]).get()
    let error = #expect(throws: TrainingError.self) {
      try Trainer(TrainingConfiguration(folds: 3)).train(on: labelled)
    }
    let places = [4, 2].map { labelled.statements[0].location.file + ":\($0)" }
    #expect(
      error?.message
        == "3 folds need at least 3 groups of statements that are no near-duplicates of each other, "
        + "found 2 (1 is a near-duplicate of an earlier one, such as \(places[0]) of \(places[1])); "
        + "add statements, or use fewer folds (--folds)")
  }
}
