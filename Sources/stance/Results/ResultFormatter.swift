import StanceKit

/// Writes judged statements, one line each, in the format that was asked for.
struct ResultFormatter {
  let format: OutputFormat
  let tasks: [Codebook.Task]
  let layout: StatementLayout

  /// Fields that results bring themselves; an input field of that name is shown as `input.NAME`.
  private let ownFields: Set<String>

  init(format: OutputFormat, tasks: [Codebook.Task], layout: StatementLayout) {
    self.format = format
    self.tasks = tasks
    self.layout = layout
    ownFields = Set(
      ["coverage", "evidence"]
        + tasks.flatMap { task in task.labels.map { "\(task.name).\($0.name)" } })
  }

  /// The known columns that are passed through.
  private var passedColumns: [KnownColumn] {
    layout.presentColumns.filter { ![.id, .text, .weight].contains($0) }
  }

  /// What comes before the first statement.
  func header() -> [UInt8] {
    guard format == .csv else { return [] }
    var fields =
      ["id", "text"] + passedColumns.map(\.rawValue) + layout.extraColumns.map(fieldName)
    for task in tasks {
      fields.append(task.name)
      fields += task.labels.map { "\(task.name).\($0.name)" }
    }
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(
      fields + ["coverage", "evidence"], delimiter: UInt8(ascii: ","), to: &bytes)
    return bytes
  }

  /// The lines of some statements, with their ends.
  func lines(_ statements: [Statement], _ judgements: [Judgement]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (statement, judgement) in zip(statements, judgements) {
      switch format {
      case .csv: appendCSV(statement, judgement, to: &bytes)
      case .table: bytes.append(contentsOf: (table(statement, judgement) + "\n").utf8)
      case .jsonl, .json, .markdown: appendJSON(statement, judgement, to: &bytes)
      }
    }
    return bytes
  }

  private func fieldName(_ name: String) -> String {
    ownFields.contains(name) ? "input.\(name)" : name
  }

  private func passed(_ statement: Statement, _ column: KnownColumn) -> String? {
    switch column {
    case .language: statement.language
    case .speaker: statement.speaker
    case .source: statement.source
    case .date: statement.date
    case .group: statement.group
    case .id, .text, .weight: nil
    }
  }

  private func labels(_ judgement: TaskJudgement, _ task: Codebook.Task) -> [String] {
    judgement.labels.map { task.labels[$0].name }
  }

  private func appendJSON(
    _ statement: Statement, _ judgement: Judgement, to bytes: inout [UInt8]
  ) {
    var object = JSONObjectWriter()
    object.set("id", statement.id)
    object.set("text", statement.text)
    for column in passedColumns {
      if let value = passed(statement, column) { object.set(column.rawValue, value) }
    }
    for (name, value) in zip(layout.extraColumns, statement.extras) where value != .missing {
      object.set(fieldName(name), value)
    }
    for (task, judged) in zip(tasks, judgement.tasks) {
      object.setObject(task.name) { answer in
        answer.set("labels", labels(judged, task))
        answer.setObject("probabilities") { probabilities in
          for (label, probability) in zip(task.labels, judged.probabilities) {
            probabilities.set(label.name, probability: probability)
          }
        }
        if let column = layout.taskColumns.firstIndex(of: task.name),
          let gold = statement.annotations[column]
        {
          answer.set("gold", gold)
        }
      }
    }
    object.set("coverage", probability: judgement.coverage)
    object.set("evidence", judgement.hasEvidence)
    bytes.append(contentsOf: object.finished())
    bytes.append(UInt8(ascii: "\n"))
  }

  private func appendCSV(
    _ statement: Statement, _ judgement: Judgement, to bytes: inout [UInt8]
  ) {
    var fields = [statement.id, statement.text]
    fields += passedColumns.map { passed(statement, $0) ?? "" }
    for index in layout.extraColumns.indices {
      switch index < statement.extras.count ? statement.extras[index] : .missing {
      case .text(let text): fields.append(text)
      case .json(let literal): fields.append(literal)
      case .missing: fields.append("")
      }
    }
    for (task, judged) in zip(tasks, judgement.tasks) {
      fields.append(labels(judged, task).joined(separator: ";"))
      fields += judged.probabilities.map(sixDigits)
    }
    fields += [sixDigits(judgement.coverage), String(judgement.hasEvidence)]
    DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
  }

  private func sixDigits(_ probability: Double) -> String {
    var bytes: [UInt8] = []
    appendProbability(probability, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// `id  unity 0.93, humanitarian 0.71  negative 0.88  the text`, columns aligned as far as labels
  /// alone can tell.
  private func table(_ statement: Statement, _ judgement: Judgement) -> String {
    var parts = [padded(shortened(statement.id, to: 14), to: 4, .left)]
    for (task, judged) in zip(tasks, judgement.tasks) {
      let width = (task.labels.map { displayWidth($0.name) }.max() ?? 0) + 5
      let answer =
        judgement.hasEvidence
        ? judged.labels.map { "\(task.labels[$0].name) \(twoDigits(judged.probabilities[$0]))" }
          .joined(separator: ", ")
        : "(no evidence)"
      let shown = answer.isEmpty ? "(none)" : answer
      parts.append(Style.bold(padded(shown, to: width, .left)))
    }
    let prefix = parts.joined(separator: "  ")
    let plainWidth = parts.reduce(0) { $0 + displayWidth($1) + 2 }
    let room = Terminal.isOutputTerminal ? max(20, Terminal.width - plainWidth) : .max
    return prefix + "  " + shortened(statement.text, to: room)
  }
}
