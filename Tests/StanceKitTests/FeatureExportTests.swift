import StanceKit
import Testing

@Suite("Features for other learners")
struct FeatureExportTests {
  private func export(_ jsonl: String, tasks: [String] = ["stance"]) throws -> StatementExport {
    var options = ReadingOptions(tasks: tasks)
    options.format = .jsonl
    return try StatementExport(
      StatementSet.read(StatementReader(Array(jsonl.utf8), name: "s.jsonl", options: options)))
  }

  private let recipe = Recipe(
    words: NGrams(1...1, weighting: .count, minimumDocumentFrequency: 1, weight: 1),
    characters: nil)

  @Test("lines have the labels' numbers, and indices from 1 that rise")
  func lines() throws {
    let export = try export(
      """
      {"text":"aid aid now","stance":["b","a"]}
      {"text":"now","stance":[]}
      {"text":"","stance":["b"]}

      """)
    let features = FeatureExport(export, extractor: FeatureExport.extractor(recipe, for: export))
    let lines = String(decoding: try features.lines(), as: UTF8.self)
    // Counts 2 and 1, scaled to length 1.
    #expect(lines == "0,1 1:0.4472135954999579 2:0.8944271909999159\n 1:1.0\n1\n")
    #expect(
      String(decoding: features.vocabulary(), as: UTF8.self)
        == "index,kind,term,statements\n1,words,now,2\n2,words,aid,1\n")
    #expect(String(decoding: features.labels(), as: UTF8.self) == "number,label\n0,a\n1,b\n")
  }

  @Test("a statement that nobody has labelled is an error with its line")
  func unlabelled() throws {
    let export = try export("{\"text\":\"a\",\"stance\":\"x\"}\n{\"text\":\"b\"}\n")
    let features = FeatureExport(export, extractor: FeatureExport.extractor(recipe, for: export))
    #expect {
      try features.lines()
    } throws: {
      "\($0)".contains("s.jsonl:2: found a statement that nobody has labelled")
    }
  }
}
