import Foundation
import Testing

@Suite("Quotes")
struct QuotesTests {
  private static let article = """
    The talks ended on Monday.

    “We will speak with one voice,” said Ann Smith, the head of the delegation.

    Smith added that aid must reach the besieged towns.
    """

  @Test("spans slice the article, and the model judges each quotation")
  func records() throws {
    let workspace = try Workspace()
    try workspace.write("talks.txt", Self.article)
    let run = try workspace.stance(
      "quotes", "talks.txt", "--format", "jsonl", "--model", Tool.shippedModel)
    #expect(run.status == 0 && run.errors.isEmpty)
    let objects = try run.objects
    #expect(objects.map { $0["kind"] as? String } == ["direct", "indirect"])
    #expect(objects.map { $0["document"] as? String } == ["talks", "talks"])
    for object in objects {
      let span = try #require((object["spans"] as? [[Int]])?.first)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: Array(Self.article.unicodeScalars)[span[0]..<span[1]])
      #expect(object["text"] as? String == String(view))
      #expect((object["speaker"] as? [String: Any])?["name"] as? String == "Ann Smith")
      #expect((object["stance"] as? [String: Any])?["labels"] is [String])
      #expect(object["evidence"] as? Bool == true)
    }
    let stances = (objects[0]["stance"] as? [String: Any])?["labels"] as? [String]
    #expect(stances == ["unity"])
  }

  @Test("without a model nothing is judged")
  func withoutModel() throws {
    let workspace = try Workspace()
    let run = try workspace.stance("quotes", "--no-model", "--format", "jsonl", input: Self.article)
    let object = try #require(try run.objects.first)
    #expect(object["document"] as? String == "stdin" && object["stance"] == nil)
  }

  @Test("kinds narrow what is found")
  func kinds() throws {
    let workspace = try Workspace()
    for (kinds, count) in [("direct", 1), ("indirect", 1), ("direct,indirect", 2), ("mixed", 0)] {
      let run = try workspace.stance(
        "quotes", "--no-model", "--format", "jsonl", "--kinds", kinds, input: Self.article)
      #expect(run.status == 0 && run.lines.count == count, "\(kinds)")
    }
    let wrong = try workspace.stance("quotes", "--kinds", "loud", input: Self.article)
    #expect(wrong.status == 64)
    #expect(wrong.errors.contains("found \"loud\", expected direct, mixed, indirect"))
  }

  @Test("articles come from records too, also compressed or piped")
  func articleRecords() throws {
    let workspace = try Workspace()
    let record = try JSONSerialization.data(
      withJSONObject: ["id": "a1", "text": Self.article, "quotes": [["content": [[0, 3]]]]]
        as [String: Any])
    try workspace.write("articles.jsonl", record + Data("\n".utf8))
    #expect(try workspace.bash("gzip -k articles.jsonl").status == 0)
    let options = ["--no-model", "--format", "jsonl"]
    let expected = try workspace.stance(["quotes", "articles.jsonl"] + options)
    #expect(try expected.objects.map { $0["document"] as? String } == ["a1", "a1"])
    let compressed = try workspace.stance(["quotes", "articles.jsonl.gz"] + options)
    let piped = try workspace.stance(["quotes", "-"] + options, input: record)
    #expect(compressed.output == expected.output && piped.output == expected.output)
  }

  @Test("a table of speakers gives names and parties, a lexicon new words")
  func speakersAndLexicon() throws {
    let workspace = try Workspace()
    try workspace.write("speakers.csv", "alias,name,party\nAnn Smith,\"Smith, A.\",Greens\n")
    try workspace.write("words.txt", "[english verbs]\nharrumph : quote that\n")
    let run = try workspace.stance(
      "quotes", "--no-model", "--format", "csv", "--speakers", "speakers.csv", "--lexicon",
      "words.txt",
      input: Self.article + " The mayor harrumphed that nobody listened.")
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.lines.count == 4)
    #expect(run.lines.dropFirst().prefix(2).allSatisfy { $0.contains("\"Smith, A.\",Greens") })
    #expect(run.lines.last?.contains("harrumphed") ?? false)
  }

  @Test("what is wrong with a lexicon or a table of speakers is said with its line")
  func mistakes() throws {
    let workspace = try Workspace()
    try workspace.write("words.txt", "[english verbs]\nharrumph : loudly\n")
    try workspace.write("speakers.csv", "alias,party\nAnn Smith,Greens\n")
    for (option, file, message) in [
      ("--lexicon", "words.txt", "words.txt:2: found frame \"loudly\""),
      ("--speakers", "speakers.csv", "speakers.csv:2: found no \"name\""),
    ] {
      let run = try workspace.stance("quotes", "--no-model", option, file, input: Self.article)
      #expect(run.status == 2 && run.errors.contains(message), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
  }

  @Test("the page marks quotations, escapes the article, and sets Arabic from the right")
  func page() throws {
    let workspace = try Workspace()
    try workspace.write("one.txt", "“Is 1 < 2 & so on?” Ann Smith asked.")
    try workspace.write("two.txt", "وقال الوزير: «لن نغادر المدينة أبداً».")
    let run = try workspace.stance(
      "quotes", "one.txt", "two.txt", "--format", "html", "--model", Tool.shippedModel)
    let page = run.text
    #expect(run.status == 0 && page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains(">“Is 1 &lt; 2 &amp; so on?”</mark>"))
    #expect(page.contains("data-speaker=\"Ann Smith"))
    #expect(
      page.contains("<article dir=\"rtl\" lang=\"ar\">") && page.contains("<article dir=\"ltr\">"))
    #expect(page.contains(">«لن نغادر المدينة أبداً»</mark>"))
    for resource in ["http:", "https:", "src=", "href=", "@import", "url("] {
      #expect(!page.contains(resource), "\(resource)")
    }
  }

  @Test("a table names the articles where there are several")
  func table() throws {
    let workspace = try Workspace()
    try workspace.write("one.txt", Self.article)
    try workspace.write("two.txt", "Nobody spoke.")
    let run = try workspace.stance("quotes", "one.txt", "two.txt", "--no-model")
    #expect(run.text.contains("one\n") && run.text.contains("two\n(no quotations)"))
    #expect(run.text.contains("Ann Smith  direct    “We will speak with one voice,”"))
  }

  @Test("a file that is missing or no text is an error")
  func unreadable() throws {
    let workspace = try Workspace()
    try workspace.write("broken.txt", [0x61, 0xFF, 0xFE, 0x62])
    try workspace.write("empty.txt", "")
    for file in ["missing.txt", "broken.txt", "empty.txt"] {
      let run = try workspace.stance("quotes", file, "--no-model")
      #expect(run.status == 2 && run.errors.contains(file), "\(run.errors)")
    }
  }
}
