import StanceKit

/// A confusion matrix as it is drawn: rows gold, columns predicted, totals at the rims.
struct MatrixTable {
  let rowTitles: [String]
  let columnTitles: [String]
  /// Row by row.
  let counts: [[Int]]
  /// Which cells are right; all others are errors.
  let isCorrect: (_ row: Int, _ column: Int) -> Bool

  /// Single-label: k × k, and a column for statements without evidence where there are any.
  init(_ matrix: ConfusionMatrix) {
    let hasUnanswered = matrix.unansweredTotal > 0
    rowTitles = matrix.labels
    columnTitles = matrix.labels + (hasUnanswered ? [ConfusionMatrix.unansweredTitle] : [])
    counts = matrix.labels.indices.map { gold in
      matrix.labels.indices.map { matrix[gold: gold, predicted: $0] }
        + (hasUnanswered ? [matrix[gold: gold, predicted: nil]] : [])
    }
    isCorrect = { $0 == $1 }
  }

  /// Multi-label, label by label.
  init(_ matrix: LabelConfusion) {
    let numbers: [Int?] = matrix.labels.indices.map { $0 } + [nil]
    rowTitles = matrix.rowTitles
    columnTitles = matrix.columnTitles
    counts = numbers.map { gold in numbers.map { matrix[gold: gold, predicted: $0] } }
    isCorrect = { $0 == $1 }
  }

  /// Multi-label, one label against the rest.
  init(_ confusion: BinaryConfusion, label: String) {
    rowTitles = [label, "not"]
    columnTitles = ["yes", "no"]
    counts = [
      [confusion.truePositives, confusion.falseNegatives],
      [confusion.falsePositives, confusion.trueNegatives],
    ]
    isCorrect = { $0 == $1 }
  }

  var table: TextTable {
    var table = TextTable(header: ["gold \\ predicted"] + columnTitles + ["total"])
    for (row, title) in rowTitles.enumerated() {
      let total = counts[row].reduce(0, +)
      var cells = [TextTable.Cell(text: title)]
      for (column, count) in counts[row].enumerated() {
        let paint = Shade(share: total == 0 ? 0 : Double(count) / Double(total)).paint(
          isCorrect: isCorrect(row, column))
        cells.append(TextTable.Cell(text: grouped(count), paint: paint))
      }
      cells.append(TextTable.Cell(text: grouped(total), paint: Style.dim))
      table.append(cells)
    }
    let totals = columnTitles.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
    table.append(
      (["total"] + totals.map(grouped) + [grouped(totals.reduce(0, +))])
        .map { TextTable.Cell(text: $0, paint: Style.dim) })
    return table
  }
}

/// How strongly a cell is shaded: by its share of the row, green where it is right, red where not.
private struct Shade {
  let share: Double

  func paint(isCorrect: Bool) -> (String) -> String {
    let steps = isCorrect ? [194, 157, 114, 71, 28] : [224, 217, 210, 203, 160]
    // The smallest errors stay plain, so that the eye finds the others.
    guard share >= 0.01 else { return { $0 } }
    let step = min(steps.count - 1, Int((share.squareRoot() * Double(steps.count)).rounded(.down)))
    return { Style.shaded($0, ground: steps[step], lightText: step >= 3) }
  }
}
