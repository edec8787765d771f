import ArgumentParser
import StanceKit

/// Everything that a report tells, gathered before a word of it is written.
struct ReportMaterial {
  let judged: JudgedStatements
  /// The files that were read, and the model where it was one of them.
  let inputs: [InputFile]
  let audit: Audit
  /// Empty where none was measured.
  let learningCurves: [LearningCurve]
  let labelledShares: [ReportShares]
  let classifiedShares: [ReportShares]
  /// The file whose statements were classified.
  let classifiedFile: String?

  var data: LabelledStatements { judged.data }
  var model: Model { judged.model }

  init(_ command: ReportCommand) throws {
    let parallelism = command.threading.parallelism
    let files = try command.input.files.compactMap(InputFile.init(ifRegular:))
    let others = try [command.input.tasks.codebook, command.model].compactMap(\.self)
      .compactMap(InputFile.init(ifRegular:))
    inputs = files + others
    if let path = command.model {
      let model = try Model(contentsOf: path)
      let data = try command.input.read(for: (model, path))
      if try Self.isTrained(model, on: command.input.files) {
        judged = try Self.outOfFold(data, model)
      } else if let found = JudgedStatements(data, by: model, parallelism: parallelism) {
        judged = found
      } else {
        throw DataError.nothingLabelled(data, for: model)
      }
    } else {
      let data = try command.input.read()
      let progress = Progress("training")
      defer { progress.finish() }
      judged = try Self.outOfFold(
        data,
        Trainer(parallelism: parallelism).train(
          on: data, inputs: inputs, progress: progress.update
        ).model)
    }
    command.input.data.note(judged.data.notes(for: .training))
    audit = judged.audit()
    learningCurves = try Self.learningCurves(command, judged)
    labelledShares = try ReportShares.labelled(
      judged.data, by: command.by, limit: command.lists.top)
    classifiedFile = command.sharesOf
    if let file = command.sharesOf {
      classifiedShares = try ReportShares.classified(
        file, judged.model, judged.evaluations, by: command.by, limit: command.lists.top,
        options: command.input.data.readingOptions(tasks: []))
    } else {
      classifiedShares = []
    }
  }

  /// Whether a model was trained on all of the files, rather than on none of them.
  private static func isTrained(_ model: Model, on paths: [String]) throws -> Bool {
    let known = Set(model.provenance.inputs.map(\.sha256))
    let seen = try paths.filter { path in
      try InputFile(ifRegular: path).map { known.contains($0.sha256) } ?? false
    }
    let others = paths.filter { !seen.contains($0) }
    guard !seen.isEmpty, !others.isEmpty else { return !seen.isEmpty }
    func list(_ paths: [String]) -> String { paths.map(oneLine).joined(separator: ", ") }
    throw ValidationError(
      "--model: found statements that the model was trained on (\(list(seen))) among others "
        + "(\(list(others))), expected one or the other: leave some out, or leave --model out to train "
        + "on all")
  }

  private static func outOfFold(
    _ data: LabelledStatements, _ model: Model
  ) throws -> JudgedStatements {
    guard let judged = JudgedStatements(data, outOfFoldBy: model) else {
      throw ValidationError(
        "--model: the model was trained on these statements or some of them, and its out-of-fold answers "
          + "to all of them are not known; leave --model out to train and measure anew, or give other "
          + "statements")
    }
    return judged
  }

  /// With many statements it would take longer than all else, and say that there are enough.
  private static let mostStatementsForCurve = 10_000

  private static func learningCurves(
    _ command: ReportCommand, _ judged: JudgedStatements
  ) throws -> [LearningCurve] {
    let isUsual =
      judged.origin == .crossValidation
      && judged.data.statements.count <= mostStatementsForCurve
    guard command.learningCurve ?? isUsual else { return [] }
    let progress = Progress("measuring what more labels bring")
    defer { progress.finish() }
    do {
      return try LearningCurveMeasurement(parallelism: command.threading.parallelism)
        .measure(judged.data, progress: progress.update)
    } catch let error as TrainingError where command.learningCurve == nil {
      // Too few statements for a curve are no reason to have no report.
      command.input.data.note("no learning curve: \(error.message)")
      return []
    }
  }
}
