import Foundation
import Testing

@Suite("Pipes")
struct PipeTests {
  @Test(
    "a reader that goes away ends the tool quietly",
    arguments: [
      "$STANCE classify < many.txt", "$STANCE classify --input many.txt --format csv",
      "$STANCE inspect", "$STANCE inspect --format markdown", "$STANCE --help",
      "$STANCE explain 'Aid must reach the towns'",
      "$STANCE audit audited.csv --recipe words --quiet", "$STANCE next many.txt --quiet",
      "$STANCE explain --global",
      "head -n 500 many.txt | $STANCE explain --input - --format html",
      "$STANCE convert many.txt --to jsonl", "$STANCE convert many.txt --to label-studio",
      "$STANCE agree coded.csv --coder a --coder b --top 100000",
      "$STANCE compare a.csv b.csv --gold a.csv --prediction-column gold=prediction --top 100000",
    ])
  func closedPipe(command: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      "many.txt", String(repeating: "Aid must reach the towns\n", count: 20_000))
    try workspace.write("audited.csv", Samples.statements)
    let rows = (1...20_000).map { "\($0),\($0 % 3 == 0 ? "x" : "y"),\($0 % 4 == 0 ? "x" : "y")" }
    try workspace.write("coded.csv", "id,a,b\n\(rows.joined(separator: "\n"))\n")
    try workspace.write("a.csv", "id,gold,prediction\n\(rows.joined(separator: "\n"))\n")
    try workspace.write("b.csv", "id,prediction,gold\n\(rows.joined(separator: "\n"))\n")
    let run = try workspace.bash(
      "export STANCE_MODEL='\(Tool.shippedModel)'; \(command) | head -n 1; echo ${PIPESTATUS[*]}")
    #expect(run.errors.isEmpty)
    let statuses = try #require(run.lines.last)
    #expect(statuses.split(separator: " ").allSatisfy { $0 == "0" }, "\(statuses)")
    #expect(run.lines.count == 2)
  }

  @Test("a full disk is an error")
  func fullDisk() throws {
    let workspace = try Workspace()
    let run = try workspace.bash(
      "STANCE_MODEL='\(Tool.shippedModel)' $STANCE classify 'Aid for all' > /dev/full")
    #expect(run.status == 2)
    #expect(run.errors.hasPrefix("error: ") && run.errors.contains("No space left"))
  }

  @Test("an error in a pipe ends with status 2")
  func errorInPipe() throws {
    let workspace = try Workspace()
    let run = try workspace.stance(
      ["classify", "--format", "jsonl", "--model", Tool.shippedModel],
      input: Array("Aid for all\nbroken ".utf8) + [0xFF] + Array("\nrest\n".utf8))
    #expect(run.status == 2 && run.output.isEmpty)
    #expect(run.errors.hasPrefix("error: <stdin>:2: found bytes that are not UTF-8"))
  }

  @Test("a file with an error gives no result at all")
  func errorInFile() throws {
    let workspace = try Workspace()
    try workspace.write("quotes.csv", "text\nAid for all\n\"broken\n")
    for format in ["table", "jsonl", "csv"] {
      let run = try workspace.stance(
        "classify", "--input", "quotes.csv", "--format", format, "--model", Tool.shippedModel)
      #expect(run.status == 2 && run.output.isEmpty)
      #expect(run.errors.hasPrefix("error: quotes.csv:3: found a quote that opens here"))
    }
  }

  @Test("a link to a file with a late error gives no result either")
  func errorBehindLink() throws {
    let workspace = try Workspace()
    let good = String(repeating: "Aid for all\n", count: 2000)
    try workspace.write("quotes.csv", "text\n\(good)\"broken\n")
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path("link.csv"), withDestinationPath: workspace.path("quotes.csv"))
    let run = try workspace.stance(
      "classify", "--input", "link.csv", "--format", "jsonl", "--model", Tool.shippedModel)
    #expect(run.status == 2 && run.output.isEmpty)
    let mistaken = try workspace.stance("classify", "link.csv", "--model", Tool.shippedModel)
    #expect(mistaken.status == 64 && mistaken.output.isEmpty)
  }

  @Test("a pipe is judged up to its first error")
  func lateErrorInPipe() throws {
    let workspace = try Workspace()
    let good = String(repeating: "Aid for all\n", count: 2000)
    let run = try workspace.stance(
      ["classify", "--format", "jsonl", "--model", Tool.shippedModel],
      input: Array(good.utf8) + [0xFF])
    #expect(run.status == 2 && run.lines.count <= 2000)
    #expect(run.errors.hasPrefix("error: <stdin>:2001: "))
    #expect(try run.objects.allSatisfy { $0["stance"] != nil })
  }

  @Test("no error shows a statement", arguments: ["csv", "jsonl", "txt"])
  func privacy(format: String) throws {
    let secret = "The witness from the northern village"
    let contents =
      switch format {
      case "csv": "text,weight\n\(secret),\(secret) is named here\n"
      case "jsonl": "{\"text\":\"\(secret)\",\"weight\":\"\(secret) again and again\"}\n"
      default: secret + "\n"
      }
    let workspace = try Workspace()
    try workspace.write("a.\(format)", contents + (format == "txt" ? "\0\n" : ""))
    let run = try workspace.stance(
      "classify", "--input", "a.\(format)", "--model", Tool.shippedModel)
    #expect(run.status == 2 && !run.errors.isEmpty)
    #expect(!run.errors.contains("witness"))
  }
}
