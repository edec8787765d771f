import StanceKit

/// The stages from a file to judged statements, one after the other.
struct StageBenchmark {
  struct Stage {
    let name: String
    let measurement: Measurement
    /// What was worked on, in bytes of text.
    let bytes: Int
    let statements: Int
  }

  let stages: [Stage]
  /// What the later benchmarks work on.
  let material: Material

  struct Material {
    let texts: [String]
    /// The class of each text.
    let classes: [Int]
    let classCount: Int
    let recipe: Recipe
    let features: SparseMatrix
    let extractor: FeatureExtractor
    let l2Penalty: Double

    var byteCount: Int { texts.reduce(0) { $0 + $1.utf8.count } }
    var targets: ClassTargets { ClassTargets(classes: classes, classCount: classCount) }
  }

  /// - Parameter penalty: λ, 1/n when `nil`.
  init(
    repeats: Int, recipe: Recipe, penalty: Double?, _ parallelism: Parallelism,
    reading read: () throws -> LabelledStatements
  ) throws {
    var stages: [Stage] = []
    var (bytes, statements) = (0, 0)
    func measure<Result>(_ name: String, _ work: () throws -> Result) throws -> Result {
      let (result, measurement) = try Measurement.repeating(repeats, work)
      stages.append(
        Stage(name: name, measurement: measurement, bytes: bytes, statements: statements))
      return result
    }
    let data = try measure("read", read)
    let labelled = try Self.labelled(data)
    statements = labelled.texts.count
    bytes = labelled.texts.reduce(0) { $0 + $1.utf8.count }
    stages[0] = Stage(
      name: "read", measurement: stages[0].measurement, bytes: bytes, statements: statements)
    let terms = try measure("count terms") {
      DocumentTerms(labelled.texts, recipe: recipe, parallelism: parallelism)
    }
    let l2Penalty = penalty ?? 1 / Double(max(1, statements))
    _ = try measure("weigh and fit") {
      try SoftmaxRegression(.init(l2Penalty: l2Penalty, tolerance: Trainer.tolerance)).fit(
        terms.features(parallelism: parallelism),
        targets: ClassTargets(classes: labelled.classes, classCount: labelled.classCount),
        parallelism: parallelism)
    }
    let model = try measure("train, all of it") {
      try Trainer(
        TrainingConfiguration(
          recipes: [recipe], l2Penalties: [l2Penalty], classWeightings: [.uniform], folds: 0),
        parallelism: parallelism
      ).train(on: data).model
    }
    _ = try measure("judge") { model.classify(labelled.texts, parallelism: parallelism) }
    self.stages = stages
    material = Material(
      texts: labelled.texts, classes: labelled.classes, classCount: labelled.classCount,
      recipe: recipe, features: terms.features(parallelism: parallelism).stored(),
      extractor: terms.extractor(), l2Penalty: l2Penalty)
  }

  /// The statements that the first task labels with exactly one label.
  private static func labelled(
    _ data: LabelledStatements
  ) throws -> (texts: [String], classes: [Int], classCount: Int) {
    guard let task = data.codebook.tasks.first, let annotations = data.annotations.first else {
      throw BenchmarkError("the statements have no labels; name their column with --task")
    }
    guard task.kind == .singleLabel else {
      throw BenchmarkError(
        "task \"\(task.name)\" allows several labels, and the benchmark fits one of several "
          + "classes; name a column with one label each by --task NAME:single")
    }
    var (texts, classes): ([String], [Int]) = ([], [])
    for (statement, annotation) in zip(data.statements, annotations) {
      guard case .label(let label) = annotation else { continue }
      texts.append(statement.text)
      classes.append(label)
    }
    return (texts, classes, task.labels.count)
  }
}

/// What keeps a benchmark from running.
struct BenchmarkError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
