import Foundation

/// How long some work took, repeated.
struct Measurement {
  /// One for each repetition, in order.
  let seconds: [Double]
  /// The most memory that the process held while it worked, in bytes; 0 where the system does not
  /// say.
  let peakMemory: Int

  /// The median of an odd number of repetitions, the lower of the two middle ones of an even number.
  var median: Double { seconds.sorted()[(seconds.count - 1) / 2] }

  /// Repeats `work`, and returns its last result with the time of all.
  static func repeating<Result>(
    _ count: Int, _ work: () throws -> Result
  ) rethrows -> (result: Result, measurement: Measurement) {
    PeakMemory.restart()
    let clock = ContinuousClock()
    var seconds: [Double] = []
    let start = clock.now
    var result = try work()
    seconds.append((clock.now - start) / .seconds(1))
    for _ in 1..<max(1, count) {
      let start = clock.now
      result = try work()
      seconds.append((clock.now - start) / .seconds(1))
    }
    return (result, Measurement(seconds: seconds, peakMemory: PeakMemory.bytes))
  }
}

/// The most memory that the process has held.
enum PeakMemory {
  /// Forgets what was before, where the system allows it (Linux).
  static func restart() {
    guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return }
    try? file.write(contentsOf: Data("5".utf8))
  }

  /// Since the last restart, in bytes; 0 where the system does not say.
  static var bytes: Int {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
      let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
    else { return 0 }
    return (Int(kilobytes) ?? 0) * 1024
  }
}
