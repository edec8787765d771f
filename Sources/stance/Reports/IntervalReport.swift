import StanceKit

/// How intervals came about, and those that no other table shows.
struct IntervalReport {
  private let intervals: ScoreIntervals?

  init(_ intervals: ScoreIntervals?) { self.intervals = intervals }

  /// Two lines; none where there are no intervals.
  var method: [String] {
    guard let intervals else { return [] }
    return [
      "intervals of 95 %: Wilson's for shares and each label's F1,",
      "for macro and micro a bootstrap: \(intervals.sampling.wording)",
    ]
  }

  /// The shares of each gold label's statements; none where they do not fit into a width.
  func shareLines(_ matrix: ConfusionMatrix, width: Int) -> [String] {
    guard let table = shareTable(matrix) else { return [] }
    let lines = table.lines(indent: "  ")
    guard lines.allSatisfy({ shownWidth($0) <= width }) else { return [] }
    return [""] + lines
  }

  func shareMarkdown(_ matrix: ConfusionMatrix) -> [String] {
    shareTable(matrix).map { [""] + $0.markdown() } ?? []
  }

  private func shareTable(_ matrix: ConfusionMatrix) -> TextTable? {
    guard let rows = intervals?.rowShares else { return nil }
    let hasUnanswered = matrix.unansweredTotal > 0
    let columns: [Int?] = matrix.labels.indices.map { $0 } + (hasUnanswered ? [nil] : [])
    let titles = matrix.labels + (hasUnanswered ? [ConfusionMatrix.unansweredTitle] : [])
    var table = TextTable(header: ["share of the row"] + titles)
    for (gold, total) in matrix.rowTotals.enumerated() {
      let cells = columns.map { predicted -> String in
        guard let row = rows[gold], total > 0 else { return "–" }
        return twoDigits(
          Double(matrix[gold: gold, predicted: predicted]) / Double(total),
          row[predicted ?? matrix.labels.count])
      }
      table.append([matrix.labels[gold]] + cells)
    }
    return table
  }
}

extension Sampling {
  /// `2,000 resamples of 41 groups, seed 1`
  var wording: String {
    "\(grouped(bootstrap.resampleCount)) resamples of \(counted(unitCount, unit.rawValue)), seed "
      + "\(bootstrap.seed)"
  }
}
