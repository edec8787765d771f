import StanceKit

/// A page that shows statements once for each label, with the words coloured by what they add to its
/// score.
struct ExplanationPage: ExplanationWriter {
  let model: Model

  private var page: HTMLPage {
    HTMLPage(
      title: "Explanations",
      style: """
        summary { cursor: pointer; font-family: sans-serif; font-size: .95rem; }
        details { margin: .4em 0; }
        details > p, details > table { margin: .5em 0 .5em 1em; }
        .faint .key { color: var(--ink); }
        \(HighlightedText.style)
        """)
  }

  func header() -> [UInt8] {
    let last = HighlightedText.shadeCount
    return Array(
      (page.header() + """
        <p class="faint">A label's score is the sum of what its words add and of the intercept. \
        <span class="key f\(last)">for it</span> <span class="key a\(last)">against it</span></p>

        """).utf8)
  }

  func footer() -> [UInt8] { Array(page.footer().utf8) }

  func append(_ explained: ExplainedStatement, to bytes: inout [UInt8]) {
    var html = "<article>\n"
    if let id = explained.id { html += HTMLText.element("h2", "dir=\"auto\"", text: id) + "\n" }
    if explained.explanation.judgement.hasEvidence {
      for (classifier, sums) in zip(model.classifiers, explained.explanation.tasks) {
        html += task(classifier, sums, explained)
      }
    } else {
      if explained.showsText {
        html += HTMLText.element("p", "dir=\"auto\"", text: explained.text) + "\n"
      }
      html += "<p class=\"faint\">No evidence: the model knows nothing of this text.</p>\n"
    }
    for (title, shown) in [
      ("Near copy of", explained.copies), ("Most alike", explained.neighbours),
    ]
    where !shown.isEmpty {
      html += neighbours(shown, title: title)
    }
    bytes.append(contentsOf: (html + "</article>\n").utf8)
  }

  private func task(
    _ classifier: TaskClassifier, _ sums: [Explanation.LabelSum], _ explained: ExplainedStatement
  ) -> String {
    let terms = explained.terms
    let strongest = sums.flatMap(\.words).reduce(0) { max($0, abs($1)) }
    let answers = sums.indices.map { terms.answer(classifier, $0) }
    let isUnanswered = answers.allSatisfy { $0 == "no" }
    let mostProbable = sums.indices.max { sums[$0].probability < sums[$1].probability }
    var html = HTMLText.element("h3", "dir=\"auto\"", text: classifier.task.name) + "\n"
    for (label, sum) in sums.enumerated() {
      let answer = answers[label]
      let isOpen = answer != "no" || isUnanswered && label == mostProbable
      html += "<details\(isOpen ? " open" : "")><summary>\(answer) "
      html += HTMLText.element("b", text: sum.label)
      html +=
        " <span class=\"faint\">probability \(sum.shownProbability) "
        + "(\(shownRule(classifier, label, hasCopies: sum.probabilityWithoutCopies != nil))), score \(signed(sum.score))</span></summary>\n"
      if explained.showsText {
        let text = HighlightedText(
          text: explained.text, words: explained.explanation.words, values: sum.words,
          strongest: strongest)
        html += "<p dir=\"auto\">\(text.html())</p>\n"
      }
      html += table(terms, sum) + "</details>\n"
    }
    return html
  }

  private func table(_ terms: ShownTerms, _ sum: Explanation.LabelSum) -> String {
    let all = terms.gathered(sum)
    var rows = all.prefix(terms.count).map { (signed($0.adds), $0.label) }
    let rest = all.dropFirst(terms.count)
    if !rest.isEmpty {
      let noun = terms.kind == .words ? "word" : "term"
      rows.append(
        (signed(rest.reduce(0) { $0 + $1.adds }), "(\(counted(rest.count, "further \(noun)")))"))
    }
    rows.append((signed(sum.intercept), "(intercept)"))
    let cells = rows.map { adds, term in
      "<tr><td class=\"number\">\(adds)</td>"
        + HTMLText.element("td", "dir=\"auto\"", text: term) + "</tr>"
    }
    return "<table>\n\(cells.joined(separator: "\n"))\n</table>\n"
  }

  private func neighbours(_ neighbours: [ShownNeighbour], title: String) -> String {
    let items = neighbours.map { neighbour in
      let gold = zip(model.classifiers, neighbour.gold).compactMap { classifier, gold in
        gold.map { "\(classifier.task.name): \($0.isEmpty ? "–" : $0)" }
      }
      let facts =
        [twoDigits(neighbour.similarity)] + gold
        + (neighbour.isNearCopy == true ? ["near copy"] : [])
      return "<p class=\"faint\">" + HTMLText.element("bdi", text: neighbour.id) + " "
        + HTMLText.escaped(facts.joined(separator: ", ")) + "</p>\n"
        + (neighbour.text.map { HTMLText.element("p", "dir=\"auto\"", text: $0) + "\n" } ?? "")
    }
    return "<h3>\(title)</h3>\n\(items.joined())"
  }
}
