import ArgumentParser
import StanceKit

struct LearningCurveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learning-curve",
    abstract:
      "Says how the score grows with the labels, and what more of them are likely to bring.",
    discussion: """
      Models of growing shares of the statements are cross-validated, several times, all on the same \
      held-out statements; groups and near-duplicates stay whole. An inverse power law through the means \
      says what more labels are likely to bring, within an interval, or that the points are too few to \
      tell.

      Example:
        stance learning-curve seeds/statements.csv --codebook seeds/codebook.yaml \\
          --task sentiment --recipe words --repeats 2

      Nothing is chosen, so that the curve shows what labels do: one recipe, and a penalty of 1/(5n) for \
      n statements, which is near the best at every size. With all chosen by stance train, scores are a \
      little higher throughout.
      """)

  @OptionGroup var input: LabelledInput

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many labels more the forecast is for.", valueName: "n"))
  var more = 200

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How often folds and shares are drawn. Default: 4 below 10,000 statements, else 1.",
      valueName: "n"))
  var repeats: Int?

  @Option(help: "How the result is written.")
  var format: ReportFormat = .table

  @OptionGroup var fitting: FixedTraining

  func validate() throws {
    if !(1...1_000_000_000).contains(more) {
      throw ValidationError("--more: found \(more), expected 1 to 1,000,000,000")
    }
    if let repeats, !(1...1000).contains(repeats) {
      throw ValidationError("--repeats: found \(repeats), expected 1 to 1000")
    }
  }

  func run() throws {
    let statements = try input.read()
    input.data.note(statements.notes(for: .training))
    let progress = Progress("measuring")
    let curves: [LearningCurve]
    do {
      defer { progress.finish() }
      curves = try LearningCurveMeasurement(
        .init(
          repeats: repeats, more: more, recipe: fitting.recipe.recipe, folds: fitting.folds,
          seed: fitting.seed),
        parallelism: fitting.threading.parallelism
      ).measure(statements, progress: progress.update)
    }
    let sections = curves.map { LearningCurveReport($0).section }
    try format.write(
      table: sections.text(), markdown: sections.flatMap { $0.markdown() },
      json: LearningCurveReport.object(curves))
  }
}
