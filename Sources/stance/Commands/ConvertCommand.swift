import ArgumentParser
import StanceKit

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Brings statements from and to the formats of annotation tools and other learners.",
    discussion: """
      Reads CSV, TSV, JSONL and, named by --input-format, doccano, label-studio, prodigy and fasttext; \
      all other commands read them with --input-format too. --task names the column of the labels: what \
      doccano, Prodigy, fastText and libsvm have as their one and nameless task.

      Examples:
        stance convert statements.csv --task stance --to doccano > doccano.jsonl
        stance convert doccano.jsonl --input-format doccano --task stance --to csv
        stance convert statements.csv --task stance --task sentiment \\
          --to label-studio > tasks.json
        stance convert tasks.json --input-format label-studio --to csv
        stance convert statements.csv --task stance --to fasttext --output ft.txt
        stance convert ft.txt --input-format fasttext --task stance \\
          --columns ft.txt.columns.csv --to csv
        stance convert statements.csv --task stance --to libsvm --output s.libsvm

      Nothing is lost: ids and other columns go where the format keeps such things (doccano's and \
      Prodigy's metadata, Label Studio's data), for fasttext and libsvm to OUTPUT.columns.csv; libsvm \
      also writes OUTPUT.vocabulary.csv and OUTPUT.labels.csv. What a format cannot hold is an error.
      """)

  @Argument(
    help: ArgumentHelp("Files of statements; - for standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(help: "The format to write.")
  var to: ExportFormat

  @Option(
    help: ArgumentHelp(
      "The column of labels; may be repeated. Default: the codebook's tasks, or those of Label Studio's choices.",
      valueName: "name"))
  var task: [String] = []

  @Option(
    help: ArgumentHelp(
      "Codebook: its labels in its order, and how many a statement has.", valueName: "codebook"),
    completion: .file())
  var codebook: String?

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write. Default: standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A table with the columns of the statements, one row each, such as OUTPUT.columns.csv.",
      valueName: "file"), completion: .file())
  var columns: String?

  @Option(help: "With --to libsvm and no --model, what the features are. Default: words.")
  var features: NGramKind?

  @Option(
    help: ArgumentHelp(
      "With --to libsvm, the model whose features are written. Default: features of the statements themselves.",
      valueName: "model"), completion: .file())
  var model: String?

  @OptionGroup var data: DataOptions

  func validate() throws {
    if files.isEmpty { throw ValidationError("nothing to convert: give files of statements") }
    if model != nil, to != .libsvm {
      throw ValidationError("--model: only --to libsvm has a use for it; leave it out")
    }
    if features != nil, to != .libsvm || model != nil {
      throw ValidationError(
        "--features: only --to libsvm without --model has a use for it; leave it out")
    }
    if to == .libsvm, output == nil {
      throw ValidationError(
        "--to libsvm writes several files; expected --output FILE, beside which the others go")
    }
  }

  func run() throws {
    try checkOutputs()
    let codebook = try codebook.map { try Codebook.read(contentsOf: $0) }
    let set = try read(tasks: try tasks(codebook))
    let export = try StatementExport(set, codebook: codebook)
    switch to {
    case .csv: try write(export.table(delimiter: UInt8(ascii: ",")))
    case .tsv: try write(export.table(delimiter: UInt8(ascii: "\t")))
    case .jsonl: try write(export.jsonl())
    case .doccano: try write(export.doccano())
    case .labelStudio: try write(export.labelStudio())
    case .prodigy: try write(export.prodigy())
    case .fastText: try writeFastText(export)
    case .libsvm: try writeFeatures(export)
    }
  }

  /// Whether the output, and what goes beside it, replaces nothing that is read.
  private func checkOutputs() throws {
    guard let output else { return }
    let inputs = files + [codebook, columns, model]
    for path in [output] + sideFiles.map(path(beside:)) {
      try requireOther(path, than: inputs, option: "--output")
    }
  }

  /// What may be written beside the output.
  private var sideFiles: [String] {
    switch to {
    case .fastText: ["columns"]
    case .libsvm: ["columns", "vocabulary", "labels"]
    default: []
    }
  }

  private func path(beside extension: String) -> String { "\(output ?? "").\(`extension`).csv" }

  private func tasks(_ codebook: Codebook?) throws -> [String] {
    if !task.isEmpty { return task.distinct }
    if let codebook { return codebook.tasks.map(\.name) }
    guard data.inputFormat == .labelStudio else { return [] }
    // The choices are found in a reading of their own, before that of the statements.
    if let pipe = files.first(where: isPipe) {
      throw ValidationError(
        "found \(pipe == "-" ? "standard input" : oneLine(pipe)), which can be read only once, expected "
          + "--task NAME for each of Label Studio's choices, or --codebook: give them, or a file")
    }
    return try files.flatMap { try StatementReader.labelStudioTasks(contentsOf: $0) }.distinct
  }

  private func read(tasks: [String]) throws -> StatementSet {
    let set = try StatementSet.read(files, options: data.readingOptions(tasks: tasks))
    data.note(set.notes)
    try set.requireColumns(ofTasks: task.distinct)
    guard let columns else { return set }
    var options = ReadingOptions()
    options.requiresText = false
    return try set.adding(columns: StatementSet.read([columns], options: options), file: columns)
  }

  private func write(_ bytes: [UInt8]) throws {
    guard let output else { return try StandardOutput.shared.write(bytes) }
    try AtomicFile.write(output) { try $0.write(bytes) }
  }

  private func write(_ bytes: [UInt8], beside extension: String) throws {
    try AtomicFile.write(path(beside: `extension`)) { try $0.write(bytes) }
  }

  private func writeFastText(_ export: StatementExport) throws {
    let lines = try export.fastText()
    if let columns = export.columns() {
      guard output != nil else {
        throw ValidationError(
          "--to fasttext: the lines hold no ids or other columns, which the input has; expected --output "
            + "FILE, so that these go to FILE.columns.csv")
      }
      try write(columns, beside: "columns")
    }
    try write(lines)
  }

  private func writeFeatures(_ export: StatementExport) throws {
    let extractor =
      try model.map { try Model(contentsOf: $0, parts: []).extractor }
      ?? FeatureExport.extractor((features ?? .words).recipe, for: export)
    let features = FeatureExport(export, extractor: extractor)
    let lines = try features.lines()
    try write(features.vocabulary(), beside: "vocabulary")
    if !export.tasks.isEmpty { try write(features.labels(), beside: "labels") }
    if let columns = export.columns() { try write(columns, beside: "columns") }
    try write(lines)
  }
}

/// What statements can be written as.
enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
  case csv, tsv, jsonl, doccano, prodigy, libsvm
  case labelStudio = "label-studio"
  case fastText = "fasttext"
}
