/// Passes over the values of a matrix.
extension SparseMatrix {
  /// A thread with fewer values than this costs more to wake up than it saves.
  private static let valuesPerThread = 100_000

  /// The position of the first value that is infinite or not a number.
  func firstPositionNotFinite(_ parallelism: Parallelism) -> Int? {
    // What is written when it is needed is made sure of then.
    guard case .stored(let entries) = entries else { return nil }
    let values = entries.values
    let ranges = parallelism.ranges(of: values.count, minimumLength: Self.valuesPerThread)
    let areFinite = parallelism.map(ranges.count) { index in
      ranges[index].allSatisfy { values[$0].isFinite }
    }
    guard areFinite.contains(false) else { return nil }
    return values.firstIndex { !$0.isFinite }
  }
}
