import Foundation
import Testing

@Suite("Classification")
struct ClassificationTests {
  private static let quotes = [
    "Aid must reach the towns.", "نرحب بوحدة البلاد", "One united country",
  ]

  private func classify(
    _ workspace: borrowing Workspace, _ file: String, _ arguments: [String] = []
  ) throws -> Workspace.Run {
    try workspace.stance(
      ["classify", "--input", file, "--format", "jsonl", "--model", Tool.shippedModel] + arguments)
  }

  @Test("line ends, byte order marks and compression change nothing")
  func encodings() throws {
    let workspace = try Workspace()
    let rows = Self.quotes.enumerated().map { "q\($0.offset),\($0.element)" }
    let lines = ["id,text"] + rows
    try workspace.write("lf.csv", lines.joined(separator: "\n") + "\n")
    try workspace.write("crlf.csv", lines.joined(separator: "\r\n") + "\r\n")
    try workspace.write("bom.csv", "\u{FEFF}" + lines.joined(separator: "\n"))
    try workspace.write("tabs.tsv", lines.joined(separator: "\n").replacing(",", with: "\t"))
    #expect(try workspace.bash("gzip -k lf.csv").status == 0)
    let expected = try classify(workspace, "lf.csv")
    #expect(expected.status == 0 && expected.errors.isEmpty)
    #expect(try expected.objects.map { $0["text"] as? String } == Self.quotes)
    #expect(try expected.objects.map { $0["id"] as? String } == ["q0", "q1", "q2"])
    for file in ["crlf.csv", "bom.csv", "tabs.tsv", "lf.csv.gz"] {
      #expect(try classify(workspace, file).output == expected.output, "\(file)")
    }
  }

  @Test("every line of plain text gives one result, empty ones too")
  func plainText() throws {
    let workspace = try Workspace()
    try workspace.write("quotes.txt", "One united country\n\n   \nAid for all")
    let run = try classify(workspace, "quotes.txt")
    #expect(
      try run.objects.map { $0["text"] as? String } == [
        "One united country", "", "   ", "Aid for all",
      ])
    #expect(try run.objects.map { $0["evidence"] as? Bool } == [true, false, false, true])
    #expect(try run.objects.map { $0["id"] as? String } == ["1", "2", "3", "4"])
  }

  @Test("a text of which nothing is known gets no label and says so")
  func noEvidence() throws {
    let workspace = try Workspace()
    let text = "զզզզ ժժժժ"
    let model = ["--model", Tool.shippedModel]
    let table = try workspace.stance(["classify", text] + model)
    #expect(table.text.contains("(no evidence)") && !table.text.contains("negative"))
    let object = try #require(
      try workspace.stance(["classify", text, "--format", "jsonl"] + model).objects.first)
    #expect(object["evidence"] as? Bool == false && object["coverage"] as? Double == 0)
    for task in ["stance", "sentiment"] {
      let answer = try #require(object[task] as? [String: Any])
      #expect(answer["labels"] as? [String] == [])
      let probabilities = try #require(answer["probabilities"] as? [String: Any])
      #expect(probabilities.count >= 3 && probabilities.values.allSatisfy { $0 is NSNull })
    }
    let csv = try workspace.stance(["classify", text, "--format", "csv"] + model)
    #expect(csv.lines.last?.hasSuffix("\(text),,,,,,,,,,0.0,false,") ?? false)
  }

  @Test("a text of ten megabytes in one line is judged")
  func longLine() throws {
    let workspace = try Workspace()
    try workspace.write(
      "long.txt", String(repeating: "Aid must reach the towns. ", count: 400_000) + "\n")
    let run = try workspace.stance(
      "classify", "--input", "long.txt", "--format", "csv", "--model", Tool.shippedModel)
    #expect(run.status == 0 && run.lines.count == 2)
    #expect(run.output.count > 10_000_000)
  }

  @Test("fields of the input come out again, and names that are taken are renamed")
  func passedFields() throws {
    let workspace = try Workspace()
    try workspace.write(
      "a.jsonl",
      #"{"text":"Aid for all","speaker":"A","page":7,"coverage":"full","stance":["unity"]}"# + "\n")
    let object = try #require(try classify(workspace, "a.jsonl").objects.first)
    #expect(object["speaker"] as? String == "A" && object["page"] as? Int == 7)
    #expect(object["input.coverage"] as? String == "full")
    #expect((object["coverage"] as? Double ?? 0) > 0)
    #expect((object["stance"] as? [String: Any])?["gold"] as? String == "unity")
  }

  @Test("results can be judged again")
  func again() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", "text,page\nAid for all,7\n\"One, united country\",8\n")
    var file = "a.csv"
    for round in 1...3 {
      let run = try workspace.stance(
        "classify", "--input", file, "--format", "csv", "--model", Tool.shippedModel)
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.lines.count == 3)
      file = "round\(round).csv"
      try workspace.write(file, run.output)
    }
  }

  @Test("CSV from records with different fields has all of them")
  func growingColumns() throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", #"{"text":"a"}"# + "\n" + #"{"text":"b","page":7}"# + "\n")
    let run = try workspace.stance(
      "classify", "--input", "a.jsonl", "--format", "csv", "--model", Tool.shippedModel)
    #expect(run.lines.first?.hasPrefix("id,text,page,") ?? false)
    #expect(run.lines.last?.hasPrefix("2,b,7,") ?? false)
  }

  @Test("standard input tells its format by its first line")
  func sniffing() throws {
    let workspace = try Workspace()
    let model = ["classify", "--format", "jsonl", "--model", Tool.shippedModel]
    let inputs = [
      "id,text\nx,Aid for all\n", "id\ttext\nx\tAid for all\n",
      #"{"id":"x","text":"Aid for all"}"# + "\n",
    ]
    for input in inputs {
      let object = try #require(try workspace.stance(model, input: input.utf8).objects.first)
      #expect(object["id"] as? String == "x" && object["text"] as? String == "Aid for all")
    }
    let plain = try workspace.stance(model, input: "A text, with a comma\n".utf8)
    #expect(try plain.objects.first?["text"] as? String == "A text, with a comma")
  }

  @Test("threads do not change a byte", arguments: ["table", "jsonl", "csv"])
  func threads(format: String) throws {
    let workspace = try Workspace()
    let words = ["aid", "unity", "towns", "country", "talks", "نرحب", "بوحدة", "البلاد"]
    let lines = (0..<3000).map {
      "\(words[$0 % 8]) \(words[$0 / 8 % 8]) \(words[$0 / 64 % 8]) \($0)"
    }
    try workspace.write("many.txt", lines.joined(separator: "\n"))
    let runs = try ["1", "2", "5"].map {
      try workspace.stance(
        "classify", "--input", "many.txt", "--format", format, "--threads", $0, "--model",
        Tool.shippedModel)
    }
    #expect(runs[0].lines.count == 3000 + (format == "csv" ? 1 : 0))
    #expect(runs[0].output == runs[1].output && runs[0].output == runs[2].output)
  }
}
