import StanceKit

/// Why a model decided as it did, for people and as JSON.
struct ExplanationReport {
  private let explanation: Explanation
  private let model: Model
  private let shownTerms: Int

  init(_ explanation: Explanation, model: Model, shownTerms: Int) {
    self.explanation = explanation
    self.model = model
    self.shownTerms = shownTerms
  }

  func lines() -> [String] {
    guard explanation.judgement.hasEvidence else {
      return [
        "no evidence: the model knows no word or run of characters of this text, and gives no label"
      ]
    }
    var lines: [String] = []
    for (classifier, sums) in zip(model.classifiers, explanation.tasks) {
      lines += [Style.bold(classifier.task.name)]
      for (label, sum) in sums.enumerated() {
        let rule = rule(classifier, label)
        lines += [
          "",
          "  \(answer(classifier, label))  \(sum.label): probability \(twoDigits(sum.probability)) "
            + "(\(rule)), score \(signed(sum.score))",
        ]
        lines += table(sum).lines(indent: "       ")
      }
      lines.append("")
    }
    if shownTerms > 0, explanation.tasks.joined().contains(where: showsCharacters) {
      lines.append("‹ › holds a run of characters, ␣ is the edge of a word")
    }
    lines.append(
      "the model knows \(Int((explanation.judgement.coverage * 100).rounded())) % of the text's terms"
    )
    return lines
  }

  /// When a label is given.
  private func rule(_ classifier: TaskClassifier, _ label: Int) -> String {
    switch classifier.rule {
    case .thresholds(let rules):
      rules[label].threshold.map { "on from \(twoDigits($0))" } ?? "never on"
    case .mostProbable(_, let rules):
      "the most probable is on"
        + (rules?[label].answersFrom.map { $0 > 0 ? " from \(twoDigits($0))" : "" } ?? "")
    }
  }

  /// `yes`, `no`, or a question for a person.
  private func answer(_ classifier: TaskClassifier, _ label: Int) -> String {
    guard
      let judged = explanation.judgement.tasks.first(where: { $0.task == classifier.task.name })
    else { return "no " }
    if judged.unsure.contains(label) { return "?  " }
    return judged.labels.contains(label) ? "yes" : "no "
  }

  private func showsCharacters(_ sum: Explanation.LabelSum) -> Bool {
    sum.terms.prefix(shownTerms).contains { $0.feature.block == .characters }
  }

  private func table(_ sum: Explanation.LabelSum) -> TextTable {
    var table = TextTable(header: ["adds", "term"], alignments: [.right, .left])
    for term in sum.terms.prefix(shownTerms) {
      table.append([signed(term.value), shown(term.feature)])
    }
    // Many small terms for and against, which one sum would hide.
    let rest = sum.terms.dropFirst(shownTerms).map(\.value)
    for (values, side) in [(rest.filter { $0 > 0 }, "for"), (rest.filter { $0 < 0 }, "against")]
    where !values.isEmpty {
      table.append([
        signed(values.reduce(0, +)),
        "(\(grouped(values.count)) further \(values.count == 1 ? "term" : "terms") \(side) it)",
      ])
    }
    table.append([signed(sum.intercept), "(intercept)"])
    return table
  }

  private func shown(_ feature: Feature) -> String {
    switch feature.block {
    case .words: feature.term
    case .characters: "‹\(feature.term.replacing(" ", with: "␣"))›"
    case .stems: "stem \(feature.term)"
    case .keywords: "keywords of \(feature.term)"
    case .columns: feature.term
    }
  }

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("evidence", explanation.judgement.hasEvidence)
    object.set("coverage", probability: explanation.judgement.coverage)
    for (classifier, sums) in zip(model.classifiers, explanation.tasks) {
      object.set(
        classifier.task.name,
        sums.enumerated().map { index, sum in
          var label = JSONObjectWriter()
          label.set("label", sum.label)
          label.set("on", sum.isOn)
          let judged = explanation.judgement.tasks.first { $0.task == classifier.task.name }
          if classifier.rule.abstains {
            label.set("unsure", judged?.unsure.contains(index) ?? false)
          }
          label.set("probability", probability: sum.probability)
          if case .thresholds(let rules) = classifier.rule {
            label.set("threshold", orNull: rules[index].threshold)
          }
          label.set("score", sum.score)
          label.set("intercept", sum.intercept)
          label.set(
            "terms",
            sum.terms.prefix(shownTerms).map { term in
              var entry = JSONObjectWriter()
              entry.set("kind", term.feature.block.rawValue)
              entry.set("term", term.feature.term)
              entry.set("adds", term.value)
              return entry
            })
          let rest = sum.terms.dropFirst(shownTerms)
          label.set("further-terms", rest.count)
          label.set("further-terms-add", rest.reduce(0) { $0 + $1.value })
          return label
        })
    }
    return object
  }
}
