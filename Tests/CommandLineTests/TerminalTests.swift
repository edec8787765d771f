import Foundation
import Testing

/// `script` of util-linux gives a program a terminal.
@Suite(
  "Terminals", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/script")))
struct TerminalTests {
  private static let statements = """
    The only way forward is the full implementation of resolution 2254, and nothing else will do.
    Aid zzqx vvwk jjqq xxzy qqzz wwvv kkjj zzvv.
    զզզզ ժժժժ
    """

  /// The lines that `stance classify` shows on a terminal of 100 columns, as they are sent.
  private func lines(_ workspace: borrowing Workspace, _ variables: String) throws -> [String] {
    try workspace.write("quotes.txt", Self.statements + "\n")
    let run = try workspace.bash(
      "script -qec \"stty cols 100 && \(variables) $STANCE classify --input quotes.txt --model "
        + "'\(Tool.shippedModel)'\" /dev/null < /dev/null")
    #expect(run.status == 0, "\(run.text)")
    let lines = run.text.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(run.text)")
    return lines
  }

  private func plain(_ line: String) -> String { line.replacing(/\u{1B}\[[0-9;]*m/, with: "") }

  @Test("colour takes no room: lines are as wide as the terminal, with it or without")
  func width() throws {
    let workspace = try Workspace()
    let colored = try lines(workspace, "env -u NO_COLOR TERM=xterm")
    let uncolored = try lines(workspace, "NO_COLOR=1")
    #expect(colored.contains { $0.contains("\u{1B}[") })
    #expect(!uncolored.contains { $0.contains("\u{1B}[") })
    #expect(colored.map(plain) == uncolored)
    #expect(uncolored[1].count == 100 && uncolored[1].hasSuffix("…"))
  }

  @Test("the table names its columns on a terminal, and only there")
  func header() throws {
    let workspace = try Workspace()
    let shown = try lines(workspace, "NO_COLOR=1")
    #expect(shown[0].split(separator: " ") == ["id", "stance", "sentiment", "text"])
    let place = try #require(shown[0].range(of: "sentiment")).lowerBound
    #expect(
      shown[1][place...].hasPrefix("neutral") || shown[1][place...].hasPrefix("negative")
        || shown[1][place...].hasPrefix("positive"))
    let piped = try workspace.stance(
      "classify", "--input", "quotes.txt", "--model", Tool.shippedModel)
    #expect(piped.lines.count == 3)
  }

  @Test("an answer that rests on less than half of the text is marked, for people only")
  func lowCoverage() throws {
    let workspace = try Workspace()
    let shown = try lines(workspace, "NO_COLOR=1")
    #expect(shown[2].contains(/\(low coverage 0\.[0-4]\d\) Aid/))
    #expect(!shown[1].contains("low coverage") && !shown[3].contains("low coverage"))
    for format in ["csv", "jsonl"] {
      let run = try workspace.stance(
        "classify", "--input", "quotes.txt", "--format", format, "--model", Tool.shippedModel)
      #expect(!run.text.contains("low coverage"))
    }
  }

  @Test("explanations show the threshold, both sides of the rest, and how runs are written")
  func explanation() throws {
    let workspace = try Workspace()
    let run = try workspace.stance(
      "explain", "Aid must reach the besieged towns.", "--terms-as", "features", "--terms", "30",
      "--model",
      Tool.shippedModel)
    #expect(
      run.text.contains(
        /(yes|no ) +humanitarian: probability [01]\.\d\d \(on from 0\.\d\d\), score/))
    #expect(run.text.contains("(the most probable is on)"))
    #expect(run.text.contains(/\+\d\.\d{3}  \(\d+ further terms? for it\)/))
    #expect(run.text.contains(/-\d\.\d{3}  \(\d+ further terms? against it\)/))
    #expect(run.text.contains("‹ › holds a run of characters, ␣ is the edge of a word"))
    let none = try workspace.stance(
      "explain", "Aid must reach the besieged towns.", "--terms-as", "features", "--terms", "0",
      "--model",
      Tool.shippedModel)
    #expect(!none.text.contains("‹"))
  }
}
