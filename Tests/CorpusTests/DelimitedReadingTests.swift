import Corpus
import Testing

@Suite("CSV and TSV")
struct DelimitedReadingTests {
  @Test("every known column fills its field; task and other columns keep their order")
  func knownColumns() throws {
    var options = ReadingOptions(tasks: ["stance", "sentiment"])
    options.labelColumns = ["sentiment": "tone"]
    let reading = Reading(
      """
      url,id,text,language,speaker,source,date,group,weight,tone,stance
      u1,a,Hello,en,Someone,Paper,2020-01-02,g1,0.5,neutral,unity;other
      u2,b,World,,,,,,,,

      """, name: "a.csv", options: options)
    #expect(reading.errors.isEmpty)
    let first = try #require(reading.statements.first)
    #expect(first.id == "a")
    #expect(first.text == "Hello")
    #expect(first.language == "en")
    #expect(first.speaker == "Someone")
    #expect(first.source == "Paper")
    #expect(first.date == "2020-01-02")
    #expect(first.group == "g1")
    #expect(first.weight == 0.5)
    #expect(first.annotations == ["unity;other", "neutral"])
    #expect(first.extras == [.text("u1")])
    #expect(first.location == SourceLocation(file: "a.csv", line: 2))
    let second = try #require(reading.statements.last)
    #expect(second.speaker == nil)
    #expect(second.weight == 1)
    #expect(second.annotations == ["", ""])
    #expect(reading.layout.presentColumns == KnownColumn.allCases)
    #expect(reading.layout.taskColumns == ["stance", "sentiment"])
    #expect(reading.layout.extraColumns == ["url"])
  }

  @Test(
    "quotes, line breaks and delimiters in fields",
    arguments: [
      ("text\na\nb\n", ["a", "b"]), ("text\na\nb", ["a", "b"]), ("text\r\na\r\nb\r\n", ["a", "b"]),
      ("text\ra\rb\r", ["a", "b"]), ("text\r\na\rb\nc", ["a", "b", "c"]),
      ("\u{feff}text\na\n", ["a"]), (" text \na\n", ["a"]),
      ("text\n\"a,\"\"b\"\"\r\nc\"\nd\n", ["a,\"b\"\r\nc", "d"]),
      ("text\n\"\"\n\"\"\"\"\n", ["", "\""]), ("text\na \"b\" c\n", ["a \"b\" c"]),
      ("text\n\"a\"", ["a"]), ("text\n\"a\"\r", ["a"]), ("text\n\nb\n", ["", "b"]),
      ("\"text\"\n\"مرحبا\"\n", ["مرحبا"]), ("text\n a \n", [" a "]),
    ])
  func fields(contents: String, texts: [String]) {
    for chunkSize in 1...12 {
      let reading = Reading(Array(contents.utf8), name: "a.csv", chunkSize: chunkSize)
      #expect(reading.texts == texts, "chunks of \(chunkSize)")
      #expect(reading.errors.isEmpty)
    }
  }

  @Test("line numbers count line breaks inside fields, of every kind")
  func lineNumbers() {
    let contents = "id,text\n1,\"a\nb\"\n2,\"a\r\nb\rc\"\r\n\r\n3,x\r4,y"
    for chunkSize in 1...9 {
      let reading = Reading(Array(contents.utf8), name: "a.csv", chunkSize: chunkSize)
      #expect(reading.statements.map(\.location.line) == [2, 4, 8, 9], "chunks of \(chunkSize)")
    }
  }

  @Test("empty lines count as nothing in a table of several columns")
  func emptyLines() {
    let reading = Reading("id,text\n\n1,a\n\n\n2,b\n\n", name: "a.csv")
    #expect(reading.texts == ["a", "b"])
    #expect(reading.errors.isEmpty)
  }

  @Test("after a malformed record the next ones are read, and ids stay those of the records")
  func recovery() {
    let contents = "text,n\na,1\nb\nc,1,2\n\"d\" e,1\nf,1\n\"g,1\nh,1\n"
    for chunkSize in 1...9 {
      let reading = Reading(Array(contents.utf8), name: "a.csv", chunkSize: chunkSize)
      #expect(reading.texts == ["a", "f", "h"], "chunks of \(chunkSize)")
      #expect(reading.statements.map(\.id) == ["1", "5", "7"])
      #expect(reading.codes == [.wrongFieldCount, .wrongFieldCount, .badQuoting, .badQuoting])
      #expect(reading.errors.map(\.location?.line) == [3, 4, 5, 7])
    }
  }

  @Test("skipsInvalid counts what it leaves out")
  func skipping() {
    var options = ReadingOptions()
    options.skipsInvalid = true
    let reading = Reading("text,weight\na,1\nb,-1\nc\nd,2\n", name: "a.csv", options: options)
    #expect(reading.texts == ["a", "d"])
    #expect(reading.errors.isEmpty)
    #expect(reading.skipped == 2)
  }

  @Test("a renamed text column leaves another column named text as input.text")
  func renamedText() {
    let reading = Reading(
      "text,quote\nlong,short\n", name: "a.csv", options: ReadingOptions(textColumn: "quote"))
    #expect(reading.texts == ["short"])
    #expect(reading.layout.presentColumns == [.text])
    #expect(reading.layout.extraColumns == ["input.text"])
  }

  @Test("columns named for id, group and language are those, and their own names mean nothing")
  func namedColumns() throws {
    var options = ReadingOptions(textColumn: "quote")
    (options.idColumn, options.groupColumn, options.languageColumn) = ("nr", "speaker", "lang")
    let reading = Reading(
      "group,nr,quote,speaker,lang,id\ng,7,a,S,en,x\n", name: "a.csv", options: options)
    let statement = try #require(reading.statements.first)
    #expect(statement.id == "7" && statement.group == "S" && statement.language == "en")
    #expect(statement.speaker == nil)
    #expect(reading.layout.presentColumns == [.id, .text, .language, .group])
    #expect(reading.layout.extraColumns == ["input.group", "input.id"])
    #expect(
      reading.layout.columns.map(\.name) == ["group", "nr", "quote", "speaker", "lang", "id"])
    #expect(
      reading.layout.columns.map(\.role) == [
        .extra(0), .known(.id), .known(.text), .known(.group), .known(.language), .extra(1),
      ])
  }

  @Test(
    "a named column that is not there is an error",
    arguments: [
      (
        "a.csv", "text,articel\na,1\n",
        "a.csv:1: found no column \"article\" for the group among \"text\", \"articel\"; expected "
          + "one: correct --group-column; did you mean \"articel\"?"
      ),
      (
        "a.jsonl", "{\"text\":\"a\",\"articel\":1}\n",
        "a.jsonl: found no field \"article\" in any record; expected it as named by --group-column: "
          + "correct the name; did you mean \"articel\"?"
      ),
    ])
  func missingNamedColumn(name: String, contents: String, message: String) {
    var options = ReadingOptions()
    options.groupColumn = "article"
    #expect(Reading(contents, name: name, options: options).messages == [message])
  }

  @Test(
    "the delimiter is the one whose header has the text, and a note says when it is another",
    arguments: [
      ("a.csv", "id;text\n1;\"a, b; c\"\n", "semicolon"),
      ("a.csv", "\"id\";\"text\"\r\n1;\"a, b; c\"\r\n", "semicolon"),
      ("a.csv", "\n\nid\ttext\n1\ta, b; c\n", "tab"),
      ("a.tsv", "id,text\n1,\"a, b; c\"\n", "comma"),
      ("a.tsv", "id\ttext\n1\ta, b; c\n", nil), ("a.csv", "id,text\n1,\"a, b; c\"\n", nil),
    ])
  func delimiters(name: String, contents: String, delimiter: String?) throws {
    for chunkSize in [1, 5, 100] {
      let reader = try StatementReader(
        source: MemorySource(Array(contents.utf8), chunkSize: chunkSize), name: name,
        chunkSize: chunkSize, options: ReadingOptions())
      #expect(
        reader.notes.map(\.description)
          == (delimiter.map { ["\(name): read with a \($0) between columns"] } ?? []))
      let set = try StatementSet.read(reader)
      #expect(set.statements.map(\.text) == ["a, b; c"])
      #expect(set.statements.map(\.id) == ["1"])
    }
  }

  @Test("a header that two delimiters fit is not guessed")
  func ambiguousDelimiter() {
    #expect(Reading("a;text\ttext;b\n1;2\t3;4\n", name: "a.csv").codes == [.missingColumn])
  }

  @Test(
    "standard input that starts with the text's column alone has a header",
    arguments: ["text\na, b\n", "\"text\"\r\n\"a, b\"\r\n", "\u{feff}text\na, b"])
  func singleColumnPipe(contents: String) {
    #expect(Reading(contents, name: "<stdin>").texts == ["a, b"])
    let other = ReadingOptions(textColumn: "quote")
    #expect(Reading(contents, name: "<stdin>", options: other).texts.count == 2)
  }

  @Test("standard input with semicolons between columns is a table")
  func semicolonPipe() {
    #expect(Reading("id;text\n1;a, b\n", name: "<stdin>").texts == ["a, b"])
  }

  @Test("without a codebook every other column can be a task")
  func otherColumnsAsTasks() {
    var options = ReadingOptions()
    options.treatsOtherColumnsAsTasks = true
    let reading = Reading("id,text,era\n1,a,old\n", name: "a.csv", options: options)
    #expect(reading.layout.taskColumns == ["era"])
    #expect(reading.statements.map(\.annotations) == [["old"]])
  }

  @Test(
    "weights are 0 or moderate numbers",
    arguments: ["-1", "x", "nan", "inf", "0,5", "0x1", "1e999", "1e308", "1e-320", "2e6"])
  func badWeights(weight: String) {
    let reading = Reading("text\tweight\na\t\(weight)\n", name: "a.tsv")
    #expect(
      reading.messages == [
        "a.tsv:2: found weight \"\(weight)\"; expected 0 or a number from 0.000001 to 1000000, with a "
          + "decimal point: correct it, or leave it empty for 1"
      ])
  }

  @Test("a single line of 10 MB is read in small pieces")
  func longLine() {
    // Quadratic work would be 10 MB × 2,500 pieces: minutes instead of a moment.
    let long = String(repeating: "word ", count: 2_000_000)
    for contents in ["text\n\(long)\n", "text\n\"\(long)\"\n"] {
      let reading = Reading(Array(contents.utf8), name: "a.csv", chunkSize: 4096)
      #expect(reading.texts == [long])
    }
  }
}
