import Foundation
import Testing

@Suite("Intervals in results")
struct IntervalCommandTests {
  private func trained() throws -> Workspace {
    let workspace = try Workspace()
    // Without any two folds each label is still carried by some statements and not by all.
    try workspace.write(
      "statements.csv", Samples.statements + "n00,nothing was said about it today,en,,negative\n")
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(
      "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "6", "--recipe", "words",
      "--penalty", "1e-2", "--quiet", "--output", "model.safetensors")
    #expect(run.status == 0, "\(run.errors)")
    return workspace
  }

  private static let judge = [
    "classify", "we welcome one united country with hope", "--model", "model.safetensors",
  ]

  @Test("each probability comes with one, in every format, when asked for")
  func formats() throws {
    let workspace = try trained()
    let plain = try workspace.stance(Self.judge + ["--format", "jsonl"])
    #expect(!plain.text.contains("intervals"))
    let run = try workspace.stance(Self.judge + ["--intervals", "--format", "jsonl"])
    let stance = try #require(try run.objects.first?["stance"] as? [String: Any])
    let probabilities = try #require(stance["probabilities"] as? [String: Double])
    let intervals = try #require(stance["intervals"] as? [String: [Double]])
    #expect(intervals.keys.sorted() == ["humanitarian", "unity"])
    for (label, interval) in intervals {
      #expect(interval.count == 2)
      #expect(interval[0] <= probabilities[label] ?? -1 && probabilities[label] ?? 2 <= interval[1])
    }
    let rows = try workspace.stance(Self.judge + ["--intervals", "--format", "csv"]).lines
    #expect(rows[0].contains("stance.unity,stance.unity.low,stance.unity.high,"))
    #expect(Set(rows.map { $0.count { $0 == "," } }).count == 1)
    let table = try workspace.stance(Self.judge + ["--intervals"]).text
    #expect(table.contains(/unity [01]\.\d\d \[0\.\d\d, [01]\.\d\d\]/))
  }

  @Test("a surer interval is wider")
  func level() throws {
    let workspace = try trained()
    func width(_ level: String) throws -> Double {
      let run = try workspace.stance(
        Self.judge + ["--intervals", "--level", level, "--format", "jsonl"])
      let stance = try #require(try run.objects.first?["stance"] as? [String: Any])
      let interval = try #require((stance["intervals"] as? [String: [Double]])?["unity"])
      return interval[1] - interval[0]
    }
    #expect(try width("0.5") < width("0.95"))
  }

  @Test("a statement without evidence has none")
  func noEvidence() throws {
    let workspace = try trained()
    let run = try workspace.stance(
      "classify", "∎", "--model", "model.safetensors", "--intervals", "--format", "jsonl")
    let stance = try #require(try run.objects.first?["stance"] as? [String: Any])
    #expect((stance["intervals"] as? [String: Any])?["unity"] is NSNull)
  }

  @Test("a model that does not know them says what to do")
  func unknown() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let run = try workspace.stance(Self.judge + ["--intervals"])
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains("train it again with --intervals"))
  }

  @Test(
    "levels that cannot be are wrong usage",
    arguments: [
      ["--intervals", "--level", "1"], ["--intervals", "--level", "0"], ["--level", "0.9"],
    ])
  func wrongLevels(options: [String]) throws {
    let workspace = try trained()
    let run = try workspace.stance(Self.judge + options)
    #expect(run.status == 64 && run.errors.contains("--level"))
  }

  @Test("variances that are not finite are refused")
  func damaged() throws {
    let workspace = try trained()
    var model = ModelBytes(try workspace.read("model.safetensors"))
    try model.setFirstBytes(of: "tone.variance.coefficients", to: [0, 0, 0xC0, 0x7F])
    try workspace.write("model.safetensors", model.bytes)
    let run = try workspace.stance(Self.judge + ["--intervals"])
    #expect(run.status == 2)
    #expect(run.errors.contains("the variances of task \"tone\" are not all finite"))
  }
}
