/// What is drawn in resampling: groups of statements, each with what it adds to some totals.
///
/// Units that add the same are kept once with their number, which without groups leaves a few dozen
/// of any number of statements.
struct ResampledUnits: Sendable {
  /// An amount that a unit adds to a total.
  struct Entry: Hashable, Sendable {
    let cell: Int
    var amount: Double
  }

  /// The number of totals.
  let width: Int
  /// The number of units.
  let count: Int
  /// Whether a unit has more than one statement.
  let isGrouped: Bool
  /// How many units add what each pattern says.
  let multiplicities: [Int]
  /// Of all units.
  let totals: [Double]

  /// Pattern by pattern; those of pattern p are at `starts[p]..<starts[p + 1]`.
  private let entries: [Entry]
  private let starts: [Int]
  /// For each unit its pattern, rising.
  private let patternOfUnit: [Int32]

  /// Brings statements together in units.
  ///
  /// - Parameters:
  ///   - width: the number of totals.
  ///   - groups: for each statement its group, any number; a group is a unit.
  ///   - fill: appends what a statement adds, in any order; a cell may come several times.
  /// - Complexity: O(m log m) for m entries.
  init(width: Int, groups: [Int], fill: (_ row: Int, _ entries: inout [Entry]) -> Void) {
    self.width = width
    var numbers: [[Entry]: Int] = [:]
    var entries: [Entry] = []
    for rows in Self.rowsByGroup(groups) {
      entries.removeAll(keepingCapacity: true)
      for row in rows { fill(row, &entries) }
      numbers[Self.merged(&entries), default: 0] += 1
    }
    // In an order of their own, so that nothing rests on the order of the statements.
    let patterns = numbers.sorted { Self.precedes($0.key, $1.key) }
    count = patterns.reduce(0) { $0 + $1.value }
    isGrouped = count < groups.count
    multiplicities = patterns.map(\.value)
    self.entries = patterns.flatMap(\.key)
    var starts = [0]
    for pattern in patterns { starts.append((starts.last ?? 0) + pattern.key.count) }
    self.starts = starts
    patternOfUnit = patterns.indices.flatMap { pattern in
      repeatElement(Int32(pattern), count: patterns[pattern].value)
    }
    var totals = Array(repeating: 0.0, count: width)
    for (pattern, number) in patterns.map(\.value).enumerated() {
      for entry in self.entries[starts[pattern]..<starts[pattern + 1]] {
        totals[entry.cell] += Double(number) * entry.amount
      }
    }
    self.totals = totals
  }

  /// What a unit of a pattern adds.
  func entries(ofPattern pattern: Int) -> ArraySlice<Entry> {
    entries[starts[pattern]..<starts[pattern + 1]]
  }

  /// The totals of as many units as there are, drawn with replacement.
  ///
  /// - Parameter numbers: scratch space: becomes how often each pattern was drawn.
  func resampledTotals(
    _ numbers: inout [Int32], using generator: inout SplitMix64
  ) -> [Double] {
    for pattern in numbers.indices { numbers[pattern] = 0 }
    func draw(_ bits: UInt64) {
      let unit = (bits &* UInt64(count)) >> 32
      numbers[Int(patternOfUnit[Int(unit)])] &+= 1
    }
    // Each number serves two draws of 32 bits; of 2³² a few more fall on some units than on others,
    // which changes a unit's chance by less than one in 2³² / count.
    for _ in 0..<count / 2 {
      let bits = generator.next()
      draw(bits >> 32)
      draw(bits & 0xFFFF_FFFF)
    }
    if count % 2 == 1 { draw(generator.next() >> 32) }
    var totals = Array(repeating: 0.0, count: width)
    for pattern in numbers.indices where numbers[pattern] > 0 {
      let number = Double(numbers[pattern])
      for index in starts[pattern]..<starts[pattern + 1] {
        totals[entries[index].cell] += number * entries[index].amount
      }
    }
    return totals
  }

  /// Calls `body` for each pattern with the totals of all units but one of it.
  func forEachOmission(_ body: (_ pattern: Int, _ totals: [Double]) -> Void) {
    var rest = totals
    for pattern in multiplicities.indices {
      for entry in entries(ofPattern: pattern) { rest[entry.cell] -= entry.amount }
      body(pattern, rest)
      // Set, not added back: nothing of one omission is left in the next.
      for entry in entries(ofPattern: pattern) { rest[entry.cell] = totals[entry.cell] }
    }
  }

  private static func rowsByGroup(_ groups: [Int]) -> [[Int]] {
    var numbers: [Int: Int] = [:]
    var rows: [[Int]] = []
    for (row, group) in groups.enumerated() {
      if let number = numbers[group] {
        rows[number].append(row)
      } else {
        numbers[group] = rows.count
        rows.append([row])
      }
    }
    return rows
  }

  /// One entry for each cell, rising.
  private static func merged(_ entries: inout [Entry]) -> [Entry] {
    entries.sort { $0.cell < $1.cell }
    var merged: [Entry] = []
    for entry in entries {
      if let last = merged.indices.last, merged[last].cell == entry.cell {
        merged[last].amount += entry.amount
      } else {
        merged.append(entry)
      }
    }
    return merged
  }

  private static func precedes(_ left: [Entry], _ right: [Entry]) -> Bool {
    left.lexicographicallyPrecedes(right) { ($0.cell, $0.amount) < ($1.cell, $1.amount) }
  }
}
