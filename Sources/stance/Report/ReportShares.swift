import StanceKit

/// Shares of a task's labels among statements: all together, or by a column.
struct ReportShares {
  struct Group {
    /// `nil` where the column is empty.
    let name: String?
    let statementCount: Int
    /// One for each label; `nil` where nothing can be said.
    let shares: [Share?]
  }

  struct Share {
    /// As the statements are labelled, or corrected for the errors of the classifier; `nil` where it errs
    /// too much to correct for it.
    let estimate: Estimate?
    /// As the classifier answers; `nil` where there is none.
    let raw: Double?
  }

  struct Estimate {
    let share: Double
    let interval: ClosedRange<Double>
  }

  let task: String
  let labels: [String]
  /// The column; `nil` for all statements together.
  let by: String?
  let groups: [Group]
  /// How many more groups there are.
  let furtherCount: Int

  private init(
    _ task: Codebook.Task, _ partition: ReportPartition, groups: [Group]
  ) {
    (self.task, labels) = (task.name, task.labels.map(\.name))
    (by, self.groups) = (partition.by, groups)
    furtherCount = partition.groups.count - groups.count
  }

  /// As the statements are labelled, with Wilson's intervals.
  static func labelled(
    _ data: LabelledStatements, _ partitions: [ReportPartition], limit: Int
  ) -> [ReportShares] {
    zip(data.codebook.tasks, data.annotations).flatMap { task, annotations in
      guard annotations.contains(where: { $0.labels != nil }) else { return [ReportShares]() }
      return partitions.map { partition in
        ReportShares(
          task, partition,
          groups: partition.shown(limit).map { group in
            let answers = group.rows.compactMap { annotations[$0].labels }
            let shares = task.labels.indices.map { label in
              estimate(answers.count { $0.contains(label) }, of: answers.count).map {
                Share(estimate: $0, raw: nil)
              }
            }
            return Group(name: group.name, statementCount: answers.count, shares: shares)
          })
      }
    }
  }

  private static func estimate(_ count: Int, of total: Int) -> Estimate? {
    guard total > 0 else { return nil }
    return Estimate(
      share: Double(count) / Double(total),
      interval: BinomialProportion.interval(
        successes: count, trials: total,
        standardDeviations: BinomialProportion.standardDeviationsOf95Percent))
  }

  /// As a model classifies statements, corrected for its errors.
  static func classified(
    _ classified: ClassifiedStatements, _ evaluations: [TaskEvaluation],
    _ partitions: [ReportPartition], limit: Int
  ) -> [ReportShares] {
    let known = classified.tasks.indices.filter { task in
      evaluations.contains { $0.task == classified.tasks[task].name }
    }
    let tasks = known.map { classified.tasks[$0] }
    let estimator = ShareEstimator(
      tasks, errors: tasks.compactMap { task in evaluations.first { $0.task == task.name } })
    let estimates = partitions.map { partition in
      estimator.shares(
        of: partition.shown(limit), among: classified.statements,
        answers: known.map { classified.answers[$0] })
    }
    return tasks.indices.flatMap { task in
      zip(partitions, estimates).map { partition, groups in
        ReportShares(
          tasks[task], partition,
          groups: groups.map { group in
            Group(
              name: group.group, statementCount: group.statementCount,
              shares: group.tasks[task].labels.map { label in
                guard group.statementCount > 0 else { return nil }
                return Share(
                  estimate: label.estimate.corrected.map {
                    Estimate(share: $0.share, interval: $0.interval)
                  }, raw: label.estimate.raw.share)
              })
          })
      }
    }
  }
}
