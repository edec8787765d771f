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
