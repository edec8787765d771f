import Corpus
import Foundation
import Testing

@Suite("Codebooks")
struct CodebookTests {
  static let yaml = """
    name: Stances
    version: 2
    tasks:
      stance:
        kind: multi-label
        labels:
          unity:
            definition: calls for unity
            keywords: [united, "2254", قرار]
            color: "#2a78d6"
          other:
      tone:
        kind: single-label
        labels: { negative: {}, positive: { definition: praises } }
    """

  @Test("tasks and labels keep the order of the file")
  func reading() throws {
    let codebook = try Codebook(yaml: Self.yaml, file: "c.yaml")
    #expect(codebook.name == "Stances")
    #expect(codebook.version == "2")
    #expect(codebook.tasks.map(\.name) == ["stance", "tone"])
    #expect(codebook.tasks.map(\.kind) == [.multiLabel, .singleLabel])
    let labels = codebook.tasks.map { $0.labels.map(\.name) }
    #expect(labels == [["unity", "other"], ["negative", "positive"]])
    let unity = try #require(codebook.task(named: "stance")?.labels.first)
    #expect(unity.keywords == ["united", "2254", "قرار"])
    #expect(unity.color == "#2a78d6")
  }

  @Test("all errors come at once, each with its line")
  func allErrors() throws {
    let yaml = """
      nam: x
      tasks:
        text:
          kind: multi-lable
          labels: { a;b: , c: { color: blue } }
        tone:
          kind: single-label
          labels: { only: }
        " x":
          labels: [a, b]
      """
    let error = #expect(throws: DataErrors.self) { try Codebook(yaml: yaml, file: "c.yaml") }
    let expected = [
      "c.yaml:1: the codebook has the unknown key \"nam\"; expected \"name\", \"version\", \"tasks\"; "
        + "did you mean \"name\"?",
      "c.yaml:3: task \"text\" has the name of a column with another meaning; expected a name other "
        + "than \"id\", \"text\", \"language\", \"speaker\", \"source\", \"date\", \"group\", "
        + "\"weight\": rename it",
      "c.yaml:4: task \"text\" is of kind \"multi-lable\"; expected \"multi-label\", "
        + "\"single-label\"; did you mean \"multi-label\"?",
      "c.yaml:5: label \"a;b\" contains \";\", which separates labels; expected a name in one line, "
        + "without \";\" and without white space around it: rename it",
      "c.yaml:5: label \"c\" has color \"blue\"; expected # and six hexadecimal digits in quotes, as "
        + "\"#2a78d6\": correct it",
      "c.yaml:6: task \"tone\" has 1 label; expected at least 2 in a single-label task: add labels or "
        + "remove the task",
      "c.yaml:9: task \" x\" starts or ends with white space; expected a name in one line, without "
        + "\";\" and without white space around it: rename it",
      "c.yaml:10: task \" x\" has no key \"kind\"; expected \"kind\", \"labels\": add it",
      "c.yaml:10: the labels of task \" x\" is a list; expected a mapping, a name and a colon for "
        + "each: correct it",
    ]
    #expect(error?.errors.map(\.description).sorted() == expected.sorted())
    let lines = error?.errors.compactMap(\.location?.line) ?? []
    #expect(lines == lines.sorted())
  }

  @Test(
    "what is no codebook",
    arguments: [
      ("", DataError.Code.emptyFile), ("# only a comment\n", .emptyFile), ("- a\n", .wrongType),
      ("name: x\n", .missingKey), ("tasks: {}\n", .missingKey), ("tasks: [\n", .malformedYAML),
      ("tasks:\n  a:\n  kind: x\n b: 1\n", .malformedYAML), ("a: 1\na: 2\n", .duplicateLabel),
      ("a: 1\n---\nb: 2\n", .malformedYAML), ("x: *y\n", .malformedYAML),
    ])
  func malformed(yaml: String, code: DataError.Code) {
    let error = #expect(throws: DataErrors.self) { try Codebook(yaml: yaml, file: "c.yaml") }
    #expect(error?.errors.first?.code == code)
  }

  @Test(
    "anchors and aliases are refused, with their line",
    arguments: [
      "tasks:\n  - &a [x]\n", "tasks:\r\n  x: [1, &a 2]\r\n", "tasks:\n  &a x: 1\n",
      "tasks:\n  *a : 1\n", "tasks:\n  x: [1, *a]\n", "tasks:\n  x: !!str &a 2\n",
    ])
  func aliases(yaml: String) throws {
    let error = #expect(throws: DataErrors.self) { try Codebook(yaml: yaml, file: "c.yaml") }
    #expect(error?.errors.first?.code == .malformedYAML)
    #expect(error?.errors.first?.location?.line == 2)
  }

  @Test(
    "ampersands and asterisks in a text are text",
    arguments: [
      "peace, *not* war", "\"peace, *not* war\"", "\"see: &c\"", "'it''s: *this*'", "Q! *bold*",
      "R&D & aid", "this - *that*", "|\n          a * b, &c", "aid # note: *see* &c",
    ])
  func ampersands(definition: String) throws {
    let yaml = """
      tasks:
        s:
          kind: multi-label
          labels:
            a:
              keywords: [war, "R&D, *x*", 'a: &b']
              definition: \(definition)
            b:

      """
    let codebook = try Codebook(yaml: yaml, file: "c.yaml")
    #expect(codebook.tasks[0].labels.map(\.name) == ["a", "b"])
  }

  @Test(
    "a task does not have the name of a column of the results",
    arguments: ["fold", "evidence", "near-copy"])
  func resultNames(name: String) throws {
    let yaml = "tasks:\n  \(name):\n    kind: multi-label\n    labels:\n      x:\n"
    let error = #expect(throws: DataErrors.self) { try Codebook(yaml: yaml, file: "c.yaml") }
    #expect(error?.errors.first?.code == .badName)
  }

  @Test("a repeated label names its line")
  func duplicates() {
    let yaml = "tasks:\n  t:\n    kind: multi-label\n    labels:\n      a:\n      b:\n      a:\n"
    let error = #expect(throws: DataErrors.self) { try Codebook(yaml: yaml, file: "c.yaml") }
    #expect(
      error?.description
        == "c.yaml:5: found \"a\" twice in one place, first here; expected every task, label and key "
        + "once: rename or remove one")
  }

  @Test("writing and reading gives the same codebook", arguments: 1...60 as ClosedRange<UInt64>)
  func roundTrip(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    func text() -> String {
      // The YAML library drops a byte order mark at the start of a string.
      var field = RoundTripTests.field(&generator).unicodeScalars.filter { $0 != "\u{feff}" }
      field +=
        ["", " ", "x", ": #"].randomElement(using: &generator)?.unicodeScalars ?? "".unicodeScalars
      return String(field)
    }
    func name(_ index: Int) -> String {
      let names = [
        "unity", "un-resolution", "no", "2254", "1e3", "~", "- a", "a: b", "قرار", "#c", "!x",
        "a, b",
      ]
      return names[(index + Int(seed)) % names.count]
    }
    let tasks = (0..<3).map { index in
      Codebook.Task(
        name: name(index), kind: index == 0 ? .multiLabel : .singleLabel,
        labels: (0..<4).map { label in
          Codebook.Label(
            name: name(index * 3 + label),
            definition: Bool.random(using: &generator) ? text() : nil,
            keywords: (0..<Int.random(in: 0...3, using: &generator)).map { _ in text() },
            color: label == 0 ? "#00ff7F" : nil)
        })
    }
    let codebook = try Codebook(name: text(), version: "2", tasks: tasks)
    let back = try Codebook(yaml: codebook.yaml(), file: "c.yaml")
    #expect(back == codebook, "seed \(seed)")
    let json = try JSONEncoder().encode(codebook)
    #expect(try JSONDecoder().decode(Codebook.self, from: json) == codebook, "seed \(seed)")
  }

  @Test("decoding checks what it decodes")
  func decoding() {
    let json = "{\"tasks\":[{\"name\":\"t\",\"kind\":\"single-label\",\"labels\":[]}]}"
    #expect(throws: DataErrors.self) {
      try JSONDecoder().decode(Codebook.self, from: Data(json.utf8))
    }
  }

  @Test(
    "the nearest name",
    arguments: [
      ("unitty", "unity"), ("Unity", "unity"), ("untiy", "unity"),
      ("un resolution", "un-resolution"),
      ("zzz", nil), ("", nil),
    ])
  func nearestName(name: String, nearest: String?) {
    #expect(NearestName.find(name, among: ["unity", "un-resolution", "humanitarian"]) == nearest)
  }

  @Test(
    "edit distances",
    arguments: [
      ("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("ab", "ba", 1), ("ca", "abc", 3),
    ])
  func editDistance(a: String, b: String, distance: Int) {
    #expect(NearestName.editDistance(Array(a), Array(b)) == distance)
    #expect(NearestName.editDistance(Array(b), Array(a)) == distance)
  }
}
