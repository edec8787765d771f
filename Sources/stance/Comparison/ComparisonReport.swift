import StanceKit

/// Two classifiers side by side, for people and documents.
struct ComparisonReport {
  let paired: PairedAnswers
  let names: (first: String, second: String)
  /// One for each task; `nil` where its statements are a single group.
  let comparisons: [ScoreComparison?]
  /// One for each task; `nil` where no statement of it is a near copy.
  let newStatements: [NewStatementsComparison?]
  let showsText: Bool
  /// The most statements that are listed.
  let limit: Int

  private static let unknown = "–"

  init(
    _ paired: PairedAnswers, names: (String, String), bootstrap: Bootstrap, showsText: Bool,
    limit: Int
  ) {
    (self.paired, self.names) = (paired, names)
    comparisons = paired.tasks.map { paired.comparison(on: $0, bootstrap: bootstrap) }
    newStatements = paired.tasks.map { NewStatementsComparison(paired, $0, bootstrap) }
    (self.showsText, self.limit) = (showsText, limit)
  }

  // MARK: Text

  func lines() -> [String] {
    var lines = ["A  \(oneLine(names.first))", "B  \(oneLine(names.second))"]
    for (index, comparison) in comparisons.enumerated() {
      lines += ["", Style.bold(title(index)), ""]
      guard let comparison else {
        lines.append("  " + singleGroup)
        lines += newLines(index)
        continue
      }
      lines += scoreTable(index, comparison).lines(indent: "  ")
      lines += [""] + labelTable(index, comparison).lines(indent: "  ")
      let notes = footnotes(comparison)
      lines += notes.enumerated().map { "  " + $1 + ($0 < notes.count - 1 ? ";" : "") }
      lines += newLines(index)
      lines += ["", "  " + differenceTitle(index)]
      if let table = differenceTable(index) { lines += [""] + table.lines(indent: "  ") }
    }
    return lines
  }

  func markdown() -> [String] {
    var lines = ["A: `\(Document.plain(names.first))`, B: `\(Document.plain(names.second))`."]
    for (index, comparison) in comparisons.enumerated() {
      lines += [""] + Markdown.title(title(index), level: 2)
      guard let comparison else {
        lines.append(capitalized(singleGroup) + ".")
        lines += newMarkdown(index)
        continue
      }
      lines += scoreTable(index, comparison).markdown()
      lines += [""] + labelTable(index, comparison).markdown()
      lines += ["", capitalized(footnotes(comparison).joined(separator: "; ")) + "."]
      lines += newMarkdown(index)
      lines += ["", capitalized(differenceTitle(index)) + "."]
      if let table = differenceTable(index) { lines += [""] + table.markdown() }
    }
    return lines
  }

  /// The scores on statements that are no near copies, where some are.
  private func newLines(_ index: Int) -> [String] {
    guard let new = newStatements[index] else { return [] }
    let lines = ["", "  " + new.wording.count + ";", "  " + new.wording.others]
    guard let rest = new.comparison else { return lines }
    return lines + [""] + scoreTable(index, rest).lines(indent: "  ")
      + ["  " + intervalNote(rest)]
  }

  private func newMarkdown(_ index: Int) -> [String] {
    guard let new = newStatements[index] else { return [] }
    let sentence = capitalized("\(new.wording.count); \(new.wording.others)")
    guard let rest = new.comparison else { return ["", sentence + "."] }
    return ["", sentence, ""] + scoreTable(index, rest).markdown()
      + ["", capitalized(intervalNote(rest)) + "."]
  }

  private var singleGroup: String {
    "the statements are a single group, which says nothing of others"
  }

  private func title(_ index: Int) -> String {
    let task = paired.tasks[index]
    let kind = task.task.kind == .multiLabel ? "any number of labels" : "one label"
    return "\(oneLine(task.task.name)): \(kind), \(counted(task.rows.count, "statement"))"
  }

  private func scoreTable(_ index: Int, _ comparison: ScoreComparison) -> TextTable {
    var table = TextTable(header: ["score", "A", "B", "B − A", "p"])
    for (name, score) in scores(index, comparison) {
      table.append([
        name, threeDigits(score.first), threeDigits(score.second), shown(score), p(score.pValue),
      ])
    }
    return table
  }

  /// The scores of all labels together, by the names of their metrics.
  func scores(
    _ index: Int, _ comparison: ScoreComparison
  ) -> [(name: String, score: ScoreComparison.Difference)] {
    let isMultiLabel = paired.tasks[index].task.kind == .multiLabel
    return [("macro F1", comparison.macroF1)]
      + (isMultiLabel ? [("micro F1", comparison.microF1)] : [])
      + [
        ("macro precision", comparison.macroPrecision), ("macro recall", comparison.macroRecall),
        (isMultiLabel ? "exact match" : "accuracy", comparison.correct),
      ]
  }

  private func labelTable(_ index: Int, _ comparison: ScoreComparison) -> TextTable {
    var table = TextTable(
      header: [
        "label", "support", "F1 of A", "F1 of B", "B − A", "only A right", "only B right",
        "McNemar's p", "by Holm",
      ])
    for (label, own) in zip(paired.tasks[index].task.labels, comparison.labels) {
      table.append(
        [
          label.name, grouped(own.support), twoDigits(own.f1.first), twoDigits(own.f1.second),
          shown(own.f1),
        ] + cells(own.mcNemar) + [p(own.adjustedPValue)])
    }
    table.append(
      ["(all labels right)", grouped(comparison.statementCount), "", "", ""]
        + cells(comparison.mcNemar) + [""])
    return table
  }

  private func cells(_ test: McNemarTest) -> [String] {
    [grouped(test.firstOnly), grouped(test.secondOnly), p(test.pValue)]
  }

  private func footnotes(_ comparison: ScoreComparison) -> [String] {
    [
      intervalNote(comparison),
      "p: \(grouped(comparison.swapCount)) times at random which of the two is which",
    ]
  }

  private func intervalNote(_ comparison: ScoreComparison) -> String {
    "intervals of 95 %: \(comparison.sampling.wording)"
  }

  /// The difference with its sign, and its interval.
  private func shown(_ score: ScoreComparison.Difference) -> String {
    guard let interval = score.interval else { return signed(score.difference) }
    return
      "\(signed(score.difference)) [\(signed(interval.lowerBound)), \(signed(interval.upperBound))]"
  }

  /// With as many digits as it deserves.
  private func p(_ value: Double) -> String { value < 0.001 ? "<0.001" : threeDigits(value) }

  // MARK: Statements

  private func differenceTitle(_ index: Int) -> String {
    let count = paired.tasks[index].differences.count
    guard count > 0 else { return "no statement with different answers" }
    let rest = count > limit ? " (the first \(grouped(limit)); --differences writes all)" : ""
    return "\(counted(count, "statement")) with different answers\(rest)"
  }

  private func differenceTable(_ index: Int) -> TextTable? {
    let task = paired.tasks[index]
    let places = task.differences.prefix(limit)
    guard !places.isEmpty else { return nil }
    let header = ["id", "gold", "A", "B", "right"] + (showsText ? ["text"] : [])
    var table = TextTable(header: header, alignments: header.map { _ in .left })
    for place in places {
      let row = DifferenceTable.Row(task, place)
      let statement = paired.statements[task.rows[place]]
      let answers = [row.gold, row.first, row.second].map {
        $0.isEmpty ? "(none)" : $0.joined(separator: ";")
      }
      table.append(
        [shortened(statement.id, to: 30)] + answers
          + [row.right == "neither" ? Self.unknown : row.right.uppercased()]
          + (showsText ? [statement.text] : []))
    }
    return table
  }
}
