/// How some statements divide among a task's labels.
public struct TaskShares: Hashable, Sendable {
  public let task: String
  /// Labels with what is known of their shares, in the codebook's order.
  public let labels: [LabelShare]

  public struct LabelShare: Hashable, Sendable {
    public let label: String
    public let estimate: PrevalenceCorrection.ClassEstimate
  }
}

/// Statements that have something in common.
public struct StatementGroup: Hashable, Sendable {
  /// What they have in common; `nil` where the column is empty.
  public let name: String?
  /// Indices of statements, rising.
  public let rows: [Int]

  public init(name: String?, rows: [Int]) { (self.name, self.rows) = (name, rows) }

  /// The groups of the same value, in the order of their first statements.
  ///
  /// - Parameter values: one for each statement.
  public static func groups(by values: [String?]) -> [StatementGroup] {
    var order: [String?] = []
    var rows: [String?: [Int]] = [:]
    for (row, value) in values.enumerated() {
      if rows[value] == nil { order.append(value) }
      rows[value, default: []].append(row)
    }
    return order.map { StatementGroup(name: $0, rows: rows[$0] ?? []) }
  }
}

/// The shares of the statements of a group.
public struct GroupShares: Hashable, Sendable {
  /// The group's name.
  public let group: String?
  public let statementCount: Int
  /// In the model's order.
  public let tasks: [TaskShares]
}

/// Estimates shares of labels, raw and corrected for the errors of the classifier that gave them.
///
/// The same answers, errors and seed give the same estimates, for any number of threads and whatever
/// other groups there are.
public struct ShareEstimator: Sendable {
  public struct Configuration: Hashable, Sendable {
    /// Of the intervals, above 0 and below 1.
    public var level: Double
    /// How often the bootstrap draws, at least 100.
    public var draws: Int
    public var seed: UInt64

    public init(level: Double = 0.95, draws: Int = 2000, seed: UInt64 = 1) {
      (self.level, self.draws, self.seed) = (level, draws, seed)
    }
  }

  public let tasks: [Codebook.Task]
  public let configuration: Configuration
  public let parallelism: Parallelism
  private let errors: [ClassifierErrors]
  /// Those that the errors are told apart by.
  private let languages: [String]

  /// - Parameters:
  ///   - tasks: those that the statements were classified by.
  ///   - evaluations: one for each task, of statements that the classifier was not trained on.
  public init(
    _ tasks: [Codebook.Task], errors evaluations: [TaskEvaluation],
    _ configuration: Configuration = .init(), parallelism: Parallelism = .allCores
  ) {
    precondition(tasks.map(\.name) == evaluations.map(\.task), "an evaluation for each task")
    (self.tasks, self.configuration) = (tasks, configuration)
    self.parallelism = parallelism
    errors = evaluations.map(ClassifierErrors.init)
    languages = evaluations.languages
  }

  /// The shares among the statements of each group, in the order of the groups.
  ///
  /// - Parameters:
  ///   - statements: told apart by their languages, which are guessed where they are not told.
  ///   - answers: for each task and statement the labels that it was given.
  ///   - groups: of indices of statements; may overlap.
  public func shares(
    of groups: [StatementGroup], among statements: [Statement], answers: [[[Int]]]
  ) -> [GroupShares] {
    shares(answers, languages: StatementLanguages(statements, known: languages).names, of: groups)
  }

  private func shares(
    _ answers: [[[Int]]], languages: [String?], of groups: [StatementGroup]
  ) -> [GroupShares] {
    // [group][task][question]
    let questions = groups.map { group in
      let strata = strata(group, languages)
      return tasks.indices.map { corrections($0, answers[$0], strata) }
    }
    // Many small groups have the same answers.
    let distinct = Array(Set(questions.joined().joined()))
    let estimates = parallelism.map(distinct.count) { index in
      var generator = SplitMix64(seed: configuration.seed)
      return distinct[index].estimates(
        level: configuration.level, draws: configuration.draws, using: &generator)
    }
    let found = Dictionary(zip(distinct, estimates), uniquingKeysWith: { first, _ in first })
    return zip(groups, questions).map { group, questions in
      GroupShares(
        group: group.name, statementCount: group.rows.count,
        tasks: tasks.indices.map { task in
          let classes = questions[task].map { found[$0] ?? [] }
          let ofLabels =
            switch tasks[task].kind {
            case .multiLabel: classes.map { $0[1] }
            case .singleLabel: classes[0]
            }
          return TaskShares(
            task: tasks[task].name,
            labels: zip(tasks[task].labels, ofLabels).map {
              TaskShares.LabelShare(label: $0.name, estimate: $1)
            })
        })
    }
  }

  /// Rows of the same language, in the order of the names, so that the order of the rows plays no part.
  private func strata(_ group: StatementGroup, _ languages: [String?]) -> [StatementGroup] {
    if group.rows.isEmpty { return [group] }
    return StatementGroup.groups(by: group.rows.map { languages[$0] })
      .map { part in StatementGroup(name: part.name, rows: part.rows.map { group.rows[$0] }) }
      .sorted { ($0.name ?? "").utf8.lexicographicallyPrecedes(($1.name ?? "").utf8) }
  }

  /// One for each of a task's questions.
  private func corrections(
    _ task: Int, _ answers: [[Int]], _ strata: [StatementGroup]
  ) -> [PrevalenceCorrection] {
    let labelCount = tasks[task].labels.count
    func correction(_ question: Int, _ answerCount: Int, _ answer: ([Int]) -> Int)
      -> PrevalenceCorrection
    {
      PrevalenceCorrection(
        strata.map { stratum in
          var counts = [Int](repeating: 0, count: answerCount)
          for row in stratum.rows { counts[answer(answers[row])] += 1 }
          return PrevalenceCorrection.Stratum(
            errors: errors[task].table(question, language: stratum.name), answers: counts)
        })
    }
    switch tasks[task].kind {
    case .multiLabel:
      return (0..<labelCount).map { label in correction(label, 2) { $0.contains(label) ? 1 : 0 } }
    case .singleLabel: return [correction(0, labelCount + 1) { $0.first ?? labelCount }]
    }
  }
}
