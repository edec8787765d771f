/// What speaks against learning from, or measuring on, labelled statements as they are.
///
/// Statements are named by their indices in `data`.
public struct Audit: Sendable {
  /// The statements with text.
  public let data: LabelledStatements
  public let texts: TextAudit
  public let duplicates: DuplicateAudit
  /// One for each labelled task.
  public let balance: [TaskBalance]
  /// One for each labelled task whose labels could be checked.
  public let suspicions: [TaskSuspicions]
  /// The other labelled tasks.
  public let unchecked: [UncheckedTask]
  /// `nil` where no split was given.
  public let leakage: Leakage?

  /// A task whose labels no model could be trained to check.
  public struct UncheckedTask: Hashable, Sendable {
    public let task: String
    /// In words for people.
    public let reason: String
  }

  /// Looks for what can be told of statements that have been judged already.
  ///
  /// - Parameter judgements: for each task of the codebook and each statement what a model said that
  ///   did not see it; `nil` for tasks that nobody judged.
  public init(_ data: LabelledStatements, judgedAs judgements: [[TaskJudgement]?]) {
    let all = data.codebook.tasks.indices.map { TaskData(data, task: $0) }
    let labelled = all.indices.filter { index in all[index].gold.contains { $0 != nil } }
    self.init(
      data, labelled.map { all[$0] }, DuplicateAudit(data),
      labelled.compactMap { index in
        judgements[index].map { TaskSuspicions(all[index], $0.map(\.probabilities)) }
      }, [], leakage: nil)
  }

  /// - Parameter tasks: those that are labelled.
  fileprivate init(
    _ data: LabelledStatements, _ tasks: [TaskData], _ duplicates: DuplicateAudit,
    _ suspicions: [TaskSuspicions], _ unchecked: [UncheckedTask], leakage: Leakage?
  ) {
    var scanner = TextScanner(normalization: Recipe.words.normalization, tokens: .wordsOnly)
    let wordCounts = data.statements.map { scanner.wordCount(of: $0.text) }
    self.data = data
    let languages = StatementLanguages(data.statements)
    texts = TextAudit(data, scripts: languages.scripts, wordCounts: wordCounts)
    self.duplicates = duplicates
    balance = tasks.map { TaskBalance($0, languages: languages.names, wordCounts: wordCounts) }
    (self.suspicions, self.unchecked, self.leakage) = (suspicions, unchecked, leakage)
  }
}

/// Audits labelled statements.
///
/// ```swift
/// let audit = try Auditor().audit(statements)
/// for cluster in audit.duplicates.clusters where !cluster.conflictingTasks.isEmpty { … }
/// ```
///
/// The same statements and configuration give the same audit for any number of threads.
public struct Auditor: Sendable {
  /// How the models are made that labels are checked, and a test is scored, with: nothing is chosen, as
  /// only the order of the statements counts.
  public struct Configuration: Hashable, Sendable {
    public var recipe: Recipe
    /// λ as in `TrainingConfiguration`, above 0; `nil` for 1/n of n statements, liblinear's C = 1. That is
    /// stronger than what is best for clean labels, so that no fit bends to wrong ones.
    public var l2Penalty: Double?
    /// At least 2.
    public var folds: Int
    /// How many divisions into folds the probabilities are means of, at least 1; `nil` for 3 below 10,000
    /// statements, where it costs little and finds a few more wrong labels, and else 1.
    public var repeats: Int?
    public var seed: UInt64

    public init(
      recipe: Recipe = .both, l2Penalty: Double? = nil, folds: Int = 5, repeats: Int? = nil,
      seed: UInt64 = 1
    ) {
      (self.recipe, self.l2Penalty, self.folds) = (recipe, l2Penalty, folds)
      (self.repeats, self.seed) = (repeats, seed)
    }

    private static let fewStatements = 10_000

    func repeatCount(statements: Int) -> Int {
      repeats ?? (statements < Self.fewStatements ? 3 : 1)
    }

    /// - Parameter number: of the division into folds.
    func training(statements: Int, division number: Int = 0) -> TrainingConfiguration {
      var training = TrainingConfiguration(
        recipes: [recipe], l2Penalties: [l2Penalty ?? 1 / Double(max(1, statements))],
        classWeightings: [.uniform], folds: folds, repeats: 1, seed: seed &+ UInt64(number))
      training.learnsIntervals = false
      return training
    }
  }

  public let configuration: Configuration
  public let parallelism: Parallelism

  public init(_ configuration: Configuration = .init(), parallelism: Parallelism = .allCores) {
    self.configuration = configuration
    self.parallelism = parallelism
  }

  /// Looks for everything that an audit knows of.
  ///
  /// - Parameters:
  ///   - data: the statements of training and, if there is one, of the test.
  ///   - isTest: for each statement whether it is one of the test's; `nil` without a split.
  ///   - progress: called from any thread with the share of the work that is done.
  /// - Throws: `FittingError` when a fit does not converge.
  public func audit(
    _ data: LabelledStatements, isTest: [Bool]? = nil,
    progress: @escaping @Sendable (Double) -> Void = { _ in }
  ) throws -> Audit {
    let tasks = data.codebook.tasks.indices.map { TaskData(data, task: $0) }
      .filter { task in task.gold.contains { $0 != nil } }
    let (suspicions, unchecked) = try suspicions(data, tasks, progress)
    let duplicates = DuplicateAudit(data)
    return Audit(
      data, tasks, duplicates, suspicions, unchecked,
      leakage: try isTest.map {
        try Leakage(
          data, isTest: $0, duplicates,
          Trainer(
            configuration.training(statements: $0.count { !$0 }), parallelism: parallelism))
      })
  }

  /// Checks the tasks together; where that is impossible, each by itself, so that one task's lack does
  /// not hide the others' errors.
  private func suspicions(
    _ data: LabelledStatements, _ tasks: [TaskData],
    _ progress: @escaping @Sendable (Double) -> Void
  ) throws -> ([TaskSuspicions], [Audit.UncheckedTask]) {
    guard !tasks.isEmpty else { return ([], []) }
    do {
      let names = Set(tasks.map(\.task.name))
      let probabilities = try probabilities(
        data.keepingTasks { names.contains($0.name) }, progress)
      return (tasks.indices.map { TaskSuspicions(tasks[$0], probabilities[$0]) }, [])
    } catch let error as TrainingError {
      if tasks.count == 1 {
        return ([], [Audit.UncheckedTask(task: tasks[0].task.name, reason: error.message)])
      }
      let parts = try tasks.indices.map { index in
        try suspicions(data, [tasks[index]]) {
          progress((Double(index) + $0) / Double(tasks.count))
        }
      }
      return (parts.flatMap(\.0), parts.flatMap(\.1))
    }
  }

  /// For each task and statement the labels' out-of-fold probabilities, the means over several
  /// divisions into folds.
  private func probabilities(
    _ data: LabelledStatements, _ progress: @escaping @Sendable (Double) -> Void
  ) throws -> [[[Double]]] {
    let count = data.statements.count
    let repeats = configuration.repeatCount(statements: count)
    var means: [[[Double]]] = []
    for number in 0..<repeats {
      let judgements = try Trainer(
        configuration.training(statements: count, division: number), parallelism: parallelism
      ).crossValidate(data) { progress((Double(number) + $0) / Double(repeats)) }.judgements
      if means.isEmpty {
        means = judgements.map { $0.map { $0.probabilities.map { _ in 0 } } }
      }
      for task in judgements.indices {
        for row in judgements[task].indices {
          for (label, probability) in judgements[task][row].probabilities.enumerated() {
            means[task][row][label] += probability / Double(repeats)
          }
        }
      }
    }
    return means
  }
}
