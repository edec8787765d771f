/// What a column means.
enum ColumnRole: Hashable, Sendable {
  case known(KnownColumn)
  case task(Int)
  case extra(Int)
}

/// Gives columns their meaning by their names, and grows the layout by those it has not met.
struct ColumnAssignment: Sendable {
  /// More columns than this are a mistake: data in the place of names.
  static let maximumColumns = 4096

  let options: ReadingOptions
  private(set) var layout: StatementLayout
  private var roles: [String: ColumnRole] = [:]

  /// - Throws: ``DataError/Code/duplicateColumn`` when two meanings are asked of one column.
  init(_ options: ReadingOptions) throws(DataError) {
    self.options = options
    var tasks: [String] = []
    for task in options.tasks + options.labelColumns.keys.sorted() where !tasks.contains(task) {
      tasks.append(task)
    }
    layout = StatementLayout(taskColumns: tasks)
    for column in KnownColumn.allCases where column != .text {
      roles[column.rawValue] = .known(column)
    }
    roles[options.textColumn] = .known(.text)
    for (index, task) in tasks.enumerated() {
      let column = options.labelColumns[task] ?? task
      if let other = roles[column], other == .known(.text) || other.isTask {
        throw DataError(
          .duplicateColumn, at: nil,
          "column \(Wording.quoted(column)) is asked to be task \(Wording.quoted(task)) and "
            + "\(name(of: other)) at once; expected one meaning: change --label-column or "
            + "--text-column")
      }
      // A label column may replace a known one, but only when the user says so.
      if roles[column] == nil || options.labelColumns[task] != nil { roles[column] = .task(index) }
    }
  }

  /// The column that the user named for a role and that therefore must be there.
  var requiredLabelColumns: [(task: String, column: String)] {
    options.labelColumns.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The meaning of a column.
  ///
  /// - Parameter canBeTask: whether its contents look like labels, should other columns be tasks.
  /// - Throws: ``DataError/Code/tooManyColumns``.
  mutating func role(
    of name: String, canBeTask: Bool, at location: SourceLocation
  ) throws(DataError) -> ColumnRole {
    if let role = roles[name] {
      if case .known(let column) = role { markPresent(column) }
      return role
    }
    guard layout.taskColumns.count + layout.extraColumns.count < Self.maximumColumns else {
      throw DataError(
        .tooManyColumns, at: location,
        "found more than \(Self.maximumColumns) different columns; expected names, not data, in "
          + "their place: check the header or the field names")
    }
    let role: ColumnRole
    if options.treatsOtherColumnsAsTasks, canBeTask, KnownColumn(rawValue: name) == nil {
      role = .task(layout.taskColumns.count)
      layout.taskColumns.append(name)
    } else {
      role = .extra(layout.extraColumns.count)
      layout.extraColumns.append(extraName(name))
    }
    roles[name] = role
    return role
  }

  private func extraName(_ name: String) -> String {
    var name = name
    while KnownColumn(rawValue: name) != nil || layout.taskColumns.contains(name)
      || layout.extraColumns.contains(name)
    {
      name = "input.\(name)"
    }
    return name
  }

  private mutating func markPresent(_ column: KnownColumn) {
    guard !layout.presentColumns.contains(column) else { return }
    layout.presentColumns = KnownColumn.allCases.filter {
      $0 == column || layout.presentColumns.contains($0)
    }
  }

  private func name(of role: ColumnRole) -> String {
    switch role {
    case .known: "the text"
    case .task(let index): "task \(Wording.quoted(layout.taskColumns[index]))"
    case .extra: "an extra column"
    }
  }
}

extension ColumnRole {
  fileprivate var isTask: Bool {
    if case .task = self { true } else { false }
  }
}
