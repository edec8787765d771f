import Corpus
import Testing

@Suite("Round trips through files of other tools")
struct BridgeRoundTripTests: BridgeReading {
  /// Statements with everything that a format may forget: ids, groups, further columns of all types,
  /// empty, missing and many labels, quotes, line breaks, two scripts.
  private static let statements = """
    {"id":"s1","text":"One \\"voice\\"\\nof all, #1; yes","language":"en","group":"g1","stance":["unity","aid"],"tone":"positive","page":3,"tags":["x","y"],"note":"a,b"}
    {"id":"s2","text":"أمن واحد","language":"ar","speaker":"ليلى","source":"الأخبار","date":"2024-05-01","stance":[],"weight":0.5}
    {"id":"s3","text":"  two  spaces ","stance":["aid"],"tone":"negative","draft":true}
    {"id":"s4","text":"nobody has labelled this","page":null}

    """

  private func native(_ text: String, _ tasks: [String]) throws -> StatementSet {
    try read(text, .jsonl, tasks: tasks)
  }

  /// What a set says, without where it stands.
  private func contents(_ set: StatementSet) throws -> String {
    String(decoding: try StatementExport(set).jsonl(), as: UTF8.self)
  }

  /// The same with the fields of each record sorted, as formats order them in their own way.
  private func sorted(_ set: StatementSet) throws -> [[String]] {
    let export = try StatementExport(set)
    return set.statements.map { statement in
      var facts = [statement.id, statement.text, "\(statement.weight)"]
      for (name, value) in [
        ("language", statement.language), ("speaker", statement.speaker),
        ("source", statement.source), ("date", statement.date), ("group", statement.group),
      ] {
        facts.append("\(name)=\(value ?? "-")")
      }
      for task in export.tasks {
        facts.append("\(task.name)=\(export.labels(task, statement).map { "\($0)" } ?? "-")")
      }
      for (name, value) in zip(set.layout.extraColumns, statement.extras) where value != .missing {
        facts.append("\(name)=\(value)")
      }
      return facts.prefix(3) + facts.dropFirst(3).sorted()
    }
  }

  @Test(
    "doccano and Prodigy give back what they were given",
    arguments: [StatementFormat.doccano, .prodigy])
  func roundTrip(format: StatementFormat) throws {
    // The other task is a column like any other.
    let set = try native(Self.statements, ["stance"])
    let export = try StatementExport(set)
    let bytes = format == .doccano ? try export.doccano() : try export.prodigy()
    let back = try read(String(decoding: bytes, as: UTF8.self), format, tasks: ["stance"])
    #expect(try sorted(back) == sorted(set))
    #expect(try StatementExport(back).tasks.map(\.labels) == [["aid", "unity"]])
    let again = try StatementExport(back)
    #expect(try (format == .doccano ? again.doccano() : again.prodigy()).count == bytes.count)
  }

  @Test("Label Studio gives back what it was given, with all tasks")
  func labelStudioRoundTrip() throws {
    let set = try native(Self.statements, ["stance", "tone"])
    let bytes = try StatementExport(set).labelStudio()
    let back = try read(
      String(decoding: bytes, as: UTF8.self), .labelStudio, tasks: ["stance", "tone"])
    #expect(try sorted(back) == sorted(set))
    #expect(back.notes.isEmpty)
  }

  @Test("fastText gives back what it was given, with the columns beside it")
  func fastTextRoundTrip() throws {
    let lines = Self.statements.split(separator: "\n").dropFirst().dropLast().joined(
      separator: "\n")
    let set = try native(lines + "\n", ["stance"])
    let export = try StatementExport(set)
    let text = try read(String(decoding: export.fastText(), as: UTF8.self), .fastText)
    let columns = try #require(export.columns())
    var options = ReadingOptions()
    (options.requiresText, options.format) = (false, .csv)
    let beside = try StatementSet.read(
      StatementReader(columns, name: "columns.csv", options: options))
    let back = try text.adding(columns: beside, file: "columns.csv")
    #expect(back.statements.map(\.id) == ["s2", "s3"])
    #expect(back.statements.map(\.text) == set.statements.map(\.text))
    #expect(back.statements.map(\.speaker) == ["ليلى", nil])
    #expect(back.statements.map(\.weight) == [0.5, 1])
    #expect(labels(back) == [[], ["aid"]])
    let tone = try #require(back.layout.extraColumns.firstIndex(of: "tone"))
    #expect(back.statements.map { $0.extras[tone] } == [.text(""), .text("negative")])
    #expect(
      messages { _ = try set.adding(columns: native(Self.statements, []), file: "x.csv") }
        .contains("x.csv: found 4 rows for 2 statements"))
  }

  @Test("CSV gives back all but what a cell cannot say, which is an error")
  func tables() throws {
    let all = try StatementExport(native(Self.statements, ["stance", "tone"]))
    #expect(
      messages { _ = try all.table(delimiter: 0x2c) }.contains(
        "file.json:4: found 1 statement that nobody has labelled in task \"stance\""))
    let labelled = Self.statements.split(separator: "\n").dropLast().joined(separator: "\n") + "\n"
    let set = try native(labelled, ["stance", "tone"])
    for (delimiter, format) in [(0x2c as UInt8, StatementFormat.csv), (0x09, .tsv)] {
      let table = try StatementExport(set).table(delimiter: delimiter)
      let back = try read(
        String(decoding: table, as: UTF8.self), format, tasks: ["stance", "tone"])
      #expect(back.statements.map(\.text) == set.statements.map(\.text))
      #expect(back.statements.map(\.id) == set.statements.map(\.id))
      #expect(back.statements.map(\.group) == set.statements.map(\.group))
      #expect(labels(back) == labels(set))
      #expect(labels(back, 1) == [["positive"], [], ["negative"]])
    }
    #expect(try contents(set).split(separator: "\n").count == 3)
  }

  // MARK: What cannot be held

  @Test("what a format cannot hold is an error with its place")
  func unwritable() throws {
    func export(_ text: String, _ tasks: [String] = ["stance"]) throws -> StatementExport {
      try StatementExport(native(text, tasks))
    }
    let label = try export("{\"text\":\"a\",\"stance\":\"x\",\"label\":\"y\"}\n")
    #expect(messages { _ = try label.doccano() }.contains("found column \"label\""))
    #expect(messages { _ = try label.prodigy() }.contains("found column \"label\""))
    let unlabelled = try export("{\"text\":\"a\",\"stance\":\"x\",\"unlabelled\":1}\n")
    #expect(messages { _ = try unlabelled.labelStudio() }.contains("found column \"unlabelled\""))
    let several = try export(Self.statements, ["stance", "tone"])
    for message in [
      messages { _ = try several.doccano() }, messages { _ = try several.prodigy() },
      messages { _ = try several.fastText() },
    ] {
      #expect(message.contains("found labels in tasks \"stance\", \"tone\""))
    }
    let lines = try export(
      """
      {"text":"a\\nb","stance":["x","y"]}
      {"text":"a","stance":["x y"]}
      {"text":"a __label__b","stance":["x"]}
      {"text":"a"}

      """)
    let message = messages { _ = try lines.fastText() }
    for (line, found) in [
      (1, "a text with a line break"), (2, "a label with white space"),
      (3, "a text with __label__"),
      (4, "a statement that nobody has labelled"),
    ] {
      #expect(message.contains("file.json:\(line): found \(found)"), "\(message)")
    }
    let answered = try export(
      "{\"text\":\"a\",\"stance\":\"x\",\"answer\":\"ignore\"}\n")
    #expect(messages { _ = try answered.prodigy() }.contains("found labels and an answer"))
  }
}
