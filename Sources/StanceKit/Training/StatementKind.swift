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
    return columns.absent.isEmpty ? rows(of: data, columns) : nil
  }

  private func rows(of data: LabelledStatements, _ columns: FeatureColumns) -> [Int] {
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
    let columns = FeatureColumns([column], layout: data.layout)
    guard columns.absent.isEmpty else {
      let possible = FeatureColumns.possible(in: data.layout)
      throw TrainingError(
        .missingColumn,
        "found no column \(Wording.quoted(column)) that tells the statements that the model is for; "
          + "expected "
          + (possible.isEmpty
            ? "a file that has one" : "one of \(possible.joined(separator: ", "))")
          + ": check --for")
    }
    try checkValues(in: data, columns)
    let rows = rows(of: data, columns)
    for task in tasks { try check(task, task.labelledRows(among: rows)) }
    return rows
  }

  /// How many values an error names.
  private static let namedValues = 5

  private func checkValues(
    in data: LabelledStatements, _ columns: FeatureColumns
  ) throws(TrainingError) {
    var counts: [String: Int] = [:]
    for row in data.statements.indices {
      if let value = columns.values(of: data.statements[row])[0] { counts[value, default: 0] += 1 }
    }
    guard let absent = values.first(where: { counts[$0] == nil }) else { return }
    let known = counts.sorted {
      $0.value == $1.value
        ? $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) : $0.value > $1.value
    }.map { Wording.quoted($0.key) }
    let others = known.count - Self.namedValues
    let list =
      known.prefix(Self.namedValues).joined(separator: ", ")
      + (others > 0 ? " and \(others) more" : "")
    throw TrainingError(
      .noSuchStatements,
      "found no statement whose \(column) is \(Wording.quoted(absent)), expected "
        + (known.isEmpty ? "a column that is not empty" : "one of \(list)") + ": check --for")
  }

  /// Such as: source is "interviews" or "speeches".
  public var wording: String {
    let quoted = values.map(Wording.quoted)
    guard let last = quoted.last, quoted.count > 1 else {
      return "\(column) is \(quoted.first ?? "")"
    }
    return "\(column) is \(quoted.dropLast().joined(separator: ", ")) or \(last)"
  }

  private func check(_ task: TaskData, _ labelled: [Int]) throws(TrainingError) {
    let (name, fewest) = (task.task.name, Self.fewestOfLabel)
    guard labelled.count >= 2 * fewest else {
      throw TrainingError(
        .noSuchStatements,
        """
        task "\(name)": found \(labelled.count) labelled \
        \(labelled.count == 1 ? "statement" : "statements") whose \(wording), expected at least \
        \(2 * fewest) to learn decisions from: label more, leave the task out with --task, or train for \
        all statements
        """)
    }
    guard task.task.kind == .multiLabel else { return }
    for (label, definition) in task.task.labels.enumerated() {
      let count = task.positives(label, labelled).count { $0 }
      if min(count, labelled.count - count) >= fewest { continue }
      throw TrainingError(
        .noSuchStatements,
        """
        task "\(name)": of \(labelled.count) statements whose \(wording), found \(count) that carry the \
        label "\(definition.name)", expected at least \(fewest) that do and \(fewest) that do not, to \
        learn its threshold from: label more, leave the task out with --task, or train for all statements
        """)
    }
  }

  /// Throws unless each label is both carried and not carried by statements of the kind outside of each
  /// fold, from which the decisions about that fold are learned.
  ///
  /// - Parameter rows: those of the kind.
  func check(
    _ folds: Folds, _ task: TaskData, _ rows: [Int]
  ) throws(TrainingError) {
    let ofKind = Set(rows)
    guard let (fold, label, count) = task.firstLabelWithoutChoice(in: folds, among: ofKind.contains)
    else { return }
    throw TrainingError(
      .labelInOneGroup,
      """
      task "\(task.task.name)": of the statements whose \(wording), without fold \(fold + 1) \
      \(count == 0 ? "none" : "every one") carries the label "\(label)", expected some that do and some \
      that do not in several groups: add such statements, use other folds (--folds, --seed), or train for \
      all statements
      """)
  }
}

extension LabelledStatements {
  /// Those of a kind; `nil` where there is none.
  public func selecting(_ kind: StatementKind) -> LabelledStatements? {
    guard let rows = kind.rows(of: self), !rows.isEmpty else { return nil }
    return selecting(rows)
  }
}
