import Foundation
import StanceKit
import Testing

@Suite("Feature scaling")
struct FeatureScalingTests {
  private func training(_ scaling: FeatureScaling, folds: Int = 0) throws -> Trainer.Training {
    var source = WordSource(seed: 61)
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: folds)
    configuration.featureScalings = [scaling]
    return try Trainer(configuration).train(
      on: TrainingRow.labelled(source.rows(200, reliability: 85)))
  }

  @Test("coefficients are the minimum under a penalty of λ/r² each")
  func minimum() throws {
    var source = WordSource(seed: 61)
    let rows = source.rows(200, reliability: 85)
    let model = try training(.logCountRatios).model
    let features = model.extractor.features(of: rows.map(\.text))
    let positives = rows.map { $0.stance.split(separator: ";").contains("unity") }
    let scales = LogCountRatios.scales(
      features, positives: positives, rowWeights: rows.map { _ in 1 })
    let classifier = model.classifiers[0]
    var gradient = [Double](repeating: 0, count: features.columns)
    for (row, positive) in positives.enumerated() {
      var score = classifier.intercepts[0]
      for entry in features.nonZeros(ofRow: row) {
        score +=
          features.values[entry]
          * classifier.coefficient(feature: Int(features.columnIndices[entry]), label: 0)
      }
      let residual = 1 / (1 + exp(-score)) - (positive ? 1 : 0)
      for entry in features.nonZeros(ofRow: row) {
        gradient[Int(features.columnIndices[entry])] += residual * features.values[entry] / 200
      }
    }
    var (norm, normOfLoss) = (0.0, 0.0)
    for feature in scales.indices where scales[feature] > 1e-9 {
      let coefficient = classifier.coefficient(feature: feature, label: 0)
      // In the scaled coordinates, in which the solver stops.
      let whole = gradient[feature] + 1e-2 * coefficient / (scales[feature] * scales[feature])
      norm += pow(whole * scales[feature], 2)
      normOfLoss += pow(gradient[feature] * scales[feature], 2)
    }
    #expect(norm.squareRoot() < 0.05 * normOfLoss.squareRoot())
  }

  @Test("it changes the model, is kept with it, and the file says so")
  func kept() throws {
    let scaled = try training(.logCountRatios, folds: 3).model
    let plain = try training(.none, folds: 3).model
    #expect(scaled.classify("together gladly flour") != plain.classify("together gladly flour"))
    let folder = FileManager.default.temporaryDirectory.appending(path: "scaling-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "model.safetensors").path
    try scaled.save(to: path)
    let read = try Model(contentsOf: path)
    #expect(read.classifiers.allSatisfy { $0.candidate.featureScaling == .logCountRatios })
    #expect(read.classify("together gladly flour") == scaled.classify("together gladly flour"))
  }

  @Test("labels are smoothed where there may be several, and the file says by how much")
  func smoothing() throws {
    var source = WordSource(seed: 63)
    let data = try TrainingRow.labelled(source.rows(80, reliability: 90))
    func candidates(_ smoothing: Double?, folds: Int) throws -> [Candidate] {
      var configuration = TrainingConfiguration(
        recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: folds)
      configuration.labelSmoothing = smoothing
      configuration.learnsIntervals = false
      return try Trainer(configuration).train(on: data).model.classifiers.map(\.candidate)
    }
    #expect(try candidates(nil, folds: 3).map(\.labelSmoothing) == [0.1, 0])
    // Nothing calibrates what smoothing makes timid.
    #expect(try candidates(nil, folds: 0).map(\.labelSmoothing) == [0, 0])
    let smoothed = try candidates(0.2, folds: 3)
    #expect(smoothed.map(\.labelSmoothing) == [0.2, 0])
    let json = try JSONEncoder().encode(smoothed)
    #expect(try JSONDecoder().decode([Candidate].self, from: json) == smoothed)
    #expect(throws: TrainingError.self) { try candidates(0.5, folds: 3) }
  }

  @Test("a candidate of a file without scaling has none")
  func olderFile() throws {
    let plain = Candidate(classWeighting: .balanced, l2Penalty: 0.5)
    let json = try JSONEncoder().encode(plain)
    #expect(!String(decoding: json, as: UTF8.self).contains("featureScaling"))
    #expect(!String(decoding: json, as: UTF8.self).contains("labelSmoothing"))
    #expect(try JSONDecoder().decode(Candidate.self, from: json) == plain)
  }

  @Test("where both are tried, both are among the candidates")
  func both() throws {
    var source = WordSource(seed: 62)
    var configuration = TrainingConfiguration(
      recipes: [.words], l2Penalties: [1e-2], classWeightings: [.uniform], folds: 3)
    configuration.featureScalings = [.none, .logCountRatios]
    let validated = try Trainer(configuration).crossValidate(TrainingRow.labelled(source.rows(120)))
    #expect(validated.summary.candidateCount == 2)
  }
}
