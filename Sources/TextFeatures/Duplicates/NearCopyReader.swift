/// Tells of two texts after another whether they are near-duplicates; belongs to one thread.
public struct NearCopyReader: ~Copyable {
  private let threshold: Double
  private var scanner = TextScanner(
    normalization: Recipe.words.normalization, tokens: .wordsOnly)

  public init(_ duplicates: NearDuplicates = NearDuplicates()) {
    threshold = duplicates.threshold
  }

  /// Whether the similarity of the texts reaches the threshold; no text is like one without a word.
  public mutating func areNearCopies(_ one: String, _ other: String) -> Bool {
    let shingles = [one, other].map { text in
      scanner.scan(text)
      return scanner.shingles(length: NearDuplicates.shingleLength)
    }
    return !shingles.contains([])
      && jaccardSimilarity(shingles[0], shingles[1]) >= threshold
  }
}
