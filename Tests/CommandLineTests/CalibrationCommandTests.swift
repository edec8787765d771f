import Foundation
import Testing

@Suite("Calibration in reports")
struct CalibrationCommandTests {
  private static let crossValidation = [
    "cross-validate", "statements.csv", "--codebook", "codebook.yaml", "--folds", "4", "--recipe",
    "words", "--penalty", "1e-2", "--quiet",
  ]

  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("statements.csv", Samples.statements)
    try workspace.write("codebook.yaml", Samples.codebook)
    return workspace
  }

  @Test("losses before and after are always told, tables of reliability on demand")
  func tables() throws {
    let workspace = try workspace()
    let brief = try workspace.stance(Self.crossValidation)
    #expect(brief.text.contains(" → ") && brief.text.contains("(the answer)"))
    #expect(brief.text.contains("calibration error by language"))
    #expect(!brief.text.contains("reliability"))
    let full = try workspace.stance(Self.crossValidation + ["--reliability"])
    #expect(full.text.contains("reliability: how often what is said with a probability is so"))
    #expect(full.text.contains(" to 1 ") || full.text.contains(" to 0.9 "))
  }

  @Test("JSON carries all of it, by label and by language")
  func document() throws {
    let run = try workspace().stance(Self.crossValidation + ["--format", "json"])
    let object = try #require(try run.objects.first)
    let tone = try #require(object["tone"] as? [String: Any])
    let answers = try #require(tone["answer-calibration"] as? [String: Any])
    #expect(answers["uncalibrated"] is [String: Any])
    #expect((answers["reliability"] as? [Any])?.count == 10)
    let stance = try #require(object["stance"] as? [String: Any])
    #expect(stance["answer-calibration"] == nil)
    let labels = try #require(stance["calibration"] as? [[String: Any]])
    #expect(labels.allSatisfy { $0["uncalibrated"] is [String: Any] && $0["reliability"] is [Any] })
    let languages = try #require(stance["languages"] as? [String: [String: Any]])
    #expect(languages.keys.sorted() == ["ar", "en"])
    #expect(languages.values.allSatisfy { ($0["calibration"] as? [Any])?.count == 2 })
  }
}
