import Foundation
import Testing

@Suite("Training and evaluating")
struct TrainingCommandTests {
  @Test("one thread, two threads and a second run write the same bytes")
  func sameBytes() throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    var models: [[UInt8]] = []
    for (threads, name) in [("1", "a"), ("2", "b"), ("2", "c")] {
      let run = try workspace.stance(
        "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe",
        "words", "--threads", threads, "--output", "\(name).safetensors")
      #expect(run.status == 0, "\(run.errors)")
      models.append(try workspace.read("\(name).safetensors"))
    }
    #expect(models[0] == models[1] && models[1] == models[2])
    let other = try workspace.stance(
      "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
      "--seed", "2", "--output", "d.safetensors")
    #expect(other.status == 0)
    #expect(try workspace.read("d.safetensors") != models[0])
  }

  @Test("no temporary file stays beside a model")
  func noLeftovers() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    #expect(
      try workspace.files == ["codebook.yaml", "model.safetensors", "statements.csv"])
  }

  @Test(
    "a bar that is met gives status 0, one that is missed status 1 and says by how much",
    arguments: [("stance.macro-f1=0.5", 0), ("stance.macro-f1=1.1", 1), ("accuracy=0.5", 0)])
  func bars(bar: String, status: Int32) throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let run = try workspace.stance(
      "evaluate", "statements.csv", "--model", "model.safetensors", "--fail-under", bar)
    #expect(run.status == status)
    #expect(run.text.contains("gold \\ predicted"))
    #expect(run.errors.contains("macro-f1") == (status == 1))
    #expect(run.errors.contains("the model was trained on statements.csv"))
  }

  @Test("out-of-fold predictions have one line a statement, whose gold they carry")
  func predictions() throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(
      "cross-validate", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe",
      "words", "--predictions", "predictions.jsonl")
    #expect(run.status == 0, "\(run.errors)")
    let lines = try workspace.read("predictions.jsonl").split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 40)
    let folds = try lines.map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      #expect((object?["stance"] as? [String: Any])?["probabilities"] is [String: Any])
      return try #require(object?["fold"] as? Int)
    }
    #expect(Set(folds).count == 4)
  }

  @Test("a label column of no task is refused with the nearest name")
  func mistypedTask() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let run = try workspace.stance(
      "evaluate", "statements.csv", "--model", "model.safetensors", "--label-column",
      "stanse=stance")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("\"stanse\"") && run.errors.contains("did you mean \"stance\"?"))
  }

  @Test("colours are for terminals: piped tables have none")
  func noColours() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let run = try workspace.stance(
      "evaluate", "statements.csv", "--model", "model.safetensors")
    #expect(!run.output.contains(0x1B))
  }
}
