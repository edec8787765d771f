import Synchronization

/// Statements with annotations that the codebook knows.
public struct LabelledStatements: Sendable {
  /// The tasks and labels.
  public private(set) var codebook: Codebook

  /// The columns of the statements.
  public let layout: StatementLayout

  /// The statements.
  public private(set) var statements: [Statement]

  /// What the coders said: for each task of the codebook, one for each statement.
  public private(set) var annotations: [[Annotation]]

  /// The errors of the statements that were left out.
  public private(set) var skipped: DataErrors

  /// How many records were left out for their errors.
  public private(set) var skippedCount: Int

  /// The statements that were left out for want of a text.
  public private(set) var blankStatements: [Statement] = []

  private var mayHaveBlankTexts = true

  /// How many statements were left out for want of a text.
  public var blankCount: Int { blankStatements.count }

  /// The columns that looked like tasks and were left out, as nearly all of their values differ.
  public package(set) var columnsWithoutLabels: [String] = []

  /// What the user should know of how the files are read.
  public private(set) var readingNotes: [DataNote] = []

  /// Reads the raw cells of statements by a codebook.
  ///
  /// In a multi-label task the labels of a cell stand in any order, repeated ones count once, and
  /// an empty cell means none of the labels; in a single-label task it means not labelled. A task
  /// without a column is not labelled anywhere.
  ///
  /// - Parameters:
  ///   - statements: statements of one layout.
  ///   - layout: names the task columns.
  ///   - codebook: the tasks and labels.
  ///   - skipsInvalid: whether to leave statements with errors out instead of throwing.
  /// - Throws: all unknown labels and all cells with several labels in a single-label task.
  public init(
    statements: [Statement], layout: StatementLayout, codebook: Codebook,
    skipsInvalid: Bool = false
  ) throws(DataErrors) {
    let read = AnnotatedRows(statements, codebook.tasks.map { TaskColumn($0, layout) })
    let (errors, invalidRows) = (read.errors, Set(read.invalidRows))
    guard errors.isEmpty || skipsInvalid else { throw errors }
    func valid<Element>(_ rows: [Element]) -> [Element] {
      errors.isEmpty ? rows : rows.indices.filter { !invalidRows.contains($0) }.map { rows[$0] }
    }
    self.codebook = codebook
    self.layout = layout
    self.statements = valid(statements)
    self.annotations = read.annotations.map(valid)
    self.skipped = errors
    self.skippedCount = invalidRows.count
  }

  /// Reads the raw cells of a set by a codebook.
  ///
  /// - Throws: as ``init(statements:layout:codebook:skipsInvalid:)``.
  public init(
    _ set: StatementSet, codebook: Codebook, skipsInvalid: Bool = false
  ) throws(DataErrors) {
    try self.init(
      statements: set.statements, layout: set.layout, codebook: codebook,
      skipsInvalid: skipsInvalid)
    mayHaveBlankTexts = set.mayHaveBlankTexts
    skipped = set.skipped.merged(with: skipped)
    skippedCount += set.skipped.count
    // Records with unknown labels are left out besides: they are counted together.
    readingNotes = set.notes.filter { $0.code != .leftOut }
  }

  /// The same without statements whose text is empty or white space, which teach and show nothing.
  public consuming func leavingOutBlankTexts() -> LabelledStatements {
    guard mayHaveBlankTexts else { return self }
    mayHaveBlankTexts = false
    let hasText = statements.map { !$0.text.isBlank }
    guard hasText.contains(false) else { return self }
    func kept<Element>(_ rows: [Element]) -> [Element] {
      zip(rows, hasText).filter(\.1).map(\.0)
    }
    blankStatements += zip(statements, hasText).filter { !$0.1 }.map(\.0)
    self.statements = kept(statements)
    annotations = annotations.map(kept)
    return self
  }

  private static let kept = Mutex<[[Statement]]>([])

  /// Keeps the statements until the process ends and the system takes back all its memory at once:
  /// giving back string after string would be a long last moment of a command.
  public func keepUntilExit() {
    Self.kept.withLock { $0.append(statements) }
  }

  /// The same with some of the statements, in the order asked for.
  ///
  /// - Parameter rows: indices of statements.
  public func selecting(_ rows: [Int]) -> LabelledStatements {
    var selected = self
    selected.statements = rows.map { statements[$0] }
    selected.annotations = annotations.map { column in rows.map { column[$0] } }
    return selected
  }

  /// The same for some of the tasks.
  ///
  /// - Throws: when no task is left.
  public func keepingTasks(
    where isKept: (Codebook.Task) -> Bool
  ) throws(DataErrors) -> LabelledStatements {
    let kept = codebook.tasks.indices.filter { isKept(codebook.tasks[$0]) }
    var selected = self
    selected.codebook = try Codebook(
      name: codebook.name, version: codebook.version, tasks: kept.map { codebook.tasks[$0] })
    selected.annotations = kept.map { annotations[$0] }
    return selected
  }

  /// The number of statements that are labelled in a task.
  ///
  /// - Parameter task: an index into the codebook's tasks.
  public func labelledCount(inTask task: Int) -> Int {
    annotations[task].count { $0 != .unlabelled }
  }
}

/// What the coders said of statements.
private struct AnnotatedRows {
  var errors = DataErrors()
  /// The statement of each error.
  var invalidRows: [Int] = []
  /// One array for each column.
  var annotations: [[Annotation]]

  init(_ statements: [Statement], _ columns: [TaskColumn]) {
    var columns = columns
    annotations = columns.map { _ in [] }
    for index in columns.indices { annotations[index].reserveCapacity(statements.count) }
    for row in statements.indices {
      for index in columns.indices {
        do throws(DataError) {
          annotations[index].append(try columns[index].annotation(ofRow: row, statements))
        } catch {
          errors.append(error)
          invalidRows.append(row)
          annotations[index].append(.unlabelled)
        }
      }
    }
  }
}

/// Reads the cells of one task; the same cell again is looked up.
private struct TaskColumn {
  private let task: Codebook.Task
  private let column: Int?
  private let indices: [String: Int]
  /// Labels repeat, and comparing a cell with a few costs less than hashing it.
  private var few: [(cell: String, annotation: Annotation)] = []
  private var known: [String: Annotation] = [:]

  init(_ task: Codebook.Task, _ layout: StatementLayout) {
    self.task = task
    column = layout.taskColumns.firstIndex(of: task.name)
    indices = Dictionary(
      task.labels.enumerated().map { ($0.element.name, $0.offset) },
      uniquingKeysWith: { first, _ in first })
  }

  mutating func annotation(
    ofRow row: Int, _ statements: [Statement]
  ) throws(DataError) -> Annotation {
    guard let column, let cell = statements[row].annotations[column] else { return .unlabelled }
    if let annotation = few.first(where: { $0.cell == cell })?.annotation ?? known[cell] {
      return annotation
    }
    let annotation = try read(cell, at: statements[row].location)
    if few.count < 8 { few.append((cell, annotation)) } else { known[cell] = annotation }
    return annotation
  }

  private func read(_ cell: String, at location: SourceLocation) throws(DataError) -> Annotation {
    var labels = Set<Int>()
    for name in AnnotationCell.labels(cell) {
      guard let index = indices[name] else {
        throw DataError.unknownLabel(name, of: task, at: location)
      }
      labels.insert(index)
    }
    if task.kind == .multiLabel { return .labels(labels.sorted()) }
    guard labels.count <= 1 else {
      throw DataError(
        .severalLabels, at: location,
        "found \(labels.count) labels in task \(Wording.quoted(task.name)); expected one, as the "
          + "task is single-label: keep one, or make the task multi-label in the codebook")
    }
    return labels.first.map { .label($0) } ?? .unlabelled
  }

}

extension DataError {
  /// That a label is none of a task's.
  package static func unknownLabel(
    _ name: String, of task: Codebook.Task, at location: SourceLocation
  ) -> DataError {
    let labels = task.labels.map(\.name)
    let suggestion = Wording.suggestion(for: name, among: labels)
    let remedy =
      suggestion.isEmpty
      ? "; expected one of \(Wording.list(labels)): correct it or add it to the codebook"
      : suggestion
    return DataError(
      .unknownLabel, at: location,
      "label \(Wording.found(name)) of task \(Wording.quoted(task.name)) is not in the codebook"
        + remedy)
  }
}
