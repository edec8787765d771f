import StanceKit

/// Judged statements as JSONL.
struct ResultRecords {
  private let tasks: [AnswerFields]
  /// For each task the place of its gold labels in a statement's annotations.
  private let gold: [Int?]
  private let passed: [PassedColumns.Column]
  private let nearCopy: NearCopyFields

  init(tasks: [AnswerFields], layout: StatementLayout, nearCopy: NearCopyFields) {
    self.tasks = tasks
    self.nearCopy = nearCopy
    gold = tasks.map { layout.taskColumns.firstIndex(of: $0.task.name) }
    passed =
      PassedColumns(
        layout, tasks: tasks,
        own: ["id", "text", NearCopyFields.column]
      ) { role in
        switch role {
        case .known(.id), .known(.text), .task: true
        case .known, .extra: false
        }
      }.columns
  }

  func append(_ statement: Statement, _ judgement: Judgement, to bytes: inout [UInt8]) {
    JSONObjectWriter.append(to: &bytes) { object in
      object.set("id", statement.id)
      object.set("text", statement.text)
      for column in passed {
        let value = statement.field(column.role)
        if value != .missing { object.set(column.name, value) }
      }
      for index in tasks.indices {
        object.setObject(tasks[index].task.name) { answer in
          tasks[index].fill(&answer, judgement.tasks[index], hasEvidence: judgement.hasEvidence)
          if let labels = gold[index].flatMap(statement.gold) { answer.set("gold", labels) }
        }
      }
      object.set("coverage", probability: judgement.coverage)
      object.set("evidence", judgement.hasEvidence)
      nearCopy.fill(&object, judgement)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
