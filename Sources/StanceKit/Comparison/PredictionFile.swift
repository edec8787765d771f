import Foundation

/// Answers of any tool, as a file has them: labels, probabilities, or what `stance classify` writes.
///
/// A task's answers are in a column of its name, in one called `prediction`, `predicted` or `pred`
/// where there is one task, or in the column that the user names. A cell has labels, separated by `;`;
/// in JSONL also an array of labels, an object of probabilities by label, or an object with `labels` or
/// `probabilities`. Without such a column, columns `TASK.LABEL` or `LABEL` have probabilities.
struct PredictionFile {
  let path: String
  let set: StatementSet
  /// From which probability a label of a multi-label task is given; a single-label task takes the most
  /// probable.
  let threshold: Double
  /// The columns that the user names, by task.
  let columns: [String: String]
  private let rowOfID: [String: Int]

  init(
    _ path: String, threshold: Double, columns: [String: String], options: ReadingOptions
  ) throws {
    var options = options
    (options.tasks, options.labelColumns, options.requiresText) = ([], [:], false)
    set = try StatementSet.read([path], options: options)
    (self.path, self.threshold, self.columns) = (path, threshold, columns)
    rowOfID = Dictionary(
      set.statements.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The record of a statement.
  func row(ofID id: String) -> Int? { rowOfID[id] }

  private static let usualNames = ["prediction", "predicted", "pred"]

  /// The column of a task's answers.
  private func answerColumn(_ task: String, isOnlyTask: Bool) -> Int? {
    if let name = columns[task] { return set.layout.extraColumns.firstIndex(of: name) }
    return ([task] + (isOnlyTask ? Self.usualNames : [])).lazy.compactMap {
      set.layout.extraColumns.firstIndex(of: $0)
    }.first
  }

  /// Whether a column that the user names is there.
  func checkColumns() throws {
    for (task, name) in columns.sorted(by: { $0.key < $1.key })
    where !set.layout.extraColumns.contains(name) {
      _ = try StatementColumn(
        named: name, in: StatementLayout(extraColumns: set.layout.columns.map(\.name)),
        option: "--prediction-column \(task)=\(name)")
    }
  }

  /// The names in the file of gold labels: `TASK.gold` as results have them, and a task's own column
  /// where its answers are in another.
  func goldColumns() -> [String: String] {
    var found: [String: String] = [:]
    for name in set.layout.extraColumns where name.hasSuffix(".gold") && name != ".gold" {
      found[String(name.dropLast(5))] = name
    }
    for task in columns.keys where set.layout.extraColumns.contains(task) { found[task] = task }
    return found
  }

  // MARK: Answers

  /// For each record the numbers of its labels, ascending; `nil` where the file does not answer the
  /// task.
  ///
  /// - Throws: `DataErrors`: labels that the task does not have, and what is no answer.
  func answers(to task: Codebook.Task, isOnlyTask: Bool) throws -> [[Int]]? {
    let read: (Statement) throws(DataError) -> Prediction
    if let column = answerColumn(task.name, isOnlyTask: isOnlyTask) {
      read = { (statement) throws(DataError) in try Self.prediction(statement, column, task.name) }
    } else if let labels = probabilityColumns(task) {
      read = { (statement) throws(DataError) in
        try Self.probabilities(statement, labels, task)
      }
    } else {
      return nil
    }
    var errors = DataErrors()
    var answers: [[Int]] = []
    for statement in set.statements {
      do throws(DataError) {
        answers.append(try numbers(of: read(statement), task, statement))
      } catch {
        errors.append(error)
        answers.append([])
      }
    }
    guard errors.isEmpty else { throw errors }
    return answers
  }

  /// Cells as a task's column would have them, for a codebook to be taken from.
  func labelCells(ofTask task: String, isOnlyTask: Bool) -> Set<String> {
    guard let column = answerColumn(task, isOnlyTask: isOnlyTask) else { return [] }
    var cells = Set<String>()
    for statement in set.statements {
      switch try? Self.prediction(statement, column, task) {
      case .labels(let names, isArray: let isArray):
        cells.insert(names.joined(separator: ";") + (isArray ? ";" : ""))
      case .probabilities(let values): cells.formUnion(values.keys)
      case nil: break
      }
    }
    return cells
  }

  private func probabilityColumns(_ task: Codebook.Task) -> [Int]? {
    for prefix in ["\(task.name).", ""] {
      let columns = task.labels.compactMap { label in
        set.layout.extraColumns.firstIndex(of: prefix + label.name)
      }
      if columns.count == task.labels.count { return columns }
    }
    return nil
  }

  private func numbers(
    of prediction: Prediction, _ task: Codebook.Task, _ statement: Statement
  ) throws(DataError) -> [Int] {
    var labels: [Int] = []
    switch prediction {
    case .labels(let names, isArray: _):
      for name in names { labels.append(try number(of: name, task, statement)) }
      guard task.kind == .multiLabel || Set(labels).count <= 1 else {
        throw DataError(
          .severalLabels, at: statement.location,
          "found \(labels.count) labels in task \"\(task.name)\"; expected one, as the task is "
            + "single-label")
      }
    case .probabilities(let values):
      var known: [(label: Int, probability: Double)] = []
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        known.append((try number(of: name, task, statement), value))
      }
      labels =
        task.kind == .multiLabel
        ? known.filter { $0.probability >= threshold }.map(\.label)
        // The first of equals in the codebook's order.
        : known.max { ($0.probability, $1.label) < ($1.probability, $0.label) }.map { [$0.label] }
          ?? []
    }
    return Set(labels).sorted()
  }

  private func number(
    of name: String, _ task: Codebook.Task, _ statement: Statement
  ) throws(DataError) -> Int {
    if let label = task.index(ofLabel: name) { return label }
    throw DataError.unknownLabel(name, of: task, at: statement.location)
  }
}
