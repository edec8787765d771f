import Corpus
import Testing

@Suite("Labelled statements")
struct LabelledStatementsTests {
  static func codebook() throws -> Codebook {
    try Codebook(tasks: [
      Codebook.Task(
        name: "stance", kind: .multiLabel,
        labels: ["unity", "un-resolution", "other"].map { Codebook.Label(name: $0) }),
      Codebook.Task(
        name: "tone", kind: .singleLabel,
        labels: ["negative", "positive"].map { Codebook.Label(name: $0) }),
      Codebook.Task(
        name: "absent", kind: .singleLabel, labels: ["a", "b"].map { Codebook.Label(name: $0) }),
    ])
  }

  static func label(_ contents: String, skipsInvalid: Bool = false) throws -> LabelledStatements {
    let codebook = try codebook()
    let reading = Reading(
      contents, name: "a.csv", options: ReadingOptions(tasks: codebook.tasks.map(\.name)))
    return try LabelledStatements(
      statements: reading.statements, layout: reading.layout, codebook: codebook,
      skipsInvalid: skipsInvalid)
  }

  @Test("cells become label indices: any order, white space ignored, repeats once, empty is none")
  func annotations() throws {
    let labelled = try Self.label(
      """
      text,stance,tone
      a,other ; unity;unity;,positive
      b,, negative
      c, ; ,

      """)
    #expect(
      labelled.annotations == [
        [.labels([0, 2]), .labels([]), .labels([])], [.label(1), .label(0), .unlabelled],
        [.unlabelled, .unlabelled, .unlabelled],
      ])
    #expect((0..<3).map(labelled.labelledCount) == [3, 2, 0])
  }

  @Test("a file read by several threads gives the same labels, errors and blank texts")
  func threads() throws {
    let folder = try TemporaryFolder()
    let stances = ["unity", "un-resolution;other", "", "unity;other", "other"]
    let rows = (0..<5000).map { row in
      let text = row % 901 == 5 ? " " : "text \(row)"
      return "\(text),\(stances[row * row % 5]),\(row % 3 == 0 ? "negative" : "positive")"
    }
    let codebook = try Self.codebook()
    func read(_ rows: [String], _ threads: Int, skipsInvalid: Bool = false) throws
      -> LabelledStatements
    {
      let path = try folder.write("a.csv", "text,stance,tone\n" + rows.joined(separator: "\n"))
      var options = ReadingOptions(tasks: codebook.tasks.map(\.name))
      (options.threads, options.partLength) = (threads, 10_000)
      return try LabelledStatements(
        StatementSet.read([path], options: options), codebook: codebook,
        skipsInvalid: skipsInvalid
      ).leavingOutBlankTexts()
    }
    let (serial, parallel) = (try read(rows, 1), try read(rows, 3))
    #expect(parallel.statements == serial.statements)
    #expect(parallel.annotations == serial.annotations)
    #expect(serial.blankCount == 6 && parallel.blankStatements == serial.blankStatements)
    #expect(serial.statements.count == 4994 && serial.annotations[0][2] == .labels([2]))
    let full = try read(rows.filter { !$0.hasPrefix(" ") }, 3)
    #expect(full.blankCount == 0 && full.statements.count == 4994)

    var spoilt = rows
    for row in [7, 2200, 4999] { spoilt[row] = "a,unitty,negative;positive" }
    let errors = [1, 3].map { threads in
      #expect(throws: DataErrors.self) { try read(spoilt, threads) }?.errors.map(\.description)
    }
    #expect(errors[0]?.count == 6 && errors[0] == errors[1])
    let (some, same) = (
      try read(spoilt, 1, skipsInvalid: true), try read(spoilt, 3, skipsInvalid: true)
    )
    #expect(some.skippedCount == 3 && same.skippedCount == 3)
    #expect(some.statements.count == 4991)
    #expect(same.statements == some.statements && same.annotations == some.annotations)
  }

  @Test("cells that are equal and spelt in several ways keep their bytes")
  func spellings() {
    let cells = ["caf\u{e9}", "cafe\u{301}", "caf\u{e9}", "other"]
    let rows = cells.map { "a,\($0)\n" }.joined()
    let reading = Reading(
      "text,stance\n" + rows, name: "a.csv", options: ReadingOptions(tasks: ["stance"]))
    #expect(
      reading.statements.map { $0.annotations.map { $0.map { Array($0.utf8) } } }
        == cells.map { [Array($0.utf8)] })
  }

  @Test("unknown and superfluous labels are all told, with the nearest label")
  func errors() throws {
    let error = #expect(throws: DataErrors.self) {
      try Self.label("text,stance,tone\na,unitty,negative;positive\nb,x y z,neutral\n")
    }
    #expect(
      error?.errors.map(\.description) == [
        "a.csv:2: label \"unitty\" of task \"stance\" is not in the codebook; did you mean "
          + "\"unity\"?",
        "a.csv:2: found 2 labels in task \"tone\"; expected one, as the task is single-label: keep "
          + "one, or make the task multi-label in the codebook",
        "a.csv:3: label \"x y z\" of task \"stance\" is not in the codebook; expected one of "
          + "\"unity\", \"un-resolution\", \"other\": correct it or add it to the codebook",
        "a.csv:3: label \"neutral\" of task \"tone\" is not in the codebook; expected one of "
          + "\"negative\", \"positive\": correct it or add it to the codebook",
      ])
  }

  @Test("skipsInvalid leaves statements with errors out, in every task")
  func skipping() throws {
    let labelled = try Self.label(
      "text,stance,tone\na,x,negative\nb,unity,positive\n", skipsInvalid: true)
    #expect(labelled.statements.map(\.text) == ["b"])
    #expect(labelled.annotations.map(\.count) == [1, 1, 1])
    #expect(labelled.skipped.count == 1)
  }

  @Test("statements without text are left out and counted, with what was said of them")
  func blankTexts() throws {
    let labelled = try Self.label(
      "text,stance,tone\na,unity,negative\n,other,positive\n\" \u{a0}\t\",,\nb,other,\n"
    ).leavingOutBlankTexts()
    #expect(labelled.statements.map(\.text) == ["a", "b"])
    #expect(labelled.annotations[0] == [.labels([0]), .labels([2])])
    #expect(labelled.annotations[1] == [.label(0), .unlabelled])
    #expect(labelled.blankCount == 2)
    #expect(
      labelled.notes(for: .evaluation).map(\.description) == ["left out 2 statements without text"])
  }

  @Test("notes name the columns without a use, and in training a missing group")
  func notes() throws {
    let contents = "id,text,stance,language,group,weight,speaker,url\n1,a,unity,en,g,1,s,u\n"
    let labelled = try Self.label(contents)
    #expect(
      labelled.notes(for: .training).map(\.description)
        == ["not used: columns \"speaker\", \"url\""])
    #expect(
      labelled.notes(for: .evaluation).map(\.description)
        == ["not used: columns \"weight\", \"speaker\", \"url\""])
    #expect(
      try Self.label("text,stance\na,unity\n").notes(for: .training).map(\.description)
        == ["no column group: every statement is its own group (--group-column names one)"])
  }

  @Test("a header that is no header is not shown in notes")
  func notesShowNoText() throws {
    let labelled = try Self.label(
      "text,stance,They came at night and took my brother.\na,unity,b\n")
    #expect(!labelled.notes(for: .training).contains { $0.message.contains("brother") })
    #expect(labelled.notes(for: .training).contains { $0.code == .unusedColumns })
  }

  @Test(
    "without any label the columns that there are are told",
    arguments: [
      (
        "text,position\na,unity\n",
        "found no label in 1 statement, whose columns are \"text\", \"position\"; expected a column "
          + "for at least one task (\"tone\", \"mood\"): add one, or name it with --label-column "
          + "TASK=COLUMN"
      ),
      (
        "text,tone\na,\nb,\n",
        "found no label in 2 statements, where \"tone\" is empty among \"text\", \"tone\"; expected "
          + "a column for at least one task (\"tone\", \"mood\"): add one, or name it with "
          + "--label-column TASK=COLUMN"
      ),
      (
        "text,tone\n,low\n \t,high\n",
        "found 2 statements, all without text; expected some with: check the column of the text "
          + "(--text-column)"
      ),
    ])
  func requirements(contents: String, message: String) throws {
    let labels = ["low", "high"].map { Codebook.Label(name: $0) }
    let codebook = try Codebook(tasks: [
      Codebook.Task(name: "tone", kind: .singleLabel, labels: labels),
      Codebook.Task(name: "mood", kind: .singleLabel, labels: labels),
    ])
    let reading = Reading(
      contents, name: "a.csv", options: ReadingOptions(tasks: codebook.tasks.map(\.name)))
    let labelled = try LabelledStatements(
      statements: reading.statements, layout: reading.layout, codebook: codebook
    ).leavingOutBlankTexts()
    let error = #expect(throws: DataErrors.self) { try labelled.requireLabels() }
    #expect(error?.description == message)
  }

  @Test("a column of names, links or texts is no task: over half of its values differ, without ;")
  func columnsWithoutLabels() throws {
    let rows = (0..<100).map {
      "t,u\($0),\($0 % 51),\($0 % 50),\($0 % 2),\($0 == 0 ? "a;" : "")u\($0)"
    }
    let tasks = ["url", "page", "day", "stance", "many"]
    let contents = "text,\(tasks.joined(separator: ","))\n\(rows.joined(separator: "\n"))\n"
    let reading = Reading(contents, name: "a.csv", options: ReadingOptions(tasks: tasks))
    #expect(
      Codebook.columnsWithoutLabels(in: reading.statements, layout: reading.layout)
        == ["url", "page"])
    let few = Array(reading.statements.prefix(20))
    #expect(Codebook.columnsWithoutLabels(in: few, layout: reading.layout).isEmpty)
  }

  @Test("a codebook is inferred: ; makes a column multi-label, labels in byte order")
  func inference() throws {
    let reading = Reading(
      "text,s,t\na,x;b,n\nb,é,p\nc,,\n", name: "a.csv", options: ReadingOptions(tasks: ["s", "t"]))
    let codebook = try Codebook.inferred(from: reading.statements, layout: reading.layout)
    #expect(codebook.tasks.map(\.kind) == [.multiLabel, .singleLabel])
    #expect(codebook.tasks.map { $0.labels.map(\.name) } == [["b", "x", "é"], ["n", "p"]])
    let decided = try Codebook.inferred(
      from: reading.statements, layout: reading.layout, kinds: ["t": .multiLabel])
    #expect(decided.tasks.map(\.kind) == [.multiLabel, .multiLabel])
  }

  @Test("a JSON array makes a task multi-label even with one label in each")
  func inferenceFromArrays() throws {
    let reading = Reading(
      "{\"text\":\"a\",\"s\":[\"x\"]}\n{\"text\":\"b\",\"s\":[]}\n", name: "a.jsonl",
      options: ReadingOptions(tasks: ["s"]))
    let codebook = try Codebook.inferred(from: reading.statements, layout: reading.layout)
    #expect(codebook.tasks.map(\.kind) == [.multiLabel])
    let labelled = try LabelledStatements(
      statements: reading.statements, layout: reading.layout, codebook: codebook)
    #expect(labelled.annotations == [[.labels([0]), .labels([])]])
  }

  @Test("columns that make no task are told")
  func inferenceErrors() throws {
    let rows = (0..<300).map { "t\($0),url\($0),one" }.joined(separator: "\n")
    let reading = Reading(
      "text,u,o\n\(rows)\n", name: "a.csv", options: ReadingOptions(tasks: ["u", "o"]))
    let many = #expect(throws: DataErrors.self) {
      try Codebook.inferred(
        from: reading.statements, layout: reading.layout, kinds: ["x": .singleLabel])
    }
    #expect(many?.errors.map(\.code) == [.missingColumn, .tooManyLabels])
    let only = Reading("text,o\na,one\n", name: "a.csv", options: ReadingOptions(tasks: ["o"]))
    let few = #expect(throws: DataErrors.self) {
      try Codebook.inferred(from: only.statements, layout: only.layout)
    }
    #expect(few?.errors.map(\.code) == [.tooFewLabels])
  }
}
