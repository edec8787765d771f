/// The vocabulary and weights of one block of features, learned from training texts.
public struct FittedBlock: Sendable {
  public let block: FeatureBlock
  public let vocabulary: Vocabulary
  /// For each term the number of training texts that contain it; empty for keywords, whose values do
  /// not depend on it. In as many bits as a model file has for them.
  public let documentFrequencies: [UInt32]
  /// The number of training texts.
  public let documentCount: Int
  let weights: TermWeights

  /// - Parameter recipe: one that uses the block.
  /// - Throws: `VocabularyError` when there is not one frequency a term, or one lies outside
  ///   1...`documentCount`.
  public init(
    block: FeatureBlock, recipe: Recipe, vocabulary: Vocabulary, documentFrequencies: [UInt32],
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
      unchecked: block, recipe, vocabulary, documentFrequencies, documentCount: documentCount)
  }

  /// The block of a recipe's keywords, of which nothing has to be learned.
  public init(keywords: KeywordFeatures, recipe: Recipe, documentCount: Int) {
    self.init(
      unchecked: .keywords, recipe, keywords.vocabulary, [], documentCount: documentCount)
  }

  init(
    unchecked block: FeatureBlock, _ recipe: Recipe, _ vocabulary: Vocabulary,
    _ documentFrequencies: [UInt32], documentCount: Int
  ) {
    self.block = block
    self.vocabulary = vocabulary
    self.documentFrequencies = documentFrequencies
    self.documentCount = documentCount
    weights = TermWeights(
      recipe.values(of: block), documentFrequencies, documentCount: documentCount)
  }
}
