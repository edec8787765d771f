import ArgumentParser
import StanceKit

struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Trains a model from labelled statements and says how good it is.",
    discussion: """
      Recipe, penalty and class weight are chosen by cross-validation inside the data; groups (the \
      column `group`) and near-duplicates are never split between training and testing. The scores \
      that are printed are those of statements that the model did not see.

      Examples:
        stance train seeds/statements.csv --codebook seeds/codebook.yaml \\
          --output model.safetensors
        stance train a.csv b.csv.gz --task stance --recipe words --penalty 1e-4 \\
          --output model.safetensors
      """)

  @OptionGroup var training: TrainingOptions

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The model file to write.", valueName: "model"),
    completion: .file(extensions: ["safetensors"]))
  var output: String

  @Flag(
    help: """
      Keep no ids, labels and sketches of the training statements in the model, by which it tells near \
      copies of them, for which what people said counts. Texts are not kept, but who has one, or guesses \
      it, can tell whether it was among them. Without them evaluate and compare cannot tell a score on near \
      copies from one on new statements.
      """)
  var forgetStatements = false

  func run() throws {
    try requireOther(output, than: training.inputs, option: "--output")
    let loaded = try TrainingData(training)
    loaded.statements.keepUntilExit()
    var configuration = loaded.configuration
    configuration.forgetsStatements = forgetStatements
    let progress = Progress("cross-validating")
    let trained: Trainer.Training
    do {
      defer { progress.finish() }
      trained = try Trainer(configuration, parallelism: training.threading.parallelism)
        .train(
          on: loaded.statements, inputs: loaded.inputs, progress: progress.update)
    }
    try trained.model.save(to: output)
    guard !training.data.quiet else { return }
    for sentence in trained.model.classifiers.flatMap(\.unreachedGoals) {
      training.data.note(sentence)
    }
    let out = StandardOutput.shared
    try out.write(lines: TrainingReport(loaded.statements).lines())
    if let validated = trained.crossValidation {
      try out.write(lines: CrossValidationReport(validated.summary).lines())
    }
    try out.write(lines: ModelReport(trained.model).decisionLines())
    try out.write(lines: ["", "wrote \(output)"])
    try out.write(
      lines: trained.crossValidation.map { CrossValidationReport($0.summary).verdicts() }
        ?? ["trained without cross-validation: nothing is known of its quality"])
  }
}

/// The statements that the options name, and a codebook to start from where there was none.
struct TrainingData {
  let statements: LabelledStatements
  /// Names and hashes of all files.
  let inputs: [InputFile]
  /// What the options ask for.
  let configuration: TrainingConfiguration

  init(_ options: TrainingOptions) throws {
    var reading = try options.data.readingOptions(tasks: [])
    let columns =
      options.features.featureColumn + [try options.statementKind()?.column].compactMap(\.self)
    reading.featureColumns = columns
    reading.threads = options.threading.parallelism.threads
    let codebook = try options.tasks.readCodebook()
    let tasks = try options.tasks.names()
    let reads = reading
    let paths = options.files
    let hashed = options.inputs
    (statements, inputs) = try options.threading.parallelism.both {
      if let codebook {
        try LabelledStatements(contentsOf: paths, codebook: codebook, options: reads)
      } else {
        try LabelledStatements(contentsOf: paths, inferring: tasks, options: reads)
      }
    } _: {
      try hashed.compactMap(InputFile.init(ifRegular:))
    }
    configuration = try options.features.changed(
      options.configuration(statementCount: statements.statements.count))
    if inputs.count < hashed.count {
      options.data.note(
        "the hash of what came through a pipe is not known to the model; train from files to have it"
      )
    }
    options.data.note(
      statements.notes(for: .training, featureColumns: columns))
    if codebook == nil, !options.data.quiet {
      StandardError.write(
        "no --codebook: tasks and labels are taken from the data; a codebook to start from:\n\n"
          + statements.codebook.yaml() + "\n")
    }
  }
}
