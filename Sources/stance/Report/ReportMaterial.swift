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
    let files = try command.input.files.compactMap(InputFile.init(ifRegular:))
    let others = try [command.input.tasks.codebook, command.model].compactMap(\.self)
      .compactMap(InputFile.init(ifRegular:))
    inputs = files + others
    let model = try command.model.map { (model: try Model(contentsOf: $0), path: $0) }
    // What is wrong with what was typed is told before there is a model to wait for.
    let read = try command.input.read(for: model)
    let isOutOfFold =
      try model.map { try Self.isTrained($0.model, on: command.input.files) } ?? false
    // A model for one kind of statements has scores of these.
    let kind = isOutOfFold ? model?.model.crossValidation?.statementKind : nil
    let data = try kind.map { try Self.statements(of: $0, in: read) } ?? read
    let pool = try command.sharesOf.map {
      try ClassifiedStatements.read(
        $0, tasks: data.codebook.tasks, options: command.input.data.readingOptions(tasks: []))
    }
    try ReportPartition.check(command.by, in: [data.layout] + [pool?.layout].compactMap(\.self))
    let partitions = try ReportPartition.all(data.statements, data.layout, command.by)
    // Columns that have no use in training have one in shares.
    command.input.data.note(data.notes(for: .training).filter { $0.code != .unusedColumns })
    for note in partitions.compactMap(\.note) { command.input.data.note(note) }
    labelledShares = ReportShares.labelled(data, partitions, limit: command.lists.top)
    judged = try Self.judged(data, command, by: model, isOutOfFold: isOutOfFold, inputs)
    audit = judged.audit()
    learningCurves = try kind == nil ? Self.learningCurves(command, judged) : []
    if kind != nil, command.learningCurve == true {
      command.input.data.note(
        "no learning curve: the model is for one kind of statements and learned from all")
    }
    classifiedFile = command.sharesOf
    classifiedShares = if let pool { try Self.classifiedShares(pool, command, judged) } else { [] }
  }

  /// What a model that did not see the statements says of them: the one that is given, or one that is
  /// trained.
  private static func judged(
    _ data: LabelledStatements, _ command: ReportCommand, by given: (model: Model, path: String)?,
    isOutOfFold: Bool, _ inputs: [InputFile]
  ) throws -> JudgedStatements {
    let parallelism = command.threading.parallelism
    guard let model = given?.model else {
      let progress = Progress("training")
      defer { progress.finish() }
      return try outOfFold(
        data,
        Trainer(parallelism: parallelism).train(
          on: data, inputs: inputs, progress: progress.update
        ).model)
    }
    if isOutOfFold { return try outOfFold(data, model) }
    command.input.data.note(
      missing: FeatureColumns(model.extractor.recipe, layout: data.layout).absent)
    guard let judged = JudgedStatements(data, by: model, parallelism: parallelism) else {
      throw DataError.nothingLabelled(data, for: model)
    }
    return judged
  }

  private static func classifiedShares(
    _ pool: StatementSet, _ command: ReportCommand, _ judged: JudgedStatements
  ) throws -> [ReportShares] {
    let file = command.sharesOf ?? ""
    let classified = try ClassifiedStatements(
      pool, file: file, by: judged.model, parallelism: command.threading.parallelism)
    command.input.data.note(classified, of: file)
    let partitions = try ReportPartition.all(
      classified.statements, classified.layout, command.by)
    for note in partitions.compactMap(\.note) {
      command.input.data.note("\(oneLine(file)): \(note)")
    }
    return ReportShares.classified(
      classified, judged.evaluationsOfNewStatements, partitions, limit: command.lists.top)
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

  private static func statements(
    of kind: StatementKind, in data: LabelledStatements
  ) throws -> LabelledStatements {
    guard let found = data.selecting(kind) else {
      throw ValidationError(
        "--model: the model is for statements whose \(kind.wording), and found none of them: expected the "
          + "columns that it was trained with (--language-column, --group-column)")
    }
    return found
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
