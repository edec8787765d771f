/// Finds the terms of a vocabulary by their bytes. Nothing changes it once it is made, so any number
/// of threads may use it.
final class VocabularyIndex: @unchecked Sendable {
  private let slots: TermSlots

  /// Indexes terms; `nil` when one is there twice.
  ///
  /// - Parameters:
  ///   - bytes: all terms, one after another, and `Vocabulary.padding`.
  ///   - offsets: where each starts, and where the last one ends.
  init?(_ bytes: [UInt8], _ offsets: [Int]) {
    let count = offsets.count - 1
    let slots = TermSlots(terms: count)
    let isUnique = bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let base = bytes.baseAddress else { return count == 0 }
        for number in 0..<count {
          let start = offsets[number]
          let length = offsets[number + 1] - start
          let key = TermKey(base + start, count: length)
          var term = TermBatch.Term(bytes: base + start, length: length, key: key)
          let slot = slots.slot(of: &term) {
            equal(base + offsets[$0], base + start, length)
          }
          guard slots.base[slot].number == 0 else { return false }
          slots.base[slot] = TermSlot(
            low: key.low, high: key.high, number: UInt32(number + 1),
            length: UInt32(truncatingIfNeeded: length), text: -1, place: 0)
        }
        return true
      }
    }
    guard isUnique else { return nil }
    self.slots = slots
  }

  /// Calls `body` with the number of each term of a batch, `nil` where it is not known.
  @inline(__always)
  func forEachNumber(
    of batch: inout TermBatch, bytes: UnsafePointer<UInt8>, offsets: UnsafePointer<Int>,
    _ body: (Int?) -> Void
  ) {
    batch.touch(slots)
    for index in 0..<batch.count {
      let term = batch.terms + index
      let slot = slots.slot(of: term) {
        equal(bytes + offsets[$0], term.pointee.bytes, term.pointee.length)
      }
      let number = slots.base[slot].number
      body(number == 0 ? nil : Int(number) - 1)
    }
    batch.removeAll()
  }
}

extension Vocabulary {
  /// Calls `body` with the number of each term of a batch, `nil` where it is not known, and empties
  /// the batch.
  @inline(__always)
  func forEachNumber(of batch: inout TermBatch, _ body: (Int?) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let bytes = bytes.baseAddress, let offsets = offsets.baseAddress else { return }
        index.forEachNumber(of: &batch, bytes: bytes, offsets: offsets, body)
      }
    }
  }

  /// The number of a term in its normalized form, `nil` when it is not known.
  public func number(of term: String) -> Int? {
    let padded = Array(term.utf8) + Self.padding
    var batch = TermBatch()
    var found: Int?
    padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      _ = batch.append(base, padded.count - Self.padding.count)
      forEachNumber(of: &batch) { found = $0 }
    }
    return found
  }
}
