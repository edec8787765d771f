/// What files of coders say, brought into one form: a record for each statement and coder.
struct CoderRecords {
  private(set) var coders: [String] = []
  private(set) var statements: [Statement] = []
  let layout: StatementLayout
  /// One for each answer, with its number for an id and a cell for each task column.
  private(set) var records: [Statement] = []
  private(set) var statementOfRecord: [Int] = []
  private(set) var coderOfRecord: [Int] = []
  /// The tasks that records have cells of.
  let taskLayout: StatementLayout
  let codingRoles: [ColumnRole]
  let notes: [DataNote]

  init(_ paths: [String], _ configuration: CodedStatements.Configuration) throws {
    var options = configuration.reading
    options.requiresText = false
    switch configuration.form {
    case .columns(let columns, let task):
      options.tasks = columns
      let set = try StatementSet.read(paths, options: options)
      (layout, notes) = (set.layout, set.notes)
      taskLayout = StatementLayout(taskColumns: [task])
      codingRoles = columns.indices.map { .task($0) }
      (coders, statements) = (columns, set.statements)
      try checkColumns(columns)
      addColumns()
    case .column, .files:
      options.allowsRepeatedIDs = true
      options.tasks = configuration.codebook?.tasks.map(\.name) ?? configuration.tasks.map(\.name)
      options.treatsOtherColumnsAsTasks = options.tasks.isEmpty
      if case .column(let column) = configuration.form { options.featureColumns = [column] }
      let set = try StatementSet.read(paths, options: options)
      if configuration.codebook == nil { try set.requireColumns(ofTasks: options.tasks) }
      (layout, notes) = (set.layout, set.notes)
      taskLayout = StatementLayout(taskColumns: set.layout.taskColumns)
      var roles: [ColumnRole] = set.layout.taskColumns.indices.map { .task($0) }
      var column: StatementColumn?
      if case .column(let name) = configuration.form {
        column = try StatementColumn(named: name, in: set.layout, option: "--coder")
        roles += set.layout.columns.filter { $0.name == name }.map(\.role)
      }
      codingRoles = roles
      try addRecords(set.statements, coder: column, files: Self.names(paths))
    }
  }

  // MARK: A column for each coder

  private func checkColumns(_ columns: [String]) throws {
    for (index, name) in columns.enumerated()
    where !layout.columns.contains(where: { $0.role == .task(index) }) {
      // The error that tells which columns there are.
      _ = try StatementColumn(
        named: name,
        in: StatementLayout(extraColumns: layout.columns.map(\.name).filter { $0 != name }),
        option: "--coder")
    }
  }

  private mutating func addColumns() {
    for (row, statement) in statements.enumerated() {
      for coder in coders.indices { append(statement, [statement.annotations[coder]], row, coder) }
    }
  }

  // MARK: A record for each statement and coder

  /// - Parameter files: the coders' names by the files' paths, where no column has them.
  private mutating func addRecords(
    _ read: [Statement], coder column: StatementColumn?, files: [String: String]
  ) throws {
    var errors = DataErrors()
    var numbers: [String: Int] = [:]
    var coderNumbers: [String: Int] = [:]
    var firsts: [Place: SourceLocation] = [:]
    let keyed = try keys(read)
    for (statement, key) in zip(read, keyed) {
      guard
        let name = column.map({ $0.value(of: statement) }) ?? files[statement.location.file]
          ?? statement.location.file
      else {
        errors.append(
          DataError(
            .missingColumn, at: statement.location,
            "found no coder in column \"\(column?.name ?? "")\"; expected a name in every record: add "
              + "it, or leave the record out"))
        continue
      }
      let row = numbers[key] ?? statements.count
      if row == statements.count {
        numbers[key] = row
        statements.append(statement)
      }
      let coder = coderNumbers[name] ?? coders.count
      if coder == coders.count {
        coderNumbers[name] = coder
        coders.append(name)
      }
      let place = Place(statement: row, coder: coder)
      if let first = firsts.updateValue(statement.location, forKey: place) {
        errors.append(
          DataError(
            .duplicateID, at: statement.location,
            "found a second answer of the same coder to the statement that is at \(first); expected "
              + "one: remove one, or give the statements different ids"))
        continue
      }
      append(statement, statement.annotations, row, coder)
    }
    guard errors.isEmpty else { throw errors }
  }

  private struct Place: Hashable {
    let statement: Int
    let coder: Int
  }

  /// What tells statements apart.
  private func keys(_ read: [Statement]) throws -> [String] {
    if layout.has(.id) { return read.map(\.id) }
    guard layout.has(.text) else {
      throw DataError(
        .missingColumn, at: nil,
        "found neither ids nor texts, by which answers to the same statement are brought together; "
          + "expected a column id (or one that --id-column names)")
    }
    return read.map(\.text)
  }

  /// Files by their names without folders and extensions, where these tell them apart.
  private static func names(_ paths: [String]) -> [String: String] {
    let names = paths.map { path in
      String((path.split(separator: "/").last ?? "-").prefix { $0 != "." })
    }
    guard Set(names).count == paths.count else { return [:] }
    return Dictionary(zip(paths, names), uniquingKeysWith: { first, _ in first })
  }

  private mutating func append(
    _ statement: Statement, _ cells: [String?], _ row: Int, _ coder: Int
  ) {
    var record = Statement(id: String(records.count), text: "", location: statement.location)
    record.annotations = cells
    records.append(record)
    statementOfRecord.append(row)
    coderOfRecord.append(coder)
  }

  // MARK: Codebook

  /// The tasks and labels that all coders' answers show.
  func inferredCodebook(
    _ tasks: [(name: String, kind: Codebook.Task.Kind?)]
  ) throws -> Codebook {
    var kinds: [String: Codebook.Task.Kind] = [:]
    for case (let name, let kind?) in tasks { kinds[name] = kind }
    let leftOut =
      tasks.isEmpty ? Codebook.columnsWithoutLabels(in: records, layout: taskLayout) : []
    return try Codebook.inferred(
      from: records, layout: taskLayout, kinds: kinds, leavingOut: leftOut)
  }
}
