import StanceKit
import Testing

@Suite("Keywords in training")
struct KeywordTrainingTests {
  private static let codebook = """
    tasks:
      stance:
        kind: multi-label
        labels:
          unity: { keywords: [one voice, united] }
          aid: { keywords: [flour, medicine] }
      tone:
        kind: single-label
        labels:
          negative: { keywords: [condemn] }
          positive: { keywords: [welcome, hope] }
    """

  private func labelled() throws -> LabelledStatements {
    let data = try SampleStatements.labelled()
    return try LabelledStatements(
      statements: data.statements, layout: data.layout,
      codebook: Codebook(yaml: Self.codebook, file: "codebook.yaml"))
  }

  @Test("a multi-label answer is every label with a keyword, a single one the label with the most")
  func answers() throws {
    let tasks = try Codebook(yaml: Self.codebook, file: "codebook.yaml").tasks
    let stance = try #require(KeywordBaseline(tasks[0], labelCounts: [1, 1]))
    #expect(
      stance.labels(of: ["United, with flour", "one voice", "one loud voice", "medicine flour"])
        == [[0, 1], [0], [], [1]])
    let tone = try #require(KeywordBaseline(tasks[1], labelCounts: [5, 9]))
    let texts = ["we condemn, condemn and hope", "hope", "condemn hope", "today"]
    // Ties, and texts without a keyword, go to the label that most statements carry.
    #expect(tone.labels(of: texts) == [[0], [1], [1], [1]])
    let other = try #require(KeywordBaseline(tasks[1], labelCounts: [9, 5]))
    #expect(other.labels(of: texts) == [[0], [1], [0], [0]])
    let bare = try Codebook(yaml: SampleStatements.codebook, file: "codebook.yaml").tasks
    #expect(KeywordBaseline(bare[0], labelCounts: [1, 1]) == nil)
  }

  @Test("its score counts the labelled statements")
  func score() throws {
    let task = try Codebook(yaml: Self.codebook, file: "codebook.yaml").tasks[0]
    let baseline = try #require(KeywordBaseline(task, labelCounts: [1, 1]))
    // unity: 1 right, 1 missed: F1 2/3. aid: 1 right, 1 wrong: F1 2/3.
    let score = baseline.score(
      ["united", "together", "flour", "medicine", "united"], gold: [[0], [0], [1], [], nil])
    #expect(score.task == "stance" && abs(score.macroF1 - 2.0 / 3) < 1e-12)
  }

  @Test("the codebook's keywords become features unless they are refused, and lists beside them")
  func features() throws {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 4)
    configuration.wordLists = [
      KeywordList(name: "unity", phrases: ["together"]),
      KeywordList(name: "places", phrases: ["city", "council"]),
    ]
    let training = try Trainer(configuration).train(on: labelled())
    let lists = training.model.extractor.recipe.keywords?.lists ?? []
    #expect(
      lists.map(\.name) == ["stance/unity", "aid", "negative", "positive", "unity", "places"])
    #expect(training.model.crossValidation?.keywordBaselines?.map(\.task) == ["stance", "tone"])
    configuration.usesCodebookKeywords = false
    configuration.wordLists = []
    let without = try Trainer(configuration).train(on: labelled()).model
    #expect(without.extractor.recipe.keywords == nil)
    #expect(without.crossValidation?.keywordBaselines?.count == 2)
  }

  @Test("a saved model finds its keywords without the codebook's file, and explains by them")
  func saved() throws {
    let configuration = TrainingConfiguration(
      recipes: [.both], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 0)
    let model = try Trainer(configuration).train(on: labelled()).model
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    let text = "we hope for flour, and for one voice"
    #expect(loaded.classify(text) == model.classify(text))
    let sums = loaded.explain(text).tasks.joined()
    #expect(!sums.isEmpty)
    for sum in sums {
      let keywords = sum.terms.filter { $0.feature.block == .keywords }
      #expect(Set(keywords.map(\.feature.term)) == ["unity", "aid", "positive"])
      let total = sum.terms.reduce(sum.intercept) { $0 + $1.value }
      #expect(abs(total - sum.score) <= 1e-9 * max(1, abs(sum.score)))
    }
    let scores = try loaded.keywordBaselines(on: labelled())
    #expect(scores.map(\.task) == ["stance", "tone"])
  }

  @Test("a list is read from a file, one phrase a line")
  func file() throws {
    try SampleStatements.inTemporaryFolder { folder in
      func list(_ text: String) throws -> KeywordList {
        let path = folder + "/bad words.v2.txt"
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return try KeywordList(contentsOf: path)
      }
      let read = try list("\u{FEFF}alpha\r\n\r\n  close ranks \r\nوحدة")
      #expect(
        read == KeywordList(name: "bad words", phrases: ["alpha", "close ranks", "وحدة"]))
      let errors = [
        "": "is empty", "\n \n": "found no word", "!!\n": "found no word",
        "a\n" + String(repeating: "word ", count: 17):
          ":2: found 17 words in a line, expected at most",
      ]
      for (text, message) in errors {
        let error = #expect(throws: DataErrors.self) { try list(text) }
        let description = try #require(error).description
        #expect(description.contains(message), "\(message)")
      }
    }
  }
}
