import Foundation
import Testing

@Suite("stance report")
struct ReportCommandTests {
  /// Statements, a codebook, and a model that was trained on them.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    let run = try workspace.stance(
      ["train", "statements.csv"] + Self.codebook + Self.quickTraining + [
        "--output", "model.safetensors", "--quiet",
      ])
    try #require(run.status == 0, "\(run.errors)")
    return workspace
  }

  private static let quickTraining = [
    "--folds", "4", "--recipe", "words", "--penalty", "1e-3",
  ]
  private static let codebook = ["--codebook", "codebook.yaml"]
  private static let trained = ["--model", "model.safetensors"]

  @Test("the page holds every part, closes what it opens and refers to nothing elsewhere")
  func page() throws {
    let workspace = try workspace()
    let run = try workspace.stance(
      ["report", "statements.csv"] + Self.codebook + Self.trained + [
        "--shares-of", "statements.csv", "--learning-curve", "--output", "report.html",
      ])
    #expect(run.status == 0 && run.output.isEmpty, "\(run.errors)")
    let page = try String(decoding: workspace.read("report.html"), as: UTF8.self)
    for part in [
      "Summary", "Data", "Scores of stance", "Scores of tone", "What more labels would bring",
      "Strongest terms", "Hardest statements", "Suspected labels", "Shares as labelled",
      "Shares as classified", "Model card", "To make this again",
    ] {
      #expect(page.contains(">\(part)</h2>"), "\(part)")
    }
    #expect(page.contains("<svg") && page.contains("stance report statements.csv --codebook"))
    for element in ["script", "link", "img", "iframe", "http://", "https://", "url("] {
      #expect(
        !page.contains(element.contains("/") || element.contains("(") ? element : "<\(element)"))
    }
    for element in ["table", "section", "figure", "svg", "ul", "pre", "tbody", "div", "p", "text"] {
      let opened = page.ranges(of: "<\(element)>").count + page.ranges(of: "<\(element) ").count
      #expect(opened == page.ranges(of: "</\(element)>").count, "\(element)")
    }
    // Inputs and the model are named by their hashes.
    #expect(page.contains("model.safetensors</td>") && page.contains("codebook.yaml</td>"))
  }

  @Test("the help's examples run; without a model one is trained")
  func examples() throws {
    let workspace = try Workspace()
    let seeds = Tool.package.appending(path: "seeds")
    let statements = try String(
      contentsOf: seeds.appending(path: "statements.csv"), encoding: .utf8
    ).split(separator: "\n")
    func rows(_ range: Range<Int>) -> String {
      (statements[..<1] + statements[range]).joined(separator: "\n") + "\n"
    }
    try workspace.write("labelled.csv", rows(1..<121))
    try workspace.write("held-out.csv", rows(121..<181))
    for (name, file) in [("codebook.yaml", "codebook.yaml"), ("quotes.csv", "new-quotes.csv")] {
      try workspace.write(name, Data(contentsOf: seeds.appending(path: file)))
    }
    let trained = try workspace.stance(
      ["train", "labelled.csv"] + Self.codebook + Self.quickTraining + [
        "--output", "model.safetensors", "--quiet",
      ])
    try #require(trained.status == 0, "\(trained.errors)")
    for example in try HelpExamples.lines(of: "report", in: workspace) {
      let run = try workspace.bash(example + " --quiet")
      #expect(run.status == 0, "\(example): \(run.errors)")
      let report = try workspace.read(example.hasSuffix(".md") ? "report.md" : "report.html")
      let isOutOfFold = String(decoding: report, as: UTF8.self).contains(
        "each statement was judged by a model that saw")
      #expect(isOutOfFold == example.contains("labelled.csv"), "\(example)")
    }
  }

  @Test("texts are shown only when asked for, and cannot break out of their cells")
  func texts() throws {
    let workspace = try workspace()
    let hostile = Samples.statements.replacing(
      "the committee", with: "the <script>alert(1)</script> committee")
    try workspace.write("hostile.csv", hostile)
    func page(_ options: String...) throws -> String {
      let run = try workspace.stance(
        ["report", "hostile.csv"] + Self.codebook + Self.trained + [
          "--output", "r.html", "--quiet",
        ]
          + options)
      #expect(run.status == 0 && run.errors.isEmpty, "\(run.errors)")
      return try String(decoding: workspace.read("r.html"), as: UTF8.self)
    }
    let shown = try page("--show-text")
    #expect(shown.contains("which it was not trained on"))
    let markdown = try page("--show-text", "--format", "markdown")
    #expect(markdown.contains("&lt;script>") && !markdown.contains("<"))
    #expect(shown.contains("&lt;script&gt;") && !shown.contains("<script"))
    #expect(try !page().contains("alert(1)"))
  }

  @Test("Markdown has the numbers, by the file's name or by option")
  func markdown() throws {
    let workspace = try workspace()
    let command = ["report", "statements.csv"] + Self.codebook + Self.trained + ["--quiet"]
    #expect(try workspace.stance(command + ["--output", "report.md"]).status == 0)
    let text = try String(decoding: workspace.read("report.md"), as: UTF8.self)
    #expect(text.hasPrefix("# ") && text.contains("## Scores of tone") && !text.contains("<svg"))
    #expect(
      try workspace.stance(command + ["--output", "other", "--format", "markdown"]).status == 0)
    let other = try String(decoding: workspace.read("other"), as: UTF8.self)
    #expect(other.contains("## Scores of tone"))
  }

  @Test("names mark nothing in Markdown: not in titles, sentences, or cells")
  func names() throws {
    let workspace = try Workspace()
    try workspace.write(
      "statements.csv", Samples.statements.replacing("unity", with: "a<b>&`c`|*d*"))
    try workspace.write(
      "codebook.yaml",
      "name: \"<i>*Title*\"\n"
        + Samples.codebook.replacing("unity:", with: "\"a<b>&`c`|*d*\":"))
    let trained = try workspace.stance(
      ["train", "statements.csv", "--output", "model.safetensors", "--quiet"] + Self.codebook
        + Self.quickTraining)
    try #require(trained.status == 0, "\(trained.errors)")
    for (command, output) in [
      (
        ["report", "statements.csv", "--no-learning-curve", "--output", "r.md"] + Self.trained,
        "r.md"
      ),
      (["audit", "statements.csv", "--format", "markdown"] + Self.codebook, nil),
      (["inspect", "model.safetensors", "--format", "markdown"], nil),
    ] as [([String], String?)] {
      let run = try workspace.stance(command)
      #expect(run.status == 0, "\(run.errors)")
      let text =
        try output.map { try String(decoding: workspace.read($0), as: UTF8.self) } ?? run.text
      #expect(!text.contains("<b") && !text.contains("<i"), "\(text)")
      #expect(text.contains("a&lt;b>&amp;\\`c\\`\\|"), "\(text)")
      if command[0] != "audit" { #expect(text.hasPrefix("# &lt;i>∗Title∗\n")) }
    }
  }

  @Test("the same files and command give the same bytes")
  func repeatable() throws {
    let workspace = try workspace()
    let command = ["report", "statements.csv"] + Self.codebook + Self.trained
    var pages: [String] = []
    for threads in ["1", "3"] {
      let run = try workspace.stance(
        command + ["--output", "report.html", "--quiet", "--threads", threads])
      #expect(run.status == 0, "\(run.errors)")
      pages.append(
        try String(decoding: workspace.read("report.html"), as: UTF8.self).replacing(
          "--threads \(threads)", with: "--threads N"))
    }
    #expect(pages[0] == pages[1])
  }

  @Test("statements are those of training by their files, whatever else was read with them")
  func origins() throws {
    let workspace = try workspace()
    try workspace.write("others.csv", Samples.statements + "\n")
    let others = try workspace.stance(
      ["report", "others.csv"] + Self.codebook + Self.trained + [
        "--output", "others.md", "--quiet",
      ])
    #expect(others.status == 0, "\(others.errors)")
    #expect(
      try String(decoding: workspace.read("others.md"), as: UTF8.self).contains(
        "which it was not trained on"))
  }

  @Test("statements of training are reported without others")
  func mixedOrigins() throws {
    let workspace = try workspace()
    try workspace.write(
      "others.csv", "id,text,language,stance,tone\nx,we welcome food,en,humanitarian,positive\n")
    let mixed = try workspace.stance(
      ["report", "statements.csv", "others.csv", "--output", "r.md"] + Self.trained)
    #expect(mixed.status == 64 && mixed.output.isEmpty)
    #expect(
      mixed.errors.contains("the model was trained on (statements.csv) among others (others.csv)"),
      "\(mixed.errors)")
    #expect(try !workspace.files.contains("r.md"))
    // Of several files of training, one alone is not all that it was trained on.
    let lines = Samples.statements.split(separator: "\n")
    try workspace.write("a.csv", lines.prefix(21).joined(separator: "\n") + "\n")
    try workspace.write(
      "b.csv", (lines.prefix(1) + lines.suffix(20)).joined(separator: "\n") + "\n")
    let both = ["a.csv", "b.csv"] + Self.codebook
    let trained = try workspace.stance(
      ["train"] + both + Self.quickTraining + ["--output", "model.safetensors", "--quiet"])
    #expect(trained.status == 0, "\(trained.errors)")
    let all = try workspace.stance(
      ["report"] + both + Self.trained + ["--output", "r.md", "--no-learning-curve", "--quiet"])
    #expect(all.status == 0, "\(all.errors)")
    #expect(
      try String(decoding: workspace.read("r.md"), as: UTF8.self).contains(
        "each statement was judged by a model that saw"))
    let one = try workspace.stance(["report", "a.csv", "--output", "s.md"] + Self.trained)
    #expect(one.status == 64 && one.errors.contains("out-of-fold answers"), "\(one.errors)")
  }

  @Test("what cannot be reported is said, and nothing is written")
  func errors() throws {
    let workspace = try workspace()
    try workspace.write("bare.csv", "id,text\n1,We met the envoy\n")
    for (command, status, message) in [
      (["report", "bare.csv"] + Self.trained, 2, "found no label in 1 statement"),
      (["report", "missing.csv"] + Self.trained, 2, "missing.csv"),
      (["report", "statements.csv", "--by", "nothing"] + Self.trained + Self.codebook, 2, "--by"),
      (["report", "statements.csv", "--top", "-1"], 64, "--top"),
    ] {
      let run = try workspace.stance(command + ["--output", "out.html", "--quiet"])
      #expect(run.status == Int32(status), "\(run.errors)")
      #expect(run.errors.contains(message), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: workspace.path("out.html")))
    }
  }
}
