import ArgumentParser
import StanceKit

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compares two models, or two files of predictions, on the same labelled statements.",
    discussion: """
      A and B are models (.safetensors) or predictions of any tool (JSONL, CSV or TSV): a column named \
      as the task with labels, in JSONL also an object of probabilities; or columns of probabilities \
      named TASK.LABEL or LABEL. Predictions and statements belong together by id, or without ids by \
      their order.

      Examples:
        stance compare old.safetensors new.safetensors --gold held-out.csv
        stance compare ours.jsonl theirs.csv --gold held-out.csv --differences d.csv
        stance cross-validate mine.csv --recipe words --predictions plain.jsonl
        stance cross-validate mine.csv --recipe words --stems \\
          --predictions stems.jsonl
        stance compare plain.jsonl stems.jsonl --gold mine.csv --task stance

      Differences are B less A. Their intervals of 95 % draw both answers to a statement, and all \
      statements of a group, together; p is the chance of a difference as large if A and B changed \
      places at random. McNemar's test counts the statements that only one of them is right about; its \
      p over all labels is corrected by Holm's method.
      """)

  @Argument(
    help: ArgumentHelp("A model or predictions.", valueName: "A"), completion: .file())
  var first: String

  @Argument(
    help: ArgumentHelp("What it is compared with.", valueName: "B"), completion: .file())
  var second: String

  @Option(
    help: ArgumentHelp(
      "Labelled statements; may be repeated. Default: labels beside the predictions, in columns such as stance.gold.",
      valueName: "file"), completion: .file())
  var gold: [String] = []

  @Option(
    help: ArgumentHelp(
      "The codebook: tasks and labels. Default: the models', else what the data show.",
      valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var codebook: String?

  @Option(
    help: ArgumentHelp(
      "Only this task; may be repeated. NAME:multi or NAME:single decides the kind without a codebook.",
      valueName: "name[:kind]"))
  var task: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column of predictions whose name is not the task's; may be repeated.",
      valueName: "task=column"))
  var predictionColumn: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From which probability a label of a multi-label task is given, where a file has no labels.",
      valueName: "probability"))
  var threshold = 0.5

  @Option(
    help: ArgumentHelp(
      "Write the statements to which the answers differ, as CSV.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var differences: String?

  @Flag(help: "Also show the texts of statements to which the answers differ.")
  var showText = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most differing statements that tables show.", valueName: "n"))
  var top = 20

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @OptionGroup var resampling: ResamplingOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    _ = try task.map(TaskName.init)
    _ = try predictionColumns()
    if top < 0 { throw ValidationError("--top: found \(top), expected 0 or more") }
    if !(0...1).contains(threshold) {
      throw ValidationError("--threshold: found \(shortest(threshold)), expected 0 to 1")
    }
  }

  func run() throws {
    if let differences { try AtomicFile.checkTarget(differences) }
    let tasks = try task.map(TaskName.init).map { ($0.name, $0.kind) }
    let book = try codebook.map { path in
      try TrainingData.selected(task, Codebook.read(contentsOf: path), path)
    }
    let paired = try PairedAnswers(
      (first, second), gold: gold,
      .init(
        codebook: book, tasks: tasks, threshold: threshold,
        predictionColumns: predictionColumns(), reading: data.readingOptions(tasks: [])))
    data.note(paired.notes)
    if !data.quiet { try noteTrainingFiles() }
    if let differences {
      try DifferenceTable(paired, showsText: showText).write(to: differences)
    }
    let report = ComparisonReport(
      paired, names: (first, second),
      paired.tasks.indices.map { paired.comparison(onTask: $0, bootstrap: resampling.bootstrap) },
      showsText: showText, limit: top)
    let out = StandardOutput.shared
    switch format {
    case .table: try out.write(lines: report.lines())
    case .markdown: try out.write(lines: report.markdown())
    case .json: try out.write(report.object().finished() + [UInt8(ascii: "\n")])
    }
  }

  private func noteTrainingFiles() throws {
    for path in [first, second] where path.hasSuffix(".safetensors") {
      try TrainingFiles.note(gold, of: Model(contentsOf: path), called: path)
    }
  }

  private func predictionColumns() throws -> [String: String] {
    var columns: [String: String] = [:]
    for pair in predictionColumn {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(
          "--prediction-column: found \"\(pair)\", expected TASK=COLUMN, such as stance=predicted")
      }
      columns[String(parts[0])] = String(parts[1])
    }
    return columns
  }
}
