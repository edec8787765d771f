import Foundation
import Testing

@Suite("Wrong usage")
struct WrongUsageTests {
  @Test(
    "gives status 64 and says what was expected",
    arguments: [
      (["train"], "Missing expected argument '<files> ...'"),
      (["train", "a.csv"], "Missing expected argument '--output <model>'"),
      (
        ["train", "a.csv", "--output", "o", "--folds", "1"],
        "--folds: found 1, expected 0 (none) or 2 or more"
      ),
      (
        ["train", "a.csv", "--output", "o", "--folds", "-3"],
        "--folds: found -3, expected 0 (none) or 2 or more"
      ),
      (
        ["train", "a.csv", "--output", "o", "--penalty", "0"],
        "The value '0' is invalid for '--penalty <auto|λ>'"
      ),
      (
        ["train", "a.csv", "--output", "o", "--penalty", "nan"],
        "The value 'nan' is invalid for '--penalty <auto|λ>'"
      ),
      (
        ["train", "a.csv", "--output", "o", "--words", "3-1"],
        "The value '3-1' is invalid for '--words <lo-hi>'"
      ),
      (
        ["train", "a.csv", "--output", "o", "--threads", "0"],
        "--threads: found 0, expected 1 to 1024"
      ),
      (
        ["train", "a.csv", "--output", "o", "--minimum-count", "0"],
        "--minimum-count: found 0, expected 1 to 1,000,000,000"
      ),
      (
        ["train", "a.csv", "--output", "o", "--recipe", "words", "--characters", "2-3"],
        "found --characters with --recipe words, which has no use for it; leave it out, or give --recipe both"
      ),
      (
        ["train", "a.csv", "--output", "o", "--label-smoothing", "0.5"],
        "--label-smoothing: found 0.5, expected 0 to below 0.5, such as 0.1"
      ),
      (
        ["train", "a.csv", "--output", "o", "--for", "interviews"],
        "--for: found \"interviews\", expected COLUMN=VALUE, such as source=interviews, neither of them empty"
      ),
      (
        ["train", "a.csv", "--output", "o", "--for", "source=a", "--for", "date=b"],
        "--for: found the columns \"source\" and \"date\", expected values of one column"
      ),
      (
        [
          "train", "a.csv", "--output", "o", "--recipe", "words", "--penalty", "1", "--folds", "0",
          "--for", "source=a",
        ],
        "--folds 0: without cross-validation nothing is learned of the statements that --for tells"
      ),
      (
        ["train", "a.csv", "--output", "o", "--folds", "0"],
        "--folds 0: without cross-validation nothing can be chosen; give --recipe and --penalty"
      ),
      (
        ["train", "a.csv", "--output", "o", "--task", "stance:maybe"],
        "--task: found \"stance:maybe\", expected NAME, NAME:multi or NAME:single"
      ),
      (["train", "a.csv", "--output", "o", "--frobnicate"], "Unknown option '--frobnicate'"),
      (
        ["train", "a.csv", "--output", "o", "--label-column", "stance"],
        "--label-column: found \"stance\", expected TASK=COLUMN, such as stance=position"
      ),
      (
        ["classify", "x", "--format", "markdown"],
        "The value 'markdown' is invalid for '--format <format>'. Please provide one of 'table', 'jsonl' or 'csv'."
      ),
      (
        ["explain", "x", "--format", "csv"],
        "The value 'csv' is invalid for '--format <format>'. Please provide one of 'table', 'json', 'jsonl', 'html' or 'markdown'."
      ),
      (
        ["evaluate", "a.csv", "--format", "jsonl"],
        "The value 'jsonl' is invalid for '--format <format>'. Please provide one of 'table', 'json' or 'markdown'."
      ),
      (
        ["classify", "x", "--input-format", "plainText"],
        "The value 'plainText' is invalid for '--input-format <format>'. Please provide one of the following:"
      ),
      (["classify", "x", "--input", "a.csv"], "give either statements or --input, not both"),
      (["classify", "x", "--threads", "0"], "--threads: found 0, expected 1 to 1024"),
      (
        ["evaluate", "a.csv", "--fail-under", "macro-f1=high"],
        "--fail-under: found \"macro-f1=high\", expected METRIC=VALUE, such as macro-f1=0.7"
      ),
      (["explain", "a", "b"], "found 2 statements, expected one; put it between quotes"),
      (["explain", "a", "--terms", "-1"], "--terms: found -1, expected 0 or more"),
      (["explain"], "nothing to explain: give a statement in quotes, --input FILE, or --global"),
      (["explain", "a", "--global"], "give one of a statement, --input and --global, not several"),
      (
        ["explain", "a", "--nearest", "3"],
        "give --nearest N and --training FILE together, or neither"
      ),
      (
        ["explain", "a", "--format", "markdown"],
        "--format markdown: a statement is written as table, json, jsonl, html; choose one of them"
      ),
      (
        ["explain", "--global", "--show-text"],
        "--global shows no statement: leave --nearest, --show-text and --terms-as out"
      ),
      (["frobnicate"], "Unexpected argument 'frobnicate'"),
      (
        ["cross-validate", "a.csv", "--folds", "0", "--recipe", "words", "--penalty", "1"],
        "--folds 0: nothing would be cross-validated"
      ),
      (["benchmark", "--repeats", "0"], "--repeats: found 0, expected 1 to 1000"),
    ] as [([String], String)])
  func usage(arguments: [String], message: String) throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", "text,stance\na,yes\nb,no\n")
    let run = try workspace.stance(arguments)
    #expect(run.status == 64)
    #expect(run.errors.hasPrefix("Error: \(message)\n"), "\(run.errors)")
    #expect(run.errors.contains("Usage: stance") && run.output.isEmpty)
    #expect(try workspace.files == ["a.csv"])
  }

  @Test("an unknown metric lists the known ones")
  func metric() throws {
    let workspace = try Workspace()
    let run = try workspace.stance("evaluate", "a.csv", "--fail-under", "charm=0.5")
    #expect(run.status == 64)
    #expect(run.errors.contains("the metric \"charm\", expected one of macro-f1, micro-f1"))
  }

  @Test("a statement that starts with a dash is not shown, but how to give it is")
  func dash() throws {
    let workspace = try Workspace()
    let run = try workspace.stance("classify", "-names and places")
    #expect(run.status == 64)
    #expect(!run.errors.contains("places"))
    #expect(run.errors.contains("put -- before the statements"))
    let rest = try workspace.stance(
      "classify", "--model", Tool.shippedModel, "--", "-aid for all of them")
    #expect(rest.status == 0 && rest.text.contains("-aid for all of them"))
  }

  @Test(
    "an output that cannot be written is said before any work",
    arguments: [
      ("nowhere/o", "its folder does not exist; make the folder or give another path"),
      (".", "it is a folder; give the path of a file"),
    ])
  func output(path: String, reason: String) throws {
    let workspace = try Workspace()
    let run = try workspace.stance("train", "a.csv", "--output", path)
    #expect(run.status == 2)
    #expect(run.errors == "error: \(path): cannot write it: \(reason)\n")
  }

  @Test("a mistyped command shows no statement")
  func mistypedCommand() throws {
    let workspace = try Workspace()
    let run = try workspace.stance("clasify", "The witness from the northern village")
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(!run.errors.contains("witness") && run.errors.contains("stance --help"))
  }
}
