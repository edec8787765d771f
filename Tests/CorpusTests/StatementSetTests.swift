import Corpus
import Testing

@Suite("Sets of files")
struct StatementSetTests {
  @Test("several files are one set with one layout and one numbering")
  func files() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write("a.csv", "text,stance,x\na,u,1\nb,v,2\n"),
      try folder.write("b.jsonl", "{\"text\":\"c\",\"y\":1,\"stance\":\"u\"}\n"),
      try folder.write("c.txt", "d\n"),
    ]
    let set = try StatementSet.read(paths, options: ReadingOptions(tasks: ["stance"]))
    #expect(set.statements.map(\.id) == ["1", "2", "3", "4"])
    #expect(set.statements.map(\.text) == ["a", "b", "c", "d"])
    #expect(set.layout.extraColumns == ["x", "y"])
    #expect(set.statements.map(\.annotations) == [["u"], ["v"], ["u"], [nil]])
    #expect(
      set.statements.map(\.extras) == [
        [.text("1"), .missing], [.text("2"), .missing], [.missing, .json("1")],
        [.missing, .missing],
      ])
  }

  @Test("the errors of all files come at once; repeated ids name the first line")
  func allErrors() throws {
    let folder = try TemporaryFolder()
    let first = try folder.write("a.csv", "id,text\n1,a\n2\n")
    let second = try folder.write("b.csv", "id,text\n3,c\n1,d\n")
    let third = try folder.write("c.csv", "id,body\n9,c\n")
    let error = #expect(throws: DataErrors.self) {
      _ = try StatementSet.read([first, second, third])
    }
    let errors = try #require(error).errors
    #expect(errors.map(\.code) == [.wrongFieldCount, .duplicateID, .missingColumn])
    #expect(
      errors[1].description
        == "\(second):3: id \"1\" was already at \(first):2; expected a different id for every "
        + "statement: change or remove one")
  }

  @Test("skipsInvalid keeps the valid statements and the errors of the others")
  func skipping() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("a.csv", "id,text\n1,a\n2\n1,c\n4,d\n")
    var options = ReadingOptions()
    options.skipsInvalid = true
    let set = try StatementSet.read([path], options: options)
    #expect(set.statements.map(\.text) == ["a", "d"])
    #expect(set.skipped.errors.map(\.code) == [.wrongFieldCount, .duplicateID])
  }

  @Test("files of coders' labels need no text and repeat ids where the options allow it")
  func coders() throws {
    let folder = try TemporaryFolder()
    let paths = [
      try folder.write("a.csv", "id,coder,stance\n1,x,u\n1,y,v\n"),
      try folder.write("b.jsonl", "{\"id\":\"1\",\"coder\":\"z\",\"stance\":\"u\"}\n"),
    ]
    var options = ReadingOptions(tasks: ["stance"])
    options.requiresText = false
    options.allowsRepeatedIDs = true
    let set = try StatementSet.read(paths, options: options)
    #expect(set.statements.map(\.id) == ["1", "1", "1"])
    #expect(set.statements.map(\.text) == ["", "", ""])
    #expect(set.statements.map(\.extras) == [[.text("x")], [.text("y")], [.text("z")]])
    #expect(set.layout.presentColumns == [.id])
  }

  @Test("one column cannot mean two things")
  func conflictingOptions() throws {
    let options = ReadingOptions(labelColumns: ["a": "x", "b": "x"])
    let error = #expect(throws: DataErrors.self) { _ = try StatementSet.read([], options: options) }
    #expect(
      error?.description
        == "column \"x\" is asked to be task \"b\" and task \"a\" at once; expected one meaning: "
        + "change --label-column")
  }

  @Test(
    "a column named for one meaning has no other",
    arguments: [
      ("text", nil, "the group and the text", "--group-column or --text-column"),
      ("stance", nil, "task \"stance\" and the group", "--label-column or --group-column"),
      ("nr", "nr", "the group and the id", "--group-column or --id-column"),
    ] as [(String, String?, String, String)])
  func conflictingNames(group: String, id: String?, meanings: String, options: String) {
    var reading = ReadingOptions(tasks: ["stance"])
    (reading.groupColumn, reading.idColumn) = (group, id)
    let error = #expect(throws: DataErrors.self) { _ = try StatementSet.read([], options: reading) }
    #expect(
      error?.description
        == "column \"\(group)\" is asked to be \(meanings) at once; expected one meaning: change "
        + options)
  }

  @Test("an id is recognized among thousands, and however Unicode spells it")
  func manyIDs() throws {
    let many = (0..<3000).map { "SOM_76:\($0),a" }
    let spelt = ["é,a", "K,a", ";x,a", "e\u{301},a", "\u{212A},a", "\u{37E}x,a", "SOM_76:2718,a"]
    let file = (["id,text"] + many + spelt).joined(separator: "\n")
    var options = ReadingOptions()
    options.skipsInvalid = true
    let set = try StatementSet.read(
      StatementReader(Array(file.utf8), name: "a.csv", options: options))
    #expect(set.statements.count == 3003)
    #expect(set.skipped.errors.map(\.code) == Array(repeating: .duplicateID, count: 4))
    #expect(set.skipped.errors.map { $0.location?.line } == [3005, 3006, 3007, 3008])
  }
}
