import Foundation
import StanceKit
import Testing

@Suite("Explanations")
struct ExplanationTests {
  private static let seeds = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "seeds")

  private struct Trained {
    let model: Model
    let data: LabelledStatements
  }

  /// Words, characters, stems, keywords and columns, on statements in two languages.
  private static let trained = Result { () throws -> Trained in
    let data = try LabelledStatements(
      contentsOf: [seeds.appending(path: "statements.csv").path],
      codebook: seeds.appending(path: "codebook.yaml").path)
    var recipe = Recipe(
      words: NGrams(1...2), characters: NGrams(2...4),
      tokens: TokenRules(marksNegation: true, splitsClitics: true))
    recipe.stems = NGrams(1...1)
    var configuration = TrainingConfiguration(
      recipes: [recipe], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 0)
    configuration.featureColumns = ["speaker", "language"]
    let part = try LabelledStatements(
      statements: Array(data.statements.prefix(500)), layout: data.layout,
      codebook: data.codebook)
    return Trained(model: try Trainer(configuration).train(on: part).model, data: data)
  }

  /// How far two ways of adding up the same numbers may lie apart.
  private static let tolerance = 1e-9

  @Test("words and columns add up to the score, and so do features, in real statements")
  func sums() throws {
    let trained = try Self.trained.get()
    #expect(trained.model.extractor.recipe.blocks == FeatureBlock.allCases)
    let columns = FeatureColumns(trained.model.extractor.recipe, layout: trained.data.layout)
    var configuration = Explainer.Configuration()
    configuration.listsFeatures = true
    var explainer = Explainer(trained.model, configuration)
    var met: Set<FeatureBlock> = []
    for statement in trained.data.statements.suffix(400) {
      let values = columns.values(of: statement)
      let explanation = explainer.explain(statement.text, columns: values)
      #expect(explanation.judgement == trained.model.classify(statement.text, columns: values))
      for (task, sums) in zip(explanation.judgement.tasks, explanation.tasks) {
        for (label, sum) in sums.enumerated() {
          let words = (sum.words + sum.columns.map(\.value)).reduce(sum.intercept, +)
          let features = sum.terms.map(\.value).reduce(sum.intercept, +)
          #expect(abs(words - sum.score) <= Self.tolerance, "statement \(statement.id)")
          #expect(abs(features - sum.score) <= Self.tolerance, "statement \(statement.id)")
          #expect(sum.score == task.scores[label])
          met.formUnion(sum.terms.map(\.feature.block))
        }
      }
    }
    #expect(met == Set(FeatureBlock.allCases))
  }

  @Test("words stand in the text where their offsets say, in bytes and in scalars")
  func offsets() throws {
    let trained = try Self.trained.get()
    var explainer = Explainer(trained.model)
    for statement in trained.data.statements.suffix(300) {
      let explanation = explainer.explain(statement.text)
      let (bytes, scalars) = (Array(statement.text.utf8), Array(statement.text.unicodeScalars))
      var covered = 0
      for word in explanation.words {
        #expect(Array(word.text.utf8) == Array(bytes[word.bytes]))
        #expect(Array(word.text.unicodeScalars) == Array(scalars[word.characters]))
        covered += word.characters.count
      }
      #expect(explanation.tasks.joined().allSatisfy { $0.words.count == explanation.words.count })
      // All but white space and what nobody sees.
      let visible = scalars.count {
        !$0.properties.isWhitespace && $0.properties.generalCategory != .format
      }
      #expect(covered >= visible, "statement \(statement.id)")
    }
  }

  @Test("a word that the model does not know adds nothing")
  func unknown() throws {
    let model = try Trainer(
      TrainingConfiguration(
        recipes: [.words], l2Penalties: [1e-3], classWeightings: [.uniform], folds: 0)
    ).train(on: SampleStatements.labelled()).model
    let explanation = model.explain("Zzyzx one voice together")
    #expect(explanation.words.map(\.text) == ["Zzyzx", "one", "voice", "together"])
    for sum in explanation.tasks.joined() {
      #expect(sum.words[0] == 0 && sum.words[1] != 0)
      #expect(sum.columns.isEmpty)
    }
    let nothing = model.explain("")
    #expect(nothing.words.isEmpty && !nothing.judgement.hasEvidence)
    #expect(nothing.tasks.joined().allSatisfy { $0.score == $0.intercept && $0.terms.isEmpty })
  }
}
