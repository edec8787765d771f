/// Gives columns their meaning by their names, and grows the layout by those it has not met.
struct ColumnAssignment: Sendable {
  /// More columns than this are a mistake: data in the place of names.
  static let maximumColumns = 1024

  let options: ReadingOptions
  private(set) var layout: StatementLayout
  private var roles: [String: ColumnRole] = [:]
  private var met = Set<String>()

  /// - Throws: ``DataError/Code/duplicateColumn`` when two meanings are asked of one column.
  init(_ options: ReadingOptions) throws(DataError) {
    let options = options.withLabelField
    self.options = options
    var tasks: [String] = []
    for task in options.tasks + options.labelColumns.keys.sorted() where !tasks.contains(task) {
      tasks.append(task)
    }
    layout = StatementLayout(taskColumns: tasks)
    let chosen = options.chosenColumns
    for column in KnownColumn.allCases where !chosen.contains(where: { $0.column == column }) {
      roles[column.rawValue] = .known(column)
    }
    // What the user named for one meaning has no other, not even that of its name.
    for (index, (column, name)) in chosen.enumerated() {
      if let other = chosen[..<index].first(where: { $0.name == name }) {
        throw conflict(name, .known(column), .known(other.column))
      }
      roles[name] = .known(column)
    }
    for (index, task) in tasks.enumerated() {
      let column = options.labelColumns[task] ?? task
      let isChosen = chosen.contains { $0.name == column }
      if let other = roles[column], isChosen || other.isTask {
        throw conflict(column, .task(index), other)
      }
      // A label column may replace a known one, but only when the user says so.
      if roles[column] == nil || options.labelColumns[task] != nil { roles[column] = .task(index) }
    }
  }

  /// The columns that the user named for a role and that therefore must be there; the text's has
  /// errors of its own.
  var requiredColumns: [(name: String, purpose: String, option: String)] {
    options.chosenColumns.filter { $0.column != .text }.map {
      ($0.name, purpose(of: .known($0.column)), option(for: .known($0.column)))
    }
      + options.labelColumns.sorted { $0.key < $1.key }.map {
        ($0.value, "task \(Wording.quoted($0.key))", "--label-column")
      }
  }

  /// The meaning of a column.
  ///
  /// - Parameter canBeTask: whether its contents look like labels, should other columns be tasks.
  /// - Throws: ``DataError/Code/tooManyColumns``.
  mutating func role(
    of name: String, canBeTask: Bool, at location: SourceLocation
  ) throws(DataError) -> ColumnRole {
    if let role = roles[name] {
      if met.insert(name).inserted { layout.columns.append(.init(name: name, role: role)) }
      return role
    }
    guard layout.taskColumns.count + layout.extraColumns.count < Self.maximumColumns else {
      throw DataError(
        .tooManyColumns, at: location,
        "found more than \(Self.maximumColumns) different columns; expected names, not data, in "
          + "their place: check the header or the field names")
    }
    let role: ColumnRole
    if options.treatsOtherColumnsAsTasks, canBeTask, KnownColumn(rawValue: name) == nil,
      !options.featureColumns.contains(name)
    {
      role = .task(layout.taskColumns.count)
      layout.taskColumns.append(name)
    } else {
      role = .extra(layout.extraColumns.count)
      layout.extraColumns.append(extraName(name))
    }
    roles[name] = role
    met.insert(name)
    layout.columns.append(.init(name: name, role: role))
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

  private func conflict(_ name: String, _ one: ColumnRole, _ other: ColumnRole) -> DataError {
    let options = [option(for: one), option(for: other)]
    let remedy = options[0] == options[1] ? options[0] : options.joined(separator: " or ")
    return DataError(
      .duplicateColumn, at: nil,
      "column \(Wording.quoted(name)) is asked to be \(purpose(of: one)) and "
        + "\(purpose(of: other)) at once; expected one meaning: change \(remedy)")
  }

  private func purpose(of role: ColumnRole) -> String {
    switch role {
    case .known(let column): "the \(column.rawValue)"
    case .task(let index): "task \(Wording.quoted(layout.taskColumns[index]))"
    case .extra: "an extra column"
    }
  }

  private func option(for role: ColumnRole) -> String {
    if case .known(let column) = role { "--\(column.rawValue)-column" } else { "--label-column" }
  }
}

extension ColumnRole {
  fileprivate var isTask: Bool {
    if case .task = self { true } else { false }
  }
}
