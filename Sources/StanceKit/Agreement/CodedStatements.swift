/// Statements with the answers of several coders.
public struct CodedStatements: Sendable {
  /// How files tell coders apart.
  public enum Form: Hashable, Sendable {
    /// A column for each coder; all answer the same task.
    case columns([String], task: String)
    /// A record for each statement and coder; a column names the coder.
    case column(String)
    /// A file for each coder.
    case files
  }

  /// How files are read.
  public struct Configuration: Sendable {
    public var form: Form
    /// The tasks and labels; `nil` takes them from the data.
    public var codebook: Codebook?
    /// The tasks to take from the data, all columns that hold labels where empty; a kind of `nil` is
    /// decided by the data.
    public var tasks: [(name: String, kind: Codebook.Task.Kind?)]
    /// Whether an empty cell of a multi-label task is no answer, rather than "none of the labels".
    public var emptyIsMissing: Bool
    public var reading: ReadingOptions

    public init(
      _ form: Form, codebook: Codebook? = nil,
      tasks: [(name: String, kind: Codebook.Task.Kind?)] = [], emptyIsMissing: Bool = false,
      reading: ReadingOptions = .init()
    ) {
      (self.form, self.codebook, self.tasks) = (form, codebook, tasks)
      (self.emptyIsMissing, self.reading) = (emptyIsMissing, reading)
    }
  }

  public let codebook: Codebook
  /// In the order in which columns or files are named, or coders first come.
  public let coders: [String]
  /// The first record of each.
  public let statements: [Statement]
  public let layout: StatementLayout
  /// Of a task, a statement and a coder: the numbers of the labels, ascending; `nil` for no answer.
  public let answers: [[[[Int]?]]]
  /// For each task how many cells were taken for "none of the labels"; 0 for single-label tasks.
  public let emptyCounts: [Int]
  public let notes: [DataNote]
  /// The columns that say what coders said, or who did.
  private let codingRoles: [ColumnRole]

  /// Reads files.
  ///
  /// Statements are told apart by their ids, without these by their texts. Neither is needed where
  /// coders have columns.
  ///
  /// - Throws: `DataErrors`, `DataError`: what is wrong with the files; also a statement that a coder
  ///   answered twice.
  public init(contentsOf paths: [String], _ configuration: Configuration) throws {
    let records = try CoderRecords(paths, configuration)
    let codebook = try configuration.codebook ?? records.inferredCodebook(configuration.tasks)
    let labelled = try LabelledStatements(
      statements: records.records, layout: records.taskLayout, codebook: codebook,
      skipsInvalid: configuration.reading.skipsInvalid)
    var answers = codebook.tasks.map { _ in
      Array(
        repeating: [[Int]?](repeating: nil, count: records.coders.count),
        count: records.statements.count)
    }
    var emptyCounts = codebook.tasks.map { _ in 0 }
    for (row, record) in labelled.statements.enumerated() {
      guard let index = Int(record.id) else { continue }
      for task in codebook.tasks.indices {
        var answer = labelled.annotations[task][row].labels
        if answer?.isEmpty == true {
          if configuration.emptyIsMissing { answer = nil } else { emptyCounts[task] += 1 }
        }
        answers[task][records.statementOfRecord[index]][records.coderOfRecord[index]] = answer
      }
    }
    self.codebook = codebook
    (coders, statements, layout) = (records.coders, records.statements, records.layout)
    (self.answers, self.emptyCounts) = (answers, emptyCounts)
    notes = records.notes + Self.notes(skipped: labelled.skippedCount, of: records.records.count)
    codingRoles = records.codingRoles
  }

  /// Records that cannot be read have a note of their own, for in each there may be several answers.
  private static func notes(skipped count: Int, of total: Int) -> [DataNote] {
    guard count > 0 else { return [] }
    return [
      DataNote(
        .leftOut,
        "left out \(count) of \(total) records with all their answers, as some of \(count == 1 ? "its" : "their") labels "
          + "are not those of the task")
    ]
  }

  /// Whether a column of the layout is part of the coding, and not of the statement.
  public func isCoding(_ role: ColumnRole) -> Bool { codingRoles.contains(role) }

  /// How far the coders agree on a task, with intervals by the statements' groups.
  ///
  /// - Parameter task: an index of the codebook's tasks.
  public func agreement(onTask task: Int, bootstrap: Bootstrap = .init()) -> Agreement {
    Agreement(
      labelCount: codebook.tasks[task].labels.count, answers: answers[task],
      isSingleLabel: codebook.tasks[task].kind == .singleLabel,
      groups: Self.groupNumbers(statements), bootstrap: bootstrap)
  }

  /// What most coders say of a statement; `nil` where nobody answered.
  public func majority(onTask task: Int, ofStatement statement: Int) -> MajorityVote? {
    let given = answers[task][statement].compactMap(\.self)
    guard !given.isEmpty else { return nil }
    return MajorityVote(given, isSingleLabel: codebook.tasks[task].kind == .singleLabel)
  }

  /// The statements on which not all answers to a task are the same, in their order.
  public func disagreements(onTask task: Int) -> [Int] {
    statements.indices.filter { Set(answers[task][$0].compactMap(\.self)).count > 1 }
  }

  static func groupNumbers(_ statements: [Statement]) -> [Int] {
    StatementTraits.groups(of: statements)
  }
}
