/// Trains models from labelled statements.
///
/// ```swift
/// let statements = try LabelledStatements(contentsOf: ["statements.csv"], codebook: "codebook.yaml")
/// let training = try Trainer().train(on: statements)
/// try training.model.save(to: "model.safetensors")
/// ```
///
/// Recipe, penalty and class weighting are chosen by grouped cross-validation inside the data;
/// thresholds and calibration are set on out-of-fold scores. The scores that come with the model
/// are those of this whole procedure: each fold's statements are judged by a choice that was made
/// without their scores, by a model that was fitted without their groups.
///
/// The same statements, configuration and seed give the same model for any number of threads.
public struct Trainer: Sendable {
  public let configuration: TrainingConfiguration
  public let parallelism: Parallelism

  public init(
    _ configuration: TrainingConfiguration = .init(), parallelism: Parallelism = .allCores
  ) {
    self.configuration = configuration
    self.parallelism = parallelism
  }

  /// A trained model and what cross-validation said of it.
  public struct Training: Sendable {
    public let model: Model
    /// `nil` when trained with 0 folds.
    public let crossValidation: CrossValidation?
  }

  /// Fits stop where the gradient is 0.003 of what it was at zero. The objective is
  /// then within 1e-5 of its minimum and a probability within about 0.001 of the minimum's, far
  /// below what another sample of statements would change.
  package static let tolerance = 3e-3

  /// Chooses, fits and describes a model.
  ///
  /// - Parameters:
  ///   - data: the labelled statements; tasks that no statement labels are left out.
  ///   - inputs: names and hashes of the files, for the model's provenance.
  ///   - progress: called from any thread with the share of the work that is done.
  /// - Throws: `TrainingError` when the data or the configuration do not allow it, `FittingError`
  ///   when a fit does not converge.
  public func train(
    on data: LabelledStatements, inputs: [InputFile] = [],
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> Training {
    var prepared = try PreparedData(data, configuration, parallelism)
    let validated = try crossValidate(prepared, progress)
    let choice = validated?.choice ?? fixedChoice(prepared.tasks)
    let extractor = prepared.terms[choice.recipe].extractor()
    guard extractor.featureCount > 0 else {
      throw TrainingError(
        .noFeatures,
        "the \(data.statements.count) statements share no term that enough of them contain; add "
          + "statements, or lower --minimum-count")
    }
    var features = prepared.terms[choice.recipe].features(parallelism: parallelism)
    let learnsIntervals =
      prepared.repeats != nil
      && configuration.learnsIntervals(statementCount: data.statements.count)
    // One fit weighs terms while it reads them; several would do so several times.
    if learnsIntervals || prepared.tasks.count > 1 { features = features.stored() }
    prepared.discardTerms()
    let keptFeatures = learnsIntervals ? features : nil
    var classifiers = try fit(prepared, choice, consume features)
    for (index, record) in (validated?.records ?? []).enumerated() {
      classifiers[index].outOfFold = record
    }
    if let folds = prepared.repeats?.first, let keptFeatures {
      for index in classifiers.indices {
        classifiers[index].variances = try GroupJackknife(
          data: prepared.tasks[index], folds: folds, features: keptFeatures,
          candidate: classifiers[index].candidate, parallelism: parallelism
        ).varianceModel().map(ScoreVariances.init)
      }
    }
    let model = Model(
      codebook: data.codebook, extractor: extractor, classifiers: classifiers,
      provenance: Provenance(
        inputs: inputs, data: DataSummary(data, prepared.tasks), seed: configuration.seed),
      crossValidation: validated?.result.summary,
      knownStatements: validated.flatMap { knownStatements(prepared, choice, $0.result) })
    return Training(model: model, crossValidation: validated?.result)
  }

  /// Chooses as `train` does, without fitting the final model.
  public func crossValidate(
    _ data: LabelledStatements, progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> CrossValidation {
    guard configuration.folds >= 2 else {
      throw TrainingError(
        .invalidConfiguration,
        "cross-validation needs at least 2 folds, found \(configuration.folds)")
    }
    guard
      let validated = try crossValidate(
        PreparedData(data, configuration, parallelism), progress)
    else { preconditionFailure("at least two folds were asked for") }
    return validated.result
  }

  private func crossValidate(
    _ prepared: PreparedData, _ progress: @escaping @Sendable (Double) -> Void
  ) throws -> (choice: ModelChoice, result: CrossValidation, records: [OutOfFoldRecord])? {
    guard let groups = prepared.groups, let repeats = prepared.repeats,
      let languages = prepared.languages?.names
    else { return nil }
    let tasks = prepared.tasks
    let scores = try OutOfFoldScores(
      prepared.terms, tasks: tasks, repeats: repeats, grid: prepared.grid,
      parallelism: parallelism, progress: progress)
    let selection = Selection(
      scores: scores, tasks: tasks, goals: prepared.goals, decisionRows: prepared.decisionRows)
    let judgements = selection.judgements(by: selection.choicesByFold(parallelism))
    let all = Array(prepared.data.statements.indices)
    let traits = StatementTraits(
      languages: languages,
      sampling: .init(
        groups: groups.numbers, bootstrap: Bootstrap(seed: configuration.seed)))
    let decisionRows = prepared.decisionRows
    let evaluations = tasks.indices.map { task in
      TaskEvaluation(
        tasks[task].task, gold: decisionRows.map { tasks[task].gold[$0] },
        predictions: decisionRows.map { judgements[task][$0] },
        traits: traits.selecting(decisionRows))
    }
    let recipeScores = prepared.grid.recipes.indices.map { recipe in
      CrossValidation.RecipeScore(
        recipe: prepared.grid.recipes[recipe].summary,
        macroF1: tasks.indices.map { task in
          selection.bestScore(recipe: recipe, task: task)
        })
    }
    let summary = CrossValidation.Summary(
      foldCount: repeats.first.count, repeatCount: repeats.divisions.count,
      seed: configuration.seed, groupCount: groups.count,
      nearDuplicateCount: groups.nearDuplicateCount,
      candidateCount: prepared.grid.candidateCount * prepared.grid.recipes.count,
      recipeScores: recipeScores, evaluations: evaluations,
      keywordBaselines: tasks.compactMap {
        $0.keywordBaseline(prepared.data.statements.map(\.text), scoring: decisionRows)
      }, statementKind: configuration.statementKind)
    let choice = selection.choice(on: all)
    return (
      choice, CrossValidation(summary: summary, judgements: judgements, folds: repeats.first),
      selection.records(of: choice, languages: languages)
    )
  }

  /// A text says other things of another speaker or target, which a sketch does not know: where columns
  /// are features, nothing is kept.
  private func knownStatements(
    _ prepared: PreparedData, _ choice: ModelChoice, _ validated: CrossValidation
  ) -> KnownStatements? {
    guard !configuration.forgetsStatements,
      prepared.grid.recipes[choice.recipe].columns == nil
    else { return nil }
    return KnownStatements(prepared.data.statements, prepared.tasks, validated)
  }

  private func fixedChoice(_ tasks: [TaskData]) -> ModelChoice {
    ModelChoice(
      recipe: 0,
      tasks: tasks.map { TaskChoice(candidate: 0, rule: .standard(for: $0.task)) })
  }

  /// Fits all tasks to features, and hands them over to the last fit, which may let go of them.
  private func fit(
    _ prepared: PreparedData, _ choice: ModelChoice, _ features: consuming SparseMatrix
  ) throws -> [TaskClassifier] {
    func fitted(_ index: Int, _ features: consuming SparseMatrix) throws -> TaskClassifier {
      let (task, choice) = (prepared.tasks[index], choice.tasks[index])
      let candidate = prepared.grid.candidates(task.task.kind)[choice.candidate]
      let fitted = try TaskFitting(data: task, parallelism: parallelism)
        .fit(consume features, rows: nil, candidate)
      return TaskClassifier(
        task: task.task, candidate: candidate, weightTotal: task.rowWeights.reduce(0, +),
        rule: choice.rule, goals: configuration.folds == 0 ? nil : prepared.goals[index],
        fitted: fitted)
    }
    let last = prepared.tasks.count - 1
    var classifiers = try (0..<last).map { [features] in try fitted($0, features) }
    classifiers.append(try fitted(last, consume features))
    return classifiers
  }
}
