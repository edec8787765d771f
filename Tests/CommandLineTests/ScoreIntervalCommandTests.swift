import Foundation
import Testing

@Suite("Intervals of scores in reports")
struct ScoreIntervalCommandTests {
  private func evaluated(_ options: String...) throws -> Workspace.Run {
    let workspace = try Workspace()
    try workspace.trainModel()
    let run = try workspace.stance(
      ["evaluate", "statements.csv", "--model", "model.safetensors", "--quiet"] + options)
    #expect(run.status == 0, "\(run.errors)")
    return run
  }

  @Test("tables show scores with their intervals, and say how these came about")
  func table() throws {
    let text = try evaluated().text
    #expect(text.contains(/unity +\d\.\d\d \[\d\.\d\d, \d\.\d\d\]/))
    #expect(text.contains(/accuracy \d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\]/))
    #expect(text.contains("2,000 resamples of 40 statements, seed 1"))
    #expect(text.contains("share of the row"))
  }

  @Test("JSON has the intervals as fields, around their scores")
  func document() throws {
    let object = try #require(try evaluated("--format", "json").objects.first)
    for (task, metrics) in ["stance": ["exact-match"], "tone": ["accuracy"]] {
      let scores = try #require(object[task] as? [String: Any])
      for metric in metrics + ["macro-f1", "micro-f1", "macro-recall"] {
        let value = try #require(scores[metric] as? Double)
        let interval = try #require(scores["\(metric)-interval"] as? [Double])
        #expect(interval.count == 2 && interval[0] <= value && value <= interval[1])
      }
      let method = try #require(scores["intervals"] as? [String: Any])
      #expect(method["unit"] as? String == "statement" && method["units"] as? Int == 40)
      #expect(method["resamples"] as? Int == 2000 && method["seed"] as? Int == 1)
    }
    let tone = try #require(object["tone"] as? [String: Any])
    let cells = try #require(tone["confusion-intervals"] as? [String: [String: [Double]]])
    #expect(cells["negative"]?["positive"]?.count == 2)
  }

  @Test("statements of a group count as one draw")
  func groups() throws {
    let workspace = try Workspace()
    try workspace.trainModel()
    let lines = Samples.statements.split(separator: "\n").enumerated().map { number, line in
      "\(line),\(number == 0 ? "group" : "g\(number / 5)")"
    }
    try workspace.write("grouped.csv", lines.joined(separator: "\n") + "\n")
    let run = try workspace.stance("evaluate", "grouped.csv", "--model", "model.safetensors")
    #expect(run.text.contains("resamples of 9 groups"))
    #expect(!run.errors.contains("not used"))
  }

}
