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

  @OptionGroup var tasks: TaskOptions

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

  @OptionGroup var lists: ListOptions

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @OptionGroup var resampling: ResamplingOptions
  @OptionGroup var data: DataOptions

  func validate() throws {
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
    let inputs = files + [tasks.codebook]
    if let disagreements {
      try requireOther(disagreements, than: inputs, option: "--disagreements")
    }
    if let merged {
      try requireOther(merged, than: inputs + [disagreements], option: "--merged")
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
      for (task, count) in zip(coded.codebook.tasks, ties) where count > 0 {
        data.note(
          "\(merged) has \(counted(count, "tie")) in \(oneLine(task.name)) for a person to decide")
      }
    }
    let report = AgreementReport(
      coded,
      coded.codebook.tasks.indices.map {
        coded.agreement(onTask: $0, bootstrap: resampling.bootstrap)
      }, showsText: showText, limit: lists.top)
    try format.write(
      table: report.lines(), markdown: report.markdown(), json: report.object())
  }

  private func configuration() throws -> CodedStatements.Configuration {
    let (names, codebook) = try (tasks.names(), tasks.readCodebook())
    return CodedStatements.Configuration(
      try form(names.map(\.0), codebook), codebook: codebook, tasks: names,
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
    for (task, count) in zip(coded.codebook.tasks, coded.emptyCounts) where count > 0 {
      data.note(
        "\(counted(count, "empty answer")) to \(oneLine(task.name)) "
          + "\(count == 1 ? "is" : "are") taken for \"none of the labels\" (--empty missing takes "
          + "\(count == 1 ? "it" : "them") for no answer)")
    }
  }
}

/// What an empty cell of a multi-label task says.
enum EmptyCell: String, CaseIterable, ExpressibleByArgument {
  case none, missing
}
