import ArgumentParser
import StanceKit

struct NextCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "next",
    abstract: "Chooses from unlabelled statements those to label next, as a CSV to fill in.",
    discussion: """
      By entropy, the statements that the model is least sure of; by margin, those nearest to another \
      answer; by edge:LABEL (or edge:TASK.LABEL), edge cases of one label; diverse, uncertain ones \
      unlike each other; random, a random draw. Near-duplicates of each other, and with --labelled of \
      what is labelled, are left out. What the model would answer is not shown, so that it sways nobody.

      Examples:
        stance next seeds/new-quotes.csv -n 5 > to-label.csv
        stance next pool.csv --by edge:unity --labelled labelled.csv > to-label.csv

      Keep some random draws apart: only on those can scores and shares be estimated.
      """)

  @Argument(
    help: "Unlabelled statements: CSV, TSV, JSONL or plain text, also .gz; - for standard input.",
    completion: .file())
  var pool: String

  @Option(
    name: .customShort("n"), parsing: .unconditional,
    help: ArgumentHelp("How many statements.", valueName: "count"))
  var count = 50

  @Option(
    help: ArgumentHelp(
      "entropy, margin, edge:LABEL, diverse or random.", valueName: "strategy"))
  var by: QueryName = .margin

  @Option(
    help: ArgumentHelp("Statements that are labelled; may be repeated.", valueName: "file"),
    completion: .file())
  var labelled: [String] = []

  @Option(help: ArgumentHelp("Only this task of the model; may be repeated.", valueName: "name"))
  var task: [String] = []

  @Option(parsing: .unconditional, help: "Decides the random draw.")
  var seed: UInt64 = 1

  @OptionGroup var model: ModelOption
  @OptionGroup var data: DataOptions

  func validate() throws {
    if count < 1 { throw ValidationError("-n: found \(count), expected 1 or more") }
  }

  func run() throws {
    let model = try model.load()
    let tasks = try chosenTasks(of: model)
    let strategy = try by.strategy(for: model)
    if case .edge(let task, _) = strategy, !tasks.isEmpty, !tasks.contains(task) {
      throw ValidationError(
        "--by: found a label of task \"\(oneLine(model.classifiers[task].task.name))\", expected one of "
          + "--task, as its labels are asked for")
    }
    var options = try data.readingOptions(tasks: model.classifiers.map(\.task.name))
    options.allowsRepeatedIDs = true
    let set = try StatementSet.read([pool], options: options)
    data.note(set.notes)
    data.note(missing: FeatureColumns(model.extractor.recipe, layout: set.layout).absent)
    // A statement with an answer to what is asked is not waiting for one.
    let asked = tasks.isEmpty ? Array(model.classifiers.indices) : tasks
    let isAsked = set.layout.taskColumns.map { name in
      asked.contains { model.classifiers[$0].task.name == name }
    }
    let isOpen = set.statements.map { statement in
      zip(statement.annotations, isAsked).allSatisfy { cell, isAsked in
        !isAsked || cell?.allSatisfy(\.isWhitespace) ?? true
      }
    }
    let open = set.statements.indices.filter { isOpen[$0] }.map { set.statements[$0] }
    let known =
      set.statements.indices.filter { !isOpen[$0] }.map { set.statements[$0].text }
      + (try labelledTexts(options))
    let queries = PoolSampler(model, by: strategy, tasks: tasks, seed: seed)
      .choose(count, from: open, layout: set.layout, labelled: known)
    note(chosen: queries.count, of: open.count, labelled: set.statements.count - open.count, model)
    let sheet = LabellingSheet(model: model, tasks: tasks, layout: set.layout)
    var bytes = sheet.header()
    for query in queries { sheet.append(open[query.row], query, to: &bytes) }
    try StandardOutput.shared.write(bytes)
  }

  /// The texts of what is labelled elsewhere.
  private func labelledTexts(_ options: ReadingOptions) throws -> [String] {
    guard !labelled.isEmpty else { return [] }
    let set = try StatementSet.read(labelled, options: options)
    data.note(set.notes)
    return set.statements.map(\.text)
  }

  private func chosenTasks(of model: Model) throws -> [Int] {
    try task.distinct.map { name in
      guard let index = model.classifiers.firstIndex(where: { $0.task.name == name }) else {
        throw ValidationError(
          "--task: the model has no task \"\(oneLine(name))\", expected one of "
            + model.classifiers.map(\.task.name).map(oneLine).joined(separator: ", "))
      }
      return index
    }
  }

  private func note(chosen: Int, of open: Int, labelled: Int, _ model: Model) {
    var found = "\(counted(chosen, "statement")) of \(grouped(open)) without a label"
    if labelled > 0 {
      found +=
        "; \(grouped(labelled)) of the pool \(labelled == 1 ? "is" : "are") labelled already"
    }
    data.note(found)
    let isMultiLabel = model.classifiers.contains {
      $0.task.kind == .multiLabel && (task.isEmpty || task.contains($0.task.name))
    }
    if isMultiLabel {
      data.note(
        "in a task with any number of labels an empty cell will mean none of them: take out the "
          + "lines that you do not get to")
    }
  }
}

/// A strategy as it is typed; labels are those of a model.
enum QueryName: ExpressibleByArgument, Hashable {
  case entropy, margin, diverse, random
  case edge(String)

  init?(argument: String) {
    switch argument {
    case "entropy": self = .entropy
    case "margin": self = .margin
    case "diverse": self = .diverse
    case "random": self = .random
    default:
      guard argument.hasPrefix("edge:"), argument.count > 5 else { return nil }
      self = .edge(String(argument.dropFirst(5)))
    }
  }

  var defaultValueDescription: String {
    switch self {
    case .entropy: "entropy"
    case .margin: "margin"
    case .diverse: "diverse"
    case .random: "random"
    case .edge(let label): "edge:\(label)"
    }
  }

  func strategy(for model: Model) throws -> QueryStrategy {
    switch self {
    case .entropy: return .entropy
    case .margin: return .margin
    case .diverse: return .diverse
    case .random: return .random
    case .edge(let name):
      let all = model.classifiers.enumerated().flatMap { task, classifier in
        classifier.task.labels.indices.map { label in
          (task, label, classifier.task.name, classifier.task.labels[label].name)
        }
      }
      let found = all.filter { $0.3 == name || "\($0.2).\($0.3)" == name }
      guard found.count == 1 else {
        let names = all.map { oneLine("\($0.2).\($0.3)") }.joined(separator: ", ")
        throw ValidationError(
          "--by: found \(found.isEmpty ? "no label" : "several labels") \"\(oneLine(name))\", expected "
            + "one of \(names)")
      }
      return .edge(task: found[0].0, label: found[0].1)
    }
  }
}
