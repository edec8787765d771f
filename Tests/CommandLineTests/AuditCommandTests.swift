import Foundation
import Testing

@Suite("stance audit")
struct AuditCommandTests {
  /// The samples, with a copy that is labelled differently, a word by itself and a blank text.
  private static var flawed: String {
    let lines = Samples.statements.split(separator: "\n")
    return lines.joined(separator: "\n") + "\n"
      + lines[1].replacing("u00,", with: "copy,").replacing(",positive", with: ",negative")
      + "\nword,Never,en,,negative\nblank,,en,unity,positive\n"
  }

  private static let options = ["--codebook", "codebook.yaml", "--recipe", "words"]

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Self.flawed)
    try workspace.write("codebook.yaml", Samples.codebook)
    return workspace
  }

  @Test("finds what is wrong, names it by line and id, says what to do, and shows no text")
  func table() throws {
    let workspace = try workspace()
    let run = try workspace.stance(["audit", "statements.csv"] + Self.options)
    #expect(run.status == 0, "\(run.errors)")
    for found in [
      "Copies with different labels", "statements.csv:42", "copy", "statements.csv:43",
      "without text: statements.csv:44", "What to do: ", "Balance of stance",
      "Suspected labels of tone",
    ] {
      #expect(run.text.contains(found), "\(found)")
    }
    let words = ["delegation", "welcomes", "الغذاء"]
    #expect(words.allSatisfy { !run.text.contains($0) && !run.errors.contains($0) })
    let shown = try workspace.stance(
      ["audit", "statements.csv", "--show-text"] + Self.options)
    #expect(shown.text.contains("welcomes"))
  }

  @Test("JSON has everything, Markdown is headed")
  func formats() throws {
    let workspace = try workspace()
    let json = try workspace.stance(
      ["audit", "statements.csv", "--format", "json", "--top", "0"] + Self.options)
    let audit = try #require(try json.objects.first)
    #expect(audit["statements"] as? Int == 42)
    let duplicates = try #require(audit["duplicates"] as? [String: Any])
    let clusters = try #require(duplicates["clusters"] as? [[String: Any]])
    let conflict = try #require(
      clusters.first { ($0["conflicting-tasks"] as? [String]) == ["tone"] })
    let members = try #require(conflict["statements"] as? [[String: Any]])
    #expect(members.contains { $0["id"] as? String == "copy" && $0["line"] as? Int == 42 })
    #expect(members.allSatisfy { $0["text"] == nil })
    let markdown = try workspace.stance(
      ["audit", "statements.csv", "--format", "markdown"] + Self.options)
    #expect(markdown.text.hasPrefix("# Audit\n\n## Texts\n"))
    #expect(markdown.text.contains("**What to do:** "))
  }

  @Test("a split by column and a test file say the same")
  func splits() throws {
    let workspace = try workspace()
    let lines = Self.flawed.split(separator: "\n")
    let rows = lines.dropFirst()
    // The header, then a part for each statement: the later half is the test.
    let divided =
      [lines[0] + ",part"]
      + rows.enumerated().map { $0.element + ($0.offset >= 20 ? ",test" : ",train") }
    try workspace.write("all.csv", divided.joined(separator: "\n"))
    try workspace.write("train.csv", ([lines[0]] + rows.prefix(20)).joined(separator: "\n"))
    try workspace.write("test.csv", ([lines[0]] + rows.dropFirst(20)).joined(separator: "\n"))
    let column = try workspace.stance(
      ["audit", "all.csv", "--split", "part", "--format", "json"] + Self.options)
    #expect(column.status == 0 && column.errors.contains("the test is what part calls test"))
    let file = try workspace.stance(
      ["audit", "train.csv", "--test", "test.csv", "--format", "json"] + Self.options)
    func leakage(_ run: Workspace.Run) throws -> [String: Any] {
      try #require(try run.objects.first?["leakage"] as? [String: Any])
    }
    #expect(try leakage(column)["test-statements"] as? Int == 22)
    let leaks = try (leakage(column), leakage(file))
    let counts = (
      (leaks.0["leaks"] as? [Any])?.count, (leaks.1["leaks"] as? [Any])?.count
    )
    #expect(counts.0 == counts.1 && (counts.0 ?? 0) > 0)
    #expect(
      NSDictionary(dictionary: leaks.0["scores"] as? [String: Any] ?? [:])
        == NSDictionary(dictionary: leaks.1["scores"] as? [String: Any] ?? [:]))
    let unknown = try workspace.stance(["audit", "all.csv", "--split", "part=dev"] + Self.options)
    #expect(unknown.status == 64 && unknown.errors.contains("found test, train in column part"))
    let missing = try workspace.stance(["audit", "all.csv", "--split", "prat"] + Self.options)
    #expect(missing.status == 2 && missing.errors.contains("did you mean \"part\"?"))
  }

  @Test("without a codebook a column that divides is no task")
  func inferred() throws {
    let workspace = try Workspace()
    let rows = Samples.statements.split(separator: "\n")
    let divided = rows.enumerated().map { index, row in
      row + (index == 0 ? ",part" : index % 4 == 0 ? ",test" : ",train")
    }
    try workspace.write("all.csv", divided.joined(separator: "\r\n"))
    let run = try workspace.stance("audit", "all.csv", "--split", "part", "--recipe", "words")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("stance (multi-label), tone (single-label)"))
    #expect(!run.text.contains("Balance of part"))
  }

  @Test("one label for all is said, and the rest is audited")
  func oneLabel() throws {
    let workspace = try Workspace()
    let rows = Samples.statements.split(separator: "\n").map {
      $0.replacing(",negative", with: ",positive")
    }
    try workspace.write("one.csv", rows.joined(separator: "\n"))
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(["audit", "one.csv"] + Self.options)
    #expect(run.status == 0 && run.text.contains("could not be checked: task \"tone\""))
    #expect(run.text.contains("Balance of tone"))
  }

  @Test("an empty file and one named twice are refused")
  func refusals() throws {
    let workspace = try workspace()
    try workspace.write("empty.csv", "")
    #expect(try workspace.stance(["audit", "empty.csv"] + Self.options).status == 2)
    let twice = try workspace.stance(
      ["audit", "statements.csv", "--test", "statements.csv"] + Self.options)
    #expect(twice.status == 64)
  }
}
