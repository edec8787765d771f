import StanceKit

/// A model's card in Markdown (Mitchell et al. 2019), filled from what the model carries.
struct ModelCard {
  private let model: Model

  init(_ model: Model) { self.model = model }

  /// - Parameter notes: what only its maker knows: intended use, results elsewhere.
  func markdown(notes: String?) -> [String] {
    var lines = Markdown.title(model.codebook.name ?? "Model card", level: 1)
    lines += dataSection
    lines += ["## Labels", ""] + labels.flatMap(Document.markdown)
    lines += ["## How it decides", ""] + decisions.flatMap(Document.markdown)
    lines += scoreSection
    if let notes {
      lines += notes.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }
    return lines + provenanceSection
  }

  private var dataSection: [String] {
    let data = model.provenance.data
    var lines = ["## Data", "", "\(counted(data.statementCount, "statement"))."]
    if !data.languages.isEmpty {
      lines.append(
        "Languages: "
          + data.languages.map {
            "\(Markdown.escaped(Document.plain($0.name))) (\(grouped($0.count)))"
          }.joined(
            separator: ", ") + "."
      )
    }
    return lines + [""]
  }

  /// The codebook, and how often each label is in the training data.
  var labels: [Document.Block] {
    var blocks: [Document.Block] = []
    if let version = model.codebook.version {
      blocks.append(.paragraph("Codebook version \(Document.plain(version))."))
    }
    for classifier in model.classifiers {
      let summary = model.provenance.data.tasks.first { $0.task == classifier.task.name }
      var table = TextTable(
        header: ["\(classifier.task.name)", "statements", "definition"],
        alignments: [.left, .right, .left])
      for label in classifier.task.labels {
        let count = summary?.labels.first { $0.name == label.name }?.count ?? 0
        table.append([label.name, grouped(count), label.definition ?? ""])
      }
      if let none = summary?.noneCount, none > 0 {
        table.append(["(none)", grouped(none), "none of the labels"])
      }
      let kind =
        classifier.task.kind == .multiLabel
        ? "A statement carries any number of these labels, or none."
        : "A statement carries one of these labels."
      blocks += [.table(table), .paragraph(kind)]
    }
    return blocks
  }

  /// The recipe, and how scores become answers.
  var decisions: [Document.Block] {
    let report = ModelReport(model)
    var blocks: [Document.Block] = [
      .paragraph(
        "Logistic regression on \(model.extractor.recipe.summary), "
          + "\(grouped(model.extractor.featureCount)) features.")
    ]
    if let statementKind = report.statementKind {
      blocks.append(
        .paragraph(
          Document.plain("For \(statementKind); all statements teach which words say what.")))
    }
    for classifier in model.classifiers {
      let name = Document.plain(classifier.task.name)
      blocks.append(.paragraph("**\(name)**: \(report.fitSummary(classifier))."))
      if let sentence = classifier.rule.answerSentence { blocks.append(.paragraph(sentence)) }
      if let table = report.ruleTable(classifier) { blocks.append(.table(table)) }
      if let abstention = classifier.goals?.abstention {
        blocks.append(.paragraph("Left to a person: \(abstention.wording)."))
      }
      blocks += classifier.unreachedGoals.map { .paragraph(Document.plain($0) + ".") }
    }
    if let known = report.knownStatements {
      blocks.append(
        .paragraph(
          "What people said of near copies of a text counts beside what the model says of it. Of near copies "
            + "\(Document.plain(known)). The model holds sketches, ids and labels of these "
            + "statements, and not their texts; but who has a text, or guesses it, can tell whether it was "
            + "among them."))
    }
    return blocks + [
      .paragraph("A text of which the model knows no word or run of characters gets no label.")
    ]
  }

  private var scoreSection: [String] {
    guard let summary = model.crossValidation else {
      return [
        "## Scores", "", "Trained without cross-validation: nothing is known of its quality.", "",
      ]
    }
    var lines = [
      "## Scores", "",
      "Out-of-fold over \(summary.foldCount) folds (seed \(summary.seed)): each statement was judged by "
        + "a model that saw neither it nor its group nor its near-duplicates, with recipe, penalty, "
        + "class weight, calibration and thresholds that were chosen without its fold's scores. "
        + (summary.statementKind.map {
          "The scores are those of the statements whose \(Markdown.escaped(Document.plain($0.wording))). "
        } ?? "")
        + "\(counted(summary.groupCount, "group")); "
        + "\(counted(summary.nearDuplicateCount, "near-duplicate")). Calibration error is the expected "
        + "calibration error over ten bins; it, the log loss and the Brier score are losses. An arrow "
        + "leads from the scores' own probabilities to the calibrated ones.", "",
    ]
    if summary.thresholdsWereReset == true {
      lines += [
        "Thresholds were set anew after training; the scores are those of the new ones, each fold judged "
          + "by thresholds that were set on the others, under settings that were chosen on all.",
        "",
      ]
    }
    for evaluation in summary.evaluations {
      lines += EvaluationReport(evaluation, keywords: summary.keywordBaselines ?? []).markdown()
    }
    if summary.candidateCount > 1 {
      lines += ["### Recipes compared", ""]
      lines += CrossValidationReport(summary).recipeTable.markdown()
      lines += [
        "",
        "Macro F1 of each recipe's best setting of \(summary.candidateCount) in all, as selection saw it"
          + (summary.statementKind == nil ? "" : " on all statements")
          + ": a little too good, which is why the scores above come from choices made without the fold "
          + "that they judge.", "",
      ]
    }
    return lines
  }

  private var provenanceSection: [String] {
    var lines = ["## Provenance", ""]
    if !model.provenance.inputs.isEmpty {
      lines += ["| file | SHA-256 |", "|---|---|"]
      lines += model.provenance.inputs.map {
        "| \(Markdown.cell(oneLine($0.name))) | `\(Document.plain($0.sha256))` |"
      }
      lines.append("")
    }
    return lines + [
      "Made by stance \(Markdown.escaped(Document.plain(model.provenance.version))), seed \(model.provenance.seed), with "
        + "\(Markdown.escaped(Document.plain(model.provenance.linearAlgebra))). The same bytes come again with the same linear "
        + "algebra library on the same kind of processor."
    ]
  }
}
