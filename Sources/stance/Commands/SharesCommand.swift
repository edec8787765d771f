import ArgumentParser
import StanceKit

struct SharesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shares",
    abstract: "Estimates how often each label occurs, corrected for the classifier's errors.",
    discussion: """
      A classifier that misses a third of a label and gives it wrongly to a tenth of the rest gets its \
      share wrong. The raw share counts its answers; the corrected one takes back the errors that \
      cross-validation counted, by language where enough were seen. Intervals know of both the sample \
      and the errors.

      Examples:
        stance shares seeds/new-quotes.csv
        stance shares judged.jsonl --by speaker --format csv > shares.csv
        stance shares quotes.csv --by month --measured-on labelled-sample.csv

      Statements are classified now; results of stance classify (JSONL or CSV) are taken as they are. \
      The correction holds where the model errs on these statements as it did on its own. If they are \
      of another kind, label a random sample of them and give it with --measured-on.
      """)

  @Argument(
    help: "Statements, or results of stance classify: CSV, TSV or JSONL, also .gz.",
    completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "Apart for each speaker, source, month (of the column date) or value of another column.",
      valueName: "column"))
  var by: String?

  @Option(
    help: ArgumentHelp(
      "Labelled statements to count the model's errors on, in place of its cross-validation.",
      valueName: "file"), completion: .file())
  var measuredOn: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Of the intervals.", valueName: "share"))
  var level = 0.95

  @OptionGroup var lists: ListOptions

  @Option(parsing: .unconditional, help: "Decides the random draws behind the intervals.")
  var seed: UInt64 = 1

  @Option(help: "How the result is written.")
  var format: ShareFormat = .table

  @OptionGroup var model: ModelOption
  @OptionGroup var data: DataOptions

  func validate() throws {
    try checkLevel(level)
  }

  func run() throws {
    let model = try model.load(.crossValidation)
    let options = try data.readingOptions(tasks: [])
    let set = try ClassifiedStatements.read(
      file, tasks: model.classifiers.map(\.task), options: options)
    let classified = try ClassifiedStatements(set, file: file, by: model)
    data.note(classified, of: file)
    let errors = try evaluations(of: model, for: classified.tasks)
    let estimator = ShareEstimator(
      classified.tasks, errors: errors, .init(level: level, seed: seed))
    let grouping = try by.map {
      try StatementGrouping($0, classified.statements, classified.layout)
    }
    if let note = grouping?.note { data.note(note) }
    let groups = grouping?.groups ?? []
    let shown = format.isForPeople ? groups.prefix(lists.top) : groups[...]
    let all = StatementGroup(name: nil, rows: Array(classified.statements.indices))
    let shares = estimator.shares(
      of: [all] + shown, among: classified.statements, answers: classified.answers)
    let report = ShareReport(
      all: shares[0], groups: Array(shares.dropFirst()), groupCount: groups.count, by: by,
      level: level,
      errors: measuredOn.map { "counted on \($0)" } ?? "counted by the model's cross-validation"
        + (model.crossValidation?.statementKind.map {
          " of statements whose \(oneLine($0.wording))"
        } ?? ""))
    let out = StandardOutput.shared
    switch format {
    case .table: try out.write(lines: report.sections().text())
    case .markdown: try out.write(lines: report.sections().flatMap { $0.markdown() })
    case .csv: try out.write(report.csv())
    case .json: try out.write(line: report.object())
    }
  }

  /// Says on how many statements errors are counted where some tell nothing of new ones.
  private func note(_ found: ModelEvaluation, of file: String) {
    for evaluation in found.evaluations {
      let count = found.newStatements?.copyCounts[evaluation.task] ?? 0
      guard count > 0 else { continue }
      let others = evaluation.scores.statementCount - count
      data.note(
        "\(oneLine(file)): \(counted(count, "statement")) nearly the same as training statements; "
          + "\(oneLine(evaluation.task)): "
          + (others == 0
            ? "there are no others, so shares are corrected too little; give others, or leave "
              + "--measured-on out for the errors of cross-validation"
            : "errors are counted on the other \(grouped(others))"))
    }
  }

  /// Scores of statements that the model did not see, for each of the tasks.
  private func evaluations(
    of model: Model, for tasks: [Codebook.Task]
  ) throws -> [TaskEvaluation] {
    let all: [TaskEvaluation]
    if let measuredOn {
      let labelled = try LabelledStatements(
        contentsOf: [measuredOn], codebook: model.codebook,
        options: data.readingOptions(tasks: []))
      let recipe = model.extractor.recipe
      data.note(labelled.notes(for: .evaluation, featureColumns: recipe.columns?.names ?? []))
      data.note(missing: FeatureColumns(recipe, layout: labelled.layout).absent)
      if !data.quiet {
        try TrainingFiles.note(
          [measuredOn], of: model,
          so:
            "it errs less there than elsewhere and shares are corrected too little; give others, or "
            + "leave --measured-on out for the errors of its cross-validation")
      }
      let found = model.evaluation(on: labelled)
      all = found.evaluationsOfNewStatements
      note(found, of: measuredOn)
    } else if let summary = model.crossValidation {
      all = summary.evaluations
    } else {
      throw ValidationError(
        "the model was trained without cross-validation, so nothing is known of its errors; train it "
          + "with --folds 10, or count them on labelled statements with --measured-on")
    }
    return try tasks.map { task in
      guard let evaluation = all.first(where: { $0.task == task.name }) else {
        throw ValidationError(
          "--measured-on: found no label of task \"\(oneLine(task.name))\", expected a column for it"
        )
      }
      return evaluation
    }
  }
}

/// Shares for people, spreadsheets and other programs.
enum ShareFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, csv, markdown

  /// Whether long lists are cut short.
  var isForPeople: Bool { self == .table || self == .markdown }
}

/// What statements have in common, by a column.
struct StatementGrouping {
  /// Months in their order, all else by falling number of statements; statements without come last.
  let groups: [StatementGroup]
  let note: String?

  /// Whether there is a column of that name, or of dates for months.
  static func isPossible(_ name: String, _ layout: StatementLayout) -> Bool {
    (try? column(name, layout)) != nil
  }

  private static func column(
    _ name: String, _ layout: StatementLayout
  ) throws -> (column: StatementColumn, isCalendar: Bool) {
    let isCalendar = name == "month" && !layout.columns.contains { $0.name == "month" }
    let column = try StatementColumn(
      named: isCalendar ? "date" : name, in: layout, option: "--by")
    return (column, isCalendar)
  }

  init(_ name: String, _ statements: [Statement], _ layout: StatementLayout) throws {
    let (column, isCalendar) = try Self.column(name, layout)
    let cells = statements.map { column.value(of: $0) }
    guard isCalendar else {
      (groups, note) = (Self.sorted(StatementGroup.groups(by: cells), isCalendar: false), nil)
      return
    }
    let values = cells.map { $0.flatMap(Month.init(date:))?.description }
    groups = Self.sorted(StatementGroup.groups(by: values), isCalendar: true)
    let unread = zip(cells, values).count { $0 != nil && $1 == nil }
    note =
      unread == 0
      ? nil
      : "\(counted(unread, "date")) could not be read and \(unread == 1 ? "counts" : "count") as none; "
        + "expected dates such as 2024-05-17"
  }

  private static func sorted(_ groups: [StatementGroup], isCalendar: Bool) -> [StatementGroup] {
    groups.sorted { left, right in
      guard let a = left.name, let b = right.name else { return left.name != nil }
      if isCalendar || left.rows.count == right.rows.count { return a < b }
      return left.rows.count > right.rows.count
    }
  }
}
