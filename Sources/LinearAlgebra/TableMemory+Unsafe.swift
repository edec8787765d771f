#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory for tables that are read in no order: on huge pages where the system grants them, since
/// with small ones every other access to a large table has to look its page up first.
package enum TableMemory {
  private static let hugePage = 1 << 21

  /// Allocates memory, aligned for a cache line at least; give it back by `deallocate`.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(byteCount, 1), alignment: byteCount >= 2 * hugePage ? hugePage : 64)
    #if canImport(Glibc)
      // Advice: nothing is lost where it is not taken.
      if byteCount >= 2 * hugePage { madvise(memory, byteCount, MADV_HUGEPAGE) }
    #endif
    return memory
  }
}
