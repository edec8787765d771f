import StanceKit

/// Judged statements for people: `7  unity 0.93, humanitarian 0.71  negative 0.88  the text`.
///
/// Lines are written as they come, so columns are aligned as far as labels alone can tell.
struct ResultTable {
  /// Below this share of known n-grams an answer rests on less than half of the text.
  private static let lowCoverage = 0.5

  /// A longer id is cut.
  private static let longestID = 14

  private let tasks: [AnswerFields]
  /// The width of each task's column.
  private let widths: [Int]
  private let idWidth: Int
  private let nearCopy: NearCopyFields

  init(tasks: [AnswerFields], layout: StatementLayout, nearCopy: NearCopyFields) {
    self.tasks = tasks
    self.nearCopy = nearCopy
    // Numbers where the input has no ids of its own.
    idWidth = layout.has(.id) ? 8 : 4
    widths = tasks.map(\.shownWidth)
  }

  /// The names of the columns on a terminal; where other programs read lines, each is a statement.
  func header() -> [UInt8] {
    guard Terminal.isOutputTerminal else { return [] }
    let names =
      [padded("id", to: idWidth, .left)]
      + zip(tasks, widths).map { padded(oneLine($0.task.name), to: $1, .left) } + ["text"]
    return Array((Style.dim(names.joined(separator: "  ")) + "\n").utf8)
  }

  func append(_ statement: Statement, _ judgement: Judgement, to bytes: inout [UInt8]) {
    var cells = [
      padded(shortened(statement.id, to: Self.longestID), to: idWidth, .left)
    ]
    for (index, judged) in judgement.tasks.enumerated() {
      cells.append(
        padded(answer(judged, tasks[index], judgement.hasEvidence), to: widths[index], .left))
    }
    // The width is that of what is shown, before it is painted.
    var used = cells.reduce(0) { $0 + displayWidth($1) + 2 }
    var line = cells[0]
    for cell in cells.dropFirst() { line += "  " + Style.bold(cell) }
    line += "  "
    for mark in marks(judgement) {
      used += displayWidth(mark) + 1
      line += Style.warning(mark) + " "
    }
    let room = Terminal.isOutputTerminal ? max(20, Terminal.width - used) : .max
    line += shortened(statement.text, to: room) + "\n"
    bytes.append(contentsOf: line.utf8)
  }

  /// What is to be known of an answer.
  private func marks(_ judgement: Judgement) -> [String] {
    let isLow = judgement.hasEvidence && judgement.coverage < Self.lowCoverage
    return [
      nearCopy.shown(judgement),
      isLow ? "(low coverage \(twoDigits(judgement.coverage)))" : nil,
    ].compactMap(\.self)
  }

  private func answer(
    _ judged: TaskJudgement, _ fields: AnswerFields, _ hasEvidence: Bool
  ) -> String {
    guard hasEvidence else { return "(no evidence)" }
    let labels = fields.shown(judged)
    return labels.isEmpty ? "(none)" : labels
  }
}
