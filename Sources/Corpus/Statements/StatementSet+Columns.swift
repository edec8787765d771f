extension StatementSet {
  /// - Throws: ``DataError/Code/missingColumn`` for each task that has no column, with the columns that
  ///   there are.
  public func requireColumns(ofTasks tasks: [String]) throws(DataErrors) {
    let present = layout.columns.compactMap { column -> String? in
      guard case .task(let index) = column.role else { return nil }
      return layout.taskColumns[index]
    }
    let names = layout.columns.map(\.name)
    let missing = tasks.filter { !present.contains($0) }.map { task in
      DataError(
        .missingColumn, at: nil,
        "found no column of labels \(Wording.quoted(task)) among \(Wording.list(found: names)); expected "
          + "one: name another with --task, or the column with --label-column TASK=COLUMN"
          + Wording.suggestion(for: task, among: names))
    }
    guard missing.isEmpty else { throw DataErrors(missing) }
  }
}
