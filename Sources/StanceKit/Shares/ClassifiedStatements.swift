import Foundation

/// Statements with the labels that a model gave them: by reading results of `stance classify`, or by
/// classifying them now.
public struct ClassifiedStatements: Sendable {
  public let statements: [Statement]
  public let layout: StatementLayout
  /// The model's tasks that were answered.
  public let tasks: [Codebook.Task]
  /// For each task and statement the numbers of its labels, rising; where the model leaves an answer to
  /// a person, those that it would give if it had to, as its errors are counted with these.
  public let answers: [[[Int]]]
  /// Whether the answers were read rather than made.
  public let areResults: Bool
  public let notes: [DataNote]
  /// Columns that the model judges by and the file does not have.
  public let missingColumns: [String]

  /// Reads a file of statements or of results, before or without a model.
  ///
  /// - Parameter tasks: those that statements are to be classified by.
  /// - Throws: `DataErrors`, `DataError`: what is wrong with the file; also, that it has neither texts nor
  ///   a column of a task.
  public static func read(
    _ path: String, tasks: [Codebook.Task], options: ReadingOptions = .init()
  ) throws -> StatementSet {
    var options = options
    // Results need no text, and a set of statements to count has no use for ids.
    (options.tasks, options.requiresText, options.allowsRepeatedIDs) = ([], false, true)
    let set = try StatementSet.read([path], options: options)
    let hasAnswers = tasks.contains { set.layout.extraColumns.contains($0.name) }
    guard set.layout.has(.text) || hasAnswers || set.statements.isEmpty else {
      throw neitherTextNorResults(path, tasks)
    }
    return set
  }

  /// Takes statements or results as a file has them.
  ///
  /// A file is one of results when it has what `stance classify` writes for at least one of the model's
  /// tasks: a field with `labels` (JSONL), or a column of the task beside columns of its labels'
  /// probabilities (CSV).
  ///
  /// - Parameters:
  ///   - set: of ``read(_:tasks:options:)``.
  ///   - path: of its file.
  /// - Throws: `DataError`: answers that the model cannot have given; also, that there are neither texts
  ///   nor results.
  public init(
    _ set: StatementSet, file path: String, by model: Model, parallelism: Parallelism = .allCores
  ) throws {
    (statements, layout) = (set.statements, set.layout)
    let all = model.classifiers.map(\.task)
    let read = model.classifiers.compactMap { ResultColumn($0, set.layout, set.statements) }
    areResults = !read.isEmpty
    if areResults {
      (tasks, missingColumns) = (read.map(\.task), [])
      notes =
        set.notes
        + Self.nearCopies(set.nearCopies?.count ?? 0, of: set.statements.count)
      answers = try read.map { try $0.answers(set.statements) }
      return
    }
    guard layout.has(.text) || statements.isEmpty else {
      throw Self.neitherTextNorResults(path, all)
    }
    tasks = all
    missingColumns = FeatureColumns(model.extractor.recipe, layout: layout).absent
    var judgements = model.classify(statements, layout: layout, parallelism: parallelism)
    // The errors that shares are corrected by are those on new statements.
    let copies = judgements.indices.filter { !judgements[$0].copies.isEmpty }
    let alone = model.forgettingStatements.classify(
      copies.map { set.statements[$0] }, layout: set.layout, parallelism: parallelism)
    for (row, judgement) in zip(copies, alone) { judgements[row] = judgement }
    notes = set.notes + Self.nearCopies(copies.count, of: statements.count)
    answers = all.indices.map { task in judgements.map { $0.tasks[task].bestGuess } }
  }

  private static func nearCopies(_ count: Int, of total: Int) -> [DataNote] {
    guard count > 0 else { return [] }
    return [
      DataNote(
        .nearCopies,
        "\(count) of \(total) statements are nearly the same as training statements: the model errs less on "
          + "them than shares are corrected for; where they are many, leave them out")
    ]
  }

  private static func neitherTextNorResults(
    _ path: String, _ tasks: [Codebook.Task]
  ) -> DataError {
    DataError(
      .missingColumn, at: SourceLocation(file: path, line: 0),
      "found neither a text (--text-column) nor results of the tasks "
        + tasks.map { "\"\($0.name)\"" }.joined(separator: ", ")
        + "; expected statements, or what stance classify writes as JSONL or CSV")
  }
}

extension Codebook.Task {
  /// The column of results with the labels that a person should look at; a label may have the name that
  /// it would have.
  package var unsureColumn: String {
    "\(name).\(labels.contains { $0.name == "unsure" } ? "unsure-labels" : "unsure")"
  }
}

/// The answers to one task in a file of results.
private struct ResultColumn {
  private struct Answer: Decodable {
    let labels: [String]
    var unsure: [String]?
    var probabilities: [String: Double?]?
  }

  let task: Codebook.Task
  private let rule: DecisionRule
  /// Indices of the statements' extras: of the answer and, in CSV, of what goes with it.
  private let column: Int
  private let unsureColumn: Int?
  private let probabilityColumns: [Int?]

  init?(_ classifier: TaskClassifier, _ layout: StatementLayout, _ statements: [Statement]) {
    (task, rule) = (classifier.task, classifier.rule)
    func place(_ name: String) -> Int? { layout.extraColumns.firstIndex(of: name) }
    let name = task.name
    guard let column = place(name) else { return nil }
    probabilityColumns = task.labels.map { place("\(name).\($0.name)") }
    let hasObjects = statements.contains { statement in
      if case .json(let literal) = statement.extras[column] {
        literal.hasPrefix("{")
      } else {
        false
      }
    }
    guard hasObjects || probabilityColumns.allSatisfy({ $0 != nil }) else { return nil }
    (self.column, unsureColumn) = (column, place(task.unsureColumn))
  }

  func answers(_ statements: [Statement]) throws -> [[Int]] {
    let decoder = JSONDecoder()
    return try statements.map { statement in
      let answer = try answer(statement, decoder)
      let given = try answer.labels.map { try number($0, statement) }
      let unsure = try (answer.unsure ?? []).map { try number($0, statement) }
      let all = given + forced(among: unsure, given, answer)
      if task.kind == .singleLabel, all.count > 1 {
        throw DataError(
          .wrongType, at: statement.location,
          "found \(all.count) labels of task \"\(task.name)\", expected one: correct it")
      }
      return Set(all).sorted()
    }
  }

  private func answer(_ statement: Statement, _ decoder: JSONDecoder) throws -> Answer {
    switch statement.extras[column] {
    case .text(let cell):
      var probabilities: [String: Double?] = [:]
      for (label, column) in zip(task.labels, probabilityColumns) {
        probabilities[label.name] = column.flatMap { statement.extras[$0].plainText }
          .flatMap { Double($0) }
      }
      return Answer(
        labels: AnnotationCell.labels(cell),
        unsure: unsureColumn.flatMap { statement.extras[$0].plainText }
          .map(AnnotationCell.labels), probabilities: probabilities)
    case .json(let literal):
      if let answer = try? decoder.decode(Answer.self, from: Data(literal.utf8)) { return answer }
      throw DataError(
        .wrongType, at: statement.location,
        "found no labels in field \"\(task.name)\"; expected an object with the field \"labels\", as "
          + "stance classify writes it")
    case .missing:
      throw DataError(
        .missingColumn, at: statement.location,
        "found no field \"\(task.name)\"; expected the answer of stance classify in every record")
    }
  }

  private func number(_ name: String, _ statement: Statement) throws -> Int {
    if let label = task.index(ofLabel: name) { return label }
    throw DataError(
      .unknownLabel, at: statement.location,
      "found a label of task \"\(task.name)\" that the model does not have; expected one of "
        + task.labels.map { "\"\($0.name)\"" }.joined(separator: ", ")
        + ": give the model that the results come from with --model")
  }

  /// Of the labels that are left to a person those that the model would give if it had to.
  private func forced(among unsure: [Int], _ given: [Int], _ answer: Answer) -> [Int] {
    let probabilities = task.labels.compactMap { answer.probabilities?[$0.name] ?? nil }
    guard !unsure.isEmpty, probabilities.count == task.labels.count,
      task.kind == .multiLabel || given.isEmpty
    else { return [] }
    return rule.labels(of: probabilities).filter(unsure.contains)
  }
}
