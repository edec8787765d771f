internal import CMemory

/// Large memory, on huge pages where the system grants them: the first touch of a page costs as much
/// as clearing it several times, and tables that are read in no order have to look pages up.
package enum TableMemory {
  static let hugePage = 1 << 21
  /// Less than this is not worth whole huge pages, of which a part may never be touched.
  static let smallestLarge = 1 << 22

  /// Allocates memory, aligned for a cache line at least; give it back by `deallocate`.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(byteCount, 1), alignment: byteCount >= smallestLarge ? hugePage : 64)
    preferHugePages(memory, byteCount: byteCount)
    return memory
  }

  /// Asks for huge pages under memory that is about to be filled. Nothing is lost where the system
  /// has none.
  package static func preferHugePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    guard byteCount >= smallestLarge else { return }
    stancekit_prefer_huge_pages(memory, byteCount)
  }
}
