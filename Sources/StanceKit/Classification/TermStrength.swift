/// A feature and how strongly it speaks for or against a label.
public struct TermStrength: Hashable, Sendable {
  public let feature: Feature
  /// What it adds to the label's score where a statement of typical length has it once: its typical
  /// value (``FeatureExtractor/typicalValues``) times its coefficient.
  public let adds: Double
  public let coefficient: Double
  /// How many training statements have it; `nil` for keywords, of which the model does not know it.
  public let documentFrequency: Int?
}

extension Model {
  /// The features that speak most strongly for and against a label, strongest first; of equally strong
  /// ones that of the lower column.
  ///
  /// - Parameters:
  ///   - task: an index into `classifiers`.
  ///   - label: an index into the task's labels.
  ///   - count: how many of each at most.
  ///   - minimumDocumentFrequency: leaves out what fewer training statements have, where that is known.
  public func strongestTerms(
    task: Int, label: Int, count: Int, minimumDocumentFrequency: Int = 1
  ) -> (for: [TermStrength], against: [TermStrength]) {
    let classifier = classifiers[task]
    let typicalValues = extractor.typicalValues
    let frequencies = extractor.documentFrequencies
    let adds = typicalValues.indices.map {
      typicalValues[$0] * classifier.coefficient(feature: $0, label: label)
    }
    func strongest(_ sign: Double) -> [TermStrength] {
      let columns = adds.indices.filter {
        adds[$0] * sign > 0 && frequencies[$0] ?? .max >= minimumDocumentFrequency
      }
      return columns.sorted { (-adds[$0] * sign, $0) < (-adds[$1] * sign, $1) }.prefix(count).map {
        TermStrength(
          feature: extractor.feature(at: $0), adds: adds[$0],
          coefficient: classifier.coefficient(feature: $0, label: label),
          documentFrequency: frequencies[$0])
      }
    }
    return (strongest(1), strongest(-1))
  }
}
