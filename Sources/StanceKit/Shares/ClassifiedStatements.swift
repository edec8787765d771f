import Foundation

/// Statements with the labels that a model gave them: by reading results of `stance classify`, or by
/// classifying them now.
public struct ClassifiedStatements: Sendable {
  public let statements: [Statement]
  public let layout: StatementLayout
  /// The model's tasks that were answered.
  public let tasks: [Codebook.Task]
  /// For each task and statement the numbers of its labels, rising.
  public let answers: [[[Int]]]
  /// Whether the answers were read rather than made.
  public let areResults: Bool
  public let notes: [DataNote]

  /// Reads a file of statements or of results.
  ///
  /// A file is one of results when it has what `stance classify` writes for at least one of the model's
  /// tasks: a field with `labels` (JSONL), or a column of the task beside columns of its labels'
  /// probabilities (CSV).
  ///
  /// - Throws: `DataErrors`, `DataError`: what is wrong with the file.
  public init(
    contentsOf path: String, by model: Model, options: ReadingOptions = .init(),
    parallelism: Parallelism = .allCores
  ) throws {
    var options = options
    // Results need no text, and a set of statements to count has no use for ids.
    (options.tasks, options.requiresText, options.allowsRepeatedIDs) = ([], false, true)
    let set = try StatementSet.read([path], options: options)
    (statements, layout, notes) = (set.statements, set.layout, set.notes)
    let all = model.classifiers.map(\.task)
    let read = all.compactMap { task in
      ResultColumn(task, set.layout, set.statements).map { (task, $0) }
    }
    areResults = !read.isEmpty
    if areResults {
      tasks = read.map(\.0)
      answers = try read.map { try $0.1.answers(set.statements) }
      return
    }
    guard layout.has(.text) || statements.isEmpty else {
      throw DataError(
        .missingColumn, at: SourceLocation(file: path, line: 0),
        "found neither a text (--text-column) nor results of the tasks "
          + all.map { "\"\($0.name)\"" }.joined(separator: ", ")
          + "; expected statements, or what stance classify writes as JSONL or CSV")
    }
    tasks = all
    let judgements = model.classify(statements.map(\.text), parallelism: parallelism)
    answers = all.indices.map { task in judgements.map { $0.tasks[task].labels } }
  }
}

/// The answers to one task in a file of results.
private struct ResultColumn {
  private struct Answer: Decodable { let labels: [String] }

  let task: Codebook.Task
  /// An index of the statements' extras.
  let column: Int

  init?(_ task: Codebook.Task, _ layout: StatementLayout, _ statements: [Statement]) {
    guard let column = layout.extraColumns.firstIndex(of: task.name) else { return nil }
    let hasProbabilities = task.labels.allSatisfy {
      layout.extraColumns.contains("\(task.name).\($0.name)")
    }
    let hasObjects = statements.contains { statement in
      if case .json(let literal) = statement.extras[column] {
        literal.hasPrefix("{")
      } else {
        false
      }
    }
    guard hasProbabilities || hasObjects else { return nil }
    (self.task, self.column) = (task, column)
  }

  func answers(_ statements: [Statement]) throws -> [[Int]] {
    let decoder = JSONDecoder()
    return try statements.map { statement in
      let names: [String]
      switch statement.extras[column] {
      case .text(let cell): names = AnnotationCell.labels(cell)
      case .json(let literal):
        guard let answer = try? decoder.decode(Answer.self, from: Data(literal.utf8)) else {
          throw DataError(
            .wrongType, at: statement.location,
            "found no labels in field \"\(task.name)\"; expected an object with the field \"labels\", as "
              + "stance classify writes it")
        }
        names = answer.labels
      case .missing:
        throw DataError(
          .missingColumn, at: statement.location,
          "found no field \"\(task.name)\"; expected the answer of stance classify in every record")
      }
      return try names.map { name in
        guard let label = task.index(ofLabel: name) else {
          throw DataError(
            .unknownLabel, at: statement.location,
            "found a label of task \"\(task.name)\" that the model does not have; expected one of "
              + task.labels.map { "\"\($0.name)\"" }.joined(separator: ", ")
              + ": give the model that the results come from with --model")
        }
        return label
      }.sorted()
    }
  }
}
