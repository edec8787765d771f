import Foundation
import Testing

@Suite("Feature options")
struct FeatureOptionTests {
  private static let codebook = """
    tasks:
      stance:
        kind: multi-label
        labels:
          unity: { keywords: [united, unity] }
          humanitarian: { keywords: [food, medicine, relief, الغذاء] }
      tone:
        kind: single-label
        labels:
          negative:
          positive:

    """

  private func train(
    _ workspace: borrowing Workspace, _ options: [String]
  ) throws -> Workspace.Run {
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Self.codebook)
    return try workspace.stance(
      Samples.quickTraining + ["--output", "m.safetensors"] + options)
  }

  @Test("the codebook's keywords are features by default, and named in explanations")
  func keywords() throws {
    let workspace = try Workspace()
    let run = try train(workspace, [])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("recipe: words 1-2 + keywords, "))
    #expect(run.text.contains("keywords: unity 2, humanitarian 4\n"))
    let explained = try workspace.stance(
      "explain", "unity and relief", "--model", "m.safetensors")
    #expect(explained.text.contains("keywords of unity"))
    #expect(explained.text.contains("keywords of humanitarian"))
    let none = try train(workspace, ["--keywords", "none"])
    #expect(none.text.contains("recipe: words 1-2, "))
  }

  @Test("the keywords alone stand beside the model: in tables, in Markdown and in JSON")
  func floor() throws {
    let workspace = try Workspace()
    _ = try train(workspace, [])
    let arguments = ["evaluate", "statements.csv", "--model", "m.safetensors", "--quiet"]
    let table = try workspace.stance(arguments)
    #expect(table.text.contains("  the codebook's keywords alone: macro F1 0."))
    let markdown = try workspace.stance(arguments + ["--format", "markdown"])
    #expect(markdown.text.contains("The codebook's keywords alone: macro F1 0."))
    let json = try #require(try workspace.stance(arguments + ["--format", "json"]).objects.first)
    let stance = try #require(json["stance"] as? [String: Any])
    #expect(stance["keyword-baseline-macro-f1"] is Double)
    let tone = try #require(json["tone"] as? [String: Any])
    #expect(tone["keyword-baseline-macro-f1"] == nil)
    let validated = try workspace.stance(
      "cross-validate", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4",
      "--recipe", "words", "--penalty", "1e-3", "--format", "json", "--quiet")
    let folds = try #require(try validated.objects.first?["stance"] as? [String: Any])
    #expect(folds["keyword-baseline-macro-f1"] is Double)
  }

  @Test("a list of words is a feature by the name of its file, and part of the model's inputs")
  func wordList() throws {
    let workspace = try Workspace()
    try workspace.write("hopeful.txt", "hope\r\nwelcomes\r\n")
    let run = try train(workspace, ["--word-list", "hopeful.txt", "--keywords", "none"])
    #expect(run.text.contains("keywords: hopeful 2\n"), "\(run.errors)")
    let card = try workspace.stance("inspect", "m.safetensors", "--format", "json")
    let object = try #require(try card.objects.first)
    #expect((object["keywords"] as? [String: [String]]) == ["hopeful": ["hope", "welcomes"]])
    let inputs = try #require(object["inputs"] as? [[String: Any]])
    #expect(inputs.contains { $0["name"] as? String == "hopeful.txt" })
  }

  @Test("stems, term frequency and the power of idf are in the recipe")
  func weighting() throws {
    let workspace = try Workspace()
    let run = try train(
      workspace,
      ["--stems", "--term-frequency", "binary", "--idf-power", "1.5", "--keywords", "none"])
    #expect(
      run.text.contains(
        "recipe: words 1-2 (binary tf·idf^1.5) + stems 1-1 (binary tf·idf^1.5), "), "\(run.errors)")
  }

  @Test(
    "what cannot be used is refused, without a word of its contents",
    arguments: [
      ("empty.txt", "", 2, "is empty"), ("blank.txt", "\n\n", 2, "found no word"),
      (
        "long.txt", String(repeating: "secret ", count: 2_000_000), 2,
        "long.txt:1: found 2000000 words in a line, expected at most 16"
      ),
      ("-", nil, 64, "--word-list: found -, expected the path of a file"),
      ("missing.txt", nil, 2, "missing.txt: "),
    ] as [(String, String?, Int32, String)])
  func badLists(name: String, contents: String?, status: Int32, message: String) throws {
    let workspace = try Workspace()
    if let contents { try workspace.write(name, contents) }
    let run = try train(workspace, ["--word-list", name])
    #expect(run.status == status && run.output.isEmpty)
    #expect(run.errors.contains(message) && !run.errors.contains("secret"), "\(run.errors)")
  }

  @Test("values of a column are features, and no task; a file without the column is judged by text")
  func featureColumn() throws {
    let workspace = try Workspace()
    let rows = (0..<40).map {
      "we say something,\($0 % 2 == 0 ? "left" : "right"),\($0 % 2 == 0 ? "good" : "bad")\n"
    }
    try workspace.write("a.csv", "text,party,tone\n" + rows.joined())
    let run = try workspace.stance(
      "train", "a.csv", "--folds", "0", "--recipe", "words", "--penalty", "1e-3",
      "--feature-column", "party", "--output", "m.safetensors")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("recipe: words 1-2 + columns party, "))
    #expect(!run.text.contains("\nparty: ") && !run.errors.contains("not used"))
    try workspace.write("b.csv", "text,party\nwe say,left\nwe say,right\n")
    try workspace.write("c.csv", "text\nwe say\n")
    let judged = try workspace.stance(
      "classify", "--input", "b.csv", "--model", "m.safetensors", "--format", "jsonl")
    #expect(judged.errors.isEmpty)
    let labels = try judged.objects.map { ($0["tone"] as? [String: Any])?["labels"] as? [String] }
    #expect(labels == [["good"], ["bad"]])
    let note = "note: the model also judges by party, which the input does not have\n"
    let without = try workspace.stance(
      "classify", "--input", "c.csv", "--model", "m.safetensors")
    #expect(without.status == 0 && without.errors == note)
    let missing = try workspace.stance(
      "train", "a.csv", "--folds", "0", "--recipe", "words", "--penalty", "1e-3",
      "--feature-column", "party", "--feature-column", "sex", "--output", "n.safetensors")
    #expect(missing.status == 2 && missing.output.isEmpty)
    #expect(missing.errors.contains("found no column \"sex\"") && missing.errors.contains("party"))
  }

  @Test("rules for tokens are in the recipe, and the defaults are not")
  func rules() throws {
    let workspace = try Workspace()
    let run = try train(
      workspace,
      [
        "--keywords", "none", "--hashtags", "split", "--negation", "mark", "--clitics", "split",
        "--elongation", "fold", "--placeholders",
      ])
    #expect(
      run.text.contains(
        "recipe: words 1-2, hashtags split, elongations folded, placeholders for users and links, "
          + "negation marked, clitics split, "), "\(run.errors)")
  }
}
