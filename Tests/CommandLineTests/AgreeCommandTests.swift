import Foundation
import Testing

@Suite("Agreement of coders")
struct AgreeCommandTests {
  private static let wide = """
    id,text,article,first,second,third
    1,we want one voice,a,unity,unity,unity
    2,open the crossing,a,aid;unity,aid,aid
    3,the meeting is on tuesday,b,,,unity
    4,نريد وحدة الصف,b,unity,unity,unity;aid
    5,"food, now",c,aid,,aid
    6,peace,d,unity,aid,

    """

  private static let long = """
    id,coder,stance,tone
    1,first,unity,positive
    1,second,unity,positive
    2,first,aid;unity,negative
    2,second,aid,negative
    3,first,,neutral
    3,second,,
    4,first,unity,positive
    4,second,unity,neutral

    """

  private static let codebook = """
    tasks:
      stance:
        kind: multi-label
        labels: {unity: , aid: }
      tone:
        kind: single-label
        labels: {negative: , neutral: , positive: }

    """

  private static let columns = [
    "agree", "wide.csv", "--coder", "first", "--coder", "second", "--coder", "third", "--task",
    "stance",
    "--quiet",
  ]

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("wide.csv", Self.wide)
    try workspace.write("long.csv", Self.long)
    try workspace.write("codebook.yaml", Self.codebook)
    let lines = Self.long.split(separator: "\n")
    for coder in ["first", "second"] {
      let own = lines.dropFirst().filter { $0.contains(coder) }.map {
        $0.replacing(",\(coder),", with: ",")
      }
      try workspace.write(
        "\(coder).csv", (["id,stance,tone"] + own).joined(separator: "\n") + "\n")
    }
    return workspace
  }

  @Test("the help's examples run")
  func examples() throws {
    let workspace = try workspace()
    try workspace.write("coded.csv", Self.wide)
    for example in try HelpExamples.lines(of: "agree", in: workspace) {
      let run = try workspace.bash(example)
      #expect(
        run.status == 0 && run.text.contains("Krippendorff's alpha"), "\(example): \(run.errors)")
    }
    #expect(try workspace.files.contains("discuss.csv") && workspace.files.contains("gold.csv"))
  }

  @Test("a column for each coder: coefficients with intervals, labels, pairs, disagreements")
  func columns() throws {
    let workspace = try workspace()
    let run = try workspace.stance(Self.columns)
    #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
    #expect(run.text.contains("stance: any number of labels, 3 coders, 6 statements"))
    #expect(run.text.contains(/MASI distances +-?\d\.\d\d \[-?\d\.\d\d, -?\d\.\d\d\]/))
    #expect(run.text.contains("intervals of 95 %: 2,000 resamples of 6 statements, seed 1"))
    #expect(run.text.contains(/unity +9 +0\.\d\d/) && run.text.contains(/first, third +6\b/))
    #expect(run.text.contains(/6 +unity +aid +\(none\) +\(none\)\n/))
    #expect(!run.text.contains("food"))
    #expect(try workspace.stance(Self.columns + ["--show-text"]).text.contains("food, now"))
    let grouped = try workspace.stance(Self.columns + ["--group-column", "article"])
    #expect(grouped.text.contains("resamples of 4 groups"))
  }

  @Test("the three forms of the same answers agree")
  func forms() throws {
    let workspace = try workspace()
    let rows = [
      "id,a,b", "1,positive,positive", "2,negative,negative", "3,neutral,", "4,positive,neutral",
    ]
    try workspace.write("tone.csv", rows.joined(separator: "\n") + "\n")
    let options = ["--format", "json", "--quiet", "--task", "tone"]
    let runs = try [
      workspace.stance(["agree", "tone.csv", "--coder", "a", "--coder", "b"] + options),
      workspace.stance(["agree", "long.csv", "--coder", "coder"] + options),
      workspace.stance(["agree", "first.csv", "second.csv"] + options),
    ]
    for run in runs {
      #expect(run.status == 0, "\(run.errors)")
      let tone = try #require(try run.objects.first?["tone"] as? [String: Any])
      #expect(tone["statements"] as? Int == 3 && tone["percent-agreement"] as? Double == 2.0 / 3)
      // Agreement 2/3; the coders' shares: positive 2/3 and 1/3, negative 1/3 each, neutral 0 and 1/3.
      let kappa = try #require(tone["cohen-kappa"] as? Double)
      #expect(abs(kappa - 0.5) < 1e-12)
      #expect((tone["krippendorff-alpha-interval"] as? [Double])?.count == 2)
      #expect((tone["disagreements"] as? [[String: Any]])?.first?["id"] as? String == "4")
    }
  }

  @Test("what most say is merged, ties are listed and counted")
  func merged() throws {
    let workspace = try workspace()
    let run = try workspace.stance(
      "agree", "long.csv", "--coder", "coder", "--merged", "gold.csv", "--disagreements",
      "differ.csv")
    #expect(run.errors.contains("note: gold.csv has 1 tie in tone for a person to decide"))
    let gold = String(decoding: try workspace.read("gold.csv"), as: UTF8.self)
    #expect(
      gold == """
        id,stance,stance.tied,tone,tone.tied
        1,unity,,positive,
        2,aid,unity,negative,
        3,,,neutral,
        4,unity,,,neutral;positive

        """)
    let differ = String(decoding: try workspace.read("differ.csv"), as: UTF8.self)
    #expect(
      differ == """
        task,id,first,second,majority,tied
        stance,2,aid;unity,aid,aid,unity
        tone,4,positive,neutral,,neutral;positive

        """)
  }

  @Test("merged statements keep their columns and are read as they are")
  func mergedColumns() throws {
    let workspace = try workspace()
    let run = try workspace.stance(Self.columns + ["--merged", "gold.csv"])
    #expect(run.status == 0, "\(run.errors)")
    let lines = String(decoding: try workspace.read("gold.csv"), as: UTF8.self).split(
      separator: "\n")
    #expect(lines[0] == "id,text,article,stance,stance.tied")
    #expect(lines[4] == "4,نريد وحدة الصف,b,unity,")
    #expect(lines[5] == "5,\"food, now\",c,aid,")
  }

  @Test("an empty cell is no label, or no answer")
  func emptyCells() throws {
    let workspace = try workspace()
    let none = try workspace.stance("agree", "long.csv", "--coder", "coder", "--task", "stance")
    #expect(none.errors.contains("2 empty answers to stance are taken for \"none of the labels\""))
    #expect(none.text.contains("4 statements with two answers"))
    let missing = try workspace.stance(
      "agree", "long.csv", "--coder", "coder", "--task", "stance", "--empty", "missing")
    #expect(missing.errors.isEmpty && missing.text.contains("3 statements with two answers"))
  }

  @Test("a table for documents")
  func markdown() throws {
    let run = try workspace().stance(Self.columns + ["--format", "markdown"])
    #expect(
      run.text.contains("## stance: any number of labels")
        && run.text.contains("| percent agreement |"))
  }

  @Test("a column that is not there, a second answer, one coder: errors say what to do")
  func errors() throws {
    let workspace = try workspace()
    let unknown = try workspace.stance("agree", "wide.csv", "--coder", "first", "--coder", "secod")
    #expect(unknown.status == 2 && unknown.errors.contains("did you mean \"second\"?"))
    try workspace.write("twice.csv", "id,coder,tone\n1,a,x\n1,b,y\n1,a,y\n")
    let twice = try workspace.stance("agree", "twice.csv", "--coder", "coder")
    #expect(twice.status == 2 && twice.errors.contains("twice.csv:4: found a second answer"))
    try workspace.write("one.csv", "id,coder,tone\n1,a,x\n2,a,y\n")
    let one = try workspace.stance("agree", "one.csv", "--coder", "coder")
    #expect(one.status == 64 && one.errors.contains("found answers of 1 coder"))
    let none = try workspace.stance("agree", "wide.csv")
    #expect(none.status == 64 && none.errors.contains("--coder A --coder B"))
    let label = try workspace.stance(
      "agree", "long.csv", "--coder", "coder", "--codebook", "codebook.yaml", "--task", "tone")
    #expect(label.status == 0, "\(label.errors)")
  }

  @Test("Windows line ends, semicolons and JSON are read")
  func otherWriters() throws {
    let workspace = try workspace()
    try workspace.write("first.csv", "id;tone\r\n1;positive\r\n2;negative\r\n")
    try workspace.write(
      "second.jsonl", "{\"id\":1,\"tone\":\"positive\"}\n{\"id\":2,\"tone\":null}\n")
    let run = try workspace.stance(
      "agree", "first.csv", "second.jsonl", "--quiet", "--task", "tone")
    #expect(run.status == 0 && run.text.contains("1 statement with two answers"), "\(run.errors)")
  }
}
