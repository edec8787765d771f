import ArgumentParser
import StanceKit

struct ThresholdCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "threshold",
    abstract: "Shows what thresholds trade, and sets them anew without training.",
    discussion: """
      A model keeps the out-of-fold scores of its training statements; on these is told what each \
      threshold would give. Labels without a target keep theirs. Nothing is written without --output, \
      which may be the model itself; what it writes decides otherwise, but learned nothing new.

      Examples:
        stance threshold model.safetensors
        stance threshold model.safetensors --target unity:precision=0.9 \\
          --output careful.safetensors
        stance threshold model.safetensors --target recall=0.9 --abstain 0.1
      """)

  @Argument(help: "The model. Default: as for the other commands.", completion: .file())
  var file: String?

  @OptionGroup var decisions: DecisionOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to write the model with its new thresholds.", valueName: "model"),
    completion: .file(extensions: ["safetensors"]))
  var output: String?

  @Option(help: "How the result is written.")
  var format: TableFormat = .table

  func validate() throws {
    if output != nil, !asksForAnything {
      throw ValidationError(
        "--output: there is nothing to change; give --target or --abstain, such as --target precision=0.9"
      )
    }
  }

  private var asksForAnything: Bool { !decisions.target.isEmpty || decisions.abstain != nil }

  func run() throws {
    if let output { try AtomicFile.checkTarget(output) }
    var option = ModelOption()
    option.model = file
    let old = try option.load(.all)
    let model =
      asksForAnything
      ? try old.settingThresholds(
        for: decisions.goals(), endingAbstention: decisions.endsAbstention) : old
    for sentence in model.classifiers.flatMap(\.unreachedGoals) {
      StandardError.write("note: \(sentence)\n")
    }
    if let output { try model.save(to: output) }
    let report = ThresholdReport(model)
    let out = StandardOutput.shared
    switch format {
    case .json: try out.write(line: report.object())
    default:
      try out.write(lines: report.lines())
      if let output {
        try out.write(lines: ["", "wrote \(output)"])
      } else if asksForAnything {
        try out.write(lines: ["", "nothing is written; --output MODEL writes the model"])
      }
    }
  }
}
