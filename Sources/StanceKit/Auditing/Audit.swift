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
  /// One for each labelled task; empty where `uncheckedReason` says why.
  public let suspicions: [TaskSuspicions]
  /// Why the labels could not be checked, in words for people; `nil` where they were.
  public let uncheckedReason: String?
  /// `nil` where no split was given.
  public let leakage: Leakage?
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
  /// How the out-of-fold probabilities that labels are checked with are made: one recipe, one
  /// penalty, few folds, as nothing is chosen and only the order of the statements counts. The penalty
  /// is stronger than what is best for clean labels, so that no fit bends to wrong ones.
  public static let standardConfiguration = TrainingConfiguration(
    recipes: [.both], l2Penalties: [3e-4], classWeightings: [.uniform], folds: 5)

  public let configuration: TrainingConfiguration
  public let parallelism: Parallelism

  public init(
    _ configuration: TrainingConfiguration = Self.standardConfiguration,
    parallelism: Parallelism = .allCores
  ) {
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
    let duplicates = DuplicateAudit(data)
    let tasks = data.codebook.tasks.indices.map { TaskData(data, task: $0) }
      .filter { !$0.labelledRows.isEmpty }
    var suspicions: [TaskSuspicions] = []
    var reason: String?
    do {
      let validated = try Trainer(configuration, parallelism: parallelism)
        .crossValidate(data, progress: progress)
      suspicions = tasks.indices.map { TaskSuspicions(tasks[$0], validated.judgements[$0]) }
    } catch let error as TrainingError {
      reason = error.message
    }
    return Audit(
      data: data, texts: TextAudit(data), duplicates: duplicates,
      balance: tasks.map { TaskBalance(data, $0) }, suspicions: suspicions,
      uncheckedReason: reason,
      leakage: try isTest.map {
        try Leakage(
          data, isTest: $0, duplicates, Trainer(configuration, parallelism: parallelism))
      })
  }
}
