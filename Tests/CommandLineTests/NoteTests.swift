import Foundation
import Testing

@Suite("Notes")
struct NoteTests {
  private static let fixed = ["--folds", "0", "--recipe", "words", "--penalty", "1e-3"]

  /// Statements with a column of links, without a codebook; `extra` is appended.
  private func write(_ workspace: borrowing Workspace, extra: String = "") throws {
    let rows = (0..<60).map {
      "statement of \($0 % 2 == 0 ? "hope" : "fear"),\($0 % 2 == 0 ? "good" : "bad"),link\($0),g\n"
    }
    try workspace.write("a.csv", "text,tone,url,group\n" + rows.joined() + extra)
  }

  @Test("a column of links is no task, and the note names it; --task makes it one")
  func links() throws {
    let workspace = try Workspace()
    try write(workspace)
    let run = try workspace.stance(["train", "a.csv", "--output", "m.safetensors"] + Self.fixed)
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.errors.hasPrefix(
        "note: not taken for a task, as nearly all values differ: \"url\" (--task names the tasks)\n"
      ))
    #expect(!run.errors.contains("link1"))
    #expect(try workspace.stance("inspect", "m.safetensors").text.contains("tone"))
    let named = try workspace.stance(
      ["train", "a.csv", "--task", "url", "--output", "n.safetensors"] + Self.fixed)
    #expect(named.status == 0 && named.errors.hasPrefix("note: not used: column \"tone\"\n"))
    #expect(try workspace.stance("inspect", "n.safetensors").text.contains("link59"))
  }

  @Test("--quiet leaves nothing on either stream, not even the codebook to start from")
  func quiet() throws {
    let workspace = try Workspace()
    try write(workspace)
    let train = ["train", "a.csv", "--output", "m.safetensors"] + Self.fixed
    #expect(try workspace.stance(train).errors.contains("a codebook to start from"))
    let run = try workspace.stance(train + ["--quiet"])
    #expect(run.status == 0 && run.errors.isEmpty && run.output.isEmpty)
  }

  @Test("statements without text are left out of training and evaluating, and counted")
  func blank() throws {
    let workspace = try Workspace()
    try write(workspace, extra: ",good,,g\n\"  \",bad,,g\n")
    let run = try workspace.stance(["train", "a.csv", "--output", "m.safetensors"] + Self.fixed)
    #expect(run.errors.contains("note: left out 2 statements without text\n"))
    #expect(run.text.hasPrefix("60 statements\n"))
    let evaluated = try workspace.stance("evaluate", "a.csv", "--model", "m.safetensors")
    #expect(evaluated.errors.contains("note: left out 2 statements without text\n"))
    #expect(evaluated.text.contains("one label, 60 statements"))
    let validated = try workspace.stance(
      "cross-validate", "a.csv", "--task", "tone", "--folds", "2", "--recipe", "words")
    #expect(validated.errors.contains("note: left out 2 statements without text\n"))
  }

  @Test("records left out say how many of how many", arguments: ["evaluate", "classify"])
  func leftOut(command: String) throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    try workspace.write(
      "b.csv", "text,tone\nhope,positive\nhope\nfear,negative\nfear,negative,x\n\"a\"b,c\n")
    let file = command == "classify" ? ["--input", "b.csv"] : ["b.csv"]
    let arguments = [command] + file + ["--model", "model.safetensors", "--skip-invalid"]
    let run = try workspace.stance(arguments)
    #expect(run.status == 0)
    #expect(run.errors == "note: left out 3 of 5 records, which are malformed\n")
    #expect(try workspace.stance(arguments + ["--quiet"]).errors.isEmpty)
  }

  @Test(
    "every command that reads a set tells once what it left out",
    arguments: [
      (["next", "b.csv"], "2 of 5 records"), (["shares", "b.csv"], "2 of 5 records"),
      (["next", "statements.csv", "--labelled", "b.csv"], "2 of 5 records"),
      (["shares", "statements.csv", "--measured-on", "b.csv"], "3 of 5 records"),
      (
        ["explain", "hope", "--nearest", "1", "--training", "b.csv"], "2 of 5 records"
      ),
      (["explain", "--input", "b.csv"], "2 of 5 records"),
      (["evaluate", "b.csv"], "3 of 5 records"),
      (
        [
          "report", "statements.csv", "--shares-of", "b.csv", "--no-learning-curve", "--output",
          "r",
        ],
        "2 of 5 records"
      ),
    ])
  func leftOutOnce(command: [String], count: String) throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    let trained = try workspace.stance(
      "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
      "--penalty", "1e-3", "--output", "model.safetensors", "--quiet")
    #expect(trained.status == 0, "\(trained.errors)")
    // Two are malformed, one has a label that there is not.
    try workspace.write(
      "b.csv",
      "text,tone,stance\nhope,positive,unity\nfear\nfear,negative,\n\"a\"b,c,\ncalm,neutral,\n")
    let arguments = command + ["--model", "model.safetensors"]
    let refused = try workspace.stance(arguments)
    #expect(refused.status == 2 && refused.errors.contains("b.csv:3"), "\(refused.errors)")
    let run = try workspace.stance(arguments + ["--skip-invalid"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.ranges(of: "note: left out \(count), which are malformed\n").count == 1)
    #expect(run.errors.ranges(of: "left out").count == 1, "\(run.errors)")
  }

  @Test("records and answers of coders that were left out are told apart")
  func leftOutAnswers() throws {
    let workspace = try Workspace()
    try workspace.write("codebook.yaml", Samples.codebook)
    try workspace.write("a.csv", "id,tone\n1,positive\n2,negative\n3,positive\n4\n")
    try workspace.write("b.csv", "id,tone\n1,positive\n2,positive\n3,neutral\n4,negative\n")
    let run = try workspace.stance(
      "agree", "a.csv", "b.csv", "--codebook", "codebook.yaml", "--task", "tone", "--skip-invalid",
      "--resamples", "100")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("note: left out 1 of 8 records, which is malformed\n"))
    #expect(
      run.errors.contains(
        "note: left out 1 of 7 records with all their answers, as some of its labels are not those of "
          + "the task\n"))
    let twice = try workspace.stance(
      "compare", "a.csv", "a.csv", "--gold", "b.csv", "--codebook", "codebook.yaml", "--task",
      "tone",
      "--skip-invalid", "--resamples", "100")
    let count = "note: a.csv: left out 1 of 4 records, which is malformed\n"
    #expect(twice.status == 0, "\(twice.errors)")
    #expect(twice.errors.ranges(of: count).count == 1, "\(twice.errors)")
  }

  @Test("a label without support has no scores, and a line says what macro does")
  func noSupport() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    try workspace.write("b.csv", "text,stance,tone\nwe welcome food,unity,positive\n")
    let run = try workspace.stance("evaluate", "b.csv", "--model", "model.safetensors")
    let row = try #require(run.lines.first { $0.contains("negative") && $0.contains("–") })
    #expect(row.split(separator: " ").prefix(5) == ["negative", "–", "–", "–", "0"])
    #expect(run.text.contains("– no statement carries the label; macro averages leave it out"))
    try workspace.write("c.csv", "text,tone\nwe welcome food,positive\nwe regret it,negative\n")
    let supported = try workspace.stance("evaluate", "c.csv", "--model", "model.safetensors")
    #expect(supported.status == 0 && !supported.text.contains("–"))
  }

  @Test("training ends with a line for each task")
  func verdict() throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(
      "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
      "--output", "m.safetensors")
    let lines = run.lines.suffix(2)
    for (line, task) in zip(lines, ["stance", "tone"]) {
      #expect(
        line.contains(
          try Regex(
            "^\(task): out-of-fold macro F1 [01]\\.\\d{3} \\[[01]\\.\\d{3}, [01]\\.\\d{3}\\] on 40 statements$"
          )
        ))
    }
    let unvalidated = try workspace.stance(Samples.quickTraining + ["--output", "n.safetensors"])
    #expect(
      unvalidated.lines.last
        == "trained without cross-validation: nothing is known of its quality")
  }

  @Test("the card and the table name the linear algebra library")
  func linearAlgebra() throws {
    let workspace = try Workspace()
    let object = try #require(
      try workspace.stance("inspect", Tool.shippedModel, "--format", "json").objects.first)
    let library = try #require(object["linear-algebra"] as? String)
    for format in ["table", "markdown"] {
      let run = try workspace.stance("inspect", Tool.shippedModel, "--format", format)
      #expect(!library.isEmpty && run.text.contains(library))
    }
  }

  @Test("without any model the status is 2, and no usage is shown")
  func noModel() throws {
    let workspace = try Workspace()
    try FileManager.default.copyItem(
      atPath: try Tool.path(), toPath: workspace.path("stance"))
    let run = try workspace.bash("./stance classify hope")
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("error: found no model: ") && !run.errors.contains("Usage"))
  }

  @Test("a folder that may not be written to is told apart from one that does not exist")
  func readOnlyFolder() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", "text,tone\na,b\n")
    // The superuser may write everywhere.
    let user = getuid() == 0 ? "setpriv --reuid 65534 --regid 65534 --clear-groups " : ""
    let run = try workspace.bash(
      "mkdir closed && chmod 755 . && chmod 555 closed && \(user)$STANCE train a.csv --output closed/m"
    )
    #expect(run.status == 2)
    #expect(
      run.errors
        == "error: closed/m: cannot write it: no permission to write in its folder; change the "
        + "folder's permissions or give another path\n")
  }

  @Test("a model's answers and undecided ties are not taken for labels in silence")
  func doubtfulLabels() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    try workspace.write(
      "pool.csv", "id,text\n1,we welcome the unity of all parts\n2,food did not arrive\n")
    let judged = try workspace.stance(
      "classify", "--input", "pool.csv", "--model", "model.safetensors", "--format", "csv")
    try workspace.write("judged.csv", judged.output)
    let run = try workspace.stance("evaluate", "judged.csv", "--model", "model.safetensors")
    #expect(
      run.errors.contains("\"stance\" is taken for labels of people, but probabilities stand"))
    try workspace.write(
      "merged.csv",
      Samples.statements.split(separator: "\n").enumerated().map { number, line in
        "\(line),\(number == 0 ? "stance.tied" : number < 3 ? "unity" : "")"
      }.joined(separator: "\n"))
    let training = try workspace.stance(
      "train", "merged.csv", "--codebook", "codebook.yaml", "--folds", "0", "--recipe", "words",
      "--penalty", "1e-3", "--output", "other.safetensors")
    #expect(training.errors.contains("2 statements with ties in \"stance.tied\""))
    #expect(
      !(try workspace.stance("evaluate", "statements.csv", "--model", "model.safetensors"))
        .errors.contains("stand beside it"))
  }

  @Test("calibration by script is told in the table, the card and JSON")
  func calibrationByScript() throws {
    let workspace = try Workspace()
    let seeds = Tool.package.appending(path: "seeds")
    let training = try workspace.stance(
      "train", seeds.appending(path: "statements.csv").path, "--codebook",
      seeds.appending(path: "codebook.yaml").path, "--recipe", "characters", "--penalty", "1e-3",
      "--class-weight", "balanced", "--folds", "5", "--no-intervals", "--quiet", "--output",
      "seeds.safetensors")
    #expect(training.status == 0, "\(training.errors)")
    for format in ["table", "markdown"] {
      let run = try workspace.stance("inspect", "seeds.safetensors", "--format", format)
      #expect(run.text.contains("; arabic letters: slope "))
      #expect(
        run.text.contains(/temperature 0\.\d+(; | \()latin letters: 0\.\d+; arabic letters: 0\.\d+/)
      )
    }
    let object = try #require(
      try workspace.stance("inspect", "seeds.safetensors", "--format", "json").objects.first)
    let tasks = try #require(object["tasks"] as? [[String: Any]])
    let byScript = try #require(tasks[1]["temperature-by-script"] as? [String: Double])
    #expect(byScript.keys.sorted() == ["arabic", "latin"])
  }
}
