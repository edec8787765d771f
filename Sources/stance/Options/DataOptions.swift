public import ArgumentParser
import StanceKit

/// How files of statements are read.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The column of the text.", valueName: "column"))
  var textColumn = "text"

  @Option(
    help: ArgumentHelp(
      "The column of a task whose column has another name; may be repeated.",
      valueName: "task=column"))
  var labelColumn: [String] = []

  @Option(
    help: ArgumentHelp(
      "The column of the id. Default: id, where there is one.", valueName: "column"))
  var idColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of the group, such as an article, that is kept whole. Default: group, where there is one.",
      valueName: "column"))
  var groupColumn: String?

  @Option(
    help: ArgumentHelp(
      "The column of the language. Default: language, where there is one.", valueName: "column"))
  var languageColumn: String?

  @Option(
    help: ArgumentHelp(
      "How the input is written, when the file's name does not tell.", valueName: "format"))
  var inputFormat: StatementFormat?

  @Flag(help: "Leave malformed records out and count them, instead of stopping.")
  var skipInvalid = false

  @Flag(help: "Print no notes; train prints nothing but errors.")
  var quiet = false

  func validate() throws {
    _ = try labelColumns()
  }

  /// Says on standard error what the user should know of the input.
  func note(_ notes: [DataNote]) {
    for note in notes { self.note("\(note)") }
  }

  /// Says on standard error what the user should know, unless notes are not wanted.
  func note(_ sentence: String) {
    if !quiet { StandardError.write("note: \(sentence)\n") }
  }

  /// Says how many records of a stream were left out for their errors.
  func note(leftOut count: Int, beside used: Int) {
    if count > 0 { note([.leftOut(count, of: used + count)]) }
  }

  /// Says which of a model's columns the input does not have.
  func note(missing columns: [String]) {
    guard !columns.isEmpty else { return }
    note([
      DataNote(
        .missingFeatures,
        "the model also judges by \(columns.joined(separator: ", ")), which the input does not have"
      )
    ])
  }

  /// Says how statements that were classified were read.
  func note(_ classified: ClassifiedStatements, of file: String) {
    note(classified.notes)
    note(missing: classified.missingColumns)
    if classified.areResults {
      note("\(oneLine(file)) holds results, which are taken as they are")
    }
  }

  func readingOptions(tasks: [String]) throws -> ReadingOptions {
    var options = ReadingOptions(
      textColumn: textColumn, labelColumns: try labelColumns(), tasks: tasks)
    (options.idColumn, options.groupColumn) = (idColumn, groupColumn)
    options.languageColumn = languageColumn
    options.skipsInvalid = skipInvalid
    options.format = inputFormat
    return options
  }

  private func labelColumns() throws -> [String: String] {
    try taskColumns(labelColumn, of: "--label-column", example: "stance=position")
  }
}

/// Columns of tasks as they are typed: `TASK=COLUMN`.
func taskColumns(
  _ pairs: [String], of option: String, example: String
) throws -> [String: String] {
  var columns: [String: String] = [:]
  for pair in pairs {
    let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ValidationError(
        "\(option): found \"\(pair)\", expected TASK=COLUMN, such as \(example)")
    }
    columns[String(parts[0])] = String(parts[1])
  }
  return columns
}

extension StatementFormat: ExpressibleByArgument {}
