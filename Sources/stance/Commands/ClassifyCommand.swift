import ArgumentParser
import Foundation
import StanceKit
import Synchronization

struct ClassifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Says which labels statements carry, and how probably.",
    discussion: """
      Statements come from the arguments, from a file, or from standard input; one line comes out for \
      each, in their order. Columns of the input are passed through. A file with errors gives no \
      results; a pipe is judged as it is read, up to its first error.

      Examples:
        stance classify "Aid must reach the besieged towns now."
        stance classify --input quotes.csv --format jsonl > judged.jsonl
        stance classify --input quotes.csv --intervals --format csv > judged.csv
        cut -f3 quotes.tsv | stance classify --format csv

      A statement of which the model knows no word gets no label and is marked as without evidence. One \
      that is nearly the same as a training statement is marked, and what people said of that one counts.
      """)

  @Argument(help: "Statements to judge.")
  var text: [String] = []

  @Option(
    help: ArgumentHelp(
      "CSV, TSV, JSONL or plain text (one statement a line), also .gz; - for standard input.",
      valueName: "file"), completion: .file())
  var input: String?

  @Option(help: "How the result is written.")
  var format: ResultFormat = .standard

  @Flag(
    help: """
      Show between which probabilities each label lies, as far as the training statements tell.
      """)
  var intervals = false

  @Option(help: ArgumentHelp("How probably intervals hold.", valueName: "share"))
  var level: Double?

  @OptionGroup var threading: ThreadOptions

  @OptionGroup var model: ModelOption
  @OptionGroup var data: DataOptions

  func validate() throws {
    if !text.isEmpty && input != nil {
      throw ValidationError("give either statements or --input, not both")
    }
    if StatementClassification.isFileName(text) {
      throw ValidationError(
        "found the name of a file where a statement is due; expected --input \(text[0])")
    }
    if text.isEmpty && input == nil && isatty(STDIN_FILENO) == 1 {
      throw ValidationError("nothing to classify: give statements, --input FILE, or pipe them in")
    }
    if let level {
      try checkLevel(level)
      guard intervals else {
        throw ValidationError("--level: only --intervals has a use for it; give both")
      }
    }
  }

  func run() throws {
    guard text.isEmpty else {
      return try StatementClassification(
        texts: text, format: format, model: model.model, level: shownLevel,
        parallelism: threading.parallelism
      ).run()
    }
    let model = try model.load(intervals ? .variances : [])
    let fields = try AnswerFields.all(of: model, showingIntervals: intervals)
    try classifyFile(input ?? "-", model, fields, threading.parallelism)
  }

  private var shownLevel: Double? { intervals ? level ?? 0.95 : nil }

  private func classifyFile(
    _ path: String, _ model: Model, _ tasks: [AnswerFields], _ parallelism: Parallelism
  ) throws {
    var options = try data.readingOptions(tasks: tasks.map(\.task.name))
    options.threads = parallelism.threads
    // A file is read through before anything is written, so that one with errors gives no results.
    let checked =
      isRegularFile(path) ? try StatementReader.check(contentsOf: path, options: options) : nil
    let reader = try StatementReader(contentsOf: path, options: options)
    data.note(reader.notes)
    if let checked {
      data.note(missing: FeatureColumns(model.extractor.recipe, layout: checked).absent)
    }
    let output = ResultOutput(
      format: format, tasks: tasks, layout: checked, path: path, known: model.knownStatements)
    let counts = try model.classify(reader, intervals: shownLevel, parallelism: parallelism) {
      output.formatter($2).lines($0, $1)
    } to: {
      try output.write($0, $1)
    }
    data.note(leftOut: counts.skippedCount, beside: counts.judgedCount)
  }
}

extension AnswerFields {
  /// What is written of each task of a model.
  static func all(of model: Model, showingIntervals: Bool) throws -> [AnswerFields] {
    try model.classifiers.map { classifier in
      var fields = AnswerFields(classifier)
      fields.showsIntervals = showingIntervals
      if showingIntervals, classifier.variances == nil {
        throw MissingIntervals(task: fields.task.name)
      }
      return fields
    }
  }
}

/// The model cannot do what was asked for.
private struct MissingIntervals: Error, CustomStringConvertible {
  let task: String

  var description: String {
    "the model does not know how uncertain task \"\(task)\" is, as it was trained without --intervals, on "
      + "labels of too few statements, or by an older stance; train it again with --intervals, or leave "
      + "--intervals out"
  }
}

/// Results of a file, block by block.
private final class ResultOutput: Sendable {
  private let format: ResultFormat
  private let tasks: [AnswerFields]
  /// The columns of the whole file; `nil` when the input cannot be read twice.
  private let layout: StatementLayout?
  private let path: String
  private let known: KnownStatements?
  /// The columns of the first block, once it is written.
  private let headerLayout = Mutex(StatementLayout?.none)

  init(
    format: ResultFormat, tasks: [AnswerFields], layout: StatementLayout?, path: String,
    known: KnownStatements?
  ) {
    self.known = known
    self.format = format
    self.tasks = tasks
    self.layout = layout
    self.path = path
  }

  func formatter(_ read: StatementLayout) -> ResultFormatter {
    ResultFormatter(format: format, tasks: tasks, layout: layout ?? read, known: known)
  }

  /// Writes the lines of a block; the first one brings the header.
  func write(_ lines: [UInt8], _ read: StatementLayout) throws {
    let layout = layout ?? read
    let first = headerLayout.withLock { header in
      defer { header = header ?? layout }
      return header
    }
    guard let first else {
      try StandardOutput.shared.write(formatter(read).header())
      return try StandardOutput.shared.write(lines)
    }
    // The columns of CSV stand in its first line, which is written by now.
    if format == .csv, layout != first {
      throw DataError(
        .tooManyColumns, at: SourceLocation(file: path == "-" ? "<stdin>" : path, line: 0),
        "found a field that the first records do not have; expected the same fields in all: save the "
          + "statements to a file and give it with --input, or write --format jsonl")
    }
    try StandardOutput.shared.write(lines)
  }
}
