import Foundation
import Testing

@Suite("Shares in stance report")
struct ReportSharesTests {
  /// Quotes of three speakers, one of whom said but one thing.
  private static let quotes = """
    id,text,language,speaker,date
    q1,the committee welcomes one united country,en,Salma,2024-05-17
    q2,our council regrets that food and medicine did not arrive,en,Salma,2024-06-02
    q3,نأسف لأن الغذاء لم يصل,ar,Omar,2024-06-30
    q4,we welcome the unity of all parts,en,Omar,someday
    q5,we regret it,en,Huda,2024-06-30
    q6,relief for the displaced,en,Omar,2024-06-30

    """

  /// Statements, a codebook, quotes, and a model that was trained on the statements.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.trainModel(folds: 4)
    try workspace.write("quotes.csv", Self.quotes)
    return workspace
  }

  private static let command = [
    "report", "statements.csv", "--model", "model.safetensors", "--no-learning-curve", "--output",
    "r.md",
  ]

  /// The cells of the tables under a heading, row by row, and what was said on the way.
  private func tables(
    _ workspace: borrowing Workspace, _ section: String, _ heading: String, _ options: String...
  ) throws -> (rows: [[String]], errors: String) {
    let run = try workspace.stance(Self.command + options)
    try #require(run.status == 0, "\(run.errors)")
    let text = try String(decoding: workspace.read("r.md"), as: UTF8.self)
    let sections = text.split(separator: "\n## ").filter { $0.hasPrefix("\(section)\n") }
    let part = try #require(
      sections.first?.split(separator: "\n### ").first {
        $0.hasPrefix("\(heading)\n")
      }, "\(heading)")
    let rows = part.split(separator: "\n").filter { $0.hasPrefix("| ") }.map { line in
      line.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false)
        .map(String.init)
    }
    return (rows, run.errors)
  }

  @Test("are those of stance shares")
  func sameAsShares() throws {
    let workspace = try workspace()
    let shares = try workspace.stance(
      "shares", "quotes.csv", "--model", "model.safetensors", "--by", "speaker", "--format", "csv")
    let lines = shares.lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }.filter { $0[0] == "tone" }
    let (rows, _) = try tables(
      workspace, "Shares as classified", "tone by speaker", "--shares-of", "quotes.csv", "--by",
      "speaker")
    func percent(_ number: String) -> String {
      Double(number).map { String(format: "%.1f %%", $0 * 100) } ?? "–"
    }
    let expected = lines.map { line in
      [
        line[2], percent(line[4]), percent(line[7]),
        line[8].isEmpty ? "–" : "\(percent(line[8])) to \(percent(line[9]))",
      ]
    }
    #expect(rows.dropFirst().map { Array($0[2...]) } == expected && expected.count == 6)
  }

  @Test("the list of groups is cut short, all statements together never are")
  func top() throws {
    let workspace = try workspace()
    for section in ["Shares as labelled", "Shares as classified"] {
      let options = ["--shares-of", "quotes.csv", "--by", "language", "--top"]
      func rows(_ heading: String, _ top: String) throws -> [[String]] {
        try tables(
          workspace, section, heading, options[0], options[1], options[2], options[3], options[4],
          top
        ).rows
      }
      let all = try rows("tone", "20")
      #expect(try all.count == 3 && all[1][0] == "all" && rows("tone", "0") == all)
      #expect(try rows("tone by language", "20").count == 5)
      #expect(try rows("tone by language", "1").count == 3)
      #expect(try rows("tone by language", "0").count == 1)
    }
  }

  @Test("a column of one of the files divides that one, and what was read is told")
  func columns() throws {
    let workspace = try workspace()
    let month = ["--shares-of", "quotes.csv", "--by", "month"]
    let (rows, errors) = try tables(
      workspace, "Shares as classified", "tone by month", month[0], month[1], month[2], month[3])
    #expect(rows.map(\.first) == ["month", "2024-05", "", "2024-06", "", "(none)", ""])
    #expect(errors.contains("note: quotes.csv: 1 date could not be read"))
    #expect(!errors.contains("not used"))
    let report = try String(decoding: workspace.read("r.md"), as: UTF8.self)
    #expect(report.contains("### tone by month") && !report.contains("### tone by speaker"))
    let labelled = try #require(report.split(separator: "## Shares as labelled").last)
    #expect(labelled.split(separator: "## Shares as classified")[0].contains("by month") == false)
    let unknown = try workspace.stance(
      Self.command + ["--shares-of", "quotes.csv", "--by", "party"])
    #expect(unknown.status == 2 && unknown.errors.contains("found no column \"party\""))
  }

  @Test("where nothing can be corrected the raw share stays")
  func uncorrected() throws {
    let workspace = try workspace()
    // A model that is held back so far that it always gives the more frequent label tells nothing.
    let lines = (0..<40).map { row in
      let words = (0..<10).filter { (row * 389 + 17) >> $0 & 1 == 1 }.map { "word\($0)" }
      return "w\(row),\(words.joined(separator: " ")),\(row % 4 == 0 ? "negative" : "positive")\n"
    }
    try workspace.write("noise.csv", "id,text,tone\n" + lines.joined())
    let trained = try workspace.stance(
      "train", "noise.csv", "--task", "tone", "--folds", "4", "--recipe", "words", "--penalty",
      "100", "--class-weight", "none", "--output", "noise.safetensors", "--quiet")
    try #require(trained.status == 0, "\(trained.errors)")
    let run = try workspace.stance(
      "report", "noise.csv", "--model", "noise.safetensors", "--shares-of", "quotes.csv",
      "--no-learning-curve", "--output", "r.md", "--quiet")
    #expect(run.status == 0, "\(run.errors)")
    let report = try String(decoding: workspace.read("r.md"), as: UTF8.self)
    let shares = try #require(report.split(separator: "## Shares as classified").last)
    #expect(shares.contains(/\| all \| 6 \| negative \| \d+\.\d % \| – \| – \|/), "\(shares)")
  }

  @Test("what is wrong with the columns or the other file is told before a model is trained")
  func earlyErrors() throws {
    let workspace = try workspace()
    try workspace.write("broken.csv", "id,text\n1,a,b\n")
    try workspace.write("numbers.csv", "id,value\n1,2\n")
    // Training on one group would be an error of its own.
    try workspace.write(
      "grouped.csv", "id,text,tone,group\n1,a,positive,g\n2,b,negative,g\n3,c,positive,g\n")
    for (options, message) in [
      (["--by", "party"], "found no column \"party\""),
      (["--shares-of", "broken.csv"], "broken.csv:2"),
      (["--shares-of", "missing.csv"], "missing.csv"),
      (["--shares-of", "numbers.csv"], "found neither a text"),
    ] {
      let run = try workspace.stance(["report", "grouped.csv", "--output", "g.md"] + options)
      #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
      #expect(!run.errors.contains("fold"), "\(run.errors)")
    }
    let late = try workspace.stance("report", "grouped.csv", "--output", "g.md", "--by", "group")
    #expect(late.status == 2 && late.errors.contains("fold"), "\(late.errors)")
  }

  @Test("statements to classify may come through a pipe")
  func pipe() throws {
    let workspace = try workspace()
    let run = try workspace.bash(
      "$STANCE \(Self.command.joined(separator: " ")) --shares-of <(cat quotes.csv) --quiet")
    #expect(run.status == 0, "\(run.errors)")
    let report = try String(decoding: workspace.read("r.md"), as: UTF8.self)
    #expect(report.contains("## Shares as classified"))
  }
}
