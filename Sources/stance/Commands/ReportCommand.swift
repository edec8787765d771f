import ArgumentParser
import Foundation
import StanceKit

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Writes one page with all that can be published of labelled statements and a model.",
    discussion: """
      The page holds the data and what is wrong with it, scores with intervals, confusion matrices, \
      precision over recall, calibration, thresholds, what more labels would bring, the strongest terms, \
      the statements that are hardest and whose labels are suspect (by id), shares, how the model \
      decides, and the command and hashes to make it again. It is one file that needs nothing from \
      elsewhere.

      Examples:
        stance report labelled.csv --codebook codebook.yaml --output report.html
        stance report labelled.csv --model model.safetensors --shares-of quotes.csv \\
          --output report.html
        stance report held-out.csv --model model.safetensors --output report.md

      Without --model one is trained, as stance train would where nothing is said; to choose otherwise \
      train first. With one that was trained on the \
      statements its out-of-fold answers are reported, with any other its answers now.
      """)

  @OptionGroup var input: LabelledInput

  @Option(
    help: ArgumentHelp("The model to report on; without it one is trained.", valueName: "model"),
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write: a page, or Markdown where it ends in .md.", valueName: "file"))
  var output: String

  @Option(help: "How it is written. Default: by the end of the file's name, else html.")
  var format: DocumentFormat?

  @Option(
    help: ArgumentHelp(
      "Statements to classify, or results of stance classify: their shares, corrected for the model's errors, are reported too.",
      valueName: "file"), completion: .file())
  var sharesOf: String?

  @Option(
    help: ArgumentHelp(
      "Shares for each value of this column, or for each month; may be repeated. Default: source, speaker and month, where they are there.",
      valueName: "column"))
  var by: [String] = []

  @Flag(
    inversion: .prefixedNo,
    help:
      "Measure what more labels would bring, which takes a while. Default: for up to 10,000 statements."
  )
  var learningCurve: Bool?

  @OptionGroup var lists: ListOptions

  @Flag(help: "Show the texts of statements.")
  var showText = false

  @OptionGroup var threading: ThreadOptions

  func run() throws {
    try requireOther(
      output, than: input.files + [input.tasks.codebook, model, sharesOf], option: "--output")
    let material = try ReportMaterial(self)
    let document = ReportContents(
      material, limit: lists.top, showsText: showText, command: Self.typedCommand()
    ).document()
    let bytes: [UInt8] =
      switch format ?? (output.hasSuffix(".md") ? .markdown : .html) {
      case .html: Array(DocumentPage(document: document).html().utf8)
      case .markdown: Array((document.markdown().joined(separator: "\n") + "\n").utf8)
      }
    try AtomicFile.write(output) { try $0.write(bytes) }
    if !input.data.quiet { StandardError.write("wrote \(output)\n") }
  }

  /// As it can be typed again in a shell.
  private static func typedCommand() -> String {
    (["stance"] + CommandLine.arguments.dropFirst()).map { argument in
      let isPlain =
        !argument.isEmpty
        && argument.allSatisfy {
          $0.isASCII && ($0.isLetter || $0.isNumber || "-_./=:,@%+".contains($0))
        }
      return isPlain ? argument : "'" + argument.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
  }
}

/// Documents for people.
enum DocumentFormat: String, CaseIterable, ExpressibleByArgument {
  case html, markdown
}
