internal import CMachine

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many threads work may use.
///
/// Nothing in this package computes different numbers with a different number of threads.
public struct Parallelism: Hashable, Sendable {
  /// The number of threads, at least 1.
  public let threads: Int

  /// Uses up to `threads` threads (at least 1).
  public init(threads: Int) {
    precondition(threads >= 1, "at least one thread has to work, not \(threads)")
    self.threads = threads
  }

  /// One thread: the caller's.
  public static let serial = Parallelism(threads: 1)

  /// As many threads as there are processors.
  public static let allCores = Parallelism(threads: max(1, availableProcessors()))

  /// Calls `body` once for each of `0..<count`, in any order, from up to `threads` threads, and no more
  /// than there are processors; returns when all calls have.
  ///
  /// With one thread the calls come in order from the caller's own.
  public func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    // Threads that wait for a processor would hold up those that have one.
    let workers = min(threads, count, Self.allCores.threads)
    if workers <= 1 {
      for index in 0..<max(0, count) { body(index) }
    } else {
      HelperThreads.shared.share(count, helpers: workers - 1, body)
    }
  }

  /// Cuts `0..<count` into at most `threads` ranges of nearly the same length, in order.
  ///
  /// - Parameter minimumLength: no range is shorter unless there is only one (at least 1).
  public func ranges(of count: Int, minimumLength: Int = 1) -> [Range<Int>] {
    precondition(count >= 0 && minimumLength >= 1, "a count and a length of 1 or more")
    let pieces = max(1, min(threads, count / minimumLength))
    return (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
  }
}

/// The processors that this process may use, or else those that are switched on.
private func availableProcessors() -> Int {
  let allowed = Int(stancekit_allowed_processors())
  return allowed > 0 ? allowed : Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
