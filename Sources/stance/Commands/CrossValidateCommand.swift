import ArgumentParser
import StanceKit

struct CrossValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cross-validate",
    abstract: "Says how good a model trained like this would be, without writing one.",
    discussion: """
      Example:
        stance cross-validate seeds/statements.csv --codebook seeds/codebook.yaml \\
          --predictions folds.jsonl
      """)

  @OptionGroup var training: TrainingOptions

  @Option(
    help: ArgumentHelp(
      "Write each statement's fold and out-of-fold answers as JSONL, whatever the model is for.",
      valueName: "file"),
    completion: .file())
  var predictions: String?

  @Option(help: "How the result is written.")
  var format: TableFormat = .table

  @Flag(
    help: "Also show, for ten ranges of probability, how often what is said with it is so.")
  var reliability = false

  func validate() throws {
    if training.folds == 0 { throw ValidationError("--folds 0: nothing would be cross-validated") }
  }

  func run() throws {
    if let predictions {
      try requireOther(predictions, than: training.inputs, option: "--predictions")
    }
    let loaded = try TrainingData(training)
    let progress = Progress("cross-validating")
    let validated: CrossValidation
    do {
      defer { progress.finish() }
      validated = try Trainer(loaded.configuration, parallelism: training.threading.parallelism)
        .crossValidate(loaded.statements, progress: progress.update)
    }
    if let predictions { try write(validated, loaded.statements, to: predictions) }
    let out = StandardOutput.shared
    switch format {
    case .json:
      var object = EvaluationDocument.object(
        validated.summary.evaluations, keywords: validated.summary.keywordBaselines ?? [])
      if let kind = validated.summary.statementKind { object.set("for", kind.object) }
      try out.write(line: object)
    default:
      try out.write(lines: TrainingReport(loaded.statements).lines())
      try out.write(
        lines: CrossValidationReport(validated.summary, showsReliability: reliability).lines())
    }
  }

  private func write(
    _ validated: CrossValidation, _ data: LabelledStatements, to path: String
  ) throws {
    let tasks = validated.judgements.compactMap { judgements in
      judgements.first.flatMap { data.codebook.task(named: $0.task) }.map { task in
        AnswerFields(task, abstains: judgements.contains { !$0.unsure.isEmpty })
      }
    }
    try AtomicFile.write(path) { output in
      for (row, statement) in data.statements.enumerated() {
        var object = JSONObjectWriter()
        object.set("id", statement.id)
        object.set("fold", validated.folds.foldOfRow[row])
        for (index, task) in tasks.enumerated() {
          object.setObject(task.task.name) {
            task.fill(&$0, validated.judgements[index][row], hasEvidence: true)
          }
        }
        try output.write(object.line())
      }
    }
  }
}
