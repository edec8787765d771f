/// A kind of statements, told by a column: those that a model is for.
///
/// Statements of every kind teach which words say what. But how often a label occurs, and how sure a
/// score is, differ between the posts of activists and the speeches of delegates; so calibration,
/// thresholds and scores can be those of one kind, while a model learns its coefficients from all.
public struct StatementKind: Hashable, Codable, Sendable {
  /// `language`, `speaker`, `source`, `date`, `group`, or a column that means nothing else.
  public let column: String
  /// A statement with any of these is of the kind; at least one.
  public let values: [String]

  public init(column: String, values: [String]) {
    self.column = column
    self.values = values
  }

  /// Fewer statements with a label, or without it, tell nothing of its threshold.
  static let fewestOfLabel = 10

  /// The statements that are of the kind, by their indices; `nil` where there is no such column.
  func rows(of data: LabelledStatements) -> [Int]? {
    let columns = FeatureColumns([column], layout: data.layout)
    guard columns.absent.isEmpty else { return nil }
    let wanted = Set(values)
    return data.statements.indices.filter { row in
      columns.values(of: data.statements[row])[0].map(wanted.contains) ?? false
    }
  }

  /// The statements that are of the kind, where they are enough to learn decisions from.
  ///
  /// - Throws: `TrainingError` where the column or a value is not there, or a label is too rare.
  func checkedRows(
    of data: LabelledStatements, _ tasks: [TaskData]
  ) throws(TrainingError) -> [Int] {
    guard let rows = rows(of: data) else {
      let possible = FeatureColumns.possible(in: data.layout)
      throw TrainingError(
        .missingColumn,
        "found no column \"\(column)\" to tell the statements that the model is for; expected "
          + (possible.isEmpty
            ? "a file that has one" : "one of \(possible.joined(separator: ", "))"))
    }
    for value in values where StatementKind(column: column, values: [value]).rows(of: data) == [] {
      throw TrainingError(
        .noSuchStatements,
        "found no statement whose \(column) is \"\(value)\", for which the model is to be; check how it "
          + "is written there")
    }
    for task in tasks { try check(task, task.labelledRows(among: rows)) }
    return rows
  }

  /// Such as: source is "interviews" or "speeches".
  public var wording: String {
    let quoted = values.map { "\"\($0)\"" }
    guard let last = quoted.last, quoted.count > 1 else {
      return "\(column) is \(quoted.first ?? "nothing")"
    }
    return "\(column) is \(quoted.dropLast().joined(separator: ", ")) or \(last)"
  }

  private func check(_ task: TaskData, _ labelled: [Int]) throws(TrainingError) {
    let fewest = Self.fewestOfLabel
    guard labelled.count >= 2 * fewest else {
      throw TrainingError(
        .noSuchStatements,
        """
        task "\(task.task.name)": found \(labelled.count) labelled statements whose \(wording), expected at \
        least \(2 * fewest) to learn decisions from: label more, or train for all
        """)
    }
    guard task.task.kind == .multiLabel else { return }
    for (label, definition) in task.task.labels.enumerated() {
      let count = task.positives(label, labelled).count { $0 }
      if min(count, labelled.count - count) >= fewest { continue }
      throw TrainingError(
        .noSuchStatements,
        """
        task "\(task.task.name)": of \(labelled.count) statements whose \(wording), found \(count) that carry \
        the label "\(definition.name)", expected at least \(fewest) that do and \(fewest) that do not, to \
        learn its threshold from: label more, or train for all
        """)
    }
  }
}
