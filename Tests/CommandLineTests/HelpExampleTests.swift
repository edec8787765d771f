import Testing

@Suite("Examples in help")
struct HelpExampleTests {
  /// The examples that need nothing but what comes with the tool.
  @Test(
    "do what they say",
    arguments: [
      ("audit", ["Suspected labels of stance", "What to do: "]),
      ("next", ["id,text,language,speaker,stance,sentiment,score,reason", "demo-"]),
      ("shares", ["Shares of sentiment", "corrected for the errors counted by the model's"]),
      ("learning-curve", ["200 more labels beyond the 2,645", "A gain of 0.01 would take"]),
    ])
  func examples(command: String, expected: [String]) throws {
    let workspace = try Workspace()
    let lines = try HelpExamples.lines(of: command, in: workspace)
    let example = try #require(lines.first { $0.hasPrefix("$STANCE \(command) seeds/") })
    let run = try workspace.bash(HelpExamples.prepared + example.prefix { $0 != ">" })
    #expect(run.status == 0, "\(run.errors)")
    for text in expected { #expect(run.text.contains(text), "\(text)") }
  }
}
