internal import CMachine

/// Large memory, on huge pages where the system grants them: the first touch of a page costs as much
/// as clearing it several times, and tables that are read in no order have to look pages up.
package enum TableMemory {
  static let hugePage = 1 << 21
  /// Less than this is not worth whole huge pages, of which a part may never be touched.
  static let smallestLarge = 1 << 22

  /// Allocates memory, aligned for a cache line at least; give it back by `deallocate`.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    guard byteCount >= smallestLarge else {
      return .allocate(byteCount: max(byteCount, 1), alignment: 64)
    }
    // Whole huge pages, so that the end is not on small ones.
    let byteCount = wholeHugePages(byteCount)
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: hugePage)
    preferHugePages(memory, byteCount: byteCount)
    return memory
  }

  /// The bytes of the huge pages that hold so many.
  static func wholeHugePages(_ byteCount: Int) -> Int {
    (byteCount + hugePage - 1) & ~(hugePage - 1)
  }

  /// Asks for huge pages under memory that is about to be filled. Nothing is lost where the system
  /// has none.
  package static func preferHugePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount >= smallestLarge else { return }
    stancekit_prefer_huge_pages(memory, byteCount)
  }
}
