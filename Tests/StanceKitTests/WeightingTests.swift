import StanceKit
import Testing

@Suite("Weights in training")
struct WeightingTests {
  /// Features that do not depend on how many statements there are.
  private static let recipe = Recipe(
    words: NGrams(1...1, weighting: .binary, minimumDocumentFrequency: 1), characters: nil)

  private func model(
    _ rows: [TrainingRow], _ weighting: ClassWeighting = .uniform
  ) throws -> Model {
    let configuration = TrainingConfiguration(
      recipes: [Self.recipe], l2Penalties: [1e-2], classWeightings: [weighting], folds: 0)
    return try Trainer(configuration).train(on: TrainingRow.labelled(rows)).model
  }

  /// A task's coefficients by feature, one for each label.
  private func coefficients(_ model: Model, task: Int) -> [Feature: [Double]] {
    let classifier = model.classifiers[task]
    return Dictionary(
      uniqueKeysWithValues: (0..<model.extractor.featureCount).map { feature in
        (
          model.extractor.feature(at: feature),
          classifier.intercepts.indices.map {
            classifier.coefficient(feature: feature, label: $0)
          }
        )
      })
  }

  /// The largest difference between two models of a task, relative to the largest number in it.
  private func difference(_ left: Model, _ right: Model, task: Int) throws -> Double {
    let (one, other) = (coefficients(left, task: task), coefficients(right, task: task))
    var pairs = Array(
      zip(left.classifiers[task].intercepts, right.classifiers[task].intercepts))
    for (feature, values) in one {
      pairs += zip(values, try #require(other[feature]))
    }
    let scale = pairs.map { max(abs($0.0), abs($0.1)) }.max() ?? 0
    return (pairs.map { abs($0.0 - $0.1) }.max() ?? 0) / scale
  }

  @Test("a weight of 2 is the statement twice")
  func weightIsRepetition() throws {
    var source = WordSource(seed: 21)
    let rows = source.rows(90, reliability: 80)
    var weighted = rows
    for index in rows.indices where index % 3 == 0 { weighted[index].weight = 2 }
    let repeated = rows.enumerated().flatMap { index, row in
      Array(repeating: row, count: index % 3 == 0 ? 2 : 1)
    }
    let (left, right) = (try model(weighted), try model(repeated))
    for task in 0..<2 {
      #expect(left.classifiers[task].weightTotal == 120)
      #expect(try difference(left, right, task: task) <= 1e-6)
    }
  }

  @Test("balanced classes are statements with weights n / (classes · size of the class)")
  func balancingIsWeighting() throws {
    var source = WordSource(seed: 22)
    // One of about five is positive.
    let rows = source.rows(160, reliability: 85).enumerated()
      .filter { $0.element.tone == "negative" || $0.offset % 4 == 0 }.map(\.element)
    let positives = rows.count { $0.tone == "positive" }
    #expect(positives * 3 < rows.count)
    var weighted = rows
    for index in rows.indices {
      let size = rows[index].tone == "positive" ? positives : rows.count - positives
      weighted[index].weight = Double(rows.count) / (2 * Double(size))
    }
    let balanced = try model(rows, .balanced)
    #expect(try difference(balanced, model(weighted), task: 1) <= 1e-6)
    let uniform = try model(rows)
    for (task, label) in [(0, 1), (1, 1)] {
      // The rare label's intercept rises where it counts as much as the frequent one.
      #expect(
        balanced.classifiers[task].intercepts[label]
          > uniform.classifiers[task].intercepts[label] + 0.2)
    }
  }
}
