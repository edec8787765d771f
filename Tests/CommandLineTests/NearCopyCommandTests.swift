import Foundation
import Testing

@Suite("Near copies of training statements")
struct NearCopyCommandTests {
  /// A model of statements, and a file with near copies of two of them and two new ones.
  private func trained(_ options: String...) throws -> Workspace {
    let workspace = try Workspace()
    try NearCopySamples.train("model", in: workspace, options)
    try workspace.write("test.csv", NearCopySamples.test)
    return workspace
  }

  private static let model = ["--model", "model.safetensors"]

  @Test("evaluate gives the scores without them beside those of all")
  func evaluate() throws {
    let workspace = try trained()
    let run = try workspace.stance(["evaluate", "test.csv"] + Self.model)
    #expect(
      run.text.contains(
        "2 of 12 statements are nearly the same as ones that the model was trained on"))
    #expect(run.text.ranges(of: "  on the other 10: macro F1 ").count == 2)
    let markdown = try workspace.stance(
      ["evaluate", "test.csv", "--format", "markdown"] + Self.model)
    #expect(markdown.text.contains("\n\n2 of 12 statements are nearly the same"))
    let json = try #require(
      try workspace.stance(["evaluate", "test.csv", "--format", "json"] + Self.model).objects.first)
    for task in ["stance", "tone"] {
      let found = try #require(json[task] as? [String: Any])
      #expect(found["statements"] as? Int == 12)
      #expect(found["near-copies-of-training"] as? Int == 2)
      let rest = try #require(found["without-near-copies"] as? [String: Any])
      #expect(rest["statements"] as? Int == 10 && rest["macro-f1"] is Double)
    }
  }

  @Test("bars are for new statements")
  func bars() throws {
    let workspace = try trained()
    let copies = Samples.statements.split(separator: "\n").dropFirst().prefix(20)
    let others = (0..<10).map { index in
      "t\(index),Our \(index) towns wait for food \(NearCopySamples.words[index % 8]),en,,"
        + (index == 0 ? "positive" : "negative")
    }
    try workspace.write(
      "bars.csv",
      (["id,text,language,stance,tone"] + copies.map(String.init) + others)
        .joined(separator: "\n") + "\n")
    let evaluate = ["evaluate", "bars.csv", "--format", "json"] + Self.model
    let json = try #require(try workspace.stance(evaluate).objects.first)
    let tone = try #require(json["tone"] as? [String: Any])
    let rest = try #require(tone["without-near-copies"] as? [String: Any])
    let all = try #require(tone["accuracy"] as? Double)
    let new = try #require(rest["accuracy"] as? Double)
    #expect(all > new)
    for (bar, status) in [(new - 0.001, 0), ((all + new) / 2, 1)] {
      let run = try workspace.stance(evaluate + ["--fail-under", "tone.accuracy=\(bar)"])
      #expect(run.status == Int32(status))
    }
  }

  @Test("of training data itself nothing is said of new statements")
  func trainingData() throws {
    let workspace = try trained()
    let run = try workspace.stance(["evaluate", "statements.csv"] + Self.model)
    #expect(run.text.contains("41 of 41 statements are nearly the same as ones"))
    #expect(run.text.contains("no other is left, so nothing can be said of new ones"))
  }

  @Test("a test without them says nothing of it, and neither does a model that forgets")
  func none() throws {
    let workspace = try trained("--forget-statements")
    let run = try workspace.stance(["evaluate", "test.csv"] + Self.model)
    #expect(run.status == 0 && !run.text.contains("nearly the same"))
    let csv = try workspace.stance(
      ["classify", "--input", "test.csv", "--format", "csv"] + Self.model)
    #expect(csv.lines[0].hasSuffix(",evidence"))
    let knowing = try trained()
    try knowing.write(
      "new.csv", "text,stance,tone\nSend medicine to the villages,humanitarian,negative\n")
    let other = try knowing.stance(["evaluate", "new.csv"] + Self.model)
    #expect(other.status == 0 && !other.text.contains("nearly the same"))
  }

  @Test("results name the most similar one")
  func results() throws {
    let workspace = try trained()
    let classify = ["classify", "--input", "test.csv"] + Self.model
    let objects = try workspace.stance(classify + ["--format", "jsonl"]).objects
    let copies = objects.map { $0["near-copy"] as? [String: Any] }
    #expect(copies.prefix(4).map { $0?["id"] as? String } == ["n00", "u01", nil, nil])
    #expect(copies[0]?["similarity"] as? Double == 1)
    let rows = try workspace.stance(classify + ["--format", "csv"]).lines
    #expect(rows[0].hasSuffix(",evidence,near-copy"))
    #expect(rows[2].hasSuffix(",true,u01") && rows[3].hasSuffix(",true,"))
    let table = try workspace.stance(classify + ["--format", "table"]).lines
    #expect(table[0].contains("(near copy of n00)") && table[1].contains("(near copy of u01)"))
    #expect(!table[2].contains("near copy"))
  }

  @Test("of few others no score is shown")
  func fewOthers() throws {
    let workspace = try trained()
    try workspace.write(
      "few.csv",
      "text,stance,tone\nThe delegation welcomes the unity of all its parts with hope,unity,positive\n"
        + "Send medicine to the villages,humanitarian,negative\n")
    let run = try workspace.stance(["evaluate", "few.csv"] + Self.model)
    #expect(run.text.contains("1 of 2 statements is nearly the same as one that the model was"))
    #expect(run.text.contains("only 1 other labelled, too few"))
    let json = try workspace.stance(["evaluate", "few.csv", "--format", "json"] + Self.model).text
    #expect(json.contains("near-copies-of-training") && !json.contains("without-near-copies"))
  }

  @Test("an explanation shows on how many codings of a copy a label rests")
  func disagreement() throws {
    let workspace = try trained()
    let text = "the envoy of our council welcomes relief with hope"
    let codings = ["positive", "negative", "positive", "positive"].enumerated().map {
      "v\($0),\(text),en,humanitarian,\($1)\n"
    }
    try workspace.write(
      "more.csv",
      String(decoding: try workspace.read("statements.csv"), as: UTF8.self)
        + codings.joined())
    let run = try workspace.stance(
      "train", "more.csv", "--codebook", "codebook.yaml", "--folds", "6", "--recipe", "words",
      "--penalty", "1e-2", "--quiet", "--output", "model.safetensors")
    #expect(run.status == 0, "\(run.errors)")
    let table = try workspace.stance(["explain", text] + Self.model).text
    #expect(
      table.contains(/v0 +1\.00 +humanitarian +negative \(1 of 4\);positive \(3 of 4\)/))
  }

  @Test("explanations show both probabilities, and how the copies were coded")
  func explanations() throws {
    let workspace = try trained()
    let explain =
      ["explain", "The delegation welcomes the unity of all its parts with hope"] + Self.model
    let table = try workspace.stance(explain).text
    #expect(table.contains(/probability \d\.\d\d, without near copies \d\.\d\d/))
    #expect(
      table.contains(/near copy of +similarity +stance +tone\s+u01 +0\.\d\d +unity +positive/))
    let json = try #require(try workspace.stance(explain + ["--format", "json"]).objects.first)
    let copies = try #require(json["near-copies"] as? [[String: Any]])
    #expect(copies.first?["id"] as? String == "u01")
    #expect(copies[0]["stance"] as? String == "unity" && copies[0]["tone"] as? String == "positive")
    let labels = try #require(json["tone"] as? [[String: Any]])
    let alone = try #require(labels[1]["probability-without-near-copies"] as? Double)
    #expect(try #require(labels[1]["probability"] as? Double) > alone)
    let page = try workspace.stance(explain + ["--format", "html"]).text
    #expect(page.contains("<h3>Near copy of</h3>") && page.contains("without near copies"))
    let other = try workspace.stance(["explain", "Send medicine"] + Self.model).text
    #expect(!other.contains("near cop"))
  }

  @Test("shares are those of a model that does not know them, and results with them get a note")
  func shares() throws {
    let knowing = try trained()
    let forgetful = try trained("--forget-statements")
    let arguments = ["shares", "test.csv", "--format", "json"] + Self.model
    let shares = try knowing.stance(arguments).text
    #expect(try shares == forgetful.stance(arguments).text && !shares.isEmpty)
    for format in ["csv", "jsonl"] {
      let judged = try knowing.stance(
        ["classify", "--input", "test.csv", "--format", format] + Self.model)
      try knowing.write("judged.\(format)", judged.output)
      let run = try knowing.stance(["shares", "judged.\(format)"] + Self.model)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.errors.contains("2 of 12 statements are nearly the same as training statements"))
    }
    let measured = try knowing.stance(
      ["shares", "test.csv", "--measured-on", "test.csv"] + Self.model)
    #expect(
      measured.errors.contains(
        "test.csv: 2 statements nearly the same as training statements; tone: errors are counted on the other 10"
      ))
  }

  @Test("a report on other statements says what is left without them")
  func report() throws {
    let workspace = try trained()
    let run = try workspace.stance(
      ["report", "test.csv", "--format", "markdown", "--output", "report.md", "--task", "tone"]
        + Self.model)
    #expect(run.status == 0, "\(run.errors)")
    let text = String(decoding: try workspace.read("report.md"), as: UTF8.self)
    #expect(text.contains("tone: 2 of 12 statements are nearly the same as ones"))
  }

  @Test("quotations name them")
  func quotes() throws {
    let workspace = try trained()
    try workspace.write("a.txt", "The envoy said: \"Nothing was said about it, today.\"\n")
    let run = try workspace.stance(["quotes", "a.txt", "--format", "jsonl"] + Self.model)
    let copy = try #require(try run.objects.first?["near-copy"] as? [String: Any])
    #expect(copy["id"] as? String == "n00")
    let rows = try workspace.stance(["quotes", "a.txt", "--format", "csv"] + Self.model).lines
    #expect(rows[0].hasSuffix(",near-copy") && rows[1].hasSuffix(",n00"))
    for format in ["table", "html"] {
      let run = try workspace.stance(["quotes", "a.txt", "--format", format] + Self.model)
      #expect(run.text.contains("(near copy of n00)"))
    }
  }

  @Test("inspect tells how much they count")
  func inspect() throws {
    let workspace = try trained()
    let text = try workspace.stance(["inspect", "model.safetensors"]).text
    #expect(
      text.contains(
        /near copies: those of 41 training texts are told; the coding of an exact copy counts for \d+ % \(stance\), \d+ % \(tone\)/
      ))
  }
}
