import Foundation
import Testing

@Suite("Targets, questions and thresholds")
struct DecisionCommandTests {
  private static let training = [
    "train", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
    "--penalty", "1e-3", "--quiet", "--output", "model.safetensors",
  ]

  private func trained(_ options: String...) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(Self.training + options)
    #expect(run.status == 0, "\(run.errors)")
    return workspace
  }

  /// A model that leaves every answer to a person.
  private func doubtful() throws -> Workspace { try trained("--abstain", "error=0.000001") }

  @Test("what is in question stands in every format, and not among the labels")
  func unsureResults() throws {
    let workspace = try doubtful()
    let text = "we welcome one united country with hope"
    let judge = ["classify", text, "--model", "model.safetensors", "--format"]
    let object = try #require(try workspace.stance(judge + ["jsonl"]).objects.first)
    let stance = try #require(object["stance"] as? [String: Any])
    #expect(stance["labels"] as? [String] == [])
    #expect(stance["unsure"] as? [String] == ["unity", "humanitarian"])
    let rows = try workspace.stance(judge + ["csv"]).lines
    #expect(
      rows[0].contains("stance,stance.unsure,stance.unity,") && rows[0].contains("tone.unsure"))
    #expect(rows[1].contains(",,unity;humanitarian,"))
    let table = try workspace.stance(judge + ["table"]).text
    #expect(table.contains("unity? 0.") && table.contains("humanitarian? 0."))
    let explained = try workspace.stance("explain", text, "--model", "model.safetensors").text
    #expect(explained.contains("?    unity: probability"))
  }

  @Test("a model without goals writes no column for questions")
  func plainResults() throws {
    let workspace = try trained()
    let run = try workspace.stance(
      "classify", "hope", "--model", "model.safetensors", "--format", "csv")
    #expect(!run.text.contains("unsure"))
  }

  @Test("a column for questions does not take the name of a label's column")
  func labelNamedUnsure() throws {
    let workspace = try Workspace()
    try workspace.write(
      "statements.csv", Samples.statements.replacing("humanitarian", with: "unsure"))
    try workspace.write("codebook.yaml", Samples.codebook.replacing("humanitarian", with: "unsure"))
    let run = try workspace.stance(Self.training + ["--abstain", "error=0.000001"])
    #expect(run.status == 0, "\(run.errors)")
    let header = try workspace.stance(
      "classify", "hope", "--model", "model.safetensors", "--format", "csv"
    ).lines[0].split(separator: ",")
    #expect(Set(header).count == header.count)
    #expect(header.contains("stance.unsure") && header.contains("stance.unsure-labels"))
  }

  @Test("the share left to a person and the scores of the other answers are told")
  func leftShare() throws {
    let workspace = try trained("--abstain", "0.5")
    let run = try workspace.stance("inspect", "model.safetensors")
    #expect(run.text.contains("left to a person: at most 50 % of the statements"))
    #expect(run.text.contains("of the answers given"))
    let evaluated = try workspace.stance(
      "cross-validate", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe",
      "words", "--penalty", "1e-3", "--abstain", "0.5", "--format", "json", "--quiet")
    let object = try #require(try evaluated.objects.first?["stance"] as? [String: Any])
    let answered = try #require(object["answered"] as? [String: Any])
    let left = try #require(answered["left-to-a-person"] as? Int)
    #expect(left > 0 && answered["statements"] as? Int == 40 - left)
  }

  @Test("a model for one kind of statements says so wherever its scores are told")
  func oneKind() throws {
    let workspace = try trained("--for", "language=en")
    let told = "30 statements whose language is \"en\""
    let threshold = try workspace.stance("threshold", "model.safetensors")
    #expect(threshold.text.contains("stance: out-of-fold on \(told)"))
    let inspected = try workspace.stance("inspect", "model.safetensors").text
    #expect(inspected.contains("for: statements whose language is \"en\""))
    #expect(inspected.contains("each statement of those whose language is \"en\" judged by"))
    let card = try workspace.stance("inspect", "model.safetensors", "--format", "markdown").text
    #expect(card.contains("The scores are those of the statements whose language is \"en\"."))
    let object = try workspace.stance("inspect", "model.safetensors", "--format", "json").objects[0]
    let kind = try #require(object["for"] as? [String: Any])
    #expect(kind["column"] as? String == "language" && kind["values"] as? [String] == ["en"])
    let report = try workspace.stance(
      "report", "statements.csv", "--model", "model.safetensors", "--output", "report.html",
      "--no-learning-curve")
    #expect(report.status == 0, "\(report.errors)")
    let page = String(decoding: try workspace.read("report.html"), as: UTF8.self)
    #expect(page.contains("They are of the statements whose language is &quot;en&quot;"))
    let trained = try workspace.stance(
      Self.training.filter { $0 != "--quiet" } + ["--for", "language=en"])
    #expect(trained.text.contains(" on \(told)"))
    let validated = try workspace.stance(
      "cross-validate", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe",
      "words", "--penalty", "1e-3", "--for", "language=en", "--for", "language=en", "--format",
      "json",
      "--quiet")
    let kindOfScores = try #require(validated.objects.first?["for"] as? [String: Any])
    #expect(kindOfScores["values"] as? [String] == ["en"])
    let shares = try workspace.stance("shares", "statements.csv", "--model", "model.safetensors")
      .text
    #expect(shares.contains("cross-validation of statements whose language is \"en\""))
    let absent = try workspace.stance(Self.training + ["--for", "language=fr"])
    #expect(
      absent.status == 2 && absent.errors.contains("found no statement whose language is \"fr\""))
  }

  @Test("a target out of reach is said on standard error, with what can be reached")
  func outOfReach() throws {
    let workspace = try trained()
    let run = try workspace.stance(
      "threshold", "model.safetensors", "--target", "unity:precision=0.9999")
    #expect(run.status == 0)
    #expect(
      run.errors.hasPrefix("note: stance: no threshold gives \"unity\" a precision of 0.9999"))
    #expect(run.errors.contains(" at best)") && run.text.contains("never"))
  }

  @Test("what labels are multiplied by for balanced accuracy is told, in every form")
  func balancedAccuracy() throws {
    let workspace = try trained()
    let header = "\"stancekit.format-version\":"
    let plain = String(decoding: try workspace.read("model.safetensors"), as: UTF8.self)
    #expect(plain.contains(header + "\"5\""))
    let set = try workspace.stance(
      "threshold", "model.safetensors", "--target", "balanced-accuracy", "--output",
      "balanced.safetensors")
    #expect(set.status == 0, "\(set.errors)")
    #expect(set.lines.contains { $0.contains("label") && $0.hasSuffix("weight  set for") })
    let written = String(decoding: try workspace.read("balanced.safetensors"), as: UTF8.self)
    #expect(written.contains(header + "\"6\""))
    let inspected = try workspace.stance("inspect", "balanced.safetensors").text
    #expect(inspected.contains("  the highest probability times weight"))
    let card = try workspace.stance("inspect", "balanced.safetensors", "--format", "markdown").text
    #expect(card.contains("The highest probability times weight wins; temperature"))
    let object = try workspace.stance("inspect", "balanced.safetensors", "--format", "json")
      .objects[0]
    let tone = try #require((object["tasks"] as? [[String: Any]])?.last)
    let weights = try #require(tone["weights"] as? [String: Double])
    #expect(weights.count == 2 && weights.values.min() == 1)
    let judged = try workspace.stance(
      "classify", "we welcome one united country with hope", "--model", "balanced.safetensors",
      "--format", "csv")
    #expect(judged.status == 0 && !judged.text.contains("unsure"))
    let explained = try workspace.stance(
      "explain", "we welcome one united country with hope", "--model", "balanced.safetensors")
    #expect(
      explained.text.contains(
        ", the highest product is on, with codings of near copies as they are)"))
  }

  @Test("thresholds are shown, and written only where --output says so")
  func threshold() throws {
    let workspace = try trained()
    let before = try workspace.read("model.safetensors")
    let shown = try workspace.stance("threshold", "model.safetensors")
    #expect(shown.status == 0 && shown.text.contains("stance: out-of-fold on 40 statements"))
    #expect(shown.text.contains("  <  "))
    let tried = try workspace.stance("threshold", "model.safetensors", "--target", "recall=0.8")
    #expect(tried.text.contains("nothing is written"))
    #expect(try workspace.read("model.safetensors") == before)
    let run = try workspace.stance(
      "threshold", "model.safetensors", "--target", "aid=1", "--output", "other.safetensors")
    #expect(run.status == 64 && run.errors.contains("--target: found \"aid=1\""))
    let written = try workspace.stance(
      "threshold", "model.safetensors", "--target", "humanitarian:threshold=0.75", "--output",
      "model.safetensors")
    #expect(written.status == 0 && written.text.contains("wrote model.safetensors"))
    let card = try workspace.stance("inspect", "model.safetensors", "--format", "json")
    #expect(card.text.contains("\"humanitarian\":0.75"))
    #expect(try workspace.files == ["codebook.yaml", "model.safetensors", "statements.csv"])
  }

  @Test("as JSON each label has its points, one of which is chosen")
  func thresholdDocument() throws {
    let workspace = try trained()
    let run = try workspace.stance("threshold", "model.safetensors", "--format", "json")
    let tasks = try #require(try run.objects.first?["tasks"] as? [[String: Any]])
    #expect(tasks.map { $0["task"] as? String } == ["stance", "tone"])
    let labels = try #require(tasks[0]["labels"] as? [String: [[String: Any]]])
    for points in labels.values {
      #expect(points.count >= 101 && points.count { $0["chosen"] as? Bool == true } == 1)
    }
  }

  @Test("a model without out-of-fold scores says so")
  func noScores() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let shown = try workspace.stance("threshold", "model.safetensors")
    #expect(shown.status == 0 && shown.text.contains("no out-of-fold scores are kept"))
    let run = try workspace.stance("threshold", "model.safetensors", "--target", "precision=0.9")
    #expect(run.status == 2 && run.errors.contains("has no out-of-fold scores of task \"stance\""))
  }

  @Test(
    "goals that cannot be are wrong usage",
    arguments: [
      ["--target", "precision=1.5"], ["--target", ":f1"], ["--target", "precise"],
      ["--abstain", "1"], ["--abstain", "error=0"], ["--abstain", "half"],
      ["--target", "f1", "--folds", "0"],
    ])
  func wrongGoals(options: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    let run = try workspace.stance(
      [
        "train", "statements.csv", "--output", "m.safetensors", "--penalty", "1e-3", "--recipe",
        "words",
      ] + options)
    #expect(run.status == 64 && run.errors.contains(options[0]), "\(run.errors)")
  }

  @Test("a target for no label is an error that lists them")
  func unknownLabel() throws {
    let workspace = try trained()
    let run = try workspace.stance("threshold", "model.safetensors", "--target", "peace:f1")
    #expect(run.status == 2)
    #expect(run.errors.contains("\"peace\"") && run.errors.contains("unity, humanitarian"))
  }

  enum Damage: CaseIterable, Sendable { case score, fold, gold }

  @Test("out-of-fold scores that cannot be are refused", arguments: Damage.allCases)
  func damagedScores(damage: Damage) throws {
    let workspace = try trained()
    var model = ModelBytes(try workspace.read("model.safetensors"))
    let expected: String
    switch damage {
    case .score:
      try model.setFirstBytes(of: "stance.out-of-fold.scores", to: [0, 0, 0xC0, 0x7F])
      expected = "the out-of-fold scores of task \"stance\" are not all finite"
    case .fold:
      try model.setFirstBytes(of: "tone.out-of-fold.folds", to: [4, 0, 0, 0])
      expected = "have a fold that there is not"
    case .gold:
      // Both tones, which exclude one another.
      try model.setFirstBytes(of: "tone.out-of-fold.gold", to: [0b111])
      expected = "have labels that a statement cannot carry"
    }
    try workspace.write("model.safetensors", model.bytes)
    let run = try workspace.stance("threshold", "model.safetensors")
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.contains(expected), "\(run.errors)")
  }
}
