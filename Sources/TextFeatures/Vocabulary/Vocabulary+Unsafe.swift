/// A view of a vocabulary that finds terms by their bytes; valid only within `withLookup`.
struct VocabularyLookup {
  let bytes: UnsafePointer<UInt8>
  let offsets: UnsafePointer<Int>
  let slots: UnsafePointer<UInt64>
  let mask: Int

  /// The number of the term at `term`; sixteen bytes must be readable.
  @inline(__always)
  func number(of term: UnsafePointer<UInt8>, count length: Int) -> Int? {
    let hash = TermKey(term, count: length).hash
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0 {
      let entry = slots[slot]
      if (entry ^ hash) >> 32 == 0 {
        let known = Int(entry & 0xFFFF_FFFF) - 1
        let start = offsets[known]
        if offsets[known + 1] - start == length, equal(bytes + start, term, length) {
          return known
        }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }
}

extension Vocabulary {
  @inline(__always)
  func withLookup<Result>(_ body: (VocabularyLookup) -> Result) -> Result {
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        slots.withUnsafeBufferPointer { slots in
          guard let bytes = bytes.baseAddress, let offsets = offsets.baseAddress,
            let slots = slots.baseAddress
          else { preconditionFailure("the arrays of a vocabulary are never empty") }
          return body(
            VocabularyLookup(
              bytes: bytes, offsets: offsets, slots: slots, mask: self.slots.count - 1))
        }
      }
    }
  }

  /// The slots of a table over the terms; `nil` when a term is there twice.
  static func index(_ bytes: [UInt8], _ offsets: [Int]) -> [UInt64]? {
    let count = offsets.count - 1
    var slotCount = 16
    while slotCount < count * 2 { slotCount *= 2 }
    var slots = [UInt64](repeating: 0, count: slotCount)
    let isUnique = bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        slots.withUnsafeMutableBufferPointer { slots -> Bool in
          guard let base = bytes.baseAddress else { return count == 0 }
          for number in 0..<count {
            let start = offsets[number]
            let length = offsets[number + 1] - start
            let hash = TermKey(base + start, count: length).hash
            var slot = Int(truncatingIfNeeded: hash) & (slotCount - 1)
            while slots[slot] != 0 {
              if (slots[slot] ^ hash) >> 32 == 0 {
                let known = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if offsets[known + 1] - offsets[known] == length,
                  equal(base + offsets[known], base + start, length)
                {
                  return false
                }
              }
              slot = (slot + 1) & (slotCount - 1)
            }
            slots[slot] = hash & ~0xFFFF_FFFF | UInt64(number + 1)
          }
          return true
        }
      }
    }
    return isUnique ? slots : nil
  }
}
