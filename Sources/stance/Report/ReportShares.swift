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
    let share: Double
    let interval: ClosedRange<Double>
    /// As the classifier answers, where `share` is corrected for its errors.
    let raw: Double?
  }

  let task: String
  let labels: [String]
  /// The column; `nil` for all statements together.
  let by: String?
  let groups: [Group]
  /// How many more groups there are.
  let furtherCount: Int

  /// What a report divides statements by where nobody says what.
  private static let usualColumns = ["source", "speaker", "month"]

  /// As the statements are labelled, with Wilson's intervals.
  static func labelled(
    _ data: LabelledStatements, by columns: [String], limit: Int
  ) throws -> [ReportShares] {
    let partitions = try partitions(data.statements, data.layout, columns)
    return zip(data.codebook.tasks, data.annotations).flatMap { task, annotations in
      let answers = annotations.map { annotation -> [Int]? in
        switch annotation {
        case .labels(let labels): labels
        case .label(let label): [label]
        case .unlabelled: nil
        }
      }
      guard answers.contains(where: { $0 != nil }) else { return [ReportShares]() }
      return partitions.map { by, groups in
        ReportShares(
          task: task.name, labels: task.labels.map(\.name), by: by,
          groups: groups.prefix(limit).map { group in
            let rows = group.rows.filter { answers[$0] != nil }
            let shares = task.labels.indices.map { label -> Share? in
              guard !rows.isEmpty else { return nil }
              let count = rows.count { answers[$0]?.contains(label) ?? false }
              return Share(
                share: Double(count) / Double(rows.count),
                interval: BinomialProportion.interval(
                  successes: count, trials: rows.count,
                  standardDeviations: BinomialProportion.standardDeviationsOf95Percent),
                raw: nil)
            }
            return Group(name: group.name, statementCount: rows.count, shares: shares)
          }, furtherCount: max(0, groups.count - limit))
      }
    }
  }

  /// As a model classifies the statements of a file, corrected for its errors.
  static func classified(
    _ path: String, _ model: Model, _ evaluations: [TaskEvaluation], by columns: [String],
    limit: Int, options: ReadingOptions
  ) throws -> [ReportShares] {
    let classified = try ClassifiedStatements(contentsOf: path, by: model, options: options)
    let known = classified.tasks.indices.filter { task in
      evaluations.contains { $0.task == classified.tasks[task].name }
    }
    let tasks = known.map { classified.tasks[$0] }
    let estimator = ShareEstimator(
      tasks, errors: tasks.compactMap { task in evaluations.first { $0.task == task.name } })
    let partitions = try partitions(classified.statements, classified.layout, columns)
    let estimates = partitions.map { _, groups in
      estimator.shares(
        known.map { classified.answers[$0] }, languages: classified.languages,
        of: Array(groups.prefix(limit)))
    }
    return tasks.indices.flatMap { task in
      zip(partitions, estimates).map { partition, groups in
        ReportShares(
          task: tasks[task].name, labels: tasks[task].labels.map(\.name), by: partition.by,
          groups: groups.map { group in
            Group(
              name: group.group, statementCount: group.statementCount,
              shares: group.tasks[task].labels.map { label in
                label.estimate.corrected.map {
                  Share(
                    share: $0.share, interval: $0.interval, raw: label.estimate.raw.share)
                }
              })
          }, furtherCount: max(0, partition.groups.count - limit))
      }
    }
  }

  /// All statements together, and those of each value of the columns.
  private static func partitions(
    _ statements: [Statement], _ layout: StatementLayout, _ columns: [String]
  ) throws -> [(by: String?, groups: [StatementGroup])] {
    var found: [(by: String?, groups: [StatementGroup])] = [
      (nil, [StatementGroup(name: nil, rows: Array(statements.indices))])
    ]
    for name in columns.isEmpty ? usualColumns : columns {
      guard !columns.isEmpty || StatementGrouping.isPossible(name, layout) else { continue }
      let grouping = try StatementGrouping(name, statements, layout)
      // A column that tells nothing apart, or nearly every statement from every other, tells no more.
      let isUseful = grouping.groups.count > 1 && grouping.groups.count * 2 <= statements.count
      if !columns.isEmpty || isUseful { found.append((name, grouping.groups)) }
    }
    return found
  }
}
