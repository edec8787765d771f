import Foundation
import Testing

// The README's example stands between the two marks, word for word.
// README-EXAMPLE-BEGIN
import StanceKit

func trainAndClassify(statements: String, codebook: String, output: String) throws -> [String] {
  let data = try LabelledStatements(contentsOf: [statements], codebook: codebook)
  let training = try Trainer(TrainingConfiguration(folds: 5)).train(on: data)
  try training.model.save(to: output)

  let model = try Model(contentsOf: output)
  let judgement = model.classify("We want one voice together.")
  let task = model.classifiers[0].task
  return judgement.tasks[0].labels.map { task.labels[$0].name }
}
// README-EXAMPLE-END

@Suite("README")
struct ReadmeExampleTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test("the example runs")
  func exampleRuns() throws {
    try SampleStatements.inTemporaryFolder { folder in
      try SampleStatements.csv().write(
        toFile: folder + "/s.csv", atomically: true, encoding: .utf8)
      try SampleStatements.codebook.write(
        toFile: folder + "/c.yaml", atomically: true, encoding: .utf8)
      let labels = try trainAndClassify(
        statements: folder + "/s.csv", codebook: folder + "/c.yaml",
        output: folder + "/m.safetensors")
      #expect(labels == ["unity"])
    }
  }

  @Test("the example is the README's")
  func exampleIsTheReadmes() throws {
    let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let begin = try #require(source.range(of: "// README-EXAMPLE-BEGIN\n"))
    let end = try #require(source.range(of: "// README-EXAMPLE-END\n"))
    let example = source[begin.upperBound..<end.lowerBound]
    let readme = try String(
      contentsOf: Self.root.appending(path: "README.md"), encoding: .utf8)
    #expect(readme.contains(example))
  }
}
