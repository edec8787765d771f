import StanceKit

/// Statements for a spreadsheet: what is known of each, an empty cell for the labels of each task that
/// is asked, and why it was chosen.
struct LabellingSheet {
  private let model: Model
  private let tasks: [Codebook.Task]
  private let passed: [PassedColumns.Column]

  /// - Parameter tasks: indices of the model's classifiers; all when empty.
  init(model: Model, tasks: [Int], layout: StatementLayout) {
    self.model = model
    let indices = tasks.isEmpty ? Array(model.classifiers.indices) : tasks
    self.tasks = indices.map { model.classifiers[$0].task }
    let asked = Set(self.tasks.map(\.name))
    let own = Set(["id", "text", "score", "reason"]).union(asked)
    passed =
      PassedColumns(layout, own: own, goldSuffix: "") { role in
        switch role {
        case .known(.id), .known(.text): true
        case .task(let task): asked.contains(layout.taskColumns[task])
        case .known, .extra: false
        }
      }.columns
  }

  func header() -> [UInt8] {
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(
      ["id", "text"] + passed.map(\.name) + tasks.map(\.name) + ["score", "reason"],
      delimiter: UInt8(ascii: ","), to: &bytes)
    return bytes
  }

  func append(_ statement: Statement, _ query: Query, to bytes: inout [UInt8]) {
    var fields = [statement.id, statement.text]
    fields += passed.map { statement.field($0.role).plainText ?? "" }
    fields += tasks.map { _ in "" }
    fields += [query.score.map(sixDigits) ?? "", reason(query)]
    DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
  }

  /// What is in doubt, without saying which way the model leans.
  private func reason(_ query: Query) -> String {
    guard query.hasEvidence else { return "no known word" }
    guard !query.doubts.isEmpty else { return "random draw" }
    return query.doubts.map { doubt in
      let task = model.classifiers[doubt.task].task
      return "\(task.name): " + doubt.labels.map { task.labels[$0].name }.joined(separator: " or ")
        + "?"
    }.joined(separator: ", ")
  }
}
