import Foundation
import Testing

@Suite("stance next")
struct NextCommandTests {
  private static let pool = """
    id,text,language,stance
    p1,the committee welcomes food and medicine,en,
    p2,our council regrets one united country,en,
    p3,"our council regrets, one united country!",en,
    p4,نأسف لأن الغذاء لم يصل,ar,
    p5,,en,
    p6,this was labelled before,en,unity
    p7,zzyzx qwertz,en,

    """

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.trainModel()
    try workspace.write("pool.csv", Self.pool)
    return workspace
  }

  private func next(_ workspace: borrowing Workspace, _ options: String...) throws -> Workspace.Run
  {
    try workspace.stance(["next", "pool.csv", "--model", "model.safetensors"] + options)
  }

  @Test("writes a sheet to fill in: texts, context, empty labels, score and reason")
  func sheet() throws {
    let workspace = try workspace()
    let run = try next(workspace, "-n", "10")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines[0] == "id,text,language,stance,tone,score,reason")
    // Neither the near-duplicate, nor the blank, nor the labelled one.
    #expect(run.lines.count == 5)
    #expect(run.lines.contains { $0.hasPrefix("p4,نأسف لأن الغذاء لم يصل,ar,,,") })
    #expect(run.lines.contains { $0.hasPrefix("p7,") && $0.hasSuffix(",no known word") })
    #expect(!run.text.contains("p6"))
    #expect(run.errors.contains("4 statements of 6 without a label; 1 of the pool is labelled"))
    #expect(run.errors.contains("an empty cell will mean none of them"))
  }

  @Test("a filled-in sheet can be trained on")
  func roundTrip() throws {
    let workspace = try workspace()
    let sheet = try next(workspace, "-n", "10", "--quiet")
    #expect(sheet.errors.isEmpty)
    let filled = sheet.text.replacing(/(?m),(en|ar),,,/) { ",\($0.output.1),unity,positive," }
    try workspace.write("filled.csv", filled)
    let run = try workspace.stance(
      "evaluate", "filled.csv", "--model", "model.safetensors", "--quiet")
    #expect(run.status == 0 && run.text.contains("tone: one label, 4 statements"))
  }

  @Test("edge cases name their label", arguments: ["unity", "stance.unity", "tone.negative"])
  func edges(label: String) throws {
    let workspace = try workspace()
    let run = try next(workspace, "--by", "edge:\(label)", "-n", "1")
    let name = label.split(separator: ".").last ?? ""
    #expect(run.status == 0 && run.lines.last?.hasSuffix(": \(name)?") == true)
  }

  @Test("labelled statements and one task of many")
  func labelled() throws {
    let workspace = try workspace()
    try workspace.write("done.csv", "text\nOUR COUNCIL regrets one united country\n")
    let run = try next(
      workspace, "--labelled", "done.csv", "--task", "tone", "--by", "diverse")
    // What the pool says of other tasks comes along.
    #expect(run.lines[0] == "id,text,language,stance,tone,score,reason")
    #expect(run.lines.contains { $0.hasPrefix("p6,this was labelled before,en,unity,,") })
    #expect(!run.text.contains("p2") && !run.text.contains("p3"))
    #expect(run.text.contains("tone: negative or positive?"))
  }

  @Test("random draws have no score")
  func random() throws {
    let workspace = try workspace()
    let run = try next(workspace, "--by", "random", "-n", "2")
    #expect(run.lines.count == 3)
    #expect(run.lines.dropFirst().allSatisfy { $0.hasSuffix(",,random draw") })
  }

  @Test(
    "wrong strategies, labels, tasks and counts are refused with what there is",
    arguments: [
      (["--by", "edge:untiy"], "expected one of stance.unity, stance.humanitarian, tone.negative"),
      (["--by", "guess"], "--by"), (["--task", "mood"], "expected one of stance, tone"),
      (["-n", "0"], "-n: found 0"),
      (["--by", "edge:unity", "--task", "tone"], "found a label of task \"stance\""),
    ])
  func refusals(options: [String], message: String) throws {
    let workspace = try workspace()
    let run = try workspace.stance(
      ["next", "pool.csv", "--model", "model.safetensors"] + options)
    #expect(run.status == 64 && run.output.isEmpty)
    #expect(run.errors.contains(message), "\(run.errors)")
  }

  @Test("plain text from a pipe, and a long line, are pools too")
  func plainText() throws {
    let workspace = try workspace()
    let long = String(repeating: "food ", count: 2_000_000)
    let run = try workspace.stance(
      ["next", "-", "--model", "model.safetensors", "--quiet"],
      input: "first line of a pool\r\n\(long)\r\n".utf8)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 3)
  }
}
