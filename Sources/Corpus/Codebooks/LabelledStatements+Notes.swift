extension LabelledStatements {
  /// What labelled statements are read for.
  public enum Purpose: Hashable, Sendable {
    case training, evaluation, comparison

    /// The columns that have a use; all others are passed over.
    fileprivate var knownColumns: [KnownColumn] {
      switch self {
      case .training: [.id, .text, .language, .group, .weight]
      case .evaluation: [.id, .text, .language, .group]
      // What is in the file beside may be one of the two answers.
      case .comparison: KnownColumn.allCases
      }
    }
  }

  /// What the user should know of these statements before they are used: how they were read, what
  /// was left out, which columns have no use, and in training whether they have groups.
  ///
  /// - Parameter featureColumns: columns that are used as features.
  public func notes(for purpose: Purpose, featureColumns: [String] = []) -> [DataNote] {
    var notes = readingNotes
    if skippedCount > 0 {
      let total = statements.count + blankCount + skippedCount
      notes.append(.leftOut(skippedCount, of: total))
    }
    if blankCount > 0 {
      notes.append(
        DataNote(
          .blankTexts, "left out \(Wording.count(blankCount, "statement")) without text"))
    }
    if !columnsWithoutLabels.isEmpty {
      notes.append(
        DataNote(
          .noLabels,
          "not taken for a task, as nearly all values differ: "
            + "\(Wording.list(found: columnsWithoutLabels)) (--task names the tasks)"))
    }
    notes += taskNotes
    let unused = layout.columns.filter {
      !isUsed($0, purpose) && !isFeature($0, featureColumns)
    }.map(\.name)
    if !unused.isEmpty {
      notes.append(
        DataNote(
          .unusedColumns,
          "not used: \(unused.count == 1 ? "column" : "columns") \(Wording.list(found: unused))"))
    }
    if purpose == .training, !layout.has(.group) {
      notes.append(
        DataNote(
          .noGroups,
          "no column group: every statement is its own group (--group-column names one)"))
    }
    return notes
  }

  /// What speaks against taking a task's column for what people decided.
  private var taskNotes: [DataNote] {
    codebook.tasks.flatMap { task in
      var notes: [DataNote] = []
      let probabilities = task.labels.map { "\(task.name).\($0.name)" }
      if layout.taskColumns.contains(task.name),
        probabilities.allSatisfy(layout.extraColumns.contains)
      {
        notes.append(
          DataNote(
            .modelAnswers,
            "column \"\(task.name)\" is taken for labels of people, but probabilities stand beside it, as "
              + "a model's answers have them (\(probabilities[0]))"))
      }
      if task.kind == .multiLabel,
        let ties = layout.extraColumns.firstIndex(of: "\(task.name).tied")
      {
        let count = statements.count { !($0.extras[ties].plainText ?? "").isEmpty }
        if count > 0 {
          notes.append(
            DataNote(
              .undecided,
              "\(Wording.count(count, "statement")) with ties in \"\(task.name).tied\", whose labels "
                + "count as not given: decide them, or leave them out"))
        }
      }
      return notes
    }
  }

  private func isFeature(
    _ column: StatementLayout.Column, _ featureColumns: [String]
  ) -> Bool {
    switch column.role {
    case .known(let known): featureColumns.contains(known.rawValue)
    case .task: false
    case .extra(let index): featureColumns.contains(layout.extraColumns[index])
    }
  }

  private func isUsed(_ column: StatementLayout.Column, _ purpose: Purpose) -> Bool {
    switch column.role {
    case .known(let known): purpose.knownColumns.contains(known)
    // What was left out as no task has a note of its own.
    case .task: true
    case .extra: purpose == .comparison
    }
  }
}
