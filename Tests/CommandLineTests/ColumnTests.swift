import Foundation
import Testing

@Suite("Columns")
struct ColumnTests {
  private let model = ["--model", Tool.shippedModel]

  private func rows(_ run: Workspace.Run) -> [[Substring]] {
    run.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test("CSV keeps the input's columns, their names and their order; labels come out as gold")
  func order() throws {
    let workspace = try Workspace()
    try workspace.write(
      "a.csv", "nr,quote,stance,page,weight,tone\n7,Aid for all,unity;humanitarian,3,0.5,neutral\n")
    let run = try workspace.stance(
      [
        "classify", "--input", "a.csv", "--format", "csv", "--text-column", "quote", "--id-column",
        "nr", "--label-column", "sentiment=tone",
      ] + model)
    #expect(run.status == 0, "\(run.errors)")
    let rows = rows(run)
    try #require(rows.count == 2)
    #expect(
      rows[0].prefix(8) == [
        "nr", "quote", "stance.gold", "page", "weight", "sentiment.gold", "stance", "stance.unity",
      ])
    #expect(
      rows[1].prefix(6) == ["7", "Aid for all", "unity;humanitarian", "3", "0.5", "neutral"])
    #expect(rows[0].count == rows[1].count)
  }

  @Test("an id is added in front only where the file has none")
  func ids() throws {
    let workspace = try Workspace()
    try workspace.write("with.csv", "page,text,id\n3,Aid for all,x\n")
    try workspace.write("without.csv", "page,text\n3,Aid for all\n")
    for (file, expected) in [("with.csv", "page,text,id,"), ("without.csv", "id,page,text,")] {
      let run = try workspace.stance(["classify", "--input", file, "--format", "csv"] + model)
      #expect(run.lines.first?.hasPrefix(expected + "stance,") ?? false)
    }
  }

  @Test("labels of JSON arrays are joined, in every format")
  func arrays() throws {
    let workspace = try Workspace()
    try workspace.write(
      "a.jsonl",
      #"""
      {"text":"Aid for all","stance":["unity","humanitarian"]}
      {"text":"Aid for some","stance":[]}
      {"text":"Aid","stance":"unity"}

      """#)
    let classify = ["classify", "--input", "a.jsonl"] + model
    let objects = try workspace.stance(classify + ["--format", "jsonl"]).objects
    #expect(
      objects.map { ($0["stance"] as? [String: Any])?["gold"] as? String } == [
        "unity;humanitarian", "", "unity",
      ])
    let table = rows(try workspace.stance(classify + ["--format", "csv"]))
    try #require(table.count == 4)
    #expect(table[0].prefix(3) == ["id", "text", "stance.gold"])
    #expect(table.dropFirst().map { $0[2] } == ["unity;humanitarian", "", "unity"])
  }

  @Test("judged again and again, every column keeps a name of its own")
  func again() throws {
    let workspace = try Workspace()
    try workspace.write("round0.csv", "text,stance,page\nAid for all,unity,7\n")
    for round in 0..<4 {
      let run = try workspace.stance(
        ["classify", "--input", "round\(round).csv", "--format", "csv"] + model)
      #expect(run.status == 0, "\(run.errors)")
      let names = try #require(rows(run).first)
      #expect(Set(names).count == names.count && names.contains("page"))
      try workspace.write("round\(round + 1).csv", run.output)
    }
  }

  @Test("a column cut out of a table is judged without its header")
  func lonelyHeader() throws {
    let workspace = try Workspace()
    let run = try workspace.stance(
      ["classify", "--format", "csv"] + model, input: "text\nAid, for all\nOne country\n".utf8)
    try #require(run.lines.count == 3)
    #expect(run.lines[1].hasPrefix("1,\"Aid, for all\","))
  }

  @Test("semicolons between columns are read, and a note says so unless it is not wanted")
  func semicolons() throws {
    let workspace = try Workspace()
    try workspace.write("a.csv", "nr;text;stance\n1;\"Aid, for all\";\"unity;humanitarian\"\n")
    let classify = ["classify", "--input", "a.csv", "--format", "jsonl"] + model
    let run = try workspace.stance(classify)
    #expect(run.errors == "note: a.csv: read with a semicolon between columns\n")
    let object = try #require(try run.objects.first)
    #expect(object["text"] as? String == "Aid, for all" && object["nr"] as? String == "1")
    #expect((object["stance"] as? [String: Any])?["gold"] as? String == "unity;humanitarian")
    #expect(try workspace.stance(classify + ["--quiet"]).errors.isEmpty)
  }

  @Test("a group column under another name keeps its groups whole")
  func groups() throws {
    let workspace = try Workspace()
    let rows = (0..<40).map { row in
      // Words that no other statement has: near-duplicates would be kept together anyway.
      let words = (0..<8).map { "w\((row * 8 + $0) * 7919 % 9973)" }.joined(separator: " ")
      let labels = row % 2 == 0 ? "unity,positive" : "humanitarian,negative"
      return "\(words) \(row % 2 == 0 ? "one country" : "food"),\(labels),a\(row / 2),u"
    }
    try workspace.write(
      "a.csv", "text,stance,tone,article,url\n" + rows.joined(separator: "\n") + "\n")
    try workspace.write("codebook.yaml", Samples.codebook)
    let arguments = Samples.quickTraining.dropFirst(2) + ["--output", "m.safetensors"]
    let plain = try workspace.stance(["train", "a.csv"] + arguments)
    #expect(
      plain.errors
        == "note: not used: columns \"article\", \"url\"\nnote: no column group: every statement is "
        + "its own group (--group-column names one)\n")
    let grouped = try workspace.stance(
      ["train", "a.csv", "--group-column", "article"] + arguments)
    #expect(grouped.errors == "note: not used: column \"url\"\n")
    let validated = try workspace.stance(
      "cross-validate", "a.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe", "words",
      "--group-column", "article", "--predictions", "folds.jsonl", "--quiet")
    #expect(validated.status == 0 && validated.errors.isEmpty, "\(validated.errors)")
    let folds = try workspace.read("folds.jsonl").split(separator: UInt8(ascii: "\n")).map {
      (try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])?["fold"] as? Int
    }
    try #require(folds.count == 40)
    for pair in stride(from: 0, to: 40, by: 2) { #expect(folds[pair] == folds[pair + 1]) }
  }
}
