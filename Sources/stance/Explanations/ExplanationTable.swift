import StanceKit

/// Explanations for people.
struct ExplanationTable: ExplanationWriter {
  let model: Model

  func append(_ explained: ExplainedStatement, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (lines(explained).joined(separator: "\n") + "\n").utf8)
  }

  private func lines(_ explained: ExplainedStatement) -> [String] {
    var lines: [String] = []
    if let id = explained.id {
      lines.append(Style.bold(oneLine(id)))
      if explained.showsText, !Terminal.hasColor { lines.append(oneLine(explained.text)) }
      lines.append("")
    }
    if explained.explanation.judgement.hasEvidence {
      lines += answers(explained)
    } else {
      lines.append(
        "no evidence: the model knows no word or run of characters of this text, and gives no label"
      )
    }
    for (title, shown) in [
      ("near copy of", explained.copies), ("most alike", explained.neighbours),
    ]
    where !shown.isEmpty {
      lines += [""] + neighbours(shown, title: title)
    }
    // Statements stand apart.
    return explained.id == nil ? lines : lines + [""]
  }

  private func answers(_ explained: ExplainedStatement) -> [String] {
    var lines: [String] = []
    let terms = explained.terms
    for (classifier, sums) in zip(model.classifiers, terms.explanation.tasks) {
      lines += [Style.bold(oneLine(classifier.task.name))]
      let strongest = sums.flatMap(\.words).reduce(0) { max($0, abs($1)) }
      for (label, sum) in sums.enumerated() {
        lines += [
          "",
          "  \(padded(terms.answer(classifier, label), to: 3, .left))  \(oneLine(sum.label)): "
            + "probability \(sum.shownProbability) "
            + "(\(shownRule(classifier, label, hasCopies: sum.probabilityWithoutCopies != nil))), score \(signed(sum.score))",
        ]
        if explained.showsText, Terminal.hasColor {
          let text = HighlightedText(
            text: explained.text, words: terms.explanation.words, values: sum.words,
            strongest: strongest)
          lines.append("       \(text.forTerminal())")
        }
        lines += table(terms, sum).lines(indent: "       ")
      }
      lines.append("")
    }
    if terms.count > 0, terms.kind == .features,
      terms.explanation.tasks.joined().contains(where: { showsCharacters(terms, $0) })
    {
      lines.append("‹ › holds a run of characters, ␣ is the edge of a word")
    }
    let coverage = Int((terms.explanation.judgement.coverage * 100).rounded())
    lines.append("the model knows \(coverage) % of the text's terms")
    return lines
  }

  private func showsCharacters(_ terms: ShownTerms, _ sum: Explanation.LabelSum) -> Bool {
    sum.terms.prefix(terms.count).contains { $0.feature.block == .characters }
  }

  private func table(_ terms: ShownTerms, _ sum: Explanation.LabelSum) -> TextTable {
    let noun = terms.kind == .words ? "word" : "term"
    var table = TextTable(header: ["adds", noun], alignments: [.right, .left])
    let all = terms.gathered(sum)
    for term in all.prefix(terms.count) { table.append([signed(term.adds), term.label]) }
    // Many small terms for and against, which one sum would hide.
    let rest = all.dropFirst(terms.count).map(\.adds)
    for (values, side) in [(rest.filter { $0 > 0 }, "for"), (rest.filter { $0 < 0 }, "against")]
    where !values.isEmpty {
      table.append([
        signed(values.reduce(0, +)),
        "(\(grouped(values.count)) further \(noun)\(values.count == 1 ? "" : "s") \(side) it)",
      ])
    }
    table.append([signed(sum.intercept), "(intercept)"])
    return table
  }

  private func neighbours(_ neighbours: [ShownNeighbour], title: String) -> [String] {
    let tasks = model.classifiers.indices.filter { task in
      neighbours.contains { $0.gold[task] != nil }
    }
    var table = TextTable(
      header: [title, "similarity"] + tasks.map { model.classifiers[$0].task.name } + [""],
      alignments: [.left, .right] + Array(repeating: .left, count: tasks.count + 1))
    for neighbour in neighbours {
      let remarks = [neighbour.isNearCopy == true ? "(near copy)" : nil, neighbour.text]
      table.append(
        [neighbour.id, twoDigits(neighbour.similarity)]
          + tasks.map { task in
            neighbour.gold[task].map { $0.isEmpty ? "(none)" : $0 } ?? ""
          } + [remarks.compactMap(\.self).joined(separator: " ")])
    }
    return table.lines()
  }
}
