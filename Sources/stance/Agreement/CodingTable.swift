import StanceKit

/// Coded statements as files: what is to be discussed, and what most coders say.
struct CodingTable {
  private let coded: CodedStatements
  private let showsText: Bool

  init(_ coded: CodedStatements, showsText: Bool) {
    (self.coded, self.showsText) = (coded, showsText)
  }

  private static let comma = UInt8(ascii: ",")

  /// Writes a row for each task and statement on which not all answers are the same.
  func writeDisagreements(to path: String) throws {
    try AtomicFile.write(path) { output in
      var bytes: [UInt8] = []
      DelimitedText.appendRecord(
        ["task", "id"] + (showsText ? ["text"] : []) + coded.coders + ["majority", "tied"],
        delimiter: Self.comma, to: &bytes)
      for (index, task) in coded.codebook.tasks.enumerated() {
        for row in coded.disagreements(onTask: index) {
          let statement = coded.statements[row]
          let vote = coded.majority(onTask: index, ofStatement: row)
          let answers = coded.answers[index][row].map { $0.map { cell($0, task) } ?? "" }
          DelimitedText.appendRecord(
            [task.name, statement.id] + (showsText ? [statement.text] : []) + answers
              + [cell(vote?.labels ?? [], task), cell(vote?.tied ?? [], task)],
            delimiter: Self.comma, to: &bytes)
          try output.write(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try output.write(bytes)
    }
  }

  /// Writes every statement with its columns, the labels that most coders gave it, and those that are
  /// tied.
  ///
  /// - Returns: for each task the number of statements with a tie.
  func writeMajority(to path: String) throws -> [Int] {
    let tasks = coded.codebook.tasks
    let hasOwnID = !coded.layout.has(.id)
    let own = (hasOwnID ? ["id"] : []) + tasks.flatMap { [$0.name, tiedColumn($0)] }
    let passed = PassedColumns(
      coded.layout, tasks: [], own: Set(own), leavingOut: coded.isCoding
    ).columns
    var ties = tasks.map { _ in 0 }
    try AtomicFile.write(path) { output in
      var bytes: [UInt8] = []
      DelimitedText.appendRecord(
        (hasOwnID ? ["id"] : []) + passed.map(\.name) + own.dropFirst(hasOwnID ? 1 : 0),
        delimiter: Self.comma, to: &bytes)
      for (row, statement) in coded.statements.enumerated() {
        var fields = hasOwnID ? [statement.id] : []
        for column in passed { fields.append(statement.field(column.role).plainText ?? "") }
        for (index, task) in tasks.enumerated() {
          let vote = coded.majority(onTask: index, ofStatement: row)
          fields += [cell(vote?.labels ?? [], task), cell(vote?.tied ?? [], task)]
          if vote?.tied.isEmpty == false { ties[index] += 1 }
        }
        DelimitedText.appendRecord(fields, delimiter: Self.comma, to: &bytes)
        try output.write(bytes)
        bytes.removeAll(keepingCapacity: true)
      }
      try output.write(bytes)
    }
    return ties
  }

  private func tiedColumn(_ task: Codebook.Task) -> String { "\(task.name).tied" }

  private func cell(_ labels: [Int], _ task: Codebook.Task) -> String {
    labels.map { task.labels[$0].name }.joined(separator: ";")
  }
}
