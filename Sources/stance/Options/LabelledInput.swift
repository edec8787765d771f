import ArgumentParser
import StanceKit

/// Labelled statements that are looked at rather than trained on for keeps.
struct LabelledInput: ParsableArguments {
  @Argument(
    help: "Labelled statements: CSV, TSV or JSONL, also .gz. Several files are read as one set.",
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Tasks and labels. Without it they are taken from the data.", valueName: "yaml"),
    completion: .file(extensions: ["yaml", "yml"]))
  var codebook: String?

  @Option(
    help: ArgumentHelp(
      "Only this task; may be repeated. NAME:multi or NAME:single decides the kind without a codebook.",
      valueName: "name[:kind]"))
  var task: [String] = []

  @OptionGroup var data: DataOptions

  func validate() throws {
    _ = try task.map(TaskName.init)
  }

  /// - Parameters:
  ///   - other: files that are read with the others.
  ///   - split: a column that is no task, whatever it looks like.
  ///   - allowsRepeatedIDs: whether files may have numbered their statements alike.
  func read(
    with other: [String] = [], leavingOut split: String? = nil, allowsRepeatedIDs: Bool = false
  ) throws -> LabelledStatements {
    var options = try data.readingOptions(tasks: [])
    options.allowsRepeatedIDs = allowsRepeatedIDs
    if let codebook {
      let selected = try TrainingData.selected(
        task, Codebook.read(contentsOf: codebook), codebook)
      return try LabelledStatements(contentsOf: files + other, codebook: selected, options: options)
    }
    let tasks = try task.map(TaskName.init).map { ($0.name, $0.kind) }
    let read = try LabelledStatements(
      contentsOf: files + other, inferring: tasks, options: options)
    let kept = try read.keepingTasks { $0.name != split }
    if !data.quiet {
      let names = kept.codebook.tasks.map { "\($0.name) (\($0.kind.rawValue))" }
      StandardError.write(
        "note: no --codebook, so tasks and labels are taken from the data: "
          + names.map(oneLine).joined(separator: ", ") + "\n")
    }
    return kept
  }
}

/// How a model is trained that only serves a comparison: nothing is chosen.
struct FixedTraining: ParsableArguments {
  enum RecipeName: String, CaseIterable, ExpressibleByArgument {
    case words, characters, both
  }

  @Option(help: "What the model that looks at the statements sees of them.")
  var recipe: RecipeName = .both

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Folds of the cross-validation, 2 or more.", valueName: "n"))
  var folds = 5

  @Option(parsing: .unconditional, help: "Decides what is random.")
  var seed: UInt64 = 1

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Threads; the result is the same for any number.", valueName: "n"))
  var threads: Int?

  func validate() throws {
    if folds < 2 { throw ValidationError("--folds: found \(folds), expected 2 or more") }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: found \(threads), expected 1 to 1024")
    }
  }

  var parallelism: Parallelism { threads.map(Parallelism.init(threads:)) ?? .allCores }

  var chosenRecipe: Recipe {
    switch recipe {
    case .words: .words
    case .characters: .characters
    case .both: .both
    }
  }
}
