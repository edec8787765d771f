import ArgumentParser
import StanceKit

/// Everything that a report tells, gathered before a word of it is written.
struct ReportMaterial {
  let data: LabelledStatements
  let model: Model
  /// Of the files that were read, and of the model where it was one of them.
  let inputs: [InputFile]
  let origin: Origin
  /// One for each task that is labelled.
  let evaluations: [TaskEvaluation]
  let keywordBaselines: [KeywordBaseline.Score]
  /// For each of the model's tasks and each statement; `nil` where nothing honest is known.
  let judgements: [[TaskJudgement]?]
  let audit: Audit
  /// Empty where none was measured.
  let learningCurves: [LearningCurve]
  let labelledShares: [ReportShares]
  let classifiedShares: [ReportShares]
  /// The file whose statements were classified.
  let classifiedFile: String?

  /// Where the scores come from.
  enum Origin {
    /// Each statement was judged by a model that did not see it.
    case crossValidation
    /// By the model, which was trained on other statements.
    case otherStatements
  }

  init(_ command: ReportCommand) throws {
    let parallelism = command.training.parallelism
    let model: Model
    let isTrained: Bool
    let loaded: TrainingData
    if let path = command.model {
      model = try Model(contentsOf: path)
      loaded = try TrainingData(command.training, codebook: model.codebook)
      let known = Set(model.provenance.inputs.map(\.sha256))
      isTrained = loaded.inputs.contains { known.contains($0.sha256) }
      inputs = loaded.inputs + [try InputFile(ifRegular: path)].compactMap(\.self)
    } else {
      loaded = try TrainingData(command.training)
      let progress = Progress("training")
      defer { progress.finish() }
      model = try Trainer(loaded.configuration, parallelism: parallelism).train(
        on: loaded.statements, inputs: loaded.inputs, progress: progress.update
      ).model
      (isTrained, inputs) = (true, loaded.inputs)
    }
    let statements = loaded.statements
    let judgements: [[TaskJudgement]?]
    if isTrained {
      origin = .crossValidation
      judgements = model.outOfFoldJudgements(of: statements)
      guard let summary = model.crossValidation, judgements.contains(where: { $0 != nil }) else {
        throw ValidationError(
          "--model: the model was trained on these statements, and its out-of-fold answers to them are "
            + "not known; leave --model out to train and measure anew, or give other statements")
      }
      evaluations = summary.evaluations
      keywordBaselines = summary.keywordBaselines ?? []
    } else {
      origin = .otherStatements
      let evaluations = model.evaluate(on: statements, parallelism: parallelism)
      self.evaluations = evaluations
      guard !evaluations.isEmpty else {
        throw DataError(
          .missingColumn, at: nil,
          "found no label in \(statements.statements.count) statements; expected a column for at least "
            + "one of the model's tasks (\(model.classifiers.map(\.task.name).joined(separator: ", "))): "
            + "add one, or name it with --label-column")
      }
      keywordBaselines = model.keywordBaselines(on: statements)
      let all = model.classify(
        statements.statements, layout: statements.layout, parallelism: parallelism)
      let scored = Set(evaluations.map(\.task))
      judgements = model.classifiers.indices.map { task in
        scored.contains(model.classifiers[task].task.name) ? all.map { $0.tasks[task] } : nil
      }
    }
    let byName = Dictionary(
      uniqueKeysWithValues: zip(model.classifiers.map(\.task.name), judgements))
    audit = Audit(
      statements, judgedAs: statements.codebook.tasks.map { byName[$0.name] ?? nil })
    (data, self.model, self.judgements) = (statements, model, judgements)
    learningCurves = try Self.learningCurves(command, loaded, isTrained: isTrained)
    labelledShares = try ReportShares.labelled(statements, by: command.by, limit: command.top)
    classifiedFile = command.sharesOf
    if let file = command.sharesOf {
      classifiedShares = try ReportShares.classified(
        file, model, evaluations, by: command.by, limit: command.top,
        options: command.training.data.readingOptions(tasks: []))
    } else {
      classifiedShares = []
    }
  }

  /// With many statements it would take longer than all else, and say that there are enough.
  private static let mostStatementsForCurve = 10_000

  private static func learningCurves(
    _ command: ReportCommand, _ loaded: TrainingData, isTrained: Bool
  ) throws -> [LearningCurve] {
    let count = loaded.statements.statements.count
    guard command.learningCurve ?? (isTrained && count <= mostStatementsForCurve) else { return [] }
    let progress = Progress("measuring what more labels bring")
    defer { progress.finish() }
    do {
      return try LearningCurveMeasurement(
        .init(), parallelism: command.training.parallelism
      ).measure(loaded.statements, progress: progress.update)
    } catch let error as TrainingError where command.learningCurve == nil {
      // Too few statements for a curve are no reason to have no report.
      if !command.training.data.quiet {
        StandardError.write("note: no learning curve: \(error.message)\n")
      }
      return []
    }
  }
}
