import Foundation
import Testing

@Suite("Comparisons on near copies of training statements")
struct NearCopyComparisonTests {
  /// Both models know c2; c1 is known to the second alone and t1 to the first.
  private func workspace(_ options: String...) throws -> Workspace {
    let workspace = try Workspace()
    try NearCopySamples.train(
      "first", in: workspace,
      beside: "Send medicine to the villages in the north,en,humanitarian,negative", options)
    try NearCopySamples.train("second", in: workspace)
    try workspace.write("test.csv", NearCopySamples.test + "t11,Nobody brought bread,,negative\n")
    return workspace
  }

  private static func compare(_ first: String, _ second: String = "second.safetensors") -> [String]
  {
    ["compare", first, second, "--gold", "test.csv"]
  }

  @Test("give the scores without what either model was trained on")
  func others() throws {
    let workspace = try workspace()
    let run = try workspace.stance(Self.compare("first.safetensors"))
    #expect(run.status == 0, "\(run.errors)")
    let count =
      "3 of 13 statements are nearly the same as ones that a model was trained on (A: 2, B: 2)"
    #expect(run.text.ranges(of: "\n\n  \(count);\n  on the other 10:\n\n  score ").count == 2)
    #expect(run.text.ranges(of: "2,000 resamples of 10 statements, seed 1\n").count == 2)
    let markdown = try workspace.stance(
      Self.compare("first.safetensors") + ["--format", "markdown"]
    ).text
    #expect(markdown.contains("\n\n\(count); on the other 10:\n\n| score |"))
    #expect(markdown.contains("\n\nIntervals of 95 %: 2,000 resamples of 10 statements, seed 1.\n"))
  }

  @Test("are, on the others, what they are of a file without the copies")
  func sameAsWithout() throws {
    let workspace = try workspace()
    let arguments = ["--format", "json", "--seed", "3"]
    let whole = try #require(
      try workspace.stance(Self.compare("first.safetensors") + arguments).objects.first)
    let lines = (NearCopySamples.test + "t11,Nobody brought bread,,negative\n")
      .split(separator: "\n")
    let others = lines.filter { line in
      !["c1,", "c2,", "t1,"].contains { line.hasPrefix($0) }
    }
    try workspace.write("test.csv", others.joined(separator: "\n") + "\n")
    let without = try #require(
      try workspace.stance(Self.compare("first.safetensors") + arguments).objects.first)
    for name in ["stance", "tone"] {
      let task = try #require(whole[name] as? [String: Any])
      #expect(task["near-copies-of-training"] as? Int == 3)
      let rest = try #require(task["without-near-copies"] as? [String: Any])
      let expected = try #require(without[name] as? [String: Any])
      #expect(expected["near-copies-of-training"] == nil && expected["statements"] as? Int == 10)
      #expect(rest.count > 6)
      for (key, value) in rest {
        let found = try #require(value as? NSObject)
        #expect(try found == #require(expected[key] as? NSObject), "\(name).\(key)")
      }
    }
  }

  @Test("give no scores on the others where it is not known what one of the two was trained on")
  func unknown() throws {
    let workspace = try workspace("--forget-statements")
    let count =
      "2 of 13 statements are nearly the same as ones that a model was trained on (B: 2);\n"
    let sentence = "of A it is not known which, so there are no scores on the others\n"
    let run = try workspace.stance(Self.compare("first.safetensors"))
    #expect(run.text.ranges(of: "  \(count)  \(sentence)").count == 2)
    let json = try workspace.stance(
      Self.compare("first.safetensors") + ["--format", "json"]
    ).text
    #expect(json.contains("near-copies-of-training") && !json.contains("without-near-copies"))
    #expect(json.ranges(of: "\"near-copies\":{\"a\":null,\"b\":2}").count == 2)
    // What another model said of copies is not this one's.
    let known = try workspace.stance(
      "classify", "--input", "test.csv", "--model", "second.safetensors", "--format", "csv")
    try workspace.write("known.csv", known.output)
    for format in ["csv", "jsonl"] {
      let judged = try workspace.stance(
        "classify", "--input", "known.csv", "--model", "first.safetensors", "--format", format)
      #expect(judged.text.contains("input.near-copy"), "\(judged.errors)")
      try workspace.write("judged.\(format)", judged.output)
      let results = try workspace.stance(Self.compare("judged.\(format)")).text
      #expect(results.contains(sentence))
    }
    try workspace.write(
      "other.csv",
      "id,tone\n"
        + ["c1", "c2", "t1", "t2"].map { "\($0),positive\n" }.joined()
        + (3...11).map { "t\($0),negative\n" }.joined())
    let file = try workspace.stance(
      Self.compare("second.safetensors", "other.csv") + ["--task", "tone"])
    #expect(file.text.contains(count.replacing("B", with: "A") + "  of B it is not known which"))
  }

  @Test("read from results which statements are near copies", arguments: ["csv", "jsonl"])
  func results(format: String) throws {
    let workspace = try workspace()
    let judged = try workspace.stance(
      "classify", "--input", "test.csv", "--model", "first.safetensors", "--format", format)
    try workspace.write("judged.\(format)", judged.output)
    let (results, model) = (
      try workspace.stance(Self.compare("judged.\(format)")),
      try workspace.stance(Self.compare("first.safetensors"))
    )
    #expect(results.status == 0, "\(results.errors)")
    #expect(results.text.contains("on the other 10:"))
    #expect(
      results.text.replacing("judged.\(format)", with: "first.safetensors") == model.text)
  }

  @Test("read from results that none is a near copy", arguments: ["csv", "jsonl"])
  func resultsWithout(format: String) throws {
    let workspace = try workspace()
    // Nothing of the samples is in this model.
    try workspace.write(
      "strangers.csv",
      "text,tone\n"
        + (0..<24).map {
          "number \($0) of the long list \($0 * 7),\($0 % 2 == 0 ? "positive" : "negative")\n"
        }
        .joined())
    let trained = try workspace.stance(
      "train", "strangers.csv", "--task", "tone:single", "--folds", "3", "--recipe", "words",
      "--penalty", "1e-2", "--quiet", "--output", "stranger.safetensors")
    #expect(trained.status == 0, "\(trained.errors)")
    let judged = try workspace.stance(
      "classify", "--input", "test.csv", "--model", "stranger.safetensors", "--format", format)
    try workspace.write("judged.\(format)", judged.output)
    let run = try workspace.stance(Self.compare("judged.\(format)") + ["--task", "tone"])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("that a model was trained on (A: 0, B: 2);\n  on the other 11:\n"))
  }

  @Test("say why there are no scores of few others, or of a single group")
  func fewOthers() throws {
    let workspace = try workspace()
    let all = (NearCopySamples.test + "t11,Nobody brought bread,,negative\n")
      .split(separator: "\n")
    try workspace.write("test.csv", all.prefix(8).joined(separator: "\n") + "\n")
    let few = try workspace.stance(Self.compare("first.safetensors")).text
    #expect(few.contains("only 4 others labelled, too few to say anything of new ones"))
    func grouped(_ group: (Int) -> String) throws -> String {
      let lines = all.enumerated().map { "\($1),\($0 == 0 ? "group" : group($0))\n" }
      try workspace.write("test.csv", lines.joined())
      return try workspace.stance(Self.compare("first.safetensors")).text
    }
    // The header is line 0, the copies are lines 1 to 3.
    #expect(
      try grouped { $0 <= 3 ? "copies" : "others" }
        .contains("  the others are a single group, which says nothing of new ones\n"))
    let single = try grouped { _ in "one" }
    #expect(single.contains("the statements are a single group, which says nothing of others\n"))
    #expect(single.contains("  3 of 13 statements are nearly the same as ones"))
    let json = try workspace.stance(
      Self.compare("first.safetensors") + ["--format", "json"]
    ).text
    #expect(json.contains("near-copies-of-training"))
  }

  @Test("of new statements say nothing of copies")
  func none() throws {
    let workspace = try workspace()
    try workspace.write(
      "test.csv",
      "id,text,stance,tone\nt1,Bring bread to everybody,humanitarian,negative\n"
        + "t2,Nobody comes to the bridge,,negative\n")
    let run = try workspace.stance(Self.compare("first.safetensors"))
    #expect(run.status == 0 && !run.text.contains("nearly the same"))
  }
}
