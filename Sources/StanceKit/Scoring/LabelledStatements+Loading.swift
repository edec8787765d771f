extension LabelledStatements {
  /// Reads labelled files by a codebook file.
  ///
  /// ```swift
  /// let statements = try LabelledStatements(contentsOf: ["statements.csv"], codebook: "codebook.yaml")
  /// ```
  ///
  /// - Throws: `DataErrors`, all of them at once, with files and lines.
  public init(contentsOf paths: [String], codebook path: String) throws {
    try self.init(contentsOf: paths, codebook: Codebook.read(contentsOf: path))
  }

  /// Reads labelled files by a codebook.
  ///
  /// - Parameters:
  ///   - paths: files that are read as one set.
  ///   - codebook: its tasks say which columns are annotations, whatever `options` say.
  public init(
    contentsOf paths: [String], codebook: Codebook, options: ReadingOptions = .init()
  ) throws {
    var options = options
    options.tasks = codebook.tasks.map(\.name)
    try options.checkLabelColumns()
    let set = try StatementSet.read(paths, options: options)
    try self.init(set, codebook: codebook, skipsInvalid: options.skipsInvalid)
  }

  /// Reads labelled files without a codebook: tasks and labels are those that the data show.
  ///
  /// - Parameters:
  ///   - paths: files that are read as one set.
  ///   - tasks: the task columns, `nil` as value where the data decide the kind; when empty, every
  ///     column without another meaning is a task.
  public init(
    contentsOf paths: [String], inferring tasks: [(name: String, kind: Codebook.Task.Kind?)],
    options: ReadingOptions = .init()
  ) throws {
    var options = options
    options.tasks = tasks.map(\.name)
    options.treatsOtherColumnsAsTasks = tasks.isEmpty
    let set = try StatementSet.read(paths, options: options)
    var kinds: [String: Codebook.Task.Kind] = [:]
    for case (let name, let kind?) in tasks { kinds[name] = kind }
    let codebook = try Codebook.inferred(from: set.statements, layout: set.layout, kinds: kinds)
    try self.init(set, codebook: codebook, skipsInvalid: options.skipsInvalid)
  }
}
