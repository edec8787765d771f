import StanceKit

/// Judged statements as JSONL.
struct ResultRecords {
  private let tasks: [Codebook.Task]
  /// For each task the place of its gold labels in a statement's annotations.
  private let gold: [Int?]
  private let passed: [PassedColumns.Column]

  init(tasks: [Codebook.Task], layout: StatementLayout) {
    self.tasks = tasks
    gold = tasks.map { layout.taskColumns.firstIndex(of: $0.name) }
    passed =
      PassedColumns(layout, tasks: tasks, own: ["id", "text"]) { role in
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
        let (task, judged) = (tasks[index], judgement.tasks[index])
        object.setObject(task.name) { answer in
          answer.set("labels", judged.labelNames(task))
          answer.setObject("probabilities") { probabilities in
            for (label, probability) in zip(task.labels, judged.probabilities) {
              if judgement.hasEvidence {
                probabilities.set(label.name, probability: probability)
              } else {
                probabilities.set(label.name, FieldValue.missing)
              }
            }
          }
          if let labels = gold[index].flatMap(statement.gold) { answer.set("gold", labels) }
        }
      }
      object.set("coverage", probability: judgement.coverage)
      object.set("evidence", judgement.hasEvidence)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
