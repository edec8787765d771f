import Foundation
import Testing

@Suite("Help")
struct HelpTests {
  static let commands = [
    "", "train", "cross-validate", "evaluate", "classify", "quotes", "explain", "threshold",
    "inspect", "compare", "agree", "audit", "next", "learning-curve", "shares", "report",
    "convert", "benchmark",
  ]

  /// The recorded text is a contract. `STANCE_RECORD_GOLDEN=1` records it anew and fails.
  @Test("is as recorded", arguments: commands)
  func golden(command: String) throws {
    let workspace = try Workspace()
    let run = try workspace.stance(
      (command.isEmpty ? [] : [command]) + ["--help"], environment: ["COLUMNS": "80"])
    #expect(run.status == 0 && run.errors.isEmpty)
    let name = command.isEmpty ? "stance" : command
    let file = Tool.package.appending(path: "Tests/CommandLineTests/Golden/\(name).txt")
    if ProcessInfo.processInfo.environment["STANCE_RECORD_GOLDEN"] != nil {
      try Data(run.output).write(to: file)
      Issue.record("recorded \(name).txt; run again without STANCE_RECORD_GOLDEN")
      return
    }
    #expect(try [UInt8](Data(contentsOf: file)) == run.output)
  }

  @Test("teaches by an example", arguments: commands.dropFirst())
  func examples(command: String) throws {
    let workspace = try Workspace()
    let run = try workspace.stance(command, "--help")
    #expect(run.text.contains("Example") && run.text.contains("  stance \(command)"))
  }

  @Test(
    "examples stand in lines of their own, broken only where a shell goes on", arguments: commands)
  func exampleLines(command: String) throws {
    let workspace = try Workspace()
    let run = try workspace.stance(
      (command.isEmpty ? [] : [command]) + ["--help"], environment: ["COLUMNS": "80"])
    let lines = run.text.split(separator: "\n", omittingEmptySubsequences: false)
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasPrefix("  stance ") {
      #expect(line.count < 80)
      let goesOn = !next.isEmpty && !next.hasPrefix("  stance ") && !next.contains("| stance ")
      #expect(line.hasSuffix("\\") == goesOn, "\(line)")
    }
  }

  @Test("completions offer the formats that a command writes")
  func formats() throws {
    let workspace = try Workspace()
    let script = try workspace.stance("--generate-completion-script", "fish").text
    let formats = script.split(separator: "\n").filter {
      $0.contains("-l 'format'") || $0.contains("-l format ")
    }
    #expect(formats.contains { $0.contains("classify") && $0.contains("jsonl") })
    #expect(!formats.contains { $0.contains("classify") && $0.contains("markdown") })
  }

  @Test("the version is a version")
  func version() throws {
    let workspace = try Workspace()
    #expect(try workspace.stance("--version").text.contains(/^\d+\.\d+\.\d+\n$/))
  }

  @Test("completions are there for three shells", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let workspace = try Workspace()
    let run = try workspace.stance("--generate-completion-script", shell)
    #expect(run.status == 0 && run.text.contains("cross-validate"))
    if shell == "bash" {
      try workspace.write("completions", run.output)
      #expect(try workspace.bash("bash -n completions").status == 0)
    }
  }
}
