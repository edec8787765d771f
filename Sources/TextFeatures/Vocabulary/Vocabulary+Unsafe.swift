import LinearAlgebra
import Synchronization

/// Finds the terms of a vocabulary. Nothing changes it once it is made, so any number of threads may
/// use it.
final class VocabularyIndex: @unchecked Sendable {
  /// Four to a cache line; most terms of new texts are not known, which an empty slot tells.
  private struct Slot: BitwiseCopyable {
    var hash: UInt64
    /// What the key has beside the hash; see `check`.
    var check: UInt32
    /// The term's number plus one; 0 in an empty slot.
    var number: UInt32
  }

  private let slots: UnsafeMutablePointer<Slot>
  /// Open addressing with linear probing; a power of two, and at least two for a term.
  private let count: Int

  /// Indexes terms. Of one that is there twice, the first counts.
  ///
  /// - Parameters:
  ///   - bytes: all terms, one after another; 16 bytes more are readable.
  ///   - offsets: where each starts, and where the last one ends.
  init(_ bytes: UnsafePointer<UInt8>, _ offsets: UnsafeBufferPointer<UInt32>) {
    var count = 16
    while count < offsets.count * 2 { count *= 2 }
    self.count = count
    slots = TableMemory.allocate(byteCount: count * MemoryLayout<Slot>.stride)
      .bindMemory(to: Slot.self, capacity: count)
    slots.initialize(repeating: Slot(hash: 0, check: 0, number: 0), count: count)
    for number in 0..<offsets.count - 1 {
      let start = bytes + Int(offsets[number])
      let length = Int(offsets[number + 1] &- offsets[number])
      let term = TermBatch.Term(
        bytes: start, length: length, key: TermKey(start, count: length))
      let slot = slot(of: term)
      guard slots[slot].number == 0 else { continue }
      slots[slot] = Slot(
        hash: term.key.hash, check: Self.check(term), number: UInt32(number + 1))
    }
  }

  deinit { UnsafeMutableRawPointer(slots).deallocate() }

  /// The slot that holds a term, or the empty one that would.
  @inline(__always)
  private func slot(of term: TermBatch.Term) -> Int {
    let (hash, check) = (term.key.hash, Self.check(term))
    var slot = Int(truncatingIfNeeded: hash) & (count &- 1)
    while slots[slot].hash != hash || slots[slot].check != check, slots[slot].number != 0 {
      slot = (slot &+ 1) & (count &- 1)
    }
    return slot
  }

  /// 32 bits of the key's beginning and the length. With the 64 of the hash they tell a known term from
  /// others, but for one of about 2^96 / `count`; from others that begin with the same eight bytes and
  /// are as long the hash alone does, but for one of about 2^64 / the number of such terms.
  @inline(__always)
  private static func check(_ term: TermBatch.Term) -> UInt32 {
    let mixed = (term.key.low ^ UInt64(truncatingIfNeeded: term.length)) &* 0x9E37_79B9_7F4A_7C15
    return UInt32(truncatingIfNeeded: mixed &>> 32)
  }

  /// Calls `body` with the number of each term of a batch, -1 where it is not known, and empties the
  /// batch.
  @inline(__always)
  func forEachNumber(of batch: inout TermBatch, _ body: (Int) -> Void) {
    batch.touch(slots, count: count)
    for index in 0..<batch.count {
      body(Int(slots[slot(of: batch.terms[index])].number) &- 1)
    }
    batch.removeAll()
  }
}

/// The index of a vocabulary, once there is one.
///
/// One statement's terms are found faster by reading the vocabulary once than by a table of all of it,
/// and in a fraction of the memory.
final class LazyVocabularyIndex: Sendable {
  /// After so many batches of terms there will be more.
  private static let batchesWithoutIndex = 4
  /// A smaller vocabulary is indexed at once.
  private static let smallCount = 2048

  private let index = AtomicLazyReference<VocabularyIndex>()
  private let batches = Atomic<Int>(0)

  /// The index, which is made now if it is worth having; `nil` where reading the vocabulary is less
  /// work.
  @inline(__always)
  func index(
    _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafeBufferPointer<UInt32>
  ) -> VocabularyIndex? {
    index.load() ?? made(bytes, offsets)
  }

  @inline(never)
  private func made(
    _ bytes: UnsafePointer<UInt8>, _ offsets: UnsafeBufferPointer<UInt32>
  ) -> VocabularyIndex? {
    let earlier = batches.wrappingAdd(1, ordering: .relaxed).oldValue
    if earlier < Self.batchesWithoutIndex, offsets.count > Self.smallCount { return nil }
    // Where threads make one at the same time, the first to end gives it to all.
    return index.storeIfNil(VocabularyIndex(bytes, offsets))
  }
}

/// Tells most terms that are not among a few from those that may be, by their first eight bytes: a
/// fraction of the work of a hash, for a vocabulary that is read from end to end.
private struct TermSieve: ~Copyable {
  private static let bits: UInt64 = 12
  private let holds: UnsafeMutablePointer<Bool>

  init() {
    holds = .allocate(capacity: 1 << Int(Self.bits))
    holds.initialize(repeating: false, count: 1 << Int(Self.bits))
  }

  deinit { holds.deallocate() }

  func add(_ bytes: UnsafePointer<UInt8>, _ length: Int) { holds[place(bytes, length)] = true }

  @inline(__always)
  func mayHold(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Bool { holds[place(bytes, length)] }

  /// Eight bytes must be readable; what lies beyond the term is shifted out.
  @inline(__always)
  private func place(_ bytes: UnsafePointer<UInt8>, _ length: Int) -> Int {
    let word = UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self).littleEndian
    let beyond = UInt64(truncatingIfNeeded: max(8 &- length, 0) &* 8)
    let mixed = (word &<< beyond) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> (64 &- Self.bits))
  }
}

extension TermBatch {
  /// Calls `body` with the number of each term among those of a vocabulary, -1 where it is not known,
  /// by reading all of them; of a term that is there twice, the first counts.
  @inline(never)
  mutating func forEachNumber(
    among bytes: UnsafePointer<UInt8>, _ offsets: UnsafeBufferPointer<UInt32>, _ body: (Int) -> Void
  ) {
    let waiting = TermSlots(terms: count)
    let sieve = TermSieve()
    // For each term the first of the batch that equals it.
    var firsts: [Int] = []
    for index in 0..<count {
      let term = terms + index
      sieve.add(term.pointee.bytes, term.pointee.length)
      let slot = waiting.slot(of: term)
      if waiting.base[slot].number == 0 {
        waiting.base[slot] = TermSlot(term.pointee, number: index)
      }
      firsts.append(Int(waiting.base[slot].number) - 1)
    }
    var numbers = [Int](repeating: -1, count: count)
    for number in 0..<offsets.count - 1 {
      let start = bytes + Int(offsets[number])
      let length = Int(offsets[number + 1] &- offsets[number])
      guard sieve.mayHold(start, length) else { continue }
      var term = Term(bytes: start, length: length, key: TermKey(start, count: length))
      let slot = waiting.slot(of: &term)
      let first = Int(waiting.base[slot].number) - 1
      if first >= 0, numbers[first] < 0 { numbers[first] = number }
    }
    for first in firsts { body(numbers[first]) }
    removeAll()
  }
}

extension Vocabulary {
  /// Calls `body` with the number of each term of a batch, -1 where it is not known, and empties the
  /// batch.
  @inline(__always)
  func forEachNumber(of batch: inout TermBatch, _ body: (Int) -> Void) {
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        guard let bytes = bytes.baseAddress else { return }
        if let index = index.index(bytes, offsets) {
          index.forEachNumber(of: &batch, body)
        } else {
          batch.forEachNumber(among: bytes, offsets, body)
        }
      }
    }
  }

  /// The number of a term in its normalized form, `nil` when it is not known.
  public func number(of term: String) -> Int? {
    let padded = Array(term.utf8) + Self.padding
    var batch = TermBatch()
    var found = -1
    padded.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      _ = batch.append(base, padded.count - Self.padding.count)
      forEachNumber(of: &batch) { found = $0 }
    }
    return found < 0 ? nil : found
  }

  /// For each term the number of the first one that equals it.
  func firstNumbers() -> [Int] {
    var batch = TermBatch()
    var firsts: [Int] = []
    firsts.reserveCapacity(count)
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for number in 0..<count {
        let start = Int(offsets[number])
        let isFull = batch.append(base + start, Int(offsets[number + 1]) - start)
        guard isFull || number + 1 == count else { continue }
        forEachNumber(of: &batch) { first in
          // Each is a term of this vocabulary.
          firsts.append(first)
        }
      }
    }
    return firsts
  }
}
