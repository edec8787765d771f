import Foundation

/// The vocabulary and weights of one block of features, learned from training texts.
public struct FittedBlock: Sendable {
  public let block: FeatureBlock
  public let nGrams: NGrams
  public let vocabulary: Vocabulary
  /// For each term the number of training texts that contain it.
  public let documentFrequencies: [Int]
  /// The number of training texts.
  public let documentCount: Int
  let weights: TermWeights

  /// - Throws: `VocabularyError` when there is not one frequency a term, or one lies outside
  ///   1...`documentCount`.
  public init(
    block: FeatureBlock, nGrams: NGrams, vocabulary: Vocabulary, documentFrequencies: [Int],
    documentCount: Int
  ) throws(VocabularyError) {
    guard documentFrequencies.count == vocabulary.count else {
      throw VocabularyError(
        .invalidDocumentFrequency,
        "it has \(documentFrequencies.count) document frequencies for \(vocabulary.count) terms")
    }
    if let wrong = documentFrequencies.first(where: { $0 < 1 || $0 > documentCount }) {
      throw VocabularyError(
        .invalidDocumentFrequency,
        "a document frequency is \(wrong), expected 1 to \(documentCount)")
    }
    self.init(
      unchecked: block, nGrams, vocabulary, documentFrequencies, documentCount: documentCount)
  }

  init(
    unchecked block: FeatureBlock, _ nGrams: NGrams, _ vocabulary: Vocabulary,
    _ documentFrequencies: [Int], documentCount: Int
  ) {
    self.block = block
    self.nGrams = nGrams
    self.vocabulary = vocabulary
    self.documentFrequencies = documentFrequencies
    self.documentCount = documentCount
    weights = TermWeights(nGrams.weighting, documentFrequencies, documentCount: documentCount)
  }
}

/// Turns counts into weights: `TermWeighting` with its document frequencies.
struct TermWeights: Sendable {
  private let weighting: TermWeighting
  private let inverseDocumentFrequencies: [Double]
  /// 1 + ln(tf) for the counts that nearly all terms have.
  private let logarithms: [Double] = Self.logarithms
  private static let logarithms: [Double] = [0] + (1..<256).map { 1 + log(Double($0)) }

  init(_ weighting: TermWeighting, _ documentFrequencies: [Int], documentCount: Int) {
    self.weighting = weighting
    switch weighting {
    case .binary, .count:
      inverseDocumentFrequencies = []
    case .tfIDF:
      let numerator = 1 + Double(documentCount)
      inverseDocumentFrequencies = documentFrequencies.map {
        log(numerator / (1 + Double($0))) + 1
      }
    }
  }

  /// The weight of `term` occurring `count` times, before the row is scaled to length 1.
  @inline(__always)
  func weight(of term: Int, count: Int) -> Double {
    switch weighting {
    case .binary:
      1
    case .count:
      Double(count)
    case .tfIDF(sublinear: false):
      Double(count) * inverseDocumentFrequencies[term]
    case .tfIDF(sublinear: true):
      (count < 256 ? logarithms[count] : 1 + log(Double(count)))
        * inverseDocumentFrequencies[term]
    }
  }
}
