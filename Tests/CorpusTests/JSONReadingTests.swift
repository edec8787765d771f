import Corpus
import Testing

@Suite("JSONL and plain text")
struct JSONReadingTests {
  @Test("strings, numbers and null fill known fields; other values are kept as written")
  func fields() throws {
    let reading = Reading(
      """
      {"id": 7, "text": "a", "date": 2020, "speaker": null, "weight": 2.5, "x": [1, {"y": "z"}]}
      { "x" : "s" , "stance" : ["unity", "other"], "text" : "b", "new": -0.5e+3 }

      {"text": "c", "stance": null, "x": true}
      {"text": "d", "stance": [], "group": ""}
      {"text": "e", "stance": "unity;other"}

      """, name: "a.jsonl", options: ReadingOptions(tasks: ["stance"]))
    #expect(reading.errors.isEmpty)
    #expect(reading.texts == ["a", "b", "c", "d", "e"])
    #expect(reading.statements.map(\.id) == ["7", "2", "3", "4", "5"])
    #expect(reading.statements.map(\.location.line) == [1, 2, 4, 5, 6])
    #expect(
      reading.statements.map(\.annotations)
        == [[nil], ["unity;other;"], [nil], [";"], ["unity;other"]])
    let first = try #require(reading.statements.first)
    #expect(first.date == "2020")
    #expect(first.speaker == nil)
    #expect(first.weight == 2.5)
    #expect(first.extras == [.json("[1, {\"y\": \"z\"}]")])
    #expect(reading.statements[1].extras == [.text("s"), .json("-0.5e+3")])
    #expect(reading.statements[2].extras == [.json("true"), .missing])
    #expect(reading.layout.presentColumns == [.id, .text, .speaker, .date, .group, .weight])
    #expect(reading.layout.extraColumns == ["x", "new"])
  }

  @Test(
    "escapes",
    arguments: [
      (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"), (#"\u0041\u00e9"#, "Aé"),
      (#"\uD83D\uDE00x"#, "😀x"), (#"\u0645\u0631"#, "مر"), ("plain é", "plain é"),
    ])
  func escapes(escaped: String, value: String) {
    #expect(Reading("{\"text\":\"\(escaped)\"}", name: "a.jsonl").texts == [value])
    // The name of a field can be escaped too.
    #expect(Reading("{\"\\u0074ext\":\"\(escaped)\"}", name: "a.jsonl").texts == [value])
  }

  @Test(
    "what RFC 8259 forbids is an error",
    arguments: [
      #""\x""#, #""\u12""#, #""\ud800""#, #""\udc00""#, #""\ud800\u0041""#, "\"a\tb\"", "\"a",
      "01", "1.", ".5", "+1", "1e", "-", "tru", "nul", "NaN", "[1,]", "[1 2]", "{\"a\"}",
      "{\"a\":1,}", "{a:1}", "[", "{", "'a'", "1 2",
    ])
  func malformed(value: String) {
    let reading = Reading("{\"text\":\"t\",\"x\":\(value)}\n{\"text\":\"u\"}", name: "a.jsonl")
    #expect(reading.codes == [.malformedJSON])
    #expect(reading.texts == ["u"])
  }

  @Test(
    "legal values pass through as written",
    arguments: [
      "0", "-0", "0.5", "1e5", "1E-5", "-12.5e+10", "true", "false", "null", "[]", "{}",
      "[ 1 , \"a\" ]", "{\"a\":{\"b\":[null]}}",
    ])
  func legal(value: String) {
    let reading = Reading("{\"x\":\(value),\"text\":\"t\"}", name: "a.jsonl")
    #expect(reading.errors.isEmpty)
    #expect(reading.statements.map(\.extras) == [[.json(value)]])
  }

  @Test("nesting is limited to 128 levels, the record included")
  func depth() {
    func line(_ levels: Int) -> String {
      "{\"text\":\"t\",\"x\":" + String(repeating: "[", count: levels)
        + String(repeating: "]", count: levels) + "}"
    }
    #expect(Reading(line(127), name: "a.jsonl").errors.isEmpty)
    #expect(Reading(line(128), name: "a.jsonl").codes == [.malformedJSON])
    #expect(Reading(line(1_000_000), name: "a.jsonl").codes == [.malformedJSON])
  }

  @Test(
    "not an object, or values of the wrong type",
    arguments: [
      ("[]", DataError.Code.malformedJSON), ("\"a\"", .malformedJSON), ("{} x", .malformedJSON),
      ("{}", .missingText), ("{\"text\":null}", .missingText), ("{\"text\":[\"a\"]}", .wrongType),
      ("{\"text\":\"a\",\"id\":true}", .wrongType),
      ("{\"text\":\"a\",\"weight\":\"1\"}", .badWeight),
      ("{\"text\":\"a\",\"weight\":-1}", .badWeight), ("{\"text\":\"a\",\"s\":3}", .wrongType),
      ("{\"text\":\"a\",\"s\":[3]}", .wrongType), ("{\"text\":\"a\",\"s\":{}}", .wrongType),
      ("{\"text\":\"a\",\"s\":[\"a;b\"]}", .unknownLabel), ("{\"text\":\"\\u0000\"}", .nulByte),
      ("{\"text\":\"a\",\"x\":1,\"x\":2}", .duplicateColumn),
    ])
  func wrongTypes(line: String, code: DataError.Code) {
    #expect(Reading(line, name: "a.jsonl", options: ReadingOptions(tasks: ["s"])).codes == [code])
  }

  @Test("a label field that no record has is an error at the end")
  func missingLabelField() {
    let options = ReadingOptions(labelColumns: ["stance": "stanc"])
    let reading = Reading("{\"text\":\"a\",\"stance\":\"x\"}", name: "a.jsonl", options: options)
    #expect(
      reading.messages == [
        "a.jsonl: found no field \"stanc\" in any record; expected it as named by --label-column: "
          + "correct the name; did you mean \"stance\"?"
      ])
  }

  @Test("in JSONL only strings and arrays become tasks; null decides nothing")
  func otherFieldsAsTasks() {
    var options = ReadingOptions()
    options.treatsOtherColumnsAsTasks = true
    let reading = Reading(
      "{\"text\":\"a\",\"n\":1,\"s\":null}\n{\"text\":\"b\",\"s\":\"x\",\"m\":[\"y\"]}\n",
      name: "a.jsonl", options: options)
    #expect(reading.layout.taskColumns == ["s", "m"])
    #expect(reading.layout.extraColumns == ["n"])
    #expect(reading.statements.map(\.annotations) == [[], ["x", "y;"]])
  }

  @Test("plain text: a statement for each line, also an empty one", arguments: 1...5)
  func plainText(chunkSize: Int) {
    let reading = Reading(
      Array("\u{feff}a\n\n  \r\nb\rc\n\nd".utf8), name: "a.txt", chunkSize: chunkSize)
    #expect(reading.texts == ["a", "", "  ", "b", "c", "", "d"])
    #expect(reading.statements.map(\.location.line) == [1, 2, 3, 4, 5, 6, 7])
    #expect(reading.statements.map(\.id) == ["1", "2", "3", "4", "5", "6", "7"])
  }

  @Test(
    "the format is told by the extension, else by the first byte",
    arguments: [
      ("a.csv", StatementFormat.csv), ("b/a.CSV.gz", .csv), ("a.tsv", .tsv), ("a.jsonl", .jsonl),
      ("a.ndjson.GZ", .jsonl), ("a.txt", .plainText), ("a.x", nil), ("csv", nil), ("a.gz", nil),
      ("a.csv/b", nil),
    ])
  func formats(path: String, format: StatementFormat?) {
    #expect(StatementFormat(path: path) == format)
  }

  @Test("standard input is JSONL when it starts with a brace, else plain text")
  func sniffing() {
    #expect(Reading(" \n{\"text\":\"a\"}\n", name: "<stdin>").texts == ["a"])
    #expect(Reading("a {\nb\n", name: "<stdin>").texts == ["a {", "b"])
  }
}
