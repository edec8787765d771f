import Foundation
import Testing

@Suite("Explanations by command")
struct ExplanationCommandTests {
  private static let text = "Aid must reach the besieged towns, “now”."

  private func explain(
    _ workspace: borrowing Workspace, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Workspace.Run {
    try workspace.stance(
      ["explain"] + arguments + ["--model", Tool.shippedModel], environment: environment)
  }

  @Test("terms and intercept add up to the score", arguments: ["words", "features"])
  func sums(kind: String) throws {
    let workspace = try Workspace()
    let run = try explain(
      workspace, Self.text, "--format", "json", "--terms", "100000", "--terms-as", kind)
    let object = try #require(try run.objects.first)
    for task in ["stance", "sentiment"] {
      let labels = try #require(object[task] as? [[String: Any]])
      #expect(labels.count >= 3)
      for label in labels {
        let terms = try #require(label["terms"] as? [[String: Any]])
        #expect(terms.count >= (kind == "words" ? 6 : 20) && label["further-terms"] as? Int == 0)
        let sum = terms.reduce(label["intercept"] as? Double ?? .nan) {
          $0 + ($1["adds"] as? Double ?? .nan)
        }
        #expect(abs(sum - (label["score"] as? Double ?? .nan)) < 1e-9)
      }
    }
  }

  @Test(
    "places slice the text as typed, in bytes and in scalars", arguments: ["words", "features"])
  func places(kind: String) throws {
    let workspace = try Workspace()
    let text = "نريد أن نذهبَ إلى “المحادثات” as ONE delegation"
    let run = try explain(workspace, text, "--format", "json", "--terms", "50", "--terms-as", kind)
    let labels = try #require(try run.objects.first?["stance"] as? [[String: Any]])
    let terms = try #require(labels[0]["terms"] as? [[String: Any]])
    var written: [String] = []
    for term in terms {
      for place in try #require(term["places"] as? [[String: Any]]) {
        let bytes = try #require(place["bytes"] as? [Int])
        let scalars = try #require(place["characters"] as? [Int])
        let part = String(decoding: Array(text.utf8)[bytes[0]..<bytes[1]], as: UTF8.self)
        var view = String.UnicodeScalarView()
        view.append(contentsOf: Array(text.unicodeScalars)[scalars[0]..<scalars[1]])
        #expect(part == String(view))
        #expect(part == place["text"] as? String ?? term["term"] as? String)
        written.append(part)
      }
    }
    #expect(written.contains("ONE"))
  }

  @Test("the table shows words as typed, taken together where they come twice")
  func table() throws {
    let workspace = try Workspace()
    let run = try explain(workspace, "Aid, AID and Aid", "--terms", "9")
    #expect(run.status == 0 && run.text.contains("  Aid ×2\n") && run.text.contains("  AID\n"))
    #expect(!run.text.contains("\u{1B}"))
  }

  @Test("colour is for terminals, unless it is asked for")
  func color() throws {
    let workspace = try Workspace()
    let colored = try explain(
      workspace, Self.text, "--color", "always", environment: ["NO_COLOR": "1"])
    #expect(colored.text.contains(/\u{1B}\[48;5;\d+;38;5;\d+mAid\u{1B}\[0m/))
    let plain = try explain(workspace, Self.text, "--color", "never")
    #expect(!plain.text.contains("\u{1B}"))
    let hostile = try explain(workspace, "Aid \u{1B}[31m must", "--color", "always")
    #expect(!hostile.text.contains("\u{1B}[31m"))
  }

  @Test("statements of a file are shown by id, in full when asked for")
  func file() throws {
    let workspace = try Workspace()
    try workspace.write(
      "quotes.csv", "id,text\r\nq1,Aid must reach zqxv towns\r\nq2,\"<b>We</b> are one\"\r\n")
    let records = try explain(
      workspace, "--input", "quotes.csv", "--format", "jsonl", "--terms", "2")
    #expect(records.status == 0, "\(records.errors)")
    #expect(try records.objects.map { $0["id"] as? String } == ["q1", "q2"])
    #expect(try records.objects.allSatisfy { $0["text"] == nil })
    #expect(!records.text.contains("reach zqxv towns"))
    let shown = try explain(
      workspace, "--input", "quotes.csv", "--format", "jsonl", "--show-text")
    #expect(try shown.objects[0]["text"] as? String == "Aid must reach zqxv towns")
    let table = try explain(workspace, "--input", "quotes.csv", "--terms", "2")
    #expect(
      table.text.hasPrefix("q1\n\nstance\n") && !table.text.contains("reach zqxv towns"))
    #expect(
      try explain(workspace, "--input", "quotes.csv", "--show-text").text
        .contains("reach zqxv towns"))
  }

  @Test("any number of threads writes the same")
  func threads() throws {
    let workspace = try Workspace()
    let lines = (0..<90).map { "statement \($0) of the delegation for one country" }
    try workspace.write("many.txt", lines.joined(separator: "\n") + "\n")
    let runs = try ["1", "3"].map {
      try explain(
        workspace, "--input", "many.txt", "--format", "jsonl", "--show-text", "--threads", $0)
    }
    #expect(runs[0].output == runs[1].output)
    #expect(try runs[0].objects.map { $0["text"] as? String } == lines)
  }

  @Test("the page escapes texts, sets each by its own direction, and needs nothing from elsewhere")
  func page() throws {
    let workspace = try Workspace()
    try workspace.write(
      "quotes.jsonl",
      """
      {"id":"a\\"<i>","text":"<script>alert(1)</script> aid & \\u0001 one country"}
      {"id":"b","text":"نريد صفاً واحداً"}
      {"id":"c","text":"⁂"}

      """)
    let run = try explain(
      workspace, "--input", "quotes.jsonl", "--show-text", "--format", "html")
    let page = run.text
    #expect(run.status == 0 && page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && page.contains("&lt;"))
    #expect(page.contains("<h2 dir=\"auto\">a&quot;&lt;i&gt;</h2>"))
    #expect(page.contains("<p dir=\"auto\">") && page.contains(">واحداً</span>"))
    #expect(page.contains("No evidence"))
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    for resource in ["http:", "https:", "src=", "href=", "@import", "url("] {
      #expect(!page.contains(resource), "\(resource)")
    }
    let ids = try explain(workspace, "--input", "quotes.jsonl", "--format", "html")
    #expect(!ids.text.contains("<p dir=\"auto\">"))
  }

  @Test("the strongest terms of each label, for and against, in three formats")
  func strongest() throws {
    let workspace = try Workspace()
    let run = try explain(workspace, "--global", "--terms", "5", "--format", "json")
    let object = try #require(try run.objects.first)
    let labels = try #require(object["stance"] as? [[String: Any]])
    let statements = try #require(object["statements"] as? Int)
    for label in labels {
      for (side, sign) in [("for", 1.0), ("against", -1.0)] {
        let terms = try #require(label[side] as? [[String: Any]])
        let adds = terms.compactMap { $0["adds"] as? Double }
        #expect(adds.count == 5 && adds.allSatisfy { $0 * sign > 0 })
        #expect(adds == adds.sorted { $0 * sign > $1 * sign })
        #expect(terms.allSatisfy { ($0["statements"] as? Int).map { $0 <= statements } ?? true })
      }
    }
    let table = try explain(workspace, "--global", "--terms", "5")
    #expect(table.text.hasPrefix("stance: unity\n") && table.text.contains("against it"))
    let markdown = try explain(workspace, "--global", "--terms", "5", "--format", "markdown")
    #expect(markdown.text.contains("## stance: unity\n\n| adds | for it | in |"))
    let common = try explain(
      workspace, "--global", "--format", "json", "--minimum-count", "100")
    let kept = try #require(try common.objects.first?["stance"] as? [[String: Any]])
    let terms = try #require(kept[0]["for"] as? [[String: Any]])
    #expect(terms.allSatisfy { ($0["statements"] as? Int).map { $0 >= 100 } ?? true })
  }

  @Test("the statements most alike come by id and label, near copies marked")
  func nearest() throws {
    let workspace = try Workspace()
    try workspace.write(
      "known.csv",
      """
      id,text,stance,sentiment
      k1,We will go to the talks as one delegation with one voice,unity,positive
      k2,Aid must reach the besieged towns without delay,humanitarian,negative
      k3,We will go to the talks as one delegation with one paper,unity,
      k4,⁂,,

      """)
    let arguments = ["--nearest", "2", "--training", "known.csv"]
    let text = "We will go to the talks as one delegation with one voice!"
    let model = ["--model", Tool.shippedModel]
    let run = try workspace.stance(["explain", text, "--format", "json"] + arguments + model)
    let nearest = try #require(try run.objects.first?["nearest"] as? [[String: Any]])
    #expect(nearest.map { $0["id"] as? String } == ["k1", "k3"])
    #expect(nearest.map { $0["near-copy"] as? Bool } == [true, true])
    #expect(nearest[0]["stance"] as? String == "unity" && nearest[0]["text"] == nil)
    let similarities = nearest.compactMap { $0["similarity"] as? Double }
    #expect(similarities[0] > similarities[1] && similarities[0] <= 1 && similarities[1] > 0.5)
    let table = try workspace.stance(["explain", text] + arguments + model)
    #expect(table.text.contains("most alike") && table.text.contains("(near copy)"))
    #expect(!table.text.contains("one paper"))
    let shown = try workspace.stance(["explain", text, "--show-text"] + arguments + model)
    #expect(shown.text.contains("one paper"))
    // A statement of the file itself is not its own neighbour.
    let own = try workspace.stance(
      ["explain", "--input", "known.csv", "--format", "jsonl"] + arguments + model)
    let others = try own.objects.map { ($0["nearest"] as? [[String: Any]] ?? []).first?["id"] }
    #expect(others[0] as? String == "k3" && others[2] as? String == "k1" && others[3] == nil)
  }

  @Test("the examples of the help work")
  func examples() throws {
    let workspace = try Workspace()
    try workspace.write("quotes.csv", "text\nAid must reach the towns.\n")
    let examples = try HelpExamples.lines(of: "explain", in: workspace)
    #expect(examples.count == 5)
    for example in examples {
      let run = try workspace.bash(HelpExamples.prepared + example)
      #expect(run.status == 0 && run.errors.isEmpty, "\(example): \(run.errors)")
    }
    #expect(try !workspace.read("why.html").isEmpty)
  }

  @Test("an empty file, and one without a known word")
  func odd() throws {
    let workspace = try Workspace()
    try workspace.write("empty.txt", "")
    let empty = try explain(workspace, "--input", "empty.txt", "--format", "html")
    #expect(empty.status == 2 && empty.output.isEmpty && empty.errors.contains("empty.txt"))
    let nothing = try explain(workspace, "")
    #expect(nothing.status == 0 && nothing.text.hasPrefix("no evidence"))
  }
}
