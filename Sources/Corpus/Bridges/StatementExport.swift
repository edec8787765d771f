/// Statements made ready to be written in the form of another tool.
public struct StatementExport: Sendable {
  /// A question whose answers are written as labels.
  public struct Task: Hashable, Sendable {
    public let name: String
    public let isMultiLabel: Bool
    /// In the codebook's order, else in that of their bytes.
    public let labels: [String]
    /// Its place among the annotations of statements.
    let index: Int
  }

  public let statements: [Statement]
  public let layout: StatementLayout
  /// The tasks that some statement is labelled in.
  public let tasks: [Task]

  /// - Parameters:
  ///   - set: read with its tasks.
  ///   - codebook: says which labels there are and how many a statement has; `nil` takes both from the
  ///     statements.
  /// - Throws: labels that the codebook does not have.
  public init(_ set: StatementSet, codebook: Codebook? = nil) throws(DataErrors) {
    statements = set.statements
    layout = set.layout
    if let codebook {
      _ = try LabelledStatements(
        statements: set.statements, layout: set.layout, codebook: codebook)
    }
    var tasks: [Task] = []
    for (index, name) in set.layout.taskColumns.enumerated() {
      var labels = Set<String>()
      var (isLabelled, hasSeveral) = (false, false)
      for statement in set.statements {
        guard let cell = Self.cell(index, statement) else { continue }
        isLabelled = true
        hasSeveral = hasSeveral || cell.utf8.contains(UInt8(ascii: ";"))
        labels.formUnion(AnnotationCell.labels(cell))
      }
      guard isLabelled else { continue }
      let known = codebook?.task(named: name)
      tasks.append(
        Task(
          name: name, isMultiLabel: known.map { $0.kind == .multiLabel } ?? hasSeveral,
          labels: known?.labels.map(\.name)
            ?? labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, index: index))
    }
    self.tasks = tasks
  }

  private static func cell(_ index: Int, _ statement: Statement) -> String? {
    index < statement.annotations.count ? statement.annotations[index] : nil
  }

  /// The labels of a statement, each once, in the order of its cell; `nil` where nobody has labelled it.
  public func labels(_ task: Task, _ statement: Statement) -> [String]? {
    guard let cell = Self.cell(task.index, statement) else { return nil }
    var labels: [String] = []
    for label in AnnotationCell.labels(cell) where !labels.contains(label) { labels.append(label) }
    return labels.isEmpty && !task.isMultiLabel ? nil : labels
  }

  /// A column beside the text and the tasks.
  struct Field {
    let name: String
    let role: ColumnRole
  }

  /// The columns beside the text and the tasks, under the names that they have for this program.
  var fields: [Field] {
    var met = Set<String>()
    return layout.columns.compactMap { column in
      switch column.role {
      case .known(.text), .task: return nil
      case .known(let known):
        return met.insert(known.rawValue).inserted
          ? Field(name: known.rawValue, role: column.role) : nil
      case .extra(let index):
        let name = layout.extraColumns[index]
        return met.insert(name).inserted ? Field(name: name, role: column.role) : nil
      }
    }
  }

  /// What a statement has in a column.
  func value(_ field: Field, _ statement: Statement) -> FieldValue {
    func known(_ text: String?) -> FieldValue { text.map(FieldValue.text) ?? .missing }
    switch field.role {
    case .known(.id): return .text(statement.id)
    case .known(.language): return known(statement.language)
    case .known(.speaker): return known(statement.speaker)
    case .known(.source): return known(statement.source)
    case .known(.date): return known(statement.date)
    case .known(.group): return known(statement.group)
    case .known(.weight):
      return .json(Int(exactly: statement.weight).map(String.init) ?? statement.weight.description)
    case .known(.text), .task: return .missing
    case .extra(let index):
      return index < statement.extras.count ? statement.extras[index] : .missing
    }
  }

  /// The members of a JSON object that hold the columns beside the text and the tasks.
  func members(_ statement: Statement) -> [JSONValue.Member] {
    fields.compactMap { field in
      switch value(field, statement) {
      case .missing: nil
      case .text(let text): JSONValue.Member(name: field.name, value: .string(text))
      case .json(let json): JSONValue.Member(name: field.name, value: .literal(json))
      }
    }
  }

  /// The only task.
  ///
  /// - Throws: when there are several; `nil` when there is none.
  public func onlyTask(_ format: String) throws(DataErrors) -> Task? {
    guard tasks.count <= 1 else {
      throw DataErrors([
        DataError(
          .unwritable, at: nil,
          "found labels in tasks \(Wording.list(tasks.map(\.name))); \(format) has one task: name the one "
            + "to write with --task, the others stay columns")
      ])
    }
    return tasks.first
  }

  /// - Throws: when a column is called as something that the format keeps for itself.
  func checkNames(_ reserved: Set<String>, _ format: String) throws(DataErrors) {
    let taken = fields.map(\.name).filter(reserved.contains)
    guard taken.isEmpty else {
      throw DataErrors([
        DataError(
          .unwritable, at: nil,
          "found column \(Wording.list(taken)), a name that \(format) uses itself; expected another: rename "
            + "it")
      ])
    }
  }
}
