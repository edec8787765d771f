import StanceKit
import Testing

@Suite("Probability intervals")
struct IntervalTests {
  private static func train(_ count: Int, seed: UInt64, folds: Int = 6) throws -> Model {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: folds)
    configuration.learnsIntervals = true
    return try Trainer(configuration).train(on: statements(count, seed: seed)).model
  }

  private static func statements(_ count: Int, seed: UInt64) throws -> LabelledStatements {
    var source = WordSource(seed: seed)
    return try TrainingRow.labelled(source.rows(count, reliability: 80))
  }

  private static let trained = Result { try train(300, seed: 51) }

  private func model() throws -> Model { try Self.trained.get() }

  private func texts() throws -> [String] {
    try Self.statements(40, seed: 52).statements.map(\.text)
  }

  /// The mean width of all intervals.
  private func width(_ model: Model, level: Double = 0.95) throws -> Double {
    let intervals = try model.classify(texts(), intervals: level).flatMap(\.tasks)
      .flatMap { $0.intervals ?? [] }
    return intervals.reduce(0) { $0 + $1.upper - $1.lower } / Double(intervals.count)
  }

  @Test("each holds its probability, and a surer one is wider")
  func holdProbability() throws {
    let model = try model()
    for text in try texts() {
      let (narrow, wide) = (
        model.classify(text, intervals: 0.5), model.classify(text, intervals: 0.95)
      )
      for (one, other) in zip(narrow.tasks, wide.tasks) {
        let (inner, outer) = try (#require(one.intervals), #require(other.intervals))
        for (label, probability) in one.probabilities.enumerated() {
          #expect(inner[label].lower <= probability && probability <= inner[label].upper)
          #expect(outer[label].lower < inner[label].lower)
          #expect(outer[label].upper > inner[label].upper)
          #expect(outer[label].lower >= 0 && outer[label].upper <= 1)
        }
      }
    }
  }

  @Test("they are not there unless asked for, nor without evidence")
  func onlyWhenAsked() throws {
    let model = try model()
    #expect(model.classify("together").tasks.allSatisfy { $0.intervals == nil })
    #expect(model.classify("∎", intervals: 0.95).tasks.allSatisfy { $0.intervals == nil })
  }

  @Test("more statements make them narrower")
  func moreStatements() throws {
    #expect(try width(Self.train(1200, seed: 53)) < 0.8 * width(model()))
  }

  @Test("their width is that by which models of other samples differ")
  func widthIsTheSpread() throws {
    let texts = try texts()
    let samples = try (0..<12).map { sample in
      try Self.train(900, seed: 100 + UInt64(sample)).classify(texts)
    }
    let judged = try Self.train(900, seed: 51).classify(texts, intervals: 0.95)
    var ratios: [Double] = []
    for text in texts.indices {
      for label in 0..<2 {
        let logits = samples.map { logit($0[text].tasks[0].probabilities[label]) }
        let mean = logits.reduce(0, +) / Double(logits.count)
        let spread =
          (logits.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logits.count - 1))
          .squareRoot()
        let interval = try #require(judged[text].tasks[0].intervals)[label]
        ratios.append((logit(interval.upper) - logit(interval.lower)) / (2 * 1.96 * spread))
      }
    }
    // The standard error of one spread of twelve models is a fifth of it; of the median far less.
    let median = ratios.sorted()[ratios.count / 2]
    #expect(median > 0.6 && median < 1.6, "\(median)")
  }

  @Test("they survive the file and do not depend on threads")
  func saved() throws {
    let model = try model()
    let loaded = try SampleStatements.inTemporaryFolder { folder in
      try model.save(to: folder + "/model.safetensors")
      return try Model(contentsOf: folder + "/model.safetensors")
    }
    #expect(try loaded.classify(texts(), intervals: 0.9) == model.classify(texts(), intervals: 0.9))
    #expect(loaded.classifiers.map(\.variances) == model.classifiers.map(\.variances))
  }

  @Test("too few folds to learn them are an error, and by default none are learned then")
  func fewFolds() throws {
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 2)
    let data = try Self.statements(60, seed: 54)
    #expect(try Trainer(configuration).train(on: data).model.classifiers[0].variances == nil)
    configuration.learnsIntervals = true
    #expect(throws: TrainingError.self) { try Trainer(configuration).train(on: data) }
  }

  @Test(
    "the width of a level is that of tables of the normal distribution",
    arguments: [(0.5, 0.674490), (0.8, 1.281552), (0.95, 1.959964), (0.99, 2.575829)])
  func standardDeviations(level: Double, expected: Double) {
    #expect(abs(NormalDistribution.standardDeviations(holding: level) - expected) < 1e-6)
  }

  private func logit(_ probability: Double) -> Double {
    LogisticFunctions.logit(probability)
  }
}
