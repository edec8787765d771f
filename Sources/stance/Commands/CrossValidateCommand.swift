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
      "Write each statement's fold and out-of-fold answers as JSONL.", valueName: "file"),
    completion: .file())
  var predictions: String?

  @Option(help: "How the result is written.")
  var format: TableFormat = .table

  func validate() throws {
    if training.folds == 0 { throw ValidationError("--folds 0: nothing would be cross-validated") }
  }

  func run() throws {
    if let predictions { try AtomicFile.checkTarget(predictions) }
    let loaded = try TrainingData(training)
    let progress = Progress("cross-validating")
    let validated: CrossValidation
    do {
      defer { progress.finish() }
      validated = try Trainer(loaded.configuration, parallelism: training.parallelism)
        .crossValidate(loaded.statements, progress: progress.update)
    }
    if let predictions { try write(validated, loaded.statements, to: predictions) }
    let out = StandardOutput.shared
    switch format {
    case .json:
      try out.write(
        EvaluationDocument.object(
          validated.summary.evaluations, keywords: validated.summary.keywordBaselines ?? []
        ).finished() + [UInt8(ascii: "\n")])
    default:
      try out.write(lines: TrainingReport(loaded.statements).lines())
      try out.write(lines: CrossValidationReport(validated.summary).lines())
    }
  }

  private func write(
    _ validated: CrossValidation, _ data: LabelledStatements, to path: String
  ) throws {
    let tasks = validated.judgements.compactMap { $0.first }.compactMap {
      data.codebook.task(named: $0.task)
    }
    try AtomicFile.write(path) { output in
      for (row, statement) in data.statements.enumerated() {
        var object = JSONObjectWriter()
        object.set("id", statement.id)
        object.set("fold", validated.folds.foldOfRow[row])
        for (index, task) in tasks.enumerated() {
          let judged = validated.judgements[index][row]
          var answer = JSONObjectWriter()
          answer.set("labels", judged.labels.map { task.labels[$0].name })
          var probabilities = JSONObjectWriter()
          for (label, probability) in zip(task.labels, judged.probabilities) {
            probabilities.set(label.name, probability: probability)
          }
          answer.set("probabilities", probabilities)
          object.set(task.name, answer)
        }
        try output.write(object.finished() + [UInt8(ascii: "\n")])
      }
    }
  }
}
