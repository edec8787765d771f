import ArgumentParser
import StanceKit

/// Labelled statements that are looked at rather than trained on for keeps.
struct LabelledInput: ParsableArguments {
  @Argument(
    help: "Labelled statements: CSV, TSV or JSONL, also .gz. Several files are read as one set.",
    completion: .file())
  var files: [String]

  @OptionGroup var tasks: TaskOptions
  @OptionGroup var data: DataOptions

  /// - Parameters:
  ///   - model: a model and its path, whose codebook holds where the options name no other.
  ///   - other: files that are read with the others.
  ///   - split: a column that is no task, whatever it looks like.
  ///   - allowsRepeatedIDs: whether files may have numbered their statements alike.
  func read(
    for model: (model: Model, path: String)? = nil, with other: [String] = [],
    leavingOut split: String? = nil,
    allowsRepeatedIDs: Bool = false
  ) throws -> LabelledStatements {
    var options = try data.readingOptions(tasks: [])
    options.allowsRepeatedIDs = allowsRepeatedIDs
    let given = try model.map { try tasks.selected(from: $0.model.codebook, called: $0.path) }
    if let codebook = try tasks.readCodebook() ?? given {
      return try LabelledStatements(contentsOf: files + other, codebook: codebook, options: options)
    }
    let read = try LabelledStatements(
      contentsOf: files + other, inferring: tasks.names(), options: options)
    let kept = try read.keepingTasks { $0.name != split }
    let names = kept.codebook.tasks.map { "\($0.name) (\($0.kind.rawValue))" }
    data.note(
      "no --codebook, so tasks and labels are taken from the data: "
        + names.map(oneLine).joined(separator: ", "))
    return kept
  }
}

/// How a model is trained that only serves a comparison: nothing is chosen.
struct FixedTraining: ParsableArguments {
  @Option(help: "What the model that looks at the statements sees of them.")
  var recipe: NGramKind = .both

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Folds of the cross-validation, 2 or more.", valueName: "n"))
  var folds = 5

  @Option(parsing: .unconditional, help: "Decides what is random.")
  var seed: UInt64 = 1

  @OptionGroup var threading: ThreadOptions

  func validate() throws {
    if folds < 2 { throw ValidationError("--folds: found \(folds), expected 2 or more") }
  }
}

/// Which n-grams are features, where nothing is chosen.
enum NGramKind: String, CaseIterable, ExpressibleByArgument {
  case words, characters, both

  var recipe: Recipe {
    switch self {
    case .words: .words
    case .characters: .characters
    case .both: .both
    }
  }
}
