/// The terms of a finished table, in their order.
struct TermList: Sendable {
  /// All terms, one after another, and sixteen zero bytes.
  private let bytes: [UInt8]
  private let offsets: [Int]

  init(_ table: borrowing TermTable) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(table.byteCount + 16)
    var offsets = [0]
    offsets.reserveCapacity(table.count + 1)
    for term in 0..<table.count {
      table.withTerm(term) { bytes.append(contentsOf: UnsafeBufferPointer(start: $0, count: $1)) }
      offsets.append(bytes.count)
    }
    bytes.append(contentsOf: repeatElement(0, count: 16))
    self.bytes = bytes
    self.offsets = offsets
  }

  var count: Int { offsets.count - 1 }

  @inline(__always)
  func withBytes<Result>(of term: Int, _ body: (UnsafePointer<UInt8>, Int) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("the padding is never empty") }
      return body(base + offsets[term], offsets[term + 1] - offsets[term])
    }
  }
}

extension Vocabulary {
  /// A vocabulary of terms that are known to be valid and different.
  init(unchecked bytes: [UInt8], offsets: [Int]) {
    let padded = bytes + Vocabulary.padding
    guard let slots = Vocabulary.index(padded, offsets) else {
      preconditionFailure("a term table holds no term twice")
    }
    self.init(bytes: padded, offsets: offsets, slots: slots)
  }
}
