/// The vocabulary and weights of one block of features, learned from training texts.
public struct FittedBlock: Sendable {
  public let block: FeatureBlock
  public let vocabulary: Vocabulary
  /// For each term the number of training texts that contain it; empty for keywords, whose values do
  /// not depend on it.
  public var documentFrequencies: [Int] { frequencies.map { Int($0) } }
  /// The number of training texts.
  public let documentCount: Int
  /// `documentFrequencies`, in as many bits as a model file has for them.
  private let frequencies: [UInt32]
  let weights: TermWeights

  /// - Parameter recipe: one that uses the block.
  /// - Throws: `VocabularyError` when there is not one frequency a term, or one lies outside
  ///   1...`documentCount`.
  public init(
    block: FeatureBlock, recipe: Recipe, vocabulary: Vocabulary, documentFrequencies: [Int],
    documentCount: Int
  ) throws(VocabularyError) {
    try Self.check(documentFrequencies, vocabulary, documentCount)
    self.init(
      unchecked: block, recipe, vocabulary, documentFrequencies.map { UInt32(clamping: $0) },
      documentCount: documentCount)
  }

  /// The same of document frequencies as a model file holds them.
  public init(
    block: FeatureBlock, recipe: Recipe, vocabulary: Vocabulary, documentFrequencies: [UInt32],
    documentCount: Int
  ) throws(VocabularyError) {
    try Self.check(documentFrequencies, vocabulary, documentCount)
    self.init(
      unchecked: block, recipe, vocabulary, documentFrequencies, documentCount: documentCount)
  }

  private static func check(
    _ documentFrequencies: [some BinaryInteger], _ vocabulary: Vocabulary, _ documentCount: Int
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
  }

  /// The block of a recipe's keywords, of which nothing has to be learned.
  public init(keywords: KeywordFeatures, recipe: Recipe, documentCount: Int) {
    self.init(
      unchecked: .keywords, recipe, keywords.vocabulary, [], documentCount: documentCount)
  }

  init(
    unchecked block: FeatureBlock, _ recipe: Recipe, _ vocabulary: Vocabulary,
    _ frequencies: [UInt32], documentCount: Int
  ) {
    self.block = block
    self.vocabulary = vocabulary
    self.frequencies = frequencies
    self.documentCount = documentCount
    weights = TermWeights(
      recipe.values(of: block), frequencies, documentCount: documentCount)
  }
}
