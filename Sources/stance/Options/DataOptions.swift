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
      "csv, tsv, jsonl or plainText, when the file's name does not tell.", valueName: "format"))
  var inputFormat: StatementFormat?

  @Flag(help: "Leave malformed records out and count them, instead of stopping.")
  var skipInvalid = false

  func validate() throws {
    _ = try labelColumns()
  }

  func readingOptions(tasks: [String]) throws -> ReadingOptions {
    var options = ReadingOptions(
      textColumn: textColumn, labelColumns: try labelColumns(), tasks: tasks)
    options.skipsInvalid = skipInvalid
    options.format = inputFormat
    return options
  }

  private func labelColumns() throws -> [String: String] {
    var columns: [String: String] = [:]
    for pair in labelColumn {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        throw ValidationError(
          "--label-column: found \"\(pair)\", expected TASK=COLUMN, such as stance=position")
      }
      columns[String(parts[0])] = String(parts[1])
    }
    return columns
  }
}

extension StatementFormat: ExpressibleByArgument {}
