import StanceKit

/// Judged statements as CSV: the input's columns under their names and in their order, an `id` in
/// front where there is none, then the answers.
struct ResultRows {
  private let tasks: [AnswerFields]
  private let hasOwnID: Bool
  private let passed: [PassedColumns.Column]
  private let nearCopy: NearCopyFields

  init(tasks: [AnswerFields], layout: StatementLayout, nearCopy: NearCopyFields) {
    self.tasks = tasks
    self.nearCopy = nearCopy
    hasOwnID = !layout.has(.id)
    passed =
      PassedColumns(
        layout, tasks: tasks,
        own: Set((hasOwnID ? ["id"] : []) + [NearCopyFields.column])
      ).columns
  }

  func header() -> [UInt8] {
    var fields = (hasOwnID ? ["id"] : []) + passed.map(\.name)
    for task in tasks { fields += task.columns }
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(
      fields + ["coverage", "evidence"] + nearCopy.columns, delimiter: UInt8(ascii: ","), to: &bytes
    )
    return bytes
  }

  func append(_ statement: Statement, _ judgement: Judgement, to bytes: inout [UInt8]) {
    var fields = hasOwnID ? [statement.id] : []
    for column in passed {
      switch statement.field(column.role) {
      case .text(let text): fields.append(text)
      case .json(let literal): fields.append(literal)
      case .missing: fields.append("")
      }
    }
    for (task, judged) in zip(tasks, judgement.tasks) {
      fields += task.cells(judged, hasEvidence: judgement.hasEvidence)
    }
    fields += [sixDigits(judgement.coverage), String(judgement.hasEvidence)]
    fields += nearCopy.cells(judgement)
    DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
  }
}
