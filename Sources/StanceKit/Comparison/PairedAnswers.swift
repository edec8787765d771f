/// The answers of two classifiers to the same labelled statements.
public struct PairedAnswers: Sendable {
  /// How files are read.
  public struct Configuration: Sendable {
    /// The tasks and labels; `nil` takes those of the models, else of the labelled statements and the
    /// predictions.
    public var codebook: Codebook?
    /// The tasks to compare; all where empty.
    public var tasks: [(name: String, kind: Codebook.Task.Kind?)]
    /// From which probability a label of a multi-label task is given, where a file has no labels.
    public var threshold: Double
    /// Columns of answers by task, in files of predictions.
    public var predictionColumns: [String: String]
    public var reading: ReadingOptions
    public var parallelism: Parallelism

    public init(
      codebook: Codebook? = nil, tasks: [(name: String, kind: Codebook.Task.Kind?)] = [],
      threshold: Double = 0.5, predictionColumns: [String: String] = [:],
      reading: ReadingOptions = .init()
    ) {
      (self.codebook, self.tasks, self.threshold) = (codebook, tasks, threshold)
      (self.predictionColumns, self.reading) = (predictionColumns, reading)
      parallelism = .allCores
    }
  }

  /// The answers to one task, of the statements that are labelled in it.
  public struct TaskAnswers: Sendable {
    public let task: Codebook.Task
    /// Indices of the statements.
    public let rows: [Int]
    /// For each of them the numbers of its labels, ascending.
    public let gold: [[Int]]
    public let first: [[Int]]
    public let second: [[Int]]

    /// Places in `rows` where the two answers differ.
    public var differences: [Int] { rows.indices.filter { first[$0] != second[$0] } }

    /// The answers to the statements at some places in `rows`.
    fileprivate func selecting(_ places: [Int]) -> TaskAnswers {
      TaskAnswers(
        task: task, rows: places.map { rows[$0] }, gold: places.map { gold[$0] },
        first: places.map { first[$0] }, second: places.map { second[$0] })
    }
  }

  /// The labelled statements.
  public let statements: [Statement]
  public let tasks: [TaskAnswers]
  /// For each of the two the indices of the statements that are near copies of what it was trained on, and
  /// tell nothing of new ones; `nil` where that is not known. It is of a model that keeps what it was
  /// trained on, and of results of one, which name them.
  public let copies: (first: Set<Int>?, second: Set<Int>?)
  public let notes: [DataNote]
  /// Those of the two that are models, and their paths.
  public let models: [(path: String, model: Model)]

  /// Reads two models or files of predictions, and the labelled statements that they answered.
  ///
  /// Predictions and statements are brought together by their ids; where no file has any, by their
  /// order.
  ///
  /// - Parameters:
  ///   - paths: of a model (`.safetensors`) or a file of predictions, each.
  ///   - gold: files of labelled statements; where empty, the labels in the files of predictions.
  /// - Throws: `DataErrors`, `DataError`, `ModelFileError`: what is wrong with the files, and that there
  ///   is nothing to compare.
  public init(
    _ paths: (first: String, second: String), gold: [String], _ configuration: Configuration
  ) throws {
    let sides = try (
      ComparedSide(paths.first, configuration), ComparedSide(paths.second, configuration)
    )
    let (labelled, goldNotes) = try Self.gold(gold, sides, configuration)
    try Self.checkPredictionColumns(configuration, labelled.codebook)
    var notes = goldNotes
    let isOnlyTask = labelled.codebook.tasks.count == 1
    let answers = try (
      sides.0.answers(labelled, isOnlyTask: isOnlyTask),
      sides.1.answers(labelled, isOnlyTask: isOnlyTask)
    )
    statements = labelled.statements
    copies = (answers.0.copies, answers.1.copies)
    models = [sides.0, sides.1].compactMap { side in side.model.map { (side.path, $0) } }
    tasks = labelled.codebook.tasks.indices.compactMap { index in
      let task = labelled.codebook.tasks[index]
      let gold = TaskData(labelled, task: index).gold
      guard gold.contains(where: { $0 != nil }) else { return nil }
      guard let first = answers.0.byTask[index], let second = answers.1.byTask[index] else {
        let lacking = answers.0.byTask[index] == nil ? paths.first : paths.second
        notes.append(
          DataNote(
            .missingFeatures,
            "not compared: task \"\(task.name)\", which \(lacking) does not answer"))
        return nil
      }
      let rows = gold.indices.filter { gold[$0] != nil && first[$0] != nil && second[$0] != nil }
      return TaskAnswers(
        task: task, rows: rows, gold: rows.map { gold[$0] ?? [] },
        first: rows.map { first[$0] ?? [] }, second: rows.map { second[$0] ?? [] })
    }
    // One file may be read for several ends.
    self.notes = (notes + answers.0.notes + answers.1.notes).reduce(into: []) { notes, note in
      if !notes.contains(note) { notes.append(note) }
    }
    guard tasks.contains(where: { !$0.rows.isEmpty }) else {
      throw DataError(
        .missingColumn, at: nil,
        "found no task that \(paths.first) and \(paths.second) both answer and that the statements label "
          + "(\(labelled.codebook.tasks.map { "\"\($0.name)\"" }.joined(separator: ", "))); expected a "
          + "column named as the task in each: name it with --prediction-column TASK=COLUMN")
    }
  }

  /// What is left of one of `tasks` without the answers to `copies` of either.
  public func withoutCopies(_ task: TaskAnswers) -> TaskAnswers {
    let known = (copies.first ?? []).union(copies.second ?? [])
    return task.selecting(task.rows.indices.filter { !known.contains(task.rows[$0]) })
  }

  /// The two classifiers' scores on one of `tasks`, or on what is left of it.
  ///
  /// - Returns: `nil` where the statements are a single group, or there are none.
  public func comparison(on task: TaskAnswers, bootstrap: Bootstrap = .init()) -> ScoreComparison? {
    let groups = CodedStatements.groupNumbers(statements)
    let own = task.rows.map { groups[$0] }
    guard Set(own).count >= 2 else { return nil }
    return ScoreComparison(
      labelCount: task.task.labels.count, gold: task.gold, answers: (task.first, task.second),
      groups: own, configuration: .init(bootstrap: bootstrap))
  }
}

extension PairedAnswers {
  /// Reads the labelled statements by the codebook that fits.
  private static func gold(
    _ paths: [String], _ sides: (ComparedSide, ComparedSide), _ configuration: Configuration
  ) throws -> (LabelledStatements, [DataNote]) {
    let hasModel = sides.0.model != nil || sides.1.model != nil
    var options = configuration.reading
    options.requiresText = hasModel
    var paths = paths
    if paths.isEmpty {
      guard
        let own = [sides.0, sides.1].lazy.compactMap(\.predictions).first(where: {
          !$0.goldColumns().isEmpty
        })
      else {
        throw DataError(
          .missingColumn, at: nil,
          "found no gold labels beside the predictions (columns such as stance.gold); expected labelled "
            + "statements: name their file with --gold")
      }
      paths = [own.path]
      options.labelColumns.merge(own.goldColumns()) { asked, _ in asked }
    }
    let known = try knownCodebook(sides, configuration)
    let wanted = configuration.tasks.map(\.name)
    if let known {
      options.tasks = known.tasks.map(\.name)
      try ReadingOptions(labelColumns: configuration.reading.labelColumns, tasks: options.tasks)
        .checkLabelColumns()
      let tasks = options.tasks
      options.labelColumns = options.labelColumns.filter { tasks.contains($0.key) }
    } else {
      options.tasks = wanted
      options.treatsOtherColumnsAsTasks = wanted.isEmpty && options.labelColumns.isEmpty
    }
    let set = try StatementSet.read(paths, options: options)
    if known == nil { try set.requireColumns(ofTasks: wanted) }
    let codebook = try known ?? inferred(set, sides, configuration)
    let labelled = try LabelledStatements(
      set, codebook: codebook, skipsInvalid: options.skipsInvalid)
    let selected = hasModel ? labelled.leavingOutBlankTexts() : labelled
    try selected.requireLabels()
    return (selected, selected.notes(for: .comparison))
  }

  /// Whether the user names columns of tasks that there are: the answers of others would be looked for
  /// where the gold labels may stand.
  private static func checkPredictionColumns(
    _ configuration: Configuration, _ codebook: Codebook
  ) throws(DataErrors) {
    let names = codebook.tasks.map(\.name)
    let unknown = configuration.predictionColumns.keys.sorted().filter { !names.contains($0) }
    guard unknown.isEmpty else {
      throw DataErrors(
        unknown.map { .unknownTask($0, namedBy: "--prediction-column", among: names) })
    }
  }

  /// The codebook that is given, else that of a model, with the tasks that are asked for.
  private static func knownCodebook(
    _ sides: (ComparedSide, ComparedSide), _ configuration: Configuration
  ) throws(DataErrors) -> Codebook? {
    if let codebook = configuration.codebook {
      return try codebook.selecting(configuration.tasks, called: "the codebook")
    }
    for side in [sides.0, sides.1] {
      if let model = side.model {
        return try model.codebook.selecting(configuration.tasks, called: side.path)
      }
    }
    return nil
  }

  /// The codebook that the statements and the predictions show together.
  private static func inferred(
    _ set: StatementSet, _ sides: (ComparedSide, ComparedSide), _ configuration: Configuration
  ) throws -> Codebook {
    var kinds: [String: Codebook.Task.Kind] = [:]
    for case (let name, let kind?) in configuration.tasks { kinds[name] = kind }
    let leftOut =
      configuration.tasks.isEmpty
      ? Codebook.columnsWithoutLabels(in: set.statements, layout: set.layout) : []
    let names = set.layout.taskColumns
    var records = set.statements
    for (index, name) in names.enumerated() {
      for file in [sides.0, sides.1].compactMap(\.predictions) {
        let isOnlyTask = names.count - leftOut.count == 1
        for cell in file.labelCells(ofTask: name, isOnlyTask: isOnlyTask) {
          var record = Statement(id: "", text: "", location: .init(file: file.path, line: 0))
          record.annotations = names.map { _ in nil }
          record.annotations[index] = cell
          records.append(record)
        }
      }
    }
    return try Codebook.inferred(
      from: records, layout: set.layout, kinds: kinds, leavingOut: leftOut)
  }
}
