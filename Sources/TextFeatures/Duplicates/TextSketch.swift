/// What is kept of a text so that near-duplicates of it are told, and the text is not: a byte of each
/// value of its signature (Li & König 2010).
///
/// Model files hold sketches: what changes them, in normalization, tokens or hashes of terms too, makes
/// another format version.
package struct TextSketch: Hashable, Sendable {
  package static let count = MinHashSignature.count

  /// `count` bytes.
  package let bytes: [UInt8]

  /// An estimate of the Jaccard similarity of two texts' shingles, in 0...1, of sketches that agree in
  /// this many bytes; those of unlike texts agree in one of 256.
  static func similarity(agreeing: Int) -> Double {
    max(0, (Double(agreeing) / Double(count) - 1.0 / 256) / (1 - 1.0 / 256))
  }
}

/// Sketches one text after another; belongs to one thread.
package struct TextSketcher: ~Copyable {
  private var scanner = TextScanner(
    normalization: Recipe.words.normalization, tokens: .wordsOnly)
  private var signature = MinHashSignature()

  package init() {}

  /// `nil` for a text without a word.
  package mutating func sketch(_ text: String) -> TextSketch? {
    scanner.scan(text)
    signature.removeAll()
    scanner.forEachShingle(length: NearDuplicates.shingleLength) { signature.insert($0) }
    guard !signature.isEmpty else { return nil }
    return TextSketch(
      bytes: (0..<TextSketch.count).map { UInt8(truncatingIfNeeded: signature.value($0)) })
  }
}
