import Foundation
import Testing

@Suite("stance shares")
struct SharesCommandTests {
  private static let quotes = """
    id,text,language,speaker,date
    q1,the committee welcomes one united country,en,Salma,2024-05-17
    q2,our council regrets that food and medicine did not arrive,en,Salma,2024-06-02
    q3,نأسف لأن الغذاء لم يصل,ar,Omar,2024-06-30
    q4,we welcome the unity of all parts,en,,someday

    """

  /// Statements of other words, of which the model gets some wrong.
  private static var sample: String {
    let texts = [
      ("food for one country", "humanitarian,negative"),
      ("medicine for all parts", "unity,positive"),
      ("the unity of relief", "humanitarian,positive"), ("hope and food", "unity,negative"),
    ]
    let lines = (0..<20).map { "x\($0),\(texts[$0 % 4].0) \($0),en,\(texts[$0 % 4].1)\n" }
    return "id,text,language,stance,tone\n" + lines.joined()
  }

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.trainModel(folds: 4)
    try workspace.write("quotes.csv", Self.quotes)
    return workspace
  }

  private static let model = ["--model", "model.safetensors"]

  @Test("raw and corrected shares, with intervals, by group, in every format")
  func formats() throws {
    let workspace = try workspace()
    func run(_ options: String...) throws -> Workspace.Run {
      try workspace.stance(["shares", "quotes.csv"] + Self.model + options)
    }
    let table = try run("--by", "speaker")
    #expect(table.status == 0, "\(table.errors)")
    #expect(table.text.contains("Shares of stance") && table.text.contains("Salma"))
    #expect(table.text.contains("(none)") && table.text.contains("What to do: "))
    let csv = try run("--by", "speaker", "--format", "csv")
    #expect(
      csv.lines[0]
        == "task,speaker,label,statements,raw,raw.low,raw.high,corrected,corrected.low,corrected.high"
    )
    #expect(csv.lines.count == 13 && csv.lines[1].hasPrefix("stance,Salma,unity,2,"))
    let json = try #require(try run("--format", "json").objects.first)
    let all = try #require(json["all"] as? [String: Any])
    #expect(all["statements"] as? Int == 4 && json["groups"] == nil)
    let tone = try #require(all["tone"] as? [String: [String: Any]])
    let raw = tone.values.compactMap { ($0["raw"] as? [String: Double])?["share"] }
    #expect(abs(raw.reduce(0, +) - 1) < 1e-6)
    #expect(try run("--format", "markdown").text.contains("## Shares of tone"))
  }

  @Test("months come in order, unread dates are counted")
  func months() throws {
    let workspace = try workspace()
    let run = try workspace.stance(
      ["shares", "quotes.csv", "--by", "month", "--format", "csv"] + Self.model)
    let months = run.lines.filter { $0.hasPrefix("tone,") && $0.contains(",negative,") }
      .map { $0.split(separator: ",", omittingEmptySubsequences: false)[1] }
    #expect(months == ["2024-05", "2024-06", ""])
    #expect(run.errors.contains("1 date could not be read"))
  }

  @Test("results of classify are taken as they are", arguments: ["jsonl", "csv"])
  func results(format: String) throws {
    let workspace = try workspace()
    let judged = try workspace.stance(
      ["classify", "--input", "quotes.csv", "--format", format] + Self.model)
    try workspace.write("judged.\(format)", judged.output)
    func shares(_ file: String) throws -> Workspace.Run {
      try workspace.stance(
        ["shares", file, "--by", "speaker", "--format", "csv"] + Self.model)
    }
    let (read, made) = (try shares("judged.\(format)"), try shares("quotes.csv"))
    #expect(read.errors.contains("holds results") && !made.errors.contains("holds results"))
    #expect(read.status == 0 && read.output == made.output)
  }

  @Test("errors can be counted on labelled statements, and must come from somewhere")
  func measuredOn() throws {
    let workspace = try workspace()
    let measured = try workspace.stance(
      ["shares", "quotes.csv", "--measured-on", "statements.csv"] + Self.model)
    #expect(measured.status == 0 && measured.text.contains("counted on statements.csv"))
    #expect(
      measured.errors.contains("the model was trained on statements.csv, so it errs less there"))
    #expect(measured.errors.contains("not used: column") == false)
    // Of what it has learned it knows all, so that its answers there are taken for the shares.
    func columns(_ run: Workspace.Run) -> (raw: [[Substring]], corrected: [[Substring]]) {
      let cells = run.lines.dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false)
      }
      return (cells.map { Array($0[..<4]) }, cells.map { Array($0[6...]) })
    }
    try workspace.write(
      "sample.csv", Self.sample + "x1,a malformed record\nx2,we,en,unity,positive,too many\n")
    func shares(_ options: String...) throws -> Workspace.Run {
      try workspace.stance(["shares", "quotes.csv", "--format", "csv"] + Self.model + options)
    }
    let (usual, other) = (
      try shares(), try shares("--measured-on", "sample.csv", "--skip-invalid")
    )
    #expect(other.status == 0, "\(other.errors)")
    #expect(
      other.errors.contains("left out 2 of 22 records") && !other.errors.contains("trained on"))
    #expect(columns(usual).raw == columns(other).raw)
    #expect(columns(usual).corrected != columns(other).corrected)
    let quick = try workspace.stance(
      Samples.quickTraining + ["--output", "quick.safetensors", "--quiet"])
    #expect(quick.status == 0)
    let unknown = try workspace.stance("shares", "quotes.csv", "--model", "quick.safetensors")
    #expect(unknown.status == 64 && unknown.errors.contains("--measured-on"))
  }

  @Test(
    "a wider level has wider intervals, another seed other ones, and the list is as long as asked")
  func options() throws {
    let workspace = try workspace()
    func run(_ options: String...) throws -> Workspace.Run {
      let run = try workspace.stance(["shares", "quotes.csv"] + Self.model + options)
      #expect(run.status == 0, "\(run.errors)")
      return run
    }
    func raw(_ level: String) throws -> [String: Double] {
      let object = try #require(try run("--level", level, "--format", "json").objects.first)
      #expect(object["level"] as? Double == Double(level))
      let all = try #require(object["all"] as? [String: Any])
      let stance = try #require(all["stance"] as? [String: [String: Any]])
      return try #require(stance["unity"]?["raw"] as? [String: Double])
    }
    let (narrow, wide) = (try raw("0.5"), try raw("0.99"))
    #expect(narrow["share"] == wide["share"])
    #expect(try #require(wide["low"]) < #require(narrow["low"]))
    #expect(try #require(wide["high"]) > #require(narrow["high"]))
    #expect(try run("--level", "0.5").text.contains("50 %"))
    let csv = ["--format", "csv", "--seed"]
    func drawn(_ seed: String) throws -> [UInt8] {
      try workspace.stance(["shares", "quotes.csv"] + Self.model + csv + [seed]).output
    }
    #expect(try drawn("1") == run("--format", "csv").output && drawn("1") != drawn("2"))
    let cut = try run("--by", "speaker", "--top", "1")
    #expect(cut.text.contains("Salma") && !cut.text.contains("Omar"))
    #expect(cut.text.contains("… and 2 more"))
    let none = try run("--by", "speaker", "--top", "0")
    #expect(none.text.contains("(all)") && none.text.contains("… and 3 more"))
    let all = try run("--by", "speaker", "--top", "1", "--format", "csv")
    #expect(all.text.contains("Omar"))
  }

  @Test("files without texts or results, unknown columns and wrong levels are refused")
  func refusals() throws {
    let workspace = try workspace()
    try workspace.write("numbers.csv", "id,value\n1,2\n")
    let none = try workspace.stance(["shares", "numbers.csv"] + Self.model)
    #expect(none.status == 2 && none.errors.contains("found neither a text"))
    let column = try workspace.stance(["shares", "quotes.csv", "--by", "speakers"] + Self.model)
    #expect(column.status == 2 && column.errors.contains("did you mean \"speaker\"?"))
    #expect(
      try workspace.stance(["shares", "quotes.csv", "--level", "95"] + Self.model).status == 64)
    try workspace.write("empty.csv", "")
    #expect(try workspace.stance(["shares", "empty.csv"] + Self.model).status == 2)
  }
}
