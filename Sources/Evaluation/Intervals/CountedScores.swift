/// What a statement adds to the counts that scores are made of, as cells of resampled totals.
///
/// The cells are those of statements, of statements that are right in all labels, and of three counts
/// for each label; in a single-label task those of the confusion matrix follow.
struct CountedScores: PerLabelScores {
  static let statements = 0
  static let correct = 1
  static func truePositives(_ label: Int) -> Int { 2 + 3 * label }
  static func falsePositives(_ label: Int) -> Int { 3 + 3 * label }
  static func falseNegatives(_ label: Int) -> Int { 4 + 3 * label }
  /// The cells of labels, of `cell` below `labelCount` labels.
  static func labelCells(_ labelCount: Int) -> Int { 2 + 3 * labelCount }

  /// The cell of a confusion matrix; `nil` for no answer.
  static func matrixCell(_ gold: Int, _ predicted: Int?, labelCount: Int) -> Int {
    labelCells(labelCount) + gold * (labelCount + 1) + (predicted ?? labelCount)
  }

  let perLabel: [BinaryConfusion]
  let statementCount: Double
  let correctCount: Double
  /// Of no use here.
  var labels: [String] { [] }

  /// Reads totals, whose counts are whole.
  init(_ totals: [Double], labelCount: Int) {
    statementCount = totals[Self.statements]
    correctCount = totals[Self.correct]
    perLabel = (0..<labelCount).map { label in
      let truePositives = Int(totals[Self.truePositives(label)])
      let falsePositives = Int(totals[Self.falsePositives(label)])
      let falseNegatives = Int(totals[Self.falseNegatives(label)])
      return BinaryConfusion(
        truePositives: truePositives, falsePositives: falsePositives,
        falseNegatives: falseNegatives,
        trueNegatives: Int(totals[Self.statements]) - truePositives - falsePositives
          - falseNegatives)
    }
  }

  /// The share of statements that are right in all labels: accuracy, or exact match.
  var correctShare: Double { statementCount == 0 ? 0 : correctCount / statementCount }
}

/// Fills the cells of `CountedScores`, statement by statement.
struct ScoreCounter {
  private var split: LabelSplit
  private let labelCount: Int
  private let isSingleLabel: Bool

  init(labelCount: Int, isSingleLabel: Bool) {
    self.labelCount = labelCount
    self.isSingleLabel = isSingleLabel
    split = LabelSplit(labelCount: labelCount)
  }

  var width: Int {
    CountedScores.labelCells(labelCount) + (isSingleLabel ? labelCount * (labelCount + 1) : 0)
  }

  /// Appends what a statement adds, with the cells moved up by `offset`.
  mutating func fill(
    gold: [Int], predicted: [Int], offset: Int = 0, _ entries: inout [ResampledUnits.Entry]
  ) {
    func add(_ cell: Int) { entries.append(.init(cell: offset + cell, amount: 1)) }
    split.update(gold: gold, predicted: predicted)
    add(CountedScores.statements)
    if split.missed.isEmpty && split.wrong.isEmpty { add(CountedScores.correct) }
    for label in split.correct { add(CountedScores.truePositives(label)) }
    for label in split.wrong { add(CountedScores.falsePositives(label)) }
    for label in split.missed { add(CountedScores.falseNegatives(label)) }
    if isSingleLabel, let label = gold.first {
      add(CountedScores.matrixCell(label, predicted.first, labelCount: labelCount))
    }
  }
}
