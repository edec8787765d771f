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

/// The shares of the statements that have something in common.
public struct GroupShares: Hashable, Sendable {
  /// What they have in common; `nil` where the column is empty.
  public let group: String?
  public let statementCount: Int
  /// In the model's order.
  public let tasks: [TaskShares]
}

/// Estimates shares of labels, raw and corrected for the errors of the classifier that gave them.
///
/// The same answers, errors and seed give the same estimates.
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
  private let errors: [ClassifierErrors]

  /// - Parameters:
  ///   - tasks: those that the statements were classified by.
  ///   - evaluations: one for each task, of statements that the classifier was not trained on.
  public init(
    _ tasks: [Codebook.Task], errors evaluations: [TaskEvaluation],
    _ configuration: Configuration = .init()
  ) {
    precondition(tasks.map(\.name) == evaluations.map(\.task), "an evaluation for each task")
    (self.tasks, self.configuration) = (tasks, configuration)
    errors = evaluations.map(ClassifierErrors.init)
  }

  /// The shares among all statements.
  ///
  /// - Parameters:
  ///   - answers: for each task and statement the labels that it was given.
  ///   - languages: one for each statement.
  public func shares(_ answers: [[[Int]]], languages: [String?]) -> GroupShares {
    shares(answers, languages, Array(languages.indices), nil)
  }

  /// The shares among the statements of each group, in the order of the groups' first statements.
  ///
  /// - Parameters:
  ///   - answers: for each task and statement the labels that it was given.
  ///   - languages: one for each statement.
  ///   - groups: one for each statement.
  public func shares(
    _ answers: [[[Int]]], languages: [String?], groups: [String?]
  ) -> [GroupShares] {
    var order: [String?] = []
    var rows: [String?: [Int]] = [:]
    for (row, group) in groups.enumerated() {
      if rows[group] == nil { order.append(group) }
      rows[group, default: []].append(row)
    }
    return order.map { shares(answers, languages, rows[$0] ?? [], $0) }
  }

  private func shares(
    _ answers: [[[Int]]], _ languages: [String?], _ rows: [Int], _ group: String?
  ) -> GroupShares {
    // Summed in the order of the names, so that the order of the rows plays no part.
    var rowsByLanguage: [String: [Int]] = [:]
    for row in rows { rowsByLanguage[languages[row] ?? "", default: []].append(row) }
    let strata = rowsByLanguage.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    return GroupShares(
      group: group, statementCount: rows.count,
      tasks: tasks.indices.map { task in
        TaskShares(
          task: tasks[task].name,
          labels: zip(tasks[task].labels, estimates(task, answers[task], strata)).map {
            TaskShares.LabelShare(label: $0.name, estimate: $1)
          })
      })
  }

  /// One for each label of a task.
  private func estimates(
    _ task: Int, _ answers: [[Int]], _ strata: [(key: String, value: [Int])]
  ) -> [PrevalenceCorrection.ClassEstimate] {
    let labelCount = tasks[task].labels.count
    func correction(_ question: Int, _ answerCount: Int, _ answer: ([Int]) -> Int)
      -> PrevalenceCorrection
    {
      let parts = (strata.isEmpty ? [(key: "", value: [])] : strata).map { language, rows in
        var counts = [Int](repeating: 0, count: answerCount)
        for row in rows { counts[answer(answers[row])] += 1 }
        return PrevalenceCorrection.Stratum(
          errors: errors[task].table(question, language: language.isEmpty ? nil : language),
          answers: counts)
      }
      return PrevalenceCorrection(parts)
    }
    var generator = SplitMix64(seed: configuration.seed)
    func estimates(_ correction: PrevalenceCorrection) -> [PrevalenceCorrection.ClassEstimate] {
      correction.estimates(
        level: configuration.level, draws: configuration.draws, using: &generator)
    }
    switch tasks[task].kind {
    case .multiLabel:
      return (0..<labelCount).map { label in
        estimates(correction(label, 2) { $0.contains(label) ? 1 : 0 })[1]
      }
    case .singleLabel:
      return estimates(correction(0, labelCount + 1) { $0.first ?? labelCount })
    }
  }
}
