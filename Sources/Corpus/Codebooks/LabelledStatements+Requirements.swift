extension LabelledStatements {
  /// - Throws: ``DataError/Code/emptyText`` when no statement has a text,
  ///   ``DataError/Code/missingColumn`` when none is labelled in any task, with the columns there are.
  public func requireLabels() throws(DataErrors) {
    if statements.isEmpty, blankCount > 0 {
      throw DataErrors([
        DataError(
          .emptyText, at: nil,
          "found \(Wording.count(blankCount, "statement")), all without text; expected some with: "
            + "check the column of the text (--text-column)")
      ])
    }
    guard !codebook.tasks.indices.contains(where: { labelledCount(inTask: $0) > 0 }) else { return }
    let empty = layout.columns.filter { if case .task = $0.role { true } else { false } }
    let tasks = codebook.tasks.map(\.name)
    let found =
      empty.isEmpty
      ? "whose columns are \(Wording.list(found: layout.columns.map(\.name)))"
      : "where \(Wording.list(empty.map(\.name))) \(empty.count == 1 ? "is" : "are") empty among "
        + "\(Wording.list(found: layout.columns.map(\.name)))"
    throw DataErrors([
      DataError(
        .missingColumn, at: nil,
        "found no label in \(Wording.count(statements.count, "statement")), \(found); expected a "
          + "column for at least one task (\(Wording.list(tasks))): add one, or name it with "
          + "--label-column TASK=COLUMN")
    ])
  }
}
