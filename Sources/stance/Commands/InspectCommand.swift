import ArgumentParser
import Foundation
import StanceKit

struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Prints a model's card: data, labels, scores, calibration, limits.",
    discussion: """
      Examples:
        stance inspect model.safetensors
        stance inspect model.safetensors --format markdown --notes NOTES.md > CARD.md
      """)

  @Argument(help: "The model. Default: as for the other commands.", completion: .file())
  var file: String?

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @Option(
    help: ArgumentHelp(
      "Markdown to add to the card: intended use, results elsewhere.", valueName: "file"),
    completion: .file())
  var notes: String?

  @Flag(
    help: "Also show, for ten ranges of probability, how often what is said with it is so.")
  var reliability = false

  func validate() throws {
    if notes != nil && format != .markdown {
      throw ValidationError("--notes: only --format markdown has a place for them")
    }
  }

  func run() throws {
    var option = ModelOption()
    option.model = file
    let model = try option.load(.all)
    let report = ModelReport(model, showsReliability: reliability)
    try format.write(
      table: report.lines(), markdown: ModelCard(model).markdown(notes: readNotes()),
      json: report.object())
  }

  private func readNotes() throws -> String? {
    guard let notes else { return nil }
    guard let data = FileManager.default.contents(atPath: notes),
      let text = String(data: data, encoding: .utf8)
    else {
      throw DataError(
        .unreadableFile, at: SourceLocation(file: notes, line: 0),
        "cannot be read as text; expected Markdown in UTF-8: check the path of --notes")
    }
    return text
  }
}
