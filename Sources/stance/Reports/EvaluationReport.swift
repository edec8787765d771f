import StanceKit

/// A task's confusion matrices and scores, for people.
struct EvaluationReport {
  private let evaluation: TaskEvaluation
  /// The macro F1 of the codebook's keywords alone, where the task has some.
  private let keywordMacroF1: Double?

  private let showsReliability: Bool
  private let newStatements: NewStatementsReport?

  /// - Parameters:
  ///   - keywords: what the codebook's keywords alone reach.
  ///   - showsReliability: whether to show how often what is said with a probability is so.
  ///   - newStatements: of the model, where some statements are near copies of what it was trained on.
  init(
    _ evaluation: TaskEvaluation, keywords: [KeywordBaseline.Score] = [],
    showsReliability: Bool = false, newStatements: ModelEvaluation.NewStatements? = nil
  ) {
    self.evaluation = evaluation
    self.showsReliability = showsReliability
    self.newStatements = NewStatementsReport(evaluation, newStatements)
    keywordMacroF1 = keywords.first { $0.task == evaluation.task }?.macroF1
  }

  // MARK: Text

  func lines() -> [String] {
    var lines = ["", Style.bold(title), ""]
    switch evaluation.scores {
    case .singleLabel(let scores):
      lines += MatrixTable(scores.matrix).table.lines(indent: "  ")
      lines += intervals.shareLines(scores.matrix, width: Terminal.width)
    case .multiLabel(let scores, let confusion):
      let blocks = zip(scores.labels, scores.perLabel).map {
        MatrixTable($1, label: $0).table.lines(indent: "  ")
      }
      lines += sideBySide(blocks, width: Terminal.width)
      lines += ["  label by label: what was predicted in place of a gold label", ""]
      lines += MatrixTable(confusion).table.lines(indent: "  ")
    }
    lines += [""] + scoreTable.lines(indent: "  ")
    if let footnote { lines.append("  " + footnote) }
    lines += intervals.method.map { "  " + $0 }
    lines += ["", "  " + overall]
    if let floor { lines.append("  " + floor) }
    lines += newStatements?.lines(indent: "  ") ?? []
    lines += answered.lines(indent: "  ")
    if let languages = languageTable { lines += [""] + languages.lines(indent: "  ") }
    lines += calibration.lines(indent: "  ")
    return lines
  }

  private var intervals: IntervalReport { IntervalReport(evaluation.intervals) }

  private var calibration: CalibrationReport {
    CalibrationReport(evaluation, showsReliability: showsReliability)
  }

  private var answered: AnsweredReport { AnsweredReport(evaluation) }

  var title: String {
    let count = counted(evaluation.scores.statementCount, "statement")
    let skipped =
      evaluation.unlabelledCount > 0 ? ", \(grouped(evaluation.unlabelledCount)) not labelled" : ""
    switch evaluation.scores {
    case .multiLabel:
      return "\(evaluation.task): any number of labels, \(count)\(skipped)"
    case .singleLabel: return "\(evaluation.task): one label, \(count)\(skipped)"
    }
  }

  /// In place of a score that a label without gold answers cannot have.
  private static let unknown = "–"

  /// What the averages do with labels without support; `nil` where all have some.
  var footnote: String? {
    let all = [evaluation.scores] + evaluation.byLanguage.map(\.scores)
    guard all.contains(where: { $0.common.perLabel.contains { $0.support == 0 } }) else {
      return nil
    }
    return "\(Self.unknown) no statement carries the label; macro averages leave it out"
  }

  /// Precision, recall, F1 and support of each label, and averages.
  var scoreTable: TextTable {
    let scores = evaluation.scores.common
    var table = TextTable(
      header: ["label", "precision", "recall", "F1", "support"])
    for (index, label) in scores.labels.enumerated() {
      let confusion = scores.perLabel[index]
      let known = evaluation.intervals?.perLabel[index]
      let shares = [
        (confusion.precision, known?.precision), (confusion.recall, known?.recall),
        (confusion.f1, known?.f1),
      ].map { value, interval in
        confusion.support == 0 ? Self.unknown : twoDigits(value, interval)
      }
      table.append(
        [label] + shares + [grouped(confusion.support)])
    }
    let support = grouped(scores.pooled.support)
    let all = evaluation.intervals
    table.append([
      "macro", twoDigits(scores.macroPrecision, all?.macroPrecision),
      twoDigits(scores.macroRecall, all?.macroRecall), threeDigits(scores.macroF1, all?.macroF1),
      support,
    ])
    if case .multiLabel = evaluation.scores {
      // For one label a statement the micro scores all equal accuracy, which is told below.
      table.append([
        "micro", twoDigits(scores.microPrecision, all?.microPrecision),
        twoDigits(scores.microRecall, all?.microRecall),
        threeDigits(scores.microF1, all?.microF1), support,
      ])
    }
    return table
  }

  var overall: String {
    switch evaluation.scores {
    case .multiLabel(let scores, _):
      return "exact match \(threeDigits(scores.exactMatch, evaluation.intervals?.correct)), "
        + "Hamming loss \(threeDigits(scores.hammingLoss))"
    case .singleLabel(let scores):
      return
        "accuracy \(threeDigits(scores.accuracy, evaluation.intervals?.correct)), macro recall "
        + threeDigits(scores.macroRecall, evaluation.intervals?.macroRecall)
    }
  }

  /// What the model has to beat.
  var floor: String? {
    keywordMacroF1.map {
      "the codebook's keywords alone: macro F1 \(threeDigits($0)), the model: "
        + threeDigits(evaluation.scores.common.macroF1)
    }
  }

  /// Macro F1 and each label's F1 by language; `nil` for fewer than two languages.
  var languageTable: TextTable? {
    guard evaluation.byLanguage.count > 1 else { return nil }
    var table = TextTable(
      header: ["F1 by language", "statements", "macro"] + evaluation.scores.common.labels)
    for entry in evaluation.byLanguage {
      let scores = entry.scores.common
      table.append(
        [
          entry.language, grouped(entry.scores.statementCount),
          threeDigits(scores.macroF1, entry.intervals?.macroF1),
        ]
          + scores.perLabel.map { $0.support == 0 ? Self.unknown : twoDigits($0.f1) })
    }
    return table
  }

  // MARK: Markdown

  func markdown() -> [String] {
    var lines = Markdown.title(title, level: 3)
    switch evaluation.scores {
    case .singleLabel(let scores):
      lines += MatrixTable(scores.matrix).table.markdown()
      lines += intervals.shareMarkdown(scores.matrix)
    case .multiLabel(_, let confusion):
      lines += MatrixTable(confusion).table.markdown()
      lines += [
        "",
        "Rows are gold labels, columns predictions. A missed gold label counts in the column of each "
          + "label that was wrongly predicted for that statement, a wrongly predicted label of a "
          + "statement that missed nothing in the row \"\(LabelConfusion.noneMissedTitle)\".",
      ]
    }
    lines +=
      [""] + scoreTable.markdown() + (footnote.map { ["", $0 + "."] } ?? [])
      + (intervals.method.isEmpty ? [] : ["", intervals.method.joined(separator: " ") + "."]) + [
        "", capitalized(overall) + ".",
      ] + (floor.map { ["", capitalized($0) + "."] } ?? [])
    if let newStatements { lines += ["", newStatements.sentence] }
    lines += answered.markdown()
    if let languages = languageTable { lines += [""] + languages.markdown() }
    lines += calibration.markdown()
    return lines + [""]
  }
}

/// Blocks of lines beside one another, as many as fit into a width.
func sideBySide(_ blocks: [[String]], width: Int) -> [String] {
  let gap = "   "
  var lines: [String] = []
  var row: [[String]] = []
  var used = 0
  func flush() {
    guard let height = row.map(\.count).max() else { return }
    for index in 0..<height {
      var line = ""
      for block in row {
        let blockWidth = block.map(shownWidth).max() ?? 0
        let text = index < block.count ? block[index] : ""
        if !line.isEmpty { line += gap }
        line += text + String(repeating: " ", count: blockWidth - shownWidth(text))
      }
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    lines.append("")
    row = []
    used = 0
  }
  for block in blocks {
    let blockWidth = block.map(shownWidth).max() ?? 0
    if !row.isEmpty && used + gap.count + blockWidth > width { flush() }
    used += (row.isEmpty ? 0 : gap.count) + blockWidth
    row.append(block)
  }
  flush()
  return lines
}

/// A line's width as shown: what paints the text takes no room.
func shownWidth(_ line: String) -> Int {
  displayWidth(line.replacing(/\u{1B}\[[0-9;]*m/, with: ""))
}
