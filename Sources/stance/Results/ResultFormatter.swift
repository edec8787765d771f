import StanceKit

/// Writes judged statements, one line each, in the format that was asked for.
struct ResultFormatter {
  private enum Writer {
    case table(ResultTable)
    case records(ResultRecords)
    case rows(ResultRows)
  }

  private let writer: Writer

  /// - Parameter known: what near copies are named by; `nil` where the model knows none.
  init(
    format: ResultFormat, tasks: [AnswerFields], layout: StatementLayout, known: KnownStatements?
  ) {
    let nearCopy = NearCopyFields(known: known)
    writer =
      switch format {
      case .table: .table(ResultTable(tasks: tasks, layout: layout, nearCopy: nearCopy))
      case .jsonl: .records(ResultRecords(tasks: tasks, layout: layout, nearCopy: nearCopy))
      case .csv: .rows(ResultRows(tasks: tasks, layout: layout, nearCopy: nearCopy))
      }
  }

  /// What comes before the first statement.
  func header() -> [UInt8] {
    switch writer {
    case .table(let table): table.header()
    case .records: []
    case .rows(let rows): rows.header()
    }
  }

  /// The lines of some statements, with their ends.
  func lines(_ statements: [Statement], _ judgements: [Judgement]) -> [UInt8] {
    var bytes: [UInt8] = []
    // A judged sentence takes about this much.
    bytes.reserveCapacity(512 * statements.count)
    for (statement, judgement) in zip(statements, judgements) {
      switch writer {
      case .table(let table): table.append(statement, judgement, to: &bytes)
      case .records(let records): records.append(statement, judgement, to: &bytes)
      case .rows(let rows): rows.append(statement, judgement, to: &bytes)
      }
    }
    return bytes
  }
}
