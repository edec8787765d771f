import ArgumentParser
import StanceKit

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows the terms of a statement that decided, and what each adds to the score.",
    discussion: """
      A label's score is the sum of its intercept and of the contributions of all terms that the model \
      knows; the probability follows from the score. A run of characters is shown in ‹ ›.

      Example:
        stance explain "We call for the full implementation of resolution 2254."
      """)

  @Argument(help: "The statement, in quotes.")
  var text: [String]

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many terms to show for each label.", valueName: "n"))
  var terms = 8

  @Option(help: "How the result is written.")
  var format: TableFormat = .table

  @OptionGroup var model: ModelOption

  func validate() throws {
    if text.count > 1 {
      throw ValidationError("found \(text.count) statements, expected one; put it between quotes")
    }
    if terms < 0 { throw ValidationError("--terms: found \(terms), expected 0 or more") }
  }

  func run() throws {
    let model = try model.load()
    let report = ExplanationReport(model.explain(text.joined()), model: model, shownTerms: terms)
    let out = StandardOutput.shared
    switch format {
    case .json: try out.write(report.object().finished() + [UInt8(ascii: "\n")])
    default: try out.write(lines: report.lines())
    }
  }
}
