import StanceKit

/// What was trained on: counts, never texts.
struct TrainingReport {
  private let data: LabelledStatements

  init(_ data: LabelledStatements) { self.data = data }

  func lines() -> [String] {
    var lines = [counted(data.statements.count, "statement")]
    for (index, task) in data.codebook.tasks.enumerated() {
      let count = data.labelledCount(inTask: index)
      guard count > 0 else {
        lines.append("task \"\(task.name)\" is not labelled and is left out")
        continue
      }
      if count < data.statements.count {
        lines.append(
          "task \"\(task.name)\": \(grouped(count)) labelled, "
            + "\(grouped(data.statements.count - count)) not")
      }
    }
    return lines
  }
}

/// What cross-validation tried, chose and found.
struct CrossValidationReport {
  private let summary: CrossValidation.Summary

  private let showsReliability: Bool

  init(_ summary: CrossValidation.Summary, showsReliability: Bool = false) {
    self.summary = summary
    self.showsReliability = showsReliability
  }

  func lines() -> [String] {
    var lines = [
      "\(summary.foldCount)-fold cross-validation, seed \(summary.seed): "
        + "\(counted(summary.groupCount, "group")) kept whole, "
        + "\(counted(summary.nearDuplicateCount, "near-duplicate")) kept with the first"
    ]
    if summary.candidateCount > 1 {
      lines += [
        "",
        "macro F1 of each recipe's best of \(perRecipe) settings, as selection saw it"
          + (summary.statementKind == nil ? ":" : " on all statements:"),
      ]
      lines += recipeTable.lines(indent: "  ")
    }
    lines += ["", scoredHow]
    return lines
      + summary.evaluations.flatMap {
        EvaluationReport($0, keywords: keywords, showsReliability: showsReliability).lines()
      }
  }

  /// By what each statement was judged.
  private var scoredHow: String {
    let which = summary.statementKind.map { "of those whose \(oneLine($0.wording)) " } ?? ""
    return summary.thresholdsWereReset == true
      ? "out-of-fold, each statement \(which)judged by a model that did not see it and by thresholds that "
        + "were set anew on the other folds:"
      : "out-of-fold, each statement \(which)judged by a model and a choice that did not see its fold's "
        + "scores:"
  }

  /// How good the model is, in a line for each task.
  func verdicts() -> [String] {
    summary.evaluations.map { evaluation in
      "\(evaluation.task): out-of-fold macro F1 "
        + threeDigits(evaluation.scores.common.macroF1, evaluation.intervals?.macroF1) + " on "
        + counted(evaluation.scores.statementCount, "statement")
        + (summary.statementKind.map { " whose \(oneLine($0.wording))" } ?? "")
        + (keywords.first { $0.task == evaluation.task }.map {
          ", the codebook's keywords alone \(threeDigits($0.macroF1))"
        } ?? "")
    }
  }

  private var keywords: [KeywordBaseline.Score] { summary.keywordBaselines ?? [] }

  private var perRecipe: Int { summary.candidateCount / max(1, summary.recipeScores.count) }

  var recipeTable: TextTable {
    var table = TextTable(header: ["recipe"] + summary.evaluations.map(\.task))
    for score in summary.recipeScores {
      table.append([score.recipe] + score.macroF1.map(threeDigits))
    }
    return table
  }
}
