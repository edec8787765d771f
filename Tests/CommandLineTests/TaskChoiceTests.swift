import Foundation
import Testing

@Suite("Choice of tasks")
struct TaskChoiceTests {
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.trainModel()
    return workspace
  }

  private static let model = ["--model", "model.safetensors"]
  private static let comparison = [
    "compare", "model.safetensors", "model.safetensors", "--gold", "statements.csv",
  ]

  @Test(
    "a task that a model's codebook does not have is refused with those that it has",
    arguments: [
      (["report", "statements.csv", "--output", "r.md"] + model, 64), (comparison, 2),
      (["next", "statements.csv"] + model, 64),
      (["train", "statements.csv", "--codebook", "codebook.yaml", "--output", "m"], 64),
    ])
  func unknownTask(command: [String], status: Int) throws {
    let workspace = try workspace()
    let before = try workspace.files
    let run = try workspace.stance(command + ["--task", "nonsense"])
    #expect(run.status == Int32(status) && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains("has no task \"nonsense\", expected one of"), "\(run.errors)")
    #expect(run.errors.contains(/"?stance"?, "?tone"?/))
    #expect(try workspace.files == before)
  }

  @Test(
    "without a codebook a task without a column is refused with the columns that there are",
    arguments: [
      ["train", "statements.csv", "--output", "m", "--task", "tone"], ["audit", "statements.csv"],
      ["learning-curve", "statements.csv"], ["report", "statements.csv", "--output", "r.md"],
      ["compare", "statements.csv", "statements.csv", "--gold", "statements.csv"],
      ["agree", "statements.csv", "copy.csv", "--task", "stance"],
      ["convert", "statements.csv", "--to", "csv"],
    ])
  func missingColumn(command: [String]) throws {
    let workspace = try Workspace()
    for name in ["statements.csv", "copy.csv"] { try workspace.write(name, Samples.statements) }
    let run = try workspace.stance(command + ["--task", "tine"])
    #expect(run.status == 2 && run.output.isEmpty, "\(run.errors)")
    #expect(
      run.errors.contains("found no column of labels \"tine\" among \"id\", \"text\"")
        && run.errors.contains("did you mean \"tone\"?"), "\(run.errors)")
  }

  @Test("a task that is asked for is compared alone, by a model's codebook too")
  func compared() throws {
    let workspace = try workspace()
    let run = try workspace.stance(
      Self.comparison + ["--task", "tone", "--format", "json", "--quiet"])
    let object = try #require(try run.objects.first)
    #expect(object["tone"] != nil && object["stance"] == nil)
    let kind = try workspace.stance(Self.comparison + ["--task", "tone:multi"])
    #expect(kind.status == 2 && kind.errors.contains("says that \"tone\" is single-label"))
  }

  @Test("a report of one task has no other's scores, terms, or shares", arguments: [true, false])
  func reported(isOutOfFold: Bool) throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("others.csv", Samples.statements + "\n")
    try workspace.write("codebook.yaml", Samples.codebook)
    let trained = try workspace.stance(
      "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
      "--penalty", "1e-3", "--output", "model.safetensors", "--quiet")
    #expect(trained.status == 0, "\(trained.errors)")
    let run = try workspace.stance(
      [
        "report", isOutOfFold ? "statements.csv" : "others.csv", "--task", "tone", "--shares-of",
        "others.csv", "--no-learning-curve", "--output", "r.md",
      ] + Self.model)
    #expect(run.status == 0, "\(run.errors)")
    let report = try String(decoding: workspace.read("r.md"), as: UTF8.self)
    #expect(report.contains("## Scores of tone") && !report.contains("## Scores of stance"))
    #expect(report.contains("### tone: positive") && !report.contains("### stance: unity"))
    #expect(report.contains("each statement was judged by a model that saw") == isOutOfFold)
    let shares = try #require(report.split(separator: "## Shares as labelled").last)
    #expect(shares.contains("### tone\n") && !shares.contains("### stance\n"))
  }

  @Test("a task that is named twice counts once, whatever the kind says")
  func twice() throws {
    let workspace = try workspace()
    let next = try workspace.stance(
      ["next", "statements.csv", "--task", "tone", "--task", "tone", "-n", "1"] + Self.model)
    #expect(next.lines.first == "id,text,language,stance,tone,score,reason")
    let converted = try workspace.stance(
      "convert", "statements.csv", "--task", "tone", "--task", "tone", "--to", "csv")
    #expect(converted.lines.first == "id,text,language,stance,tone")
    let train = ["train", "statements.csv"] + Samples.quickTraining.suffix(6)
    let trained = try workspace.stance(
      train + ["--task", "tone", "--task", "tone:single", "--output", "m.safetensors", "--quiet"])
    #expect(trained.status == 0, "\(trained.errors)")
    let both = try workspace.stance(
      train + ["--task", "tone:multi", "--task", "tone:single", "--output", "m.safetensors"])
    #expect(both.status == 64 && both.errors.contains("as multi-label and as single-label"))
  }
}
