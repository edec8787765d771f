import Foundation
import Testing

@Suite("Conversions")
struct ConversionTests {
  private static let statements = """
    id,text,speaker,page,stance,sentiment
    s1,"One ""voice"", at last.",Ann,3,unity;aid,positive
    s2,أمن واحد,ليلى,,,
    s3,Open the crossing.,,5,aid,negative

    """

  @Test(
    "CSV comes back the same through each format",
    arguments: [
      ["--to", "doccano"], ["--to", "prodigy"], ["--to", "label-studio"], ["--to", "jsonl"],
      ["--to", "fasttext"],
    ])
  func roundTrip(arguments: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Self.statements)
    let format = arguments[1]
    let there = try workspace.stance(
      ["convert", "s.csv", "--task", "stance", "--output", "there"] + arguments)
    #expect(there.status == 0 && there.errors.isEmpty && there.output.isEmpty, "\(there.errors)")
    let columns =
      format == "fasttext" ? ["--columns", "there.columns.csv"] : []
    let back = try workspace.stance(
      ["convert", "there", "--input-format", format, "--task", "stance", "--to", "csv"] + columns)
    #expect(back.status == 0, "\(back.errors)")
    let reordered = try workspace.stance(
      ["convert", "there", "--input-format", format, "--task", "stance", "--to", "jsonl"] + columns)
    let expected = try workspace.stance(
      ["convert", "s.csv", "--task", "stance", "--to", "jsonl"])
    for (record, original) in zip(try reordered.objects, try expected.objects) {
      #expect(NSDictionary(dictionary: record) == NSDictionary(dictionary: original))
    }
    #expect(try reordered.objects.count == 3 && back.lines.count == 4)
  }

  @Test(
    "commands read the formats of other tools",
    arguments: ["doccano", "prodigy", "label-studio", "fasttext"])
  func commands(format: String) throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    let there = try workspace.stance(
      "convert", "statements.csv", "--task", "stance", "--to", format, "--output", "there")
    #expect(there.status == 0, "\(there.errors)")
    let trained = try workspace.stance(
      "train", "there", "--input-format", format, "--task", "stance", "--folds", "0", "--recipe",
      "words", "--penalty", "1e-3", "--output", "m.safetensors", "--quiet")
    #expect(trained.status == 0, "\(trained.errors)")
    let evaluated = try workspace.stance(
      "evaluate", "there", "--input-format", format, "--model", "m.safetensors", "--quiet",
      "--format", "json")
    #expect(evaluated.status == 0 && evaluated.text.contains("humanitarian"), "\(evaluated.errors)")
    let judged = try workspace.stance(
      "classify", "--input", "there", "--input-format", format, "--model", "m.safetensors",
      "--format", "jsonl")
    #expect(judged.status == 0 && judged.lines.count == 40, "\(judged.errors)")
    #expect(try judged.objects.allSatisfy { $0["text"] is String })
  }

  @Test("the examples of the help work")
  func examples() throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Self.statements)
    let examples = try HelpExamples.lines(of: "convert", in: workspace)
    #expect(examples.count == 7)
    for example in examples {
      let run = try workspace.bash(example)
      let errors = run.errors.split(separator: "\n").filter { !$0.hasPrefix("note: ") }
      #expect(run.status == 0 && errors.isEmpty, "\(example): \(run.errors)")
    }
    let files = try workspace.files
    #expect(
      files.contains("s.libsvm") && files.contains("s.libsvm.vocabulary.csv")
        && files.contains("s.libsvm.labels.csv") && files.contains("ft.txt.columns.csv"))
    let tasks = try JSONSerialization.jsonObject(with: Data(workspace.read("tasks.json")))
    #expect((tasks as? [[String: Any]])?.count == 3)
  }

  @Test("Label Studio's choices cannot be found in a pipe, but can be named")
  func pipedTasks() throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Self.statements)
    let there = try workspace.stance(
      "convert", "s.csv", "--task", "stance", "--task", "sentiment", "--to", "label-studio",
      "--output", "tasks.json")
    #expect(there.status == 0, "\(there.errors)")
    let convert = "convert - --input-format label-studio --to csv"
    let run = try workspace.bash("$STANCE \(convert) < tasks.json")
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(
      run.errors.contains("found standard input, which can be read only once, expected --task"))
    let process = try workspace.bash(
      "$STANCE convert <(cat tasks.json) --input-format label-studio --to csv")
    #expect(process.status == 64 && process.output.isEmpty)
    let named = try workspace.bash(
      "$STANCE \(convert) --task stance --task sentiment < tasks.json")
    let file = try workspace.stance(
      "convert", "tasks.json", "--input-format", "label-studio", "--to", "csv")
    #expect(named.status == 0 && named.output == file.output, "\(named.errors)")
    #expect(file.lines.first?.contains("stance") == true)
  }

  @Test("features of a model, and one line a statement")
  func features() throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Self.statements)
    let run = try workspace.stance(
      "convert", "s.csv", "--to", "libsvm", "--output", "s.libsvm", "--model", Tool.shippedModel)
    #expect(run.status == 0, "\(run.errors)")
    let lines = String(decoding: try workspace.read("s.libsvm"), as: UTF8.self)
      .split(separator: "\n")
    #expect(lines.count == 3 && lines.allSatisfy { $0.contains(/^0 \d+:0\.\d+/) })
    #expect(try !workspace.files.contains("s.libsvm.labels.csv"))
  }

  @Test("what would be lost is refused, and nothing is written")
  func refusals() throws {
    let workspace = try Workspace()
    try workspace.write("s.csv", Self.statements)
    try workspace.write("b.csv", "text,stance\n\"a\nb\",x\n")
    for (arguments, status, message) in [
      (["s.csv", "--task", "stance", "--to", "fasttext"], 64 as Int32, "expected --output FILE"),
      (["s.csv", "--to", "libsvm"], 64, "expected --output FILE"),
      (["s.csv", "--task", "stance", "--task", "sentiment", "--to", "doccano"], 2, "one task"),
      (
        ["b.csv", "--task", "stance", "--to", "fasttext", "--output", "x"], 2,
        "b.csv:2: found a text"
      ),
      (["s.csv", "--to", "csv", "--model", "m"], 64, "only --to libsvm"),
      (["s.csv", "--to", "csv", "--features", "words"], 64, "--features: only --to libsvm"),
      (
        [
          "s.csv", "--to", "libsvm", "--features", "both", "--model", Tool.shippedModel,
          "--output", "x",
        ], 64, "--features: only --to libsvm"
      ),
      (["missing.csv", "--to", "csv"], 2, "missing.csv"),
      (
        ["s.csv", "--task", "stanse", "--to", "doccano"], 2,
        "found no column of labels \"stanse\""
      ),
    ] {
      let run = try workspace.stance(["convert"] + arguments)
      #expect(run.status == status && run.errors.contains(message), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
    #expect(try workspace.files == ["b.csv", "s.csv"])
  }
}
