import StanceKit

/// A model in a few lines.
struct ModelReport {
  private let model: Model

  private let showsReliability: Bool

  init(_ model: Model, showsReliability: Bool = false) {
    self.model = model
    self.showsReliability = showsReliability
  }

  func lines() -> [String] {
    var lines = [Style.bold(oneLine(model.codebook.name ?? "model without a name"))]
    if let version = model.codebook.version { lines.append("codebook version \(oneLine(version))") }
    let data = model.provenance.data
    lines.append("\(counted(data.statementCount, "training statement"))\(languages(data))")
    for input in model.provenance.inputs {
      lines.append("  \(oneLine(input.name))  SHA-256 \(oneLine(input.sha256))")
    }
    lines += ["", "labels in the training data", ""] + labelTable.lines(indent: "  ")
    lines += decisionLines()
    if let summary = model.crossValidation {
      lines += [""] + CrossValidationReport(summary, showsReliability: showsReliability).lines()
    } else {
      lines += ["", "trained without cross-validation: nothing is known of its quality"]
    }
    lines += [
      "",
      "made by stance \(oneLine(model.provenance.version)), seed \(model.provenance.seed), "
        + oneLine(model.provenance.linearAlgebra),
    ]
    return lines
  }

  /// The recipe, and how each task decides.
  func decisionLines() -> [String] {
    var lines = [
      "",
      "recipe: \(model.extractor.recipe.summary), \(grouped(model.extractor.featureCount)) features",
    ]
    if let keywords {
      lines.append("keywords: \(keywords)")
    }
    if let statementKind { lines.append("for: \(statementKind)") }
    lines.append(
      "near copies: \(knownStatements ?? "not told, as nothing of single statements is kept")")
    for classifier in model.classifiers {
      lines += ["", "\(classifier.task.name): \(fitSummary(classifier))"]
      switch classifier.rule {
      case .mostProbable(let temperature, _):
        lines.append(
          "  \(classifier.rule.answerWording)"
            + (temperature.wording.map { ", scores divided by temperature \($0)" } ?? ""))
      case .thresholds: break
      }
      lines += ruleTable(classifier)?.lines(indent: "  ") ?? []
      if let abstention = classifier.goals?.abstention {
        lines.append("  left to a person: \(abstention.wording)")
      }
    }
    return lines
  }

  /// The names of the lists of keywords and how many phrases each has.
  private var keywords: String? {
    model.extractor.recipe.keywords.map { keywords in
      keywords.lists.map { "\(oneLine($0.name)) \(grouped($0.phrases.count))" }
        .joined(separator: ", ")
    }
  }

  /// What the model is for, where it is for one kind of statements.
  var statementKind: String? {
    model.crossValidation?.statementKind.map {
      "statements whose \(oneLine($0.wording)): calibration, thresholds and scores are theirs"
    }
  }

  /// Of what the model tells near copies, and how much codings of them count.
  var knownStatements: String? {
    model.knownStatements.map { known in
      "those of \(counted(known.count, "training text")) are told; the coding of an exact copy counts for "
        + zip(model.classifiers, known.modelWeights).map { classifier, weight in
          "\(Int((100 / (1 + weight)).rounded())) % (\(oneLine(classifier.task.name)))"
        }.joined(separator: ", ")
    }
  }

  func fitSummary(_ classifier: TaskClassifier) -> String {
    let penalty = classifier.candidate.l2Penalty
    let inverse = 1 / (penalty * max(classifier.weightTotal, .leastNormalMagnitude))
    let weighting =
      switch classifier.candidate.classWeighting {
      case .uniform: "no class weights"
      case .balanced: "balanced class weights"
      }
    return
      "λ = \(shortest(penalty)) (scikit-learn's C = \(String(format: "%.3g", inverse))), "
      + weighting
      + (classifier.candidate.featureScaling == .none
        ? "" : ", features scaled by log-count ratios")
      + (classifier.candidate.labelSmoothing == 0
        ? "" : ", labels smoothed by \(shortest(classifier.candidate.labelSmoothing))")
  }

  var labelTable: TextTable {
    var table = TextTable(
      header: ["task", "label", "statements"], alignments: [.left, .left, .right])
    for task in model.provenance.data.tasks {
      for label in task.labels { table.append([task.task, label.name, grouped(label.count)]) }
      if task.noneCount > 0 { table.append([task.task, "(none)", grouped(task.noneCount)]) }
    }
    return table
  }

  private func languages(_ data: DataSummary) -> String {
    guard !data.languages.isEmpty else { return "" }
    return ": "
      + data.languages.map { "\(oneLine($0.name)) \(grouped($0.count))" }.joined(separator: ", ")
  }

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    if let name = model.codebook.name { object.set("name", name) }
    if let version = model.codebook.version { object.set("codebook-version", version) }
    object.set("recipe", model.extractor.recipe.summary)
    if let keywords = model.extractor.recipe.keywords {
      var lists = JSONObjectWriter()
      for list in keywords.lists { lists.set(list.name, list.phrases) }
      object.set("keywords", lists)
    }
    object.set("features", model.extractor.featureCount)
    if let known = model.knownStatements { object.set("known-texts", known.count) }
    object.set("statements", model.provenance.data.statementCount)
    let known = Dictionary(
      uniqueKeysWithValues: zip(
        model.classifiers.map(\.task.name), model.knownStatements?.modelWeights ?? []))
    object.set(
      "tasks",
      model.classifiers.map { classifier in
        var task = JSONObjectWriter()
        task.set("name", classifier.task.name)
        task.set("kind", classifier.task.kind.rawValue)
        task.set("labels", classifier.task.labels.map(\.name))
        task.set("l2-penalty", classifier.candidate.l2Penalty)
        task.set("class-weighting", "\(classifier.candidate.classWeighting)")
        task.set("feature-scaling", classifier.candidate.featureScaling.rawValue)
        task.set("label-smoothing", classifier.candidate.labelSmoothing)
        if let weight = known[classifier.task.name] { task.set("codings-worth-the-model", weight) }
        switch classifier.rule {
        case .thresholds(let rules):
          var thresholds = JSONObjectWriter()
          for (label, rule) in zip(classifier.task.labels, rules) {
            thresholds.set(label.name, orNull: rule.threshold)
          }
          task.set("thresholds", thresholds)
        case .mostProbable(let temperature, _):
          task.set("temperature", temperature.general)
          if let offsets = temperature.offsets {
            var entries = JSONObjectWriter()
            for (label, value) in zip(classifier.task.labels, offsets) {
              entries.set(label.name, value)
            }
            task.set("offsets", entries)
          }
          if let byScript = temperature.byScript {
            var entries = JSONObjectWriter()
            for (script, value) in ordered(byScript) { entries.set(script.rawValue, value) }
            task.set("temperature-by-script", entries)
          }
        }
        DecisionDocument.fill(&task, classifier)
        return task
      })
    if let summary = model.crossValidation {
      if let kind = summary.statementKind { object.set("for", kind.object) }
      object.set(
        "cross-validation",
        EvaluationDocument.object(
          summary.evaluations, keywords: summary.keywordBaselines ?? []))
    }
    object.set(
      "inputs",
      model.provenance.inputs.map { input in
        var entry = JSONObjectWriter()
        entry.set("name", input.name)
        entry.set("sha256", input.sha256)
        return entry
      })
    object.set("seed", model.provenance.seed)
    object.set("version", model.provenance.version)
    object.set("linear-algebra", model.provenance.linearAlgebra)
    return object
  }
}
