import Corpus
import Testing

@Suite("Errors of files")
struct ReadingErrorTests {
  @Test(
    "the text of each error",
    arguments: [
      ("a.csv", "", "a.csv: the file is empty; expected statements"),
      ("a.csv", "\u{feff}", "a.csv: the file is empty; expected statements"),
      ("a.csv", "\n\n", "a.csv: the file is empty; expected a header and statements"),
      (
        "a.csv", "id,text\n",
        "a.csv: the file has a header and nothing else; expected statements after it"
      ),
      (
        "a.csv", "id,Text\n1,a\n",
        "a.csv:1: found no column \"text\" among \"id\", \"Text\"; expected one: name the column of "
          + "the text with --text-column \"Text\""
      ),
      (
        "a.csv", "id;text;stance\n1;a;b;c\n",
        "a.csv:2: found 4 fields, expected 3 as in the header; put fields that contain a semicolon "
          + "between quotes"
      ),
      (
        "a.csv", ",text\n1,a\n",
        "a.csv:1: column 1 has no name; expected a name for every column: name it or remove it "
          + "(pandas writes an unnamed first column unless told index=False)"
      ),
      (
        "a.csv", "text,id,text\n1,a,b\n",
        "a.csv:1: columns 1 and 3 are both named \"text\"; expected different names: rename or "
          + "remove one"
      ),
      (
        "a.csv", "id,text\n1,a,b\n",
        "a.csv:2: found 3 fields, expected 2 as in the header; put fields that contain a comma "
          + "between quotes"
      ),
      (
        "a.csv", "id,text\n1\n",
        "a.csv:2: found 1 field, expected 2 as in the header; add the missing fields, or close the "
          + "line's quotes"
      ),
      (
        "a.csv", "id,text\n1,\"a\n",
        "a.csv:2: found a quote that opens here and never closes; close it, or double every quote "
          + "inside a quoted field"
      ),
      (
        "a.csv", "text\n\"a\" b\n",
        "a.csv:2: found text after the closing quote of a field that opens here; expected a "
          + "delimiter or the end of the line: double every quote inside a quoted field"
      ),
      (
        "a.csv", "text\na\u{0}\n",
        "a.csv:2: found a NUL byte; expected UTF-8 text: save the file as UTF-8 (it may be UTF-16 "
          + "or binary)"
      ),
      (
        "a.xlsx.gz", "x",
        "a.xlsx.gz: the name ends with .gz and the data is not gzip; expected compressed data: "
          + "rename the file or compress it"
      ),
      (
        "a.jsonl", "\n \n",
        "a.jsonl: the file has only empty lines; expected one JSON object a line"
      ),
      (
        "a.jsonl", "{\"id\":1}\n",
        "a.jsonl:1: found no field \"text\" among \"id\"; expected one: name the field of the text "
          + "with --text-column"
      ),
      (
        "a.jsonl", "{\"text\":3}\n",
        "a.jsonl:1: found a number in field \"text\"; expected a string: correct it"
      ),
      (
        "a.jsonl", "{\"text\":\"é\",}\n",
        "a.jsonl:1: column 13: expected a field name in quotes; each line must be one complete JSON "
          + "object: correct it"
      ),
      (
        "a.jsonl", "{\"text\":\"a\",\"text\":\"b\"}",
        "a.jsonl:1: found field \"text\" twice in one record; expected it once: remove one"
      ),
    ])
  func messages(name: String, contents: String, message: String) {
    #expect(Reading(contents, name: name).messages == [message])
  }

  @Test(
    "bytes that are not UTF-8 name their column",
    arguments: [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x98], [0xc0, 0x80]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let reading = Reading(Array("id,text\n1,é".utf8) + bytes + Array("\n2,b\n".utf8), name: "a.csv")
    #expect(
      reading.messages == [
        "a.csv:2: found bytes that are not UTF-8 in column \"text\"; expected UTF-8: save the file "
          + "as UTF-8 (it may be Windows-1252, Windows-1256 or Latin-1)"
      ])
    #expect(reading.texts == ["b"])
    for name in ["a.jsonl", "a.txt"] {
      let line = Array("{\"text\":\"".utf8) + bytes + Array("\"}\n".utf8)
      #expect(Reading(line, name: name).codes == [.invalidUTF8])
    }
  }

  @Test("the replacement character itself is legal")
  func replacementCharacter() {
    #expect(Reading("text\na\u{fffd}b\n", name: "a.csv").texts == ["a\u{fffd}b"])
  }

  @Test("UTF-16 is named as such", arguments: [[0xff, 0xfe, 0x74, 0], [0xfe, 0xff, 0, 0x74]])
  func utf16(bytes: [UInt8]) {
    #expect(
      Reading(bytes, name: "a.csv").messages == [
        "a.csv: the file is UTF-16; expected UTF-8: save it as UTF-8 (in Excel \"CSV UTF-8\")"
      ])
  }

  @Test("missing files, folders and unknown formats")
  func files() throws {
    let folder = try TemporaryFolder()
    func message(_ path: String) -> String? {
      do {
        _ = try StatementReader(contentsOf: path)
        return nil
      } catch { return error.description }
    }
    let missing = "\(folder.path)/none.csv"
    #expect(
      message(missing)
        == "\(missing): no such file; expected the path of a file, or - for stdin")
    #expect(
      message(folder.path)
        == "\(folder.path): this is a folder; expected a file: name the files in it")
    let unknown = try folder.write("a.dat", "text\na\n")
    #expect(
      message(unknown)
        == "\(unknown): the name does not tell the format; expected .csv, .tsv, .jsonl or .txt (also "
        + "with .gz): rename the file or name the format with --input-format")
  }

  @Test("no error shows the text of a statement")
  func privacy() {
    let secret = "they came at night and took my brother away"
    let contents = [
      "\(secret)\nid,text\n", "text,id\n\"\(secret)\" \(secret),1\n", "text,weight\na,\(secret)\n",
      "text\n\(secret),\(secret)\n", "text\n\"\(secret)\n",
    ]
    for contents in contents {
      let reading = Reading(contents, name: "a.csv")
      #expect(!reading.errors.isEmpty)
      #expect(!reading.messages.contains { $0.contains("brother") })
    }
    let lines = ["{\"\(secret)\":1}", "{\"text\":\"\(secret)\"", "[\"\(secret)\"]", secret]
    for line in lines {
      let reading = Reading(line, name: "a.jsonl")
      #expect(!reading.errors.isEmpty)
      #expect(!reading.messages.contains { $0.contains("brother") })
    }
  }

  @Test("the first 20 errors are printed, the others counted, at most 1,000 kept")
  func manyErrors() {
    var errors = DataErrors()
    for line in 1...1500 {
      errors.append(
        DataError(.badWeight, at: SourceLocation(file: "a.csv", line: line), "wrong"))
    }
    let lines = errors.description.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines.first == "a.csv:1: wrong")
    #expect(lines.last == "… and 1480 more")
    #expect(errors.errors.count == 1000)
    #expect(errors.count == 1500)
  }
}
