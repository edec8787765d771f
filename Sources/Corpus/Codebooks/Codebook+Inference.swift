extension Codebook {
  /// The most labels of a task that nobody has written down: more are likely texts or ids.
  public static let maximumInferredLabelCount = 200

  /// The codebook that annotated statements imply: every task column is a task, its labels in the
  /// order of their bytes.
  ///
  /// A column any of whose cells has `;` (in JSONL: or is an array) is multi-label, any other
  /// single-label.
  ///
  /// - Parameters:
  ///   - statements: statements of one layout.
  ///   - layout: names the task columns.
  ///   - kinds: the kinds of tasks that the user has decided; a task without a column is an error.
  ///   - leftOut: columns that are no task.
  /// - Throws: all columns that make no task: without labels, with one, with more than
  ///   ``maximumInferredLabelCount``.
  public static func inferred(
    from statements: [Statement], layout: StatementLayout, kinds: [String: Task.Kind] = [:],
    leavingOut leftOut: [String] = []
  ) throws(DataErrors) -> Codebook {
    var errors = DataErrors()
    for task in kinds.keys.sorted() where !layout.taskColumns.contains(task) {
      errors.append(missingTask(task, layout))
    }
    var tasks: [Task] = []
    for (column, name) in layout.taskColumns.enumerated() where !leftOut.contains(name) {
      let cells = distinctCells(ofColumn: column, in: statements)
      let hasSeparators = cells.contains { $0.utf8.contains(UInt8(ascii: ";")) }
      let kind = kinds[name] ?? (hasSeparators ? .multiLabel : .singleLabel)
      let labels = Set(cells.flatMap(AnnotationCell.labels))
      guard labels.count <= maximumInferredLabelCount else {
        errors.append(tooManyLabels(name, labels.count))
        continue
      }
      guard !labels.contains(where: Wording.isText) else {
        errors.append(textsForLabels(name))
        continue
      }
      let sorted = labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      tasks.append(Task(name: name, kind: kind, labels: sorted.map { Label(name: $0) }))
    }
    if layout.taskColumns.allSatisfy(leftOut.contains), errors.isEmpty {
      throw DataErrors([noTask(layout, leftOut)])
    }
    let draft = Codebook(unchecked: tasks, name: nil, version: "1")
    if errors.isEmpty {
      for problem in draft.problems() {
        errors.append(DataError(problem.code, at: nil, problem.message))
      }
    }
    guard errors.isEmpty else { throw errors }
    return draft
  }

  /// The different cells of a task's column.
  private static func distinctCells(
    ofColumn column: Int, in statements: [Statement]
  ) -> Set<String> {
    var cells = Set<String>()
    // Labels repeat, and comparing one with a few costs less than hashing it.
    var few: [String] = []
    for row in statements.indices {
      guard let cell = statements[row].annotations[column], !few.contains(cell) else { continue }
      if cells.insert(cell).inserted, few.count < 8 { few.append(cell) }
    }
    return cells
  }

  /// The task columns that hold names, links or texts rather than labels: none of their cells has
  /// `;`, and more than half of the statements, and more than ``mostUncertainLabels``, have a value
  /// of their own.
  public static func columnsWithoutLabels(
    in statements: [Statement], layout: StatementLayout
  ) -> [String] {
    layout.taskColumns.indices.filter { column in
      let cells = Set(statements.compactMap { $0.annotations[column]?.trimmed })
      return cells.count { !$0.isEmpty } > max(mostUncertainLabels, statements.count / 2)
        && !cells.contains { $0.utf8.contains(UInt8(ascii: ";")) }
    }.map { layout.taskColumns[$0] }
  }

  /// In a few statements many labels may differ.
  private static let mostUncertainLabels = 20

  private static func noTask(_ layout: StatementLayout, _ leftOut: [String]) -> DataError {
    let reason =
      leftOut.isEmpty ? "" : "; nearly all values of \(Wording.list(found: leftOut)) differ"
    return DataError(
      .missingColumn, at: nil,
      "found no column of labels among \(Wording.list(found: layout.columns.map(\.name)))\(reason); "
        + "expected one: add it, or name it with --task or --label-column TASK=COLUMN")
  }

  private static func missingTask(_ task: String, _ layout: StatementLayout) -> DataError {
    let columns = layout.taskColumns + layout.extraColumns
    return DataError(
      .missingColumn, at: nil,
      "found no column for task \(Wording.quoted(task)); expected one among "
        + "\(Wording.list(found: columns)): correct the task's name or give its column with --label-column"
        + Wording.suggestion(for: task, among: columns))
  }

  /// What reads like a text is not shown, nor written down as a label.
  private static func textsForLabels(_ task: String) -> DataError {
    DataError(
      .tooManyLabels, at: nil,
      "column \(Wording.found(task)) holds texts; expected labels of a few words: if it is no task, "
        + "name the tasks with --task; else write a codebook")
  }

  private static func tooManyLabels(_ task: String, _ count: Int) -> DataError {
    DataError(
      .tooManyLabels, at: nil,
      "column \(Wording.found(task)) has \(count) different labels; expected at most "
        + "\(maximumInferredLabelCount): if it is no task, name the tasks with --task; else write "
        + "a codebook")
  }
}
