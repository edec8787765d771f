extension Codebook {
  /// A task that is asked for, and its kind where it is given.
  public typealias WantedTask = (name: String, kind: Task.Kind?)

  /// The codebook with some of its tasks, in its order.
  ///
  /// - Parameters:
  ///   - wanted: the tasks to keep; all where empty.
  ///   - name: what errors call the codebook: a file, a model.
  /// - Throws: ``DataError/Code/missingKey`` for a task that the codebook does not have,
  ///   ``DataError/Code/unknownKind`` for one that it has with another kind.
  public func selecting(
    _ wanted: [WantedTask], called name: String
  ) throws(DataErrors) -> Codebook {
    guard !wanted.isEmpty else { return self }
    var errors = DataErrors()
    for task in wanted { if let error = problem(task, called: name) { errors.append(error) } }
    guard errors.isEmpty else { throw errors }
    return try Codebook(
      name: self.name, version: version,
      tasks: tasks.filter { task in wanted.contains { $0.name == task.name } })
  }

  private func problem(_ wanted: WantedTask, called name: String) -> DataError? {
    guard let known = task(named: wanted.name) else {
      let names = tasks.map(\.name)
      return DataError(
        .missingKey, at: nil,
        "--task: \(name) has no task \(Wording.quoted(wanted.name)), expected one of "
          + Wording.list(names) + Wording.suggestion(for: wanted.name, among: names))
    }
    guard let kind = wanted.kind, kind != known.kind else { return nil }
    return DataError(
      .unknownKind, at: nil,
      "--task: \(name) says that \(Wording.quoted(wanted.name)) is \(known.kind.rawValue); leave the "
        + "kind out")
  }
}
