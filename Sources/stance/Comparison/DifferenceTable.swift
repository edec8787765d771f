import StanceKit

/// Statements to which two classifiers give different answers.
struct DifferenceTable {
  private let paired: PairedAnswers
  private let showsText: Bool

  init(_ paired: PairedAnswers, showsText: Bool) {
    (self.paired, self.showsText) = (paired, showsText)
  }

  /// Writes a row for each task and statement, as CSV.
  func write(to path: String) throws {
    try AtomicFile.write(path) { output in
      var bytes: [UInt8] = []
      func append(_ fields: [String]) {
        DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
      }
      append(["task", "id"] + (showsText ? ["text"] : []) + ["gold", "a", "b", "right"])
      for task in paired.tasks {
        for place in task.differences {
          let row = Row(task, place)
          let statement = paired.statements[task.rows[place]]
          append(
            [task.task.name, statement.id] + (showsText ? [statement.text] : [])
              + [row.gold, row.first, row.second].map { $0.joined(separator: ";") } + [row.right])
          try output.write(bytes)
          bytes.removeAll(keepingCapacity: true)
        }
      }
      try output.write(bytes)
    }
  }

  /// The answers to one statement, by their names.
  struct Row {
    let gold: [String]
    let first: [String]
    let second: [String]
    /// `a`, `b`, or `neither`.
    let right: String

    init(_ task: PairedAnswers.TaskAnswers, _ place: Int) {
      func names(_ labels: [Int]) -> [String] { labels.map { task.task.labels[$0].name } }
      (gold, first, second) = (
        names(task.gold[place]), names(task.first[place]), names(task.second[place])
      )
      right =
        task.first[place] == task.gold[place]
        ? "a" : task.second[place] == task.gold[place] ? "b" : "neither"
    }
  }
}
