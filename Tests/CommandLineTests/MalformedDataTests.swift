import Foundation
import Testing

/// A file that cannot be trained on, and what is said of it.
struct MalformedFile: Sendable, CustomTestStringConvertible {
  let name: String
  let file: String
  let bytes: [UInt8]
  let message: String
  var arguments: [String] = []

  init(
    _ name: String, _ file: String, _ text: String, _ message: String, _ arguments: [String] = []
  ) {
    self.init(name, file, bytes: Array(text.utf8), message, arguments)
  }

  init(
    _ name: String, _ file: String, bytes: [UInt8], _ message: String, _ arguments: [String] = []
  ) {
    self.name = name
    self.file = file
    self.bytes = bytes
    self.message = message
    self.arguments = arguments
  }

  var testDescription: String { name }
}

@Suite("Malformed data")
struct MalformedDataTests {
  private static let codebook = """
    tasks:
      stance:
        kind: single-label
        labels:
          "yes":
          "no":

    """
  private static let weight =
    "expected 0 or a number from 0.000001 to 1000000, with a decimal point: correct it, or leave it empty for 1"
  private static let dueLabels =
    "expected a column for at least one task (\"stance\"): add one, or name it with --label-column TASK=COLUMN"

  static let files: [MalformedFile] = [
    .init(
      "no text column", "a.csv", "id,Text,stance\n1,a,yes\n",
      "a.csv:1: found no column \"text\" among \"id\", \"Text\", \"stance\"; expected one: name the column of the text with --text-column \"Text\""
    ),
    .init(
      "too few fields", "a.csv", "text,stance\na,yes\nb\n",
      "a.csv:3: found 1 field, expected 2 as in the header; add the missing fields, or close the line's quotes"
    ),
    .init(
      "too many fields", "a.csv", "text,stance\na,yes\nb,no,maybe\n",
      "a.csv:3: found 3 fields, expected 2 as in the header; put fields that contain a comma between quotes"
    ),
    .init(
      "a column twice", "a.csv", "text,text,stance\na,b,yes\n",
      "a.csv:1: columns 1 and 2 are both named \"text\"; expected different names: rename or remove one"
    ),
    .init(
      "unknown labels", "a.csv", "text,stance\na,yes\nb,yess\nc,perhaps\n",
      "a.csv:3: label \"yess\" of task \"stance\" is not in the codebook; did you mean \"yes\"?\na.csv:4: label \"perhaps\" of task \"stance\" is not in the codebook; expected one of \"yes\", \"no\": correct it or add it to the codebook"
    ),
    .init(
      "two labels where one is due", "a.csv", "text,stance\na,yes;no\nb,no\n",
      "a.csv:2: found 2 labels in task \"stance\"; expected one, as the task is single-label: keep one, or make the task multi-label in the codebook"
    ),
    .init(
      "a quote that never closes", "a.csv", "text,stance\n\"a,yes\nb,no\n",
      "a.csv:2: found a quote that opens here and never closes; close it, or double every quote inside a quoted field"
    ),
    .init(
      "text after a quote", "a.csv", "text,stance\n\"a\"b,yes\nb,no\n",
      "a.csv:2: found text after the closing quote of a field that opens here; expected a delimiter or the end of the line: double every quote inside a quoted field"
    ),
    .init(
      "no gzip", "a.csv.gz", "text,stance\na,yes\n",
      "a.csv.gz: the name ends with .gz and the data is not gzip; expected compressed data: rename the file or compress it"
    ),
    .init(
      "invalid UTF-8", "a.csv",
      bytes: Array("text,stance\na,yes\nb".utf8) + [0xFF] + Array(",no\n".utf8),
      "a.csv:3: found bytes that are not UTF-8 in column \"text\"; expected UTF-8: save the file as UTF-8 (it may be Windows-1252, Windows-1256 or Latin-1)"
    ),
    .init(
      "a NUL byte", "a.csv", "text,stance\na,yes\nb\0,no\n",
      "a.csv:3: found a NUL byte; expected UTF-8 text: save the file as UTF-8 (it may be UTF-16 or binary)"
    ),
    .init(
      "UTF-16", "a.csv", bytes: [0xFF, 0xFE] + "text,stance\n".utf8.flatMap { [$0, 0] },
      "a.csv: the file is UTF-16; expected UTF-8: save it as UTF-8 (in Excel \"CSV UTF-8\")"),
    .init("nothing", "a.csv", "", "a.csv: the file is empty; expected statements"),
    .init(
      "nothing but a byte order mark", "a.csv", "\u{FEFF}",
      "a.csv: the file is empty; expected statements"),
    .init(
      "nothing but a header", "a.csv", "text,stance\n",
      "a.csv: the file has a header and nothing else; expected statements after it"),
    .init(
      "one class", "a.csv", "text,stance\na b,yes\nb a,yes\n",
      "task \"stance\": all 2 statements carry the label \"yes\", a classifier needs some that do not; add such statements, or leave the task out with --task",
      ["--quiet"]
    ),
    .init(
      "no label", "a.csv", "text,stance\na b,\nb a,\n",
      "found no label in 2 statements, where \"stance\" is empty among \"text\", \"stance\"; \(dueLabels)"
    ),
    .init(
      "no label column", "a.txt", "a b\n",
      "found no label in 1 statement, whose columns are \"text\"; \(dueLabels)"),
    .init(
      "a label column of another name", "a.csv", "text,position\na,yes\n",
      "found no label in 1 statement, whose columns are \"text\", \"position\"; \(dueLabels)"),
    .init(
      "no text", "a.csv", "text,stance\n,yes\n\" \",no\n",
      "found 2 statements, all without text; expected some with: check the column of the text (--text-column)"
    ),
    .init(
      "errors of every kind", "a.csv", "id,text,stance\n1,a,yess\n2,b\n1,c,yes\n4,d,yes;no\n",
      "a.csv:2: label \"yess\" of task \"stance\" is not in the codebook; did you mean \"yes\"?\na.csv:3: found 2 fields, expected 3 as in the header; add the missing fields, or close the line's quotes\na.csv:4: id \"1\" was already at a.csv:2; expected a different id for every statement: change or remove one\na.csv:5: found 2 labels in task \"stance\"; expected one, as the task is single-label: keep one, or make the task multi-label in the codebook"
    ),
    .init(
      "an id twice", "a.csv", "id,text,stance\n1,a,yes\n2,b,no\n1,c,no\n",
      "a.csv:4: id \"1\" was already at a.csv:2; expected a different id for every statement: change or remove one"
    ),
    .init(
      "half an object", "a.jsonl", "{\"text\":\"a\",\"stance\":\"yes\"}\n{\"text\":\"b\",\n",
      "a.jsonl:2: column 13: the line ends where a field name in quotes is due; each line must be one complete JSON object: correct it"
    ),
    .init(
      "a number for a text", "a.jsonl", "{\"text\":1,\"stance\":\"yes\"}\n",
      "a.jsonl:1: found a number in field \"text\"; expected a string: correct it"),
    .init(
      "an array for an object", "a.jsonl", "[1,2]\n",
      "a.jsonl:1: column 1: expected an object in {}; each line must be one complete JSON object: correct it"
    ),
    .init(
      "a field twice", "a.jsonl", "{\"text\":\"a\",\"text\":\"b\"}\n",
      "a.jsonl:1: found field \"text\" twice in one record; expected it once: remove one"),
    .init(
      "a weight in words", "a.csv", "text,stance,weight\na,yes,heavy\n",
      "a.csv:2: found weight \"heavy\"; \(weight)"),
    .init(
      "a negative weight", "a.csv", "text,stance,weight\na,yes,-1\n",
      "a.csv:2: found weight \"-1\"; \(weight)"),
    .init(
      "a weight that is no number", "a.csv", "text,stance,weight\na,yes,nan\n",
      "a.csv:2: found weight \"nan\"; \(weight)"),
    .init(
      "an unknown format", "a.xlsx", "text,stance\na,yes\n",
      "a.xlsx: the name does not tell the format; expected .csv, .tsv, .jsonl or .txt (also with .gz): rename the file or name the format with --input-format"
    ),
    .init(
      "labels with semicolons between columns with semicolons", "a.csv",
      "text;stance\na;yes;no\n",
      "a.csv:2: found 3 fields, expected 2 as in the header; put fields that contain a semicolon between quotes"
    ),
    .init(
      "no word in common", "a.csv", "text,stance\nuno,yes\ndue,no\n",
      "the 2 statements share no term that enough of them contain; add statements, or lower --minimum-count",
      ["--folds", "0", "--recipe", "words", "--penalty", "1", "--quiet"]),
    .init(
      "one group", "a.csv", "text,stance,group\naa bb,yes,g\naa cc,no,g\n",
      "10 folds need at least 10 groups of statements that are no near-duplicates of each other, found 1; add statements, or use fewer folds (--folds)"
    ),
  ]

  @Test("gives status 2 and its message, and nothing is written", arguments: files)
  func statements(_ malformed: MalformedFile) throws {
    let workspace = try Workspace()
    try workspace.write("codebook.yaml", Self.codebook)
    try workspace.write(malformed.file, malformed.bytes)
    try expectRefusal(workspace, malformed.file, malformed.arguments, malformed.message)
  }

  @Test("that is compressed and cut or changed gives status 2", arguments: [true, false])
  func gzip(isCut: Bool) throws {
    let workspace = try Workspace()
    try workspace.write("codebook.yaml", Self.codebook)
    let statements = (0..<200).map { "word\($0) other,\($0 % 2 == 0 ? "yes" : "no")\n" }
    try workspace.write("a.csv", "text,stance\n" + statements.joined())
    #expect(try workspace.bash("gzip -n a.csv").status == 0)
    var bytes = try workspace.read("a.csv.gz")
    if isCut { bytes.removeLast(40) } else { bytes[bytes.count - 6] ^= 1 }
    try workspace.write("a.csv.gz", bytes)
    let reason =
      isCut
      ? "the compressed file ends too early; expected more data: copy or download it again"
      : "the compressed data is damaged (incorrect data check); expected gzip: copy or download it again"
    try expectRefusal(workspace, "a.csv.gz", [], "a.csv.gz: \(reason)")
  }

  @Test(
    "in a codebook gives status 2",
    arguments: [
      (
        "tasks: [",
        "codebook.yaml:2: column 1: did not find expected node content; expected YAML: check quotes, colons and indentation"
      ),
      ("", "codebook.yaml: the file is empty; expected tasks and their labels"),
      (
        "version: 1\n",
        "codebook.yaml:1: the codebook has no key \"tasks\"; expected \"tasks\": add it"
      ),
      (
        "tasks:\n  stance:\n    labels:\n      a:\n      b:\n",
        "codebook.yaml:3: task \"stance\" has no key \"kind\"; expected \"kind\", \"labels\": add it"
      ),
      (
        "tasks:\n  stance:\n    kind: both\n    labels:\n      a:\n      b:\n",
        "codebook.yaml:3: task \"stance\" is of kind \"both\"; expected \"multi-label\", \"single-label\": correct it"
      ),
      (
        "tasks:\n  stance:\n    kind: single-label\n    labels:\n      a:\n      a:\n",
        "codebook.yaml:5: found \"a\" twice in one place, first here; expected every task, label and key once: rename or remove one"
      ),
      (
        "tasks:\n  stance:\n    kind: single-label\n    labels:\n      a:\n",
        "codebook.yaml:2: task \"stance\" has 1 label; expected at least 2 in a single-label task: add labels or remove the task"
      ),
    ])
  func codebooks(text: String, message: String) throws {
    let workspace = try Workspace()
    try workspace.write("codebook.yaml", text)
    try workspace.write("a.csv", "text,stance\na b,a\nb a,b\n")
    try expectRefusal(workspace, "a.csv", ["--quiet"], message)
  }

  @Test("a missing codebook is not asked for on standard input")
  func missingCodebook() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", "text,stance\na,yes\n")
    let run = try workspace.stance(
      "train", "a.csv", "--codebook", "none.yaml", "--output", "model.safetensors")
    #expect(run.status == 2)
    #expect(run.errors == "error: none.yaml: no such file; expected the path of a file\n")
  }

  @Test("that is not there, or a folder, gives status 2")
  func unreadable() throws {
    let workspace = try Workspace()
    try workspace.write("codebook.yaml", Self.codebook)
    try expectRefusal(
      workspace, "nowhere.csv", [],
      "nowhere.csv: no such file; expected the path of a file, or - for stdin")
    try expectRefusal(
      workspace, workspace.folder.path, [],
      "\(workspace.folder.path): this is a folder; expected a file: name the files in it")
  }

  /// Training is refused; an older model stays, and no new file is there.
  private func expectRefusal(
    _ workspace: borrowing Workspace, _ file: String, _ arguments: [String], _ message: String
  ) throws {
    try workspace.write("model.safetensors", "an older model")
    let before = try workspace.files
    let run = try workspace.stance(
      ["train", file, "--codebook", "codebook.yaml", "--output", "model.safetensors"] + arguments)
    #expect(run.status == 2)
    #expect(run.errors == "error: \(message)\n")
    #expect(run.output.isEmpty)
    #expect(try workspace.files == before)
    #expect(try workspace.read("model.safetensors") == Array("an older model".utf8))
  }
}
