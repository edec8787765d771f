import ArgumentParser
import StanceKit

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Compares a model's answers with labelled statements: confusion matrices and scores.",
    discussion: """
      Use statements that the model was not trained on: on its own training data every model looks good. \
      Where some are nearly the same as training statements, the scores of the others stand beside those \
      of all.

      Examples:
        stance evaluate held-out.csv --model model.safetensors
        stance evaluate held-out.csv --fail-under macro-f1=0.7 --format json
      """)

  @Argument(
    help: "Labelled statements: CSV, TSV or JSONL, also .gz. Several files are read as one set.",
    completion: .file())
  var files: [String]

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @Option(
    help: ArgumentHelp(
      """
      Exit with status 1 when a score is lower, without near copies of training statements where there are \
      some: METRIC=VALUE for all tasks or TASK.METRIC=VALUE; may be repeated.
      """,
      valueName: "bar"))
  var failUnder: [String] = []

  @Flag(
    help: "Also show, for ten ranges of probability, how often what is said with it is so.")
  var reliability = false

  @OptionGroup var resampling: ResamplingOptions
  @OptionGroup var model: ModelOption
  @OptionGroup var data: DataOptions

  func validate() throws {
    _ = try failUnder.map(ScoreBar.init)
  }

  func run() throws {
    let bars = try failUnder.map(ScoreBar.init)
    let model = try model.load(.crossValidation)
    let options = try data.readingOptions(tasks: [])
    let statements = try LabelledStatements(
      contentsOf: files, codebook: model.codebook, options: options)
    let columns = model.extractor.recipe.columns?.names ?? []
    data.note(statements.notes(for: .evaluation, featureColumns: columns))
    data.note(missing: FeatureColumns(model.extractor.recipe, layout: statements.layout).absent)
    if !data.quiet { try TrainingFiles.note(files, of: model) }
    let found = model.evaluation(on: statements, bootstrap: resampling.bootstrap)
    guard !found.evaluations.isEmpty else {
      throw DataError.nothingLabelled(statements, for: model)
    }
    let missed = try bars.flatMap { try $0.missed(found.evaluationsOfNewStatements) }
    do {
      try write(found, model.keywordBaselines(on: statements))
    } catch let error as OutputError where error.code == .closedPipe && !missed.isEmpty {
      // Whoever stopped reading still learns that a bar was missed.
    }
    for line in missed { StandardError.write(line + "\n") }
    if !missed.isEmpty { throw ExitCode(1) }
  }

  private func write(_ found: ModelEvaluation, _ keywords: [KeywordBaseline.Score]) throws {
    let reports = found.evaluations.map {
      EvaluationReport(
        $0, keywords: keywords, showsReliability: reliability, newStatements: found.newStatements)
    }
    try format.write(
      table: reports.flatMap { $0.lines() }, markdown: reports.flatMap { $0.markdown() },
      json: EvaluationDocument.object(
        found.evaluations, keywords: keywords, newStatements: found.newStatements))
    try StandardOutput.shared.flush()
  }
}

extension DataError {
  /// No task of a model has a column among the statements.
  static func nothingLabelled(_ data: LabelledStatements, for model: Model) -> DataError {
    DataError(
      .missingColumn, at: nil,
      "found no label in \(data.statements.count) statements; expected a column for at least one of the "
        + "model's tasks (\(model.classifiers.map(\.task.name).joined(separator: ", "))): add one, or "
        + "name it with --label-column")
  }
}

/// A score that must be reached: `macro-f1=0.7`, `stance.exact-match=0.6`.
struct ScoreBar {
  let task: String?
  let metric: Metric
  let value: Double

  init(_ argument: String) throws {
    let metrics = Metric.allCases.map(\.rawValue).joined(separator: ", ")
    guard let equals = argument.lastIndex(of: "="),
      let value = Double(argument[argument.index(after: equals)...]), value.isFinite
    else {
      throw ValidationError(
        "--fail-under: found \"\(argument)\", expected METRIC=VALUE, such as macro-f1=0.7")
    }
    let name = argument[..<equals]
    let dot = name.lastIndex(of: ".")
    let metricName = dot.map { name[name.index(after: $0)...] } ?? name
    guard let metric = Metric(rawValue: String(metricName)) else {
      throw ValidationError(
        "--fail-under: found the metric \"\(metricName)\", expected one of \(metrics)")
    }
    task = dot.map { String(name[..<$0]) }
    self.metric = metric
    self.value = value
  }

  /// What to say of each task that misses the bar.
  func missed(_ evaluations: [TaskEvaluation]) throws -> [String] {
    let chosen = evaluations.filter { task == nil || $0.task == task }
    let scored = chosen.compactMap { evaluation in
      metric.value(of: evaluation.scores).map { (evaluation.task, $0) }
    }
    guard !scored.isEmpty else {
      throw ValidationError(
        "--fail-under: no evaluated task"
          + (task.map { " named \"\($0)\"" } ?? "") + " has the score \(metric.rawValue)")
    }
    return scored.filter { $0.1 < value }.map { task, score in
      "\(task): \(metric.rawValue) is \(threeDigits(score)), below \(shortest(value))"
    }
  }
}
