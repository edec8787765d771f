import Testing

@Suite("stance learning-curve")
struct LearningCurveCommandTests {
  private static let options = ["--recipe", "words", "--folds", "2", "--repeats", "1", "--quiet"]

  @Test("shows sizes and scores, and says when the points are too few", arguments: ["\n", "\r\n"])
  func table(lineEnd: String) throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements.replacing("\n", with: lineEnd))
    let run = try workspace.stance(["learning-curve", "statements.csv"] + Self.options)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.text.contains("Learning curve of tone") && run.text.contains("trained on"))
    #expect(run.text.contains("too few points to tell what more labels would bring: found 40"))
  }

  @Test("JSON has every point")
  func json() throws {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    let run = try workspace.stance(
      ["learning-curve", "statements.csv", "--task", "tone", "--format", "json"] + Self.options)
    let tone = try #require(try run.objects.first?["tone"] as? [String: Any])
    let points = try #require(tone["points"] as? [[String: Any]])
    #expect(!points.isEmpty && points.last?["trained-on"] as? Double == 20)
    #expect(tone["labelled"] as? Int == 40 && tone["too-few-points"] is String)
  }

  @Test("wrong numbers and one label are refused")
  func refusals() throws {
    let workspace = try Workspace()
    try workspace.write("one.csv", "text,tone\na cat,good\na dog,good\n")
    let one = try workspace.stance(["learning-curve", "one.csv", "--task", "tone"] + Self.options)
    #expect(one.status == 2 && one.output.isEmpty)
    for option in [["--more", "0"], ["--repeats", "0"], ["--folds", "1"]] {
      #expect(try workspace.stance(["learning-curve", "one.csv"] + option).status == 64)
    }
  }
}
