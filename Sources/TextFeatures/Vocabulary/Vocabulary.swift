/// The terms a model knows, numbered 0 ..< count.
///
/// Terms are ordered by falling document frequency and, where that is equal, by their first
/// appearance in the training data: low numbers are the ones that most texts touch.
public struct Vocabulary: Sendable {
  /// The UTF-8 of all terms, one after another, and `padding`.
  let bytes: [UInt8]
  /// Where each term starts in `bytes`, and where the last one ends; `count` + 1 values.
  let offsets: [Int]
  let index: VocabularyIndex

  public var count: Int { offsets.count - 1 }

  /// What may be read past the last term.
  static let padding = [UInt8](repeating: 0, count: 16)

  init(bytes: [UInt8], offsets: [Int], index: VocabularyIndex) {
    self.bytes = bytes
    self.offsets = offsets
    self.index = index
  }

  /// A vocabulary of terms that are known to be valid and different.
  init(unchecked bytes: [UInt8], offsets: [Int]) {
    let padded = bytes + Self.padding
    guard let index = VocabularyIndex(padded, offsets) else {
      preconditionFailure("a term table holds no term twice")
    }
    self.init(bytes: padded, offsets: offsets, index: index)
  }

  /// Rebuilds a vocabulary from a model file.
  ///
  /// - Parameters:
  ///   - bytes: the UTF-8 of all terms.
  ///   - offsets: rising positions in `bytes`, the first 0, the last `bytes.count`.
  /// - Throws: `VocabularyError` when the offsets do not fit, a term is empty, not valid UTF-8 or
  ///   there twice.
  public init(bytes: [UInt8], offsets: [Int]) throws(VocabularyError) {
    guard offsets.first == 0, offsets.last == bytes.count else {
      throw VocabularyError(
        .invalidOffsets,
        "its term offsets run from \(offsets.first ?? 0) to \(offsets.last ?? 0), expected 0 to "
          + "\(bytes.count)")
    }
    for term in 1..<max(1, offsets.count) {
      guard offsets[term - 1] < offsets[term] else {
        throw VocabularyError(
          .invalidOffsets,
          "term \(term - 1) ends at \(offsets[term]) and starts at \(offsets[term - 1])")
      }
    }
    // Every term must be valid by itself: none may begin inside a character.
    let isValid =
      String(validating: bytes, as: UTF8.self) != nil
      && offsets.dropLast().allSatisfy { bytes[$0] & 0xC0 != 0x80 }
    guard isValid else { throw VocabularyError(.invalidUTF8, "its terms are not valid UTF-8") }
    self.bytes = bytes + Self.padding
    self.offsets = offsets
    guard let index = VocabularyIndex(self.bytes, offsets) else {
      throw VocabularyError(.duplicateTerm, "it holds the same term twice")
    }
    self.index = index
  }

  /// The term with a number in 0 ..< `count`.
  public subscript(number: Int) -> String {
    String(decoding: bytes[offsets[number]..<offsets[number + 1]], as: UTF8.self)
  }

  /// The UTF-8 of all terms, one after another.
  public var termBytes: ArraySlice<UInt8> { bytes.dropLast(Self.padding.count) }
  /// Where each term starts, and where the last one ends: `count` + 1 positions.
  public var termOffsets: [Int] { offsets }
}

/// Why a stored vocabulary cannot be used: a clause that follows "the vocabulary cannot be used:".
public struct VocabularyError: Error, Hashable, CustomStringConvertible {
  public enum Code: Hashable, Sendable {
    /// The offsets do not cut the bytes into terms of at least one byte.
    case invalidOffsets
    /// A term is not valid UTF-8 by itself.
    case invalidUTF8
    case duplicateTerm
    /// A document frequency is missing or impossible.
    case invalidDocumentFrequency
  }

  public let code: Code
  public let reason: String
  public var description: String { reason }

  init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }
}
