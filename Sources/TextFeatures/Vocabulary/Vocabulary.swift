/// The terms a model knows, numbered 0 ..< count.
///
/// Terms are ordered by falling document frequency and, where that is equal, by their first
/// appearance in the training data: low numbers are the ones that most texts touch.
public struct Vocabulary: Sendable {
  /// The UTF-8 of all terms, one after another, and `padding`.
  let bytes: [UInt8]
  /// Where each term starts in `bytes`, and where the last one ends; `count` + 1 values of as many bits
  /// as a model file has for them.
  let offsets: [UInt32]
  /// Made when many terms have been looked up.
  let index = LazyVocabularyIndex()

  public var count: Int { offsets.count - 1 }

  /// What may be read past the last term.
  static let padding = [UInt8](repeating: 0, count: 16)

  /// A vocabulary of terms that are known to be valid and different.
  init(unchecked bytes: [UInt8], offsets: [Int]) {
    precondition(bytes.count <= Int(UInt32.max), "a vocabulary has less than 4 GiB of terms")
    self.bytes = bytes + Self.padding
    self.offsets = offsets.map { UInt32($0) }
  }

  /// Rebuilds a vocabulary from a model file.
  ///
  /// - Parameters:
  ///   - bytes: the UTF-8 of all terms. Of a term that is there twice, the first counts.
  ///   - offsets: rising positions in `bytes`, the first 0, the last `bytes.count`.
  /// - Throws: `VocabularyError` when the offsets do not fit, or a term is empty or not valid UTF-8.
  public init(
    bytes: some RandomAccessCollection<UInt8>, offsets: [Int]
  ) throws(VocabularyError) {
    // What 32 bits cannot hold is out of order or beyond the last byte.
    let clamped = offsets.map { UInt32(clamping: $0) }
    try Self.check(offsets, count: bytes.count)
    try self.init(bytes: bytes, offsets: clamped)
  }

  /// The same of offsets as a model file holds them.
  public init(
    bytes: some RandomAccessCollection<UInt8>, offsets: [UInt32]
  ) throws(VocabularyError) {
    try Self.check(offsets, count: bytes.count)
    var padded: [UInt8] = []
    padded.reserveCapacity(bytes.count + Self.padding.count)
    padded.append(contentsOf: bytes)
    padded.append(contentsOf: Self.padding)
    // Every term must be valid by itself: none may begin inside a character. The padding is ASCII.
    let isValid =
      (try? UTF8Span(validating: padded.span)) != nil
      && offsets.dropLast().allSatisfy { padded[Int($0)] & 0xC0 != 0x80 }
    guard isValid else { throw VocabularyError(.invalidUTF8, "its terms are not valid UTF-8") }
    self.bytes = padded
    self.offsets = offsets
  }

  private static func check(
    _ offsets: [some BinaryInteger], count: Int
  ) throws(VocabularyError) {
    guard offsets.first == 0, offsets.last.map({ $0 == count }) ?? false else {
      throw VocabularyError(
        .invalidOffsets,
        "its term offsets run from \(offsets.first ?? 0) to \(offsets.last ?? 0), expected 0 to "
          + "\(count)")
    }
    for term in 1..<max(1, offsets.count) {
      guard offsets[term - 1] < offsets[term] else {
        throw VocabularyError(
          .invalidOffsets,
          "term \(term - 1) ends at \(offsets[term]) and starts at \(offsets[term - 1])")
      }
    }
  }

  /// The term with a number in 0 ..< `count`.
  public subscript(number: Int) -> String {
    String(decoding: bytes[Int(offsets[number])..<Int(offsets[number + 1])], as: UTF8.self)
  }

  /// The UTF-8 of all terms, one after another.
  public var termBytes: ArraySlice<UInt8> { bytes.dropLast(Self.padding.count) }
  /// Where each term starts, and where the last one ends: `count` + 1 positions.
  public var termOffsets: [Int] { offsets.map { Int($0) } }
}

/// Why a stored vocabulary cannot be used: a clause that follows "the vocabulary cannot be used:".
public struct VocabularyError: Error, Hashable, CustomStringConvertible {
  public enum Code: Hashable, Sendable {
    /// The offsets do not cut the bytes into terms of at least one byte.
    case invalidOffsets
    /// A term is not valid UTF-8 by itself.
    case invalidUTF8
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
