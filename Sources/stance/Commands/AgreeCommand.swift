import ArgumentParser
import StanceKit

struct AgreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agree",
    abstract: "Measures how far coders agree, and merges what they say.",
    discussion: """
      Three forms are read: a column for each coder (--coder several times), a row for each statement \
      and coder (--coder once: the column that names the coder), or a file for each coder (no --coder).

      Examples:
        stance agree coded.csv --coder first --coder second --coder third
        stance agree long.csv --coder coder --task stance --task tone
        stance agree first.csv second.csv --codebook codebook.yaml \\
          --disagreements discuss.csv --merged gold.csv

      Percent agreement counts pairs of answers that are the same in all labels; kappa and alpha take \
      out what chance would give. Krippendorff's alpha holds for any number of coders and for missing \
      answers; with MASI distances it counts label sets that overlap as partly the same. Intervals of 95 % \
      come from resampled statements, or whole groups of them.
      """)

  @Argument(
    help: "Coded statements: CSV, TSV or JSONL, also .gz.", completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "A column with a coder's answers, several times; or once, the column that names the coder.",
      valueName: "column"))
  var coder: [String] = []

  @Option(
    help: ArgumentHelp(
      "The codebook: tasks and labels. Default: those that the answers show.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var codebook: String?

  @Option(
    help: ArgumentHelp(
      "Only this task; may be repeated. NAME:multi or NAME:single decides the kind without a codebook.",
      valueName: "name[:kind]"))
  var task: [String] = []

  @Option(
    help:
      "What an empty cell of a multi-label task says: none of the labels, or no answer at all.")
  var empty: EmptyCell = .none

  @Option(
    help: ArgumentHelp(
      "Write the statements on which not all answers are the same, as CSV.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var disagreements: String?

  @Option(
    help: ArgumentHelp(
      "Write all statements with what most coders say, as CSV; ties are listed in a column of their own.",
      valueName: "file"), completion: .file(extensions: ["csv"]))
  var merged: String?

  @Flag(help: "Also show the texts of statements on which coders disagree.")
  var showText = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most disagreements that tables show.", valueName: "n"))
  var top = 20

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @OptionGroup var resampling: ResamplingOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
    _ = try task.map(TaskName.init)
    if top < 0 { throw ValidationError("--top: found \(top), expected 0 or more") }
    if coder.isEmpty && files.count < 2 {
      throw ValidationError(
        "found one file and no --coder; expected the columns of two coders (--coder A --coder B), the "
          + "column that names the coder (--coder coder), or a file for each coder")
    }
    if Set(coder).count < coder.count {
      throw ValidationError("--coder: found a column twice, expected each once")
    }
  }

  func run() throws {
    for output in [disagreements, merged].compactMap(\.self) {
      try AtomicFile.checkTarget(output)
    }
    let coded = try CodedStatements(contentsOf: files, configuration())
    data.note(coded.notes)
    noteEmptyCells(coded)
    if coded.coders.count < 2 {
      throw ValidationError(
        "found answers of \(counted(coded.coders.count, "coder")), expected at least two")
    }
    if let disagreements {
      try CodingTable(coded, showsText: showText).writeDisagreements(to: disagreements)
    }
    if let merged {
      let ties = try CodingTable(coded, showsText: true).writeMajority(to: merged)
      for (task, count) in zip(coded.codebook.tasks, ties) where count > 0 && !data.quiet {
        StandardError.write(
          "note: \(merged) has \(counted(count, "tie")) in \(oneLine(task.name)) for a person to decide\n"
        )
      }
    }
    let report = AgreementReport(
      coded,
      coded.codebook.tasks.indices.map {
        coded.agreement(onTask: $0, bootstrap: resampling.bootstrap)
      }, showsText: showText, limit: top)
    let out = StandardOutput.shared
    switch format {
    case .table: try out.write(lines: report.lines())
    case .markdown: try out.write(lines: report.markdown())
    case .json: try out.write(report.object().finished() + [UInt8(ascii: "\n")])
    }
  }

  private func configuration() throws -> CodedStatements.Configuration {
    let tasks = try task.map(TaskName.init).map { ($0.name, $0.kind) }
    let book = try codebook.map { path in
      try TrainingData.selected(task, Codebook.read(contentsOf: path), path)
    }
    return CodedStatements.Configuration(
      try form(tasks.map(\.0), book), codebook: book, tasks: tasks,
      emptyIsMissing: empty == .missing, reading: try data.readingOptions(tasks: []))
  }

  private func form(_ tasks: [String], _ codebook: Codebook?) throws -> CodedStatements.Form {
    guard coder.count > 1 else { return coder.first.map { .column($0) } ?? .files }
    let names = codebook?.tasks.map(\.name) ?? tasks
    guard names.count <= 1 else {
      throw ValidationError(
        "found \(counted(names.count, "task")) for columns of coders, expected one: choose it with "
          + "--task \(names[0])")
    }
    return .columns(coder, task: names.first ?? "answer")
  }

  private func noteEmptyCells(_ coded: CodedStatements) {
    guard !data.quiet else { return }
    for (task, count) in zip(coded.codebook.tasks, coded.emptyCounts) where count > 0 {
      StandardError.write(
        "note: \(counted(count, "empty answer")) to \(oneLine(task.name)) "
          + "\(count == 1 ? "is" : "are") taken for \"none of the labels\" (--empty missing takes "
          + "\(count == 1 ? "it" : "them") for no answer)\n")
    }
  }

}

/// What an empty cell of a multi-label task says.
enum EmptyCell: String, CaseIterable, ExpressibleByArgument {
  case none, missing
}
