internal import CMachine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory that becomes larger and keeps what it holds. Once it is large it stands on pages of its own,
/// huge ones where the system grants them, and moves without being copied.
package struct GrowableMemory: ~Copyable {
  /// Aligned for any number.
  package private(set) var base: UnsafeMutableRawPointer
  package private(set) var byteCount: Int
  /// Whether the memory is whole huge pages, mapped for it.
  private var isMapped: Bool

  package init(byteCount: Int) {
    (base, isMapped) = Self.allocate(byteCount)
    self.byteCount = byteCount
  }

  deinit { Self.free(base, byteCount, isMapped) }

  /// Makes the memory larger: `byteCount` bytes, not fewer than there are, of which the first are those
  /// that it had.
  package mutating func grow(to byteCount: Int) {
    precondition(byteCount >= self.byteCount, "memory only grows")
    var (larger, isLargerMapped) = Self.allocate(byteCount)
    var moves = false
    if isMapped, isLargerMapped {
      moves = stancekit_move_pages(
        base, TableMemory.wholeHugePages(self.byteCount), larger,
        TableMemory.wholeHugePages(byteCount))
      // Whether there still is something at the target is not known.
      if !moves { (larger, isLargerMapped) = (Self.allocateUnmapped(byteCount), false) }
    }
    if !moves {
      larger.copyMemory(from: base, byteCount: self.byteCount)
      Self.free(base, self.byteCount, isMapped)
    }
    (base, self.byteCount, isMapped) = (larger, byteCount, isLargerMapped)
  }

  private static func allocate(_ byteCount: Int) -> (UnsafeMutableRawPointer, isMapped: Bool) {
    if byteCount >= TableMemory.smallestLarge,
      let memory = map(TableMemory.wholeHugePages(byteCount))
    {
      TableMemory.preferHugePages(memory, byteCount: TableMemory.wholeHugePages(byteCount))
      return (memory, true)
    }
    return (allocateUnmapped(byteCount), false)
  }

  private static func allocateUnmapped(_ byteCount: Int) -> UnsafeMutableRawPointer {
    .allocate(byteCount: max(byteCount, 1), alignment: 16)
  }

  /// Maps `byteCount` bytes, which are whole huge pages, where a huge page may begin.
  private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer? {
    let spare = TableMemory.hugePage
    let mapped = mmap(
      nil, byteCount + spare, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let mapped, mapped != MAP_FAILED else { return nil }
    let before = -Int(bitPattern: mapped) & (spare - 1)
    if before > 0 { munmap(mapped, before) }
    munmap(mapped + before + byteCount, spare - before)
    return mapped + before
  }

  private static func free(_ base: UnsafeMutableRawPointer, _ byteCount: Int, _ isMapped: Bool) {
    if isMapped { munmap(base, TableMemory.wholeHugePages(byteCount)) } else { base.deallocate() }
  }
}
