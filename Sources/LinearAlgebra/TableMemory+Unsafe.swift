#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Large memory, on huge pages where the system grants them: the first touch of a page costs as much
/// as clearing it several times, and tables that are read in no order have to look pages up.
package enum TableMemory {
  private static let hugePage = 1 << 21
  /// Less than this is not worth whole huge pages, of which a part may never be touched.
  private static let smallestLarge = 1 << 24

  /// Allocates memory, aligned for a cache line at least; give it back by `deallocate`.
  package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(byteCount, 1), alignment: byteCount >= smallestLarge ? hugePage : 64)
    preferHugePages(memory, byteCount: byteCount)
    return memory
  }

  /// Makes memory larger or smaller, keeping what it holds as far as it fits; large memory moves
  /// without being copied. Give it back by `free`.
  ///
  /// - Parameter memory: what this function returned before, `nil` at first.
  package static func reallocate(
    _ memory: UnsafeMutableRawPointer?, byteCount: Int
  ) -> UnsafeMutableRawPointer {
    guard let moved = realloc(memory, max(byteCount, 1)) else {
      preconditionFailure("no memory for \(byteCount) bytes")
    }
    preferHugePages(moved, byteCount: byteCount)
    return moved
  }

  /// Gives back what `reallocate` returned.
  package static func free(_ memory: UnsafeMutableRawPointer) {
    #if canImport(Glibc)
      Glibc.free(memory)
    #elseif canImport(Musl)
      Musl.free(memory)
    #else
      Darwin.free(memory)
    #endif
  }

  /// Asks for huge pages under memory that is about to be filled. Nothing is lost where the system
  /// has none.
  package static func preferHugePages(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
    #if canImport(Glibc)
      guard byteCount >= smallestLarge else { return }
      let first = (Int(bitPattern: memory) + hugePage - 1) & ~(hugePage - 1)
      let end = (Int(bitPattern: memory) + byteCount) & ~(hugePage - 1)
      guard end > first, let start = UnsafeMutableRawPointer(bitPattern: first) else { return }
      madvise(start, end - first, MADV_HUGEPAGE)
    #endif
  }
}
