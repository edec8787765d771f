/// Groups being placed in folds one after the other, each where it unbalances the folds least.
struct FoldAssignment {
  /// For each group its fold; −1 until it is placed.
  private(set) var foldOfGroup: [Int]

  private let rows: GroupedRows
  private let foldCount: Int
  /// indicators × folds, row-major: occurrences placed so far, whole numbers.
  private var placed: [Double]
  // Scratch space, kept so that placing a group allocates nothing.
  private var counts: IndicatorCounts
  private var costs: [Double]

  init(rows: GroupedRows, foldCount: Int) {
    self.rows = rows
    self.foldCount = foldCount
    foldOfGroup = Array(repeating: -1, count: rows.groupCount)
    placed = Array(repeating: 0, count: rows.indicatorCount * foldCount)
    counts = IndicatorCounts(indicatorCount: rows.indicatorCount)
    costs = Array(repeating: 0, count: foldCount)
  }

  /// Places a group in the fold that keeps the summed variance of the folds' shares lowest.
  ///
  /// When a group with share δ(c) of indicator c joins fold f, the mean over folds of s(·, c) grows
  /// by the same amount for every f, and Σ s² grows by 2 s(f, c) δ(c) + δ(c)². Only s(f, c) δ(c)
  /// depends on the fold, so its sum over the group's indicators is what has to be lowest. It is 0
  /// for an empty fold and more for any other, because every row carries the last indicator.
  mutating func place(_ group: Int) {
    rows.count(group, into: &counts)
    for fold in 0..<foldCount { costs[fold] = 0 }
    for indicator in counts.present {
      let inverseTotal = rows.inverseTotals[indicator]
      let weight = counts[indicator] * inverseTotal * inverseTotal
      for fold in 0..<foldCount {
        costs[fold] += weight * placed[indicator * foldCount + fold]
      }
    }
    var best = 0
    for fold in 1..<foldCount where (costs[fold], size(fold)) < (costs[best], size(best)) {
      best = fold
    }
    foldOfGroup[group] = best
    for indicator in counts.present {
      placed[indicator * foldCount + best] += counts[indicator]
    }
  }

  /// The rows that a fold holds so far.
  private func size(_ fold: Int) -> Double {
    placed[(rows.indicatorCount - 1) * foldCount + fold]
  }
}
