import Dispatch
import Synchronization

/// The rows of something long in ranges that any of several threads may take.
///
/// What the threads find is put together in the order of the rows, so that it is the same for any number.
struct RowRanges: Sendable {
  private let ranges: [Range<Int>]
  private let threads: Int

  /// A range with fewer rows costs more to hand over than it saves.
  private static let minimumLength = 10_000

  /// Cuts `0..<count` into at least one range.
  init(of count: Int, threads: Int) {
    let pieces = threads > 1 ? max(1, min(4 * threads, count / Self.minimumLength)) : 1
    ranges = (0..<pieces).map { count * $0 / pieces..<count * ($0 + 1) / pieces }
    self.threads = min(threads, pieces)
  }

  /// Calls `body` once for each range; the results in the ranges' order.
  func map<Result: Sendable>(_ body: @escaping @Sendable (Range<Int>) -> Result) -> [Result] {
    guard threads > 1 else { return ranges.map(body) }
    let results = RangeResults<Result>(count: ranges.count)
    let ranges = ranges
    // Not by `concurrentPerform`, which has no threads to give within another one. Nor is a helper waited
    // for that has not come yet: it finds nothing left to take.
    for _ in 1..<threads {
      DispatchQueue.global().async {
        while let index = results.next() { results.put(body(ranges[index]), at: index) }
      }
    }
    while let index = results.next() { results.put(body(ranges[index]), at: index) }
    return results.all()
  }
}

/// Results of ranges that are taken one after another.
private final class RangeResults<Result: Sendable>: Sendable {
  private let results: Mutex<[Result?]>
  private let taken = Atomic<Int>(0)
  private let left: Atomic<Int>
  private let count: Int
  private let finished = DispatchSemaphore(value: 0)

  init(count: Int) {
    self.count = count
    results = Mutex(Array(repeating: nil, count: count))
    left = Atomic(count)
  }

  /// The next range, `nil` when all are taken.
  func next() -> Int? {
    let index = taken.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func put(_ result: Result, at index: Int) {
    results.withLock { $0[index] = result }
    if left.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue == 0 {
      finished.signal()
    }
  }

  /// All results, once the last has come.
  func all() -> [Result] {
    finished.wait()
    return results.withLock { $0.compactMap { $0 } }
  }
}
