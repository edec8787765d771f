import Dispatch
import Evaluation
import Synchronization

/// How often intervals hold what they are about.
struct Coverage: Sendable {
  private(set) var covered = 0
  private(set) var below = 0
  private(set) var above = 0
  private(set) var undefined = 0
  private var width = 0.0

  /// Counts an interval; `nil` where there was none.
  mutating func count(_ interval: ClosedRange<Double>?, _ truth: Double) {
    guard let interval else {
      undefined += 1
      return
    }
    // Shares of counts and of probabilities differ in their last digits.
    let rounding = 1e-12
    width += interval.upperBound - interval.lowerBound
    if truth < interval.lowerBound - rounding {
      above += 1
    } else if truth > interval.upperBound + rounding {
      below += 1
    } else {
      covered += 1
    }
  }

  private var count: Int { covered + below + above }
  var share: Double { Double(covered) / Double(max(1, count)) }
  var meanWidth: Double { width / Double(max(1, count)) }
  /// What the contract allows: 92 to 98 %, where most runs have an interval at all.
  var isKept: Bool { (0.92...0.98).contains(share) }
}

/// Repeats something with a generator of its own each time, on all cores; the results are those of any
/// number of cores.
func repeated<Result: Sendable>(
  _ count: Int, seed: UInt64, _ body: @Sendable (inout SplitMix64) -> Result
) -> [Result] {
  let results = Mutex([Result?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: count) { run in
    var generator = SplitMix64(seed: seed &+ UInt64(run) &* 0x9FB2_1C65_1E98_DF25)
    let result = body(&generator)
    results.withLock { $0[run] = result }
  }
  return results.withLock { $0.compactMap(\.self) }
}
