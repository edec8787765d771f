import StanceKit

extension ModelReport {
  /// From which probabilities labels are given and when a person should look; `nil` where there is
  /// nothing to say of single labels.
  func ruleTable(_ classifier: TaskClassifier) -> TextTable? {
    switch classifier.rule {
    case .thresholds(let rules): thresholdTable(rules, classifier)
    case .mostProbable(let temperature, let rules):
      rules == nil && temperature.offsets == nil ? nil : classTable(temperature, rules, classifier)
    }
  }

  private func thresholdTable(
    _ rules: [DecisionRule.LabelRule], _ classifier: TaskClassifier
  ) -> TextTable {
    let goals = shownGoals(classifier)
    let abstains = classifier.rule.abstains
    var table = TextTable(
      header: ["label", "on from"] + (abstains ? ["not sure"] : [])
        + (goals == nil ? [] : ["set for"]) + ["calibration"],
      alignments: [.left, .right] + (abstains ? [.right] : []) + (goals == nil ? [] : [.left])
        + [.left])
    for (index, rule) in rules.enumerated() {
      let unsure = rule.unsure.map {
        "\(twoDigits($0.lowerBound)) to \(twoDigits($0.upperBound))"
      }
      table.append(
        [classifier.task.labels[index].name, rule.threshold.map(twoDigits) ?? "never"]
          + (abstains ? [unsure ?? "–"] : []) + (goals.map { [$0[index]] } ?? []) + [
            rule.calibrationWording
          ])
    }
    return table
  }

  private func classTable(
    _ temperature: DecisionRule.Temperature, _ rules: [DecisionRule.ClassRule]?,
    _ classifier: TaskClassifier
  ) -> TextTable {
    let labels = classifier.task.labels
    var columns = [Column("label", .left, labels.map(\.name))]
    if let offsets = temperature.offsets {
      columns.append(Column("offset", .right, offsets.map(twoDigits)))
    }
    let hasWeights = classifier.rule.weighsLabels
    if hasWeights, let rules {
      columns.append(Column("weight", .right, rules.map { factorDigits($0.weight) }))
    }
    if let rules, classifier.rule.abstains || !hasWeights {
      columns.append(
        Column("answers from", .right, rules.map { $0.answersFrom.map(twoDigits) ?? "never" }))
    }
    if let rules, rules.contains(where: { $0.isCandidateFrom != nil }) {
      columns.append(
        Column("candidate from", .right, rules.map { $0.isCandidateFrom.map(twoDigits) ?? "–" }))
    }
    if let goals = shownGoals(classifier) { columns.append(Column("set for", .left, goals)) }
    var table = TextTable(
      header: columns.map(\.title), alignments: columns.map(\.alignment))
    for label in labels.indices { table.append(columns.map { $0.cells[label] }) }
    return table
  }

  /// A column of a table, with a cell for each label.
  private struct Column {
    let title: String
    let alignment: Alignment
    let cells: [String]

    init(_ title: String, _ alignment: Alignment, _ cells: [String]) {
      (self.title, self.alignment, self.cells) = (title, alignment, cells)
    }
  }

  /// The goal of each label, where one is not the usual.
  private func shownGoals(_ classifier: TaskClassifier) -> [String]? {
    guard let goals = classifier.goals, goals.labels.contains(where: { $0 != .bestF1 }) else {
      return nil
    }
    return goals.labels.map(\.wording)
  }
}

extension DecisionRule {
  /// Which label of a single-label task is the answer, for people.
  var answerWording: String {
    weighsLabels ? "the highest probability times weight" : "the most probable label"
  }

  /// As a sentence, with the temperature; `nil` for a multi-label task.
  var answerSentence: String? {
    guard case .mostProbable(let temperature, _) = self else { return nil }
    return "\(capitalized(answerWording)) wins; temperature \(temperature.wording ?? "1")."
  }
}

extension DecisionRule.LabelRule {
  /// How scores become probabilities, by script where that differs.
  fileprivate var calibrationWording: String {
    let general =
      calibration.map { "Platt, \($0.wording)" } ?? "none needed"
    let byScript = ordered(calibrationByScript ?? [:]).map {
      "\($0.script.rawValue) letters: \($0.value.wording)"
    }
    return ([general] + byScript).joined(separator: "; ")
  }
}

extension PlattScaling {
  fileprivate var wording: String { "slope \(twoDigits(slope)), offset \(twoDigits(offset))" }
}

extension DecisionRule.Temperature {
  /// The number, and those of scripts that have their own; `nil` where nothing is divided.
  var wording: String? {
    let byScript = ordered(byScript ?? [:]).map {
      "\($0.script.rawValue) letters: \(threeDigits($0.value))"
    }
    guard offsets == nil else {
      let others = byScript.isEmpty ? "" : " (\(byScript.joined(separator: "; ")))"
      return threeDigits(general) + others + ", then shifted by offsets"
    }
    if byScript.isEmpty { return general == 1 ? nil : threeDigits(general) }
    return ([threeDigits(general)] + byScript).joined(separator: "; ")
  }
}

/// What each script has, in the scripts' own order.
func ordered<Value>(
  _ values: [WritingSystem: Value]
) -> [(script: WritingSystem, value: Value)] {
  WritingSystem.allCases.compactMap { script in values[script].map { (script, $0) } }
}

/// A task's goals and bounds as JSON.
enum DecisionDocument {
  static func fill(_ object: inout JSONObjectWriter, _ classifier: TaskClassifier) {
    let labels = classifier.task.labels
    if let goals = classifier.goals {
      var entries = JSONObjectWriter()
      for (label, goal) in zip(labels, goals.labels) { entries.set(label.name, goal.wording) }
      object.set("goals", entries)
      if let abstention = goals.abstention { object.set("left-to-a-person", abstention.wording) }
    }
    var unsure = JSONObjectWriter()
    switch classifier.rule {
    case .thresholds(let rules):
      guard classifier.rule.abstains else { return }
      for (label, rule) in zip(labels, rules) {
        guard let range = rule.unsure else { continue }
        unsure.set(label.name, [range.lowerBound, range.upperBound])
      }
      object.set("not-sure", unsure)
    case .mostProbable(_, let rules):
      guard let rules else { return }
      var (weights, answers, candidates) = (
        JSONObjectWriter(), JSONObjectWriter(), JSONObjectWriter()
      )
      for (label, rule) in zip(labels, rules) {
        weights.set(label.name, rule.weight)
        answers.set(label.name, orNull: rule.answersFrom)
        candidates.set(label.name, orNull: rule.isCandidateFrom)
      }
      if classifier.rule.weighsLabels { object.set("weights", weights) }
      object.set("answers-from", answers)
      object.set("candidate-from", candidates)
    }
  }
}
