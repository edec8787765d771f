/// One task's annotations of all statements, as the numbers that fitting and scoring need.
struct TaskData: Sendable {
  let task: Codebook.Task
  /// For each statement its label numbers, `nil` where the task is not labelled.
  let gold: [[Int]?]
  /// For each statement its weight, 0 where the task is not labelled.
  let rowWeights: [Double]
  /// For each statement the script of its letters; empty where that is not asked for.
  let scripts: [WritingSystem?]

  /// - Parameter scripts: for each statement the script of its letters; none where calibration is not
  ///   learned from these.
  init(_ data: LabelledStatements, task index: Int, scripts: [WritingSystem?] = []) {
    self.scripts = scripts
    task = data.codebook.tasks[index]
    // One array a label for all statements that carry it alone.
    let alone = task.labels.indices.map { [$0] }
    gold = data.annotations[index].map { annotation in
      if case .label(let label) = annotation { alone[label] } else { annotation.labels }
    }
    // By index: a statement copied out of its array has all its strings counted as shared.
    let gold = gold
    rowWeights = data.statements.indices.map { gold[$0] == nil ? 0 : data.statements[$0].weight }
  }

  init(
    task: Codebook.Task, gold: [[Int]?], rowWeights: [Double], scripts: [WritingSystem?] = []
  ) {
    self.task = task
    self.gold = gold
    self.rowWeights = rowWeights
    self.scripts = scripts
  }

  /// Statements that all count alike.
  init(task: Codebook.Task, gold: [[Int]], scripts: [WritingSystem?] = []) {
    self.init(
      task: task, gold: gold, rowWeights: Array(repeating: 1, count: gold.count), scripts: scripts)
  }

  /// The script of a statement, where it is known.
  func script(_ row: Int) -> WritingSystem? { scripts.isEmpty ? nil : scripts[row] }

  var labelCount: Int { task.labels.count }
  /// The statements that count.
  var labelledRows: [Int] { labelledRows(among: Array(gold.indices)) }

  /// Those of some statements that count.
  func labelledRows(among rows: [Int]) -> [Int] {
    rows.filter { gold[$0] != nil && rowWeights[$0] > 0 }
  }

  /// Whether each of `rows` carries `label`; `nil` for all statements.
  func positives(_ label: Int, _ rows: [Int]?) -> [Bool] {
    rows.map { $0.map { gold[$0]?.contains(label) ?? false } }
      ?? gold.map { $0?.contains(label) ?? false }
  }

  /// Throws unless every label is carried by some statements and, where there is a choice to make,
  /// not by all.
  func checkLabels() throws(TrainingError) {
    let (counts, rowCount) = labelCounts { _ in true }
    guard rowCount > 0 else {
      throw TrainingError(
        .nothingLabelled,
        "task \"\(task.name)\" has no labelled statement with a weight above 0; label some, or leave "
          + "the task out with --task")
    }
    let carriedLabelCount = counts.count { $0 > 0 }
    for (count, definition) in zip(counts, task.labels) {
      if count == 0 && carriedLabelCount > (task.kind == .singleLabel ? 1 : 0) {
        throw TrainingError(
          .unusedLabel,
          "task \"\(task.name)\": no statement carries the label \"\(definition.name)\", a classifier "
            + "needs at least two that do; label some, or take the label out of the codebook")
      }
      if count == rowCount {
        throw TrainingError(
          .singleClass,
          "task \"\(task.name)\": all \(count) statements carry the label \"\(definition.name)\", a "
            + "classifier needs some that do not; add such statements, or leave the task out with --task"
        )
      }
    }
    if carriedLabelCount == 0 {
      throw TrainingError(
        .singleClass,
        "task \"\(task.name)\": none of the \(rowCount) statements carries a label; label some, or "
          + "leave the task out with --task")
    }
  }

  /// How many of the rows that count and are wanted carry each label, and how many rows these are.
  private func labelCounts(_ isWanted: (Int) -> Bool) -> (labels: [Int], rows: Int) {
    var (counts, rows) = ([Int](repeating: 0, count: labelCount), 0)
    for row in gold.indices where rowWeights[row] > 0 && isWanted(row) {
      guard let labels = gold[row] else { continue }
      rows += 1
      for label in labels { counts[label] += 1 }
    }
    return (counts, rows)
  }

  /// Throws unless every label is both carried and not carried outside of each fold.
  func checkLabels(in folds: Folds) throws(TrainingError) {
    guard let (fold, label, count) = firstLabelWithoutChoice(in: folds, among: { _ in true })
    else { return }
    throw TrainingError(
      .labelInOneGroup,
      "task \"\(task.name)\": without fold \(fold + 1) \(count == 0 ? "no" : "every") statement "
        + "carries the label \"\(label)\", as those that do\(count == 0 ? "" : " not") "
        + "are too few or belong together (one group, near-duplicates); add such statements from "
        + "other groups, or use other folds (--folds, --seed)"
    )
  }

  /// The first fold outside of which a label is carried by none of the wanted statements, or by all of
  /// them, and by how many.
  func firstLabelWithoutChoice(
    in folds: Folds, among isWanted: (Int) -> Bool
  ) -> (fold: Int, label: String, count: Int)? {
    for fold in 0..<folds.count {
      let (counts, rowCount) = labelCounts { folds.foldOfRow[$0] != fold && isWanted($0) }
      for (count, definition) in zip(counts, task.labels) where count == 0 || count == rowCount {
        return (fold, definition.name, count)
      }
    }
    return nil
  }
}
