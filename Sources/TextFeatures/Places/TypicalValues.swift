extension FeatureExtractor {
  /// For each column the value that a feature has where a text of typical length has it once, so that
  /// coefficients of different features can be compared.
  ///
  /// For n-grams it is w · ℓ / √(Σᵤ (dfᵤ / n) wᵤ²), with w the weight of one occurrence (idf and all), ℓ
  /// the length that the block's rows are scaled to, and the root the length before scaling of a text
  /// that has each term u as often as training texts do on average. Keywords and columns are not scaled.
  public var typicalValues: [Double] { blocks.flatMap(\.typicalValues) }

  /// For each column how many training texts have the feature; `nil` for keywords.
  public var documentFrequencies: [Int?] {
    blocks.flatMap { block -> [Int?] in
      let frequencies = block.documentFrequencies
      return frequencies.isEmpty
        ? [Int?](repeating: nil, count: block.vocabulary.count) : frequencies.map { Int($0) }
    }
  }
}

extension FittedBlock {
  fileprivate var typicalValues: [Double] {
    let values = (0..<vocabulary.count).map { weights.weight(of: $0, count: 1) }
    guard let rowLength = weights.rowLength, documentCount > 0 else { return values }
    let squares = zip(values, documentFrequencies).reduce(0) {
      $0 + Double($1.1) / Double(documentCount) * $1.0 * $1.0
    }
    return squares > 0 ? values.map { $0 * rowLength / squares.squareRoot() } : values
  }
}
