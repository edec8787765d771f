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

  /// Reads labelled files by a codebook. Statements without text are left out and counted.
  ///
  /// - Parameters:
  ///   - paths: files that are read as one set.
  ///   - codebook: its tasks say which columns are annotations, whatever `options` say.
  /// - Throws: `DataErrors`: those of records and of labels, all of them at once; else, that nothing
  ///   is labelled.
  public init(
    contentsOf paths: [String], codebook: Codebook, options: ReadingOptions = .init()
  ) throws {
    var options = options
    options.tasks = codebook.tasks.map(\.name)
    try options.checkLabelColumns()
    let (set, errors) = try StatementSet.readAll(paths, options: options)
    try self.init(set, errors, codebook, options)
  }

  /// Reads labelled files without a codebook: tasks and labels are those that the data show.
  /// Statements without text are left out and counted.
  ///
  /// - Parameters:
  ///   - paths: files that are read as one set.
  ///   - tasks: the task columns, `nil` as value where the data decide the kind; when empty, every
  ///     column without another meaning is a task, unless nearly all of its values differ.
  /// - Throws: as ``init(contentsOf:codebook:options:)``.
  public init(
    contentsOf paths: [String], inferring tasks: [(name: String, kind: Codebook.Task.Kind?)],
    options: ReadingOptions = .init()
  ) throws {
    var options = options
    options.tasks = tasks.map(\.name)
    options.treatsOtherColumnsAsTasks = tasks.isEmpty
    let (set, errors) = try StatementSet.readAll(paths, options: options)
    var kinds: [String: Codebook.Task.Kind] = [:]
    for case (let name, let kind?) in tasks { kinds[name] = kind }
    // Columns that --label-column names are tasks as those that --task names.
    let leftOut =
      tasks.isEmpty
      ? Codebook.columnsWithoutLabels(in: set.statements, layout: set.layout)
        .filter { options.labelColumns[$0] == nil } : []
    let codebook: Codebook
    do throws(DataErrors) {
      try set.requireColumns(ofTasks: tasks.map(\.name))
      codebook = try Codebook.inferred(
        from: set.statements, layout: set.layout, kinds: kinds, leavingOut: leftOut)
    } catch {
      // What the records that could be read seem to say may be wrong for want of the others.
      throw errors.isEmpty ? error : errors
    }
    try self.init(set, errors, codebook, options)
    columnsWithoutLabels = leftOut
  }

  private init(
    _ set: StatementSet, _ errors: DataErrors, _ codebook: Codebook, _ options: ReadingOptions
  ) throws(DataErrors) {
    let labelled: LabelledStatements
    do {
      labelled = try LabelledStatements(
        set, codebook: codebook, skipsInvalid: options.skipsInvalid)
    } catch { throw errors.merged(with: error) }
    guard errors.isEmpty else { throw errors }
    self = labelled.leavingOutBlankTexts()
    try requireLabels()
  }
}
