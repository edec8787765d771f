/// The order in which a fit has the rows of a matrix.
///
/// Rows of the same shape stand one after another: the processor then foresees where their loops end,
/// which otherwise takes as long as half of the entries.
struct RowOrder: Sendable {
  /// The documents' row at each place; empty for the documents' own order.
  let rows: [Int32]
  /// The place of each of the documents' rows; empty likewise.
  let places: [Int32]

  /// The documents' own.
  static let documents = RowOrder(rows: [], places: [])

  private init(rows: [Int32], places: [Int32]) {
    self.rows = rows
    self.places = places
  }

  /// Orders rows by rising number of ones, then of other entries, then by index.
  ///
  /// - Parameters:
  ///   - unitCounts: how many ones each row has.
  ///   - otherCounts: how many other entries.
  ///   - segments: in how many equal parts; each has rows of all shapes, so that its threads have the same
  ///     work.
  init(
    unitCounts: [Int32], otherCounts: [Int32], segments: Int, _ parallelism: Parallelism
  ) {
    let count = unitCounts.count
    precondition(otherCounts.count == count && segments > 0, "two counts for each row")
    // Ranked rows are dealt out to the segments in turn.
    let starts = (0..<segments).map { segment in
      (0..<segment).reduce(0) { $0 + (count - $1 + segments - 1) / segments }
    }
    var places: [Int32] = []
    rows = [Int32](unsafeUninitializedCapacity: count) { rows, rowCount in
      rowCount = count
      places = [Int32](unsafeUninitializedCapacity: count) { places, placeCount in
        placeCount = count
        guard let rows = rows.baseAddress, let places = places.baseAddress else { return }
        nonisolated(unsafe) let target = (rows: rows, places: places)
        RowRanking(unitCounts, otherCounts).forEach(parallelism) { rank, row in
          let place = starts[rank % segments] + rank / segments
          target.rows[place] = row
          target.places[Int(row)] = Int32(place)
        }
      }
    }
    self.places = places
  }
}

/// Ranks rows by two counts: a counting sort of as many keys as there are pairs of counts, or where these
/// are too many, one for each count.
private struct RowRanking {
  private let unitCounts: [Int32]
  private let otherCounts: [Int32]

  /// Loops this long end so rarely that their ends cost nothing.
  private static let longest: Int32 = 1023
  /// A thread with fewer rows costs more to wake up than it saves.
  private static let minimumRowsPerThread = 1 << 14

  init(_ unitCounts: [Int32], _ otherCounts: [Int32]) {
    self.unitCounts = unitCounts
    self.otherCounts = otherCounts
  }

  /// Calls `body` with each rank and its row, once each and from several threads.
  func forEach(_ parallelism: Parallelism, _ body: @Sendable (_ rank: Int, _ row: Int32) -> Void) {
    let unitKeys = Self.keyCount(unitCounts)
    let otherKeys = Self.keyCount(otherCounts)
    guard unitKeys * otherKeys > max(unitCounts.count, Int(Self.longest)) else {
      pass(nil, keys: unitKeys * otherKeys, (unit: otherKeys, other: 1), parallelism, body)
      return
    }
    // From the least to the most significant count, each time without changing the order of equals.
    let byOthers = [Int32](unsafeUninitializedCapacity: unitCounts.count) { rows, count in
      count = unitCounts.count
      guard let rows = rows.baseAddress else { return }
      nonisolated(unsafe) let target = rows
      pass(nil, keys: otherKeys, (unit: 0, other: 1), parallelism) { target[$0] = $1 }
    }
    pass(byOthers, keys: unitKeys, (unit: 1, other: 0), parallelism, body)
  }

  private static func keyCount(_ counts: [Int32]) -> Int {
    Int(min(counts.max() ?? 0, longest)) + 1
  }

  /// One counting sort, of rows in the order of `input` or else of their indices.
  ///
  /// - Parameter factors: a row's key is the sum of its two counts times these.
  private func pass(
    _ input: [Int32]?, keys: Int, _ factors: (unit: Int, other: Int), _ parallelism: Parallelism,
    _ body: @Sendable (_ rank: Int, _ row: Int32) -> Void
  ) {
    let key = { @Sendable (row: Int32) in
      factors.unit * Int(min(unitCounts[Int(row)], Self.longest))
        + factors.other * Int(min(otherCounts[Int(row)], Self.longest))
    }
    let ranges = parallelism.ranges(
      of: unitCounts.count, minimumLength: Self.minimumRowsPerThread)
    // Each range has its own ranks for each key, behind those of the ranges before it.
    var starts = parallelism.map(ranges.count) { range in
      var counts = [Int](repeating: 0, count: keys)
      for position in ranges[range] { counts[key(input?[position] ?? Int32(position))] += 1 }
      return counts
    }
    var next = 0
    for key in 0..<keys {
      for range in starts.indices {
        let count = starts[range][key]
        starts[range][key] = next
        next += count
      }
    }
    let firstRanks = starts
    parallelism.forEach(ranges.count) { range in
      var ranks = firstRanks[range]
      for position in ranges[range] {
        let row = input?[position] ?? Int32(position)
        body(ranks[key(row)], row)
        ranks[key(row)] += 1
      }
    }
  }
}
