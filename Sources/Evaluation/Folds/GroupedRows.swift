/// Rows brought together by group, with the indicators that folds are balanced by.
///
/// Indicators 0..<labelCount are the caller's labels; one more, the last, is carried by every row.
struct GroupedRows {
  /// For each row its group, numbered 0..<groupCount by first appearance.
  let groupOfRow: [Int]
  let groupCount: Int
  let indicatorCount: Int
  /// For each indicator 1 / (its occurrences in all rows), or 0 where it never occurs.
  let inverseTotals: [Double]

  private let labels: [[Int]]
  /// The rows, group by group; those of group g are at `groupStarts[g]..<groupStarts[g + 1]`.
  private let rowsByGroup: [Int]
  private let groupStarts: [Int]

  init(groups: [Int], labels: [[Int]], labelCount: Int) {
    precondition(labelCount >= 0, "the number of labels is not negative")
    var numbers: [Int: Int] = [:]
    groupOfRow = groups.map { group in
      if let number = numbers[group] { return number }
      let number = numbers.count
      numbers[group] = number
      return number
    }
    groupCount = numbers.count
    indicatorCount = labelCount + 1
    self.labels = labels

    var totals = Array(repeating: 0, count: labelCount)
    for label in labels.joined() {
      precondition(totals.indices.contains(label), "label outside 0..<\(labelCount)")
      totals[label] += 1
    }
    inverseTotals = (totals + [labels.count]).map { $0 == 0 ? 0 : 1 / Double($0) }

    // A counting sort of the rows by group.
    var starts = Array(repeating: 0, count: groupCount + 1)
    for group in groupOfRow { starts[group + 1] += 1 }
    for group in 0..<groupCount { starts[group + 1] += starts[group] }
    groupStarts = starts
    var rows = Array(repeating: 0, count: groups.count)
    for (row, group) in groupOfRow.enumerated() {
      rows[starts[group]] = row
      starts[group] += 1
    }
    rowsByGroup = rows
  }

  /// Counts the indicators of a group's rows.
  func count(_ group: Int, into counts: inout IndicatorCounts) {
    counts.reset()
    let rows = groupStarts[group]..<groupStarts[group + 1]
    counts.add(indicatorCount - 1, rows.count)
    for position in rows {
      for label in labels[rowsByGroup[position]] { counts.add(label, 1) }
    }
    counts.sortPresent()
  }

  /// The groups in the order in which they are placed: by spread, the largest first, and shuffled
  /// where that is equal.
  func placementOrder(using generator: inout some RandomNumberGenerator) -> [Int] {
    var counts = IndicatorCounts(indicatorCount: indicatorCount)
    let spreads = (0..<groupCount).map { group in
      count(group, into: &counts)
      return counts.present.reduce(0.0) { sum, indicator in
        let share = counts[indicator] * inverseTotals[indicator]
        return sum + share * share
      }
    }
    // Fisher-Yates is written out, because what the standard library's shuffle draws from a
    // generator may change from one version to the next, and with it every fold of a seed.
    var order = Array(0..<groupCount)
    for position in order.indices.dropFirst().reversed() {
      let choices = UInt64(position + 1)
      order.swapAt(position, Int(generator.next().multipliedFullWidth(by: choices).high))
    }
    // The shuffled position breaks ties, so nothing rests on the sort being stable.
    return order.enumerated()
      .sorted {
        let (left, right) = (spreads[$0.element], spreads[$1.element])
        return left == right ? $0.offset < $1.offset : left > right
      }
      .map(\.element)
  }
}

/// How often each indicator occurs, emptied in the time it took to fill.
struct IndicatorCounts {
  /// The indicators that occur at all.
  private(set) var present: [Int] = []
  private var counts: [Double]

  init(indicatorCount: Int) {
    counts = Array(repeating: 0, count: indicatorCount)
  }

  subscript(indicator: Int) -> Double { counts[indicator] }

  mutating func reset() {
    for indicator in present { counts[indicator] = 0 }
    present.removeAll(keepingCapacity: true)
  }

  /// Puts the present indicators in ascending order, so that sums over them are the same to the
  /// last bit in whatever order a row lists its labels.
  mutating func sortPresent() { present.sort() }

  mutating func add(_ indicator: Int, _ count: Int) {
    if counts[indicator] == 0 { present.append(indicator) }
    counts[indicator] += Double(count)
  }
}
