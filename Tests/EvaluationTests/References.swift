import Foundation
import Testing

/// What Fixtures/make_scores.py writes: answers and their scores by scikit-learn.
struct References: Decodable, Sendable {
  struct LabelScores: Decodable, Sendable {
    let precision: [Double]
    let recall: [Double]
    let f1: [Double]
    let support: [Int]
    /// Precision, recall, F1.
    let macro: [Double]
    /// Precision, recall, F1.
    let micro: [Double]
  }
  struct SingleLabel: Decodable, Sendable {
    let labelCount: Int
    let gold: [Int]
    let predicted: [Int]
    let matrix: [[Int]]
    let accuracy: Double
    let balancedAccuracy: Double
    let scores: LabelScores
  }
  struct MultiLabel: Decodable, Sendable {
    let labelCount: Int
    let gold: [[Int]]
    let predicted: [[Int]]
    /// TN, FP, FN, TP of each label.
    let binary: [[Int]]
    let exactMatch: Double
    let hammingLoss: Double
    let scores: LabelScores
  }
  struct CalibrationError: Decodable, Sendable {
    let bins: Int
    let value: Double
  }
  struct BinaryProbabilities: Decodable, Sendable {
    let probabilities: [Double]
    let positives: [Bool]
    let logLoss: Double
    let brierScore: Double
    let expectedCalibrationErrors: [CalibrationError]
    let bestF1: Double
  }
  struct ClassProbabilities: Decodable, Sendable {
    let labelCount: Int
    let gold: [Int]
    /// Row-major.
    let probabilities: [Double]
    let logLoss: Double
    let brierScore: Double
  }

  let singleLabel: [SingleLabel]
  let multiLabel: [MultiLabel]
  let binaryProbabilities: [BinaryProbabilities]
  let classProbabilities: [ClassProbabilities]

  static func load() throws -> References { try loadFixture("scores") }
}

/// What Fixtures/make_folds.py writes: rows and their folds.
struct FoldReferences: Decodable, Sendable {
  struct Case: Decodable, Sendable {
    let groups: [Int]
    let labels: [[Int]]
    let labelCount: Int
    let count: Int
    let seed: UInt64
    let foldOfRow: [Int]
  }

  let cases: [Case]

  static func load() throws -> FoldReferences { try loadFixture("folds") }
}

/// What Fixtures/make_confident_learning.py writes: labels and those that cleanlab suspects.
struct ConfidentLearningReferences: Decodable, Sendable {
  struct Case: Decodable, Sendable {
    let labelCount: Int
    let given: [Int]
    /// Row-major.
    let probabilities: [Double]
    let thresholds: [Double]
    let suspects: [Int]
    /// One for each of `suspects`.
    let confidences: [Double]
  }

  let cases: [Case]

  static func load() throws -> ConfidentLearningReferences {
    try loadFixture("confident_learning")
  }
}

/// What Fixtures/make_agreement.py writes: coders' answers and coefficients of other tools.
struct AgreementReferences: Decodable, Sendable {
  struct Case: Decodable, Sendable {
    /// Statement by statement, coder by coder.
    let answers: [[[Int]?]]
    let alpha: Double
    let fleiss: Double?
    let cohen: Double?
    let masi: Double?
  }

  let singleLabel: [Case]
  let multiLabel: [Case]

  static func load() throws -> AgreementReferences { try loadFixture("agreement") }
}

private func loadFixture<Fixture: Decodable>(_ name: String) throws -> Fixture {
  let url = try #require(
    Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
  return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
}
