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
      p over all labels is corrected by Holm's method. Where statements are near copies of what a model was \
      trained on, the scores on the others follow, if it is known of both which are: of models, and of what classify writes.
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

  @OptionGroup var tasks: TaskOptions

  @Option(
    help: ArgumentHelp(
      "The column of predictions whose name is not the task's; may be repeated.",
      valueName: "task=column"))
  var predictionColumn: [String] = []

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "From which probability a label of a multi-label task is given, where a file has no labels. Default: 0.5.",
      valueName: "probability"))
  var threshold: Double?

  @Option(
    help: ArgumentHelp(
      "Write the statements to which the answers differ, as CSV.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var differences: String?

  @Flag(help: "Also show the texts of statements to which the answers differ.")
  var showText = false

  @OptionGroup var lists: ListOptions

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @OptionGroup var resampling: ResamplingOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    _ = try predictionColumns()
    if let threshold, !(0...1).contains(threshold) {
      throw ValidationError("--threshold: found \(shortest(threshold)), expected 0 to 1")
    }
    let useless = [
      predictionColumn.isEmpty ? nil : "--prediction-column", threshold.map { _ in "--threshold" },
    ]
    if let option = useless.compactMap(\.self).first, [first, second].allSatisfy(isModel) {
      throw ValidationError(
        "\(option): only files of predictions have a use for it, and both are models; leave it out")
    }
  }

  func run() throws {
    if let differences {
      try requireOther(
        differences, than: [first, second, tasks.codebook] + gold, option: "--differences")
    }
    let paired = try PairedAnswers(
      (first, second), gold: gold,
      .init(
        codebook: tasks.readCodebook(), tasks: tasks.names(), threshold: threshold ?? 0.5,
        predictionColumns: predictionColumns(), reading: data.readingOptions(tasks: [])))
    data.note(paired.notes)
    for (path, model) in paired.models where !data.quiet {
      try TrainingFiles.note(gold, of: model, called: path)
    }
    if let differences {
      try DifferenceTable(paired, showsText: showText).write(to: differences)
    }
    let report = ComparisonReport(
      paired, names: (first, second), bootstrap: resampling.bootstrap, showsText: showText,
      limit: lists.top)
    try format.write(
      table: report.lines(), markdown: report.markdown(), json: report.object())
  }

  private func isModel(_ path: String) -> Bool { path.hasSuffix(".safetensors") }

  private func predictionColumns() throws -> [String: String] {
    try taskColumns(predictionColumn, of: "--prediction-column", example: "stance=predicted")
  }
}
