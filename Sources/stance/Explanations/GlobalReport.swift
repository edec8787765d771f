import StanceKit

/// What speaks for and against each label anywhere, as a table, as Markdown and as JSON.
struct GlobalReport {
  let model: Model
  /// How many terms for and how many against a label.
  let count: Int
  let minimumCount: Int

  func lines(markdown: Bool) -> [String] {
    var lines: [String] = []
    for (task, classifier) in model.classifiers.enumerated() {
      for (label, definition) in classifier.task.labels.enumerated() {
        let title = "\(oneLine(classifier.task.name)): \(oneLine(definition.name))"
        lines += markdown ? Markdown.title(title, level: 2) : [Style.bold(title)]
        let table = table(task, label)
        lines += markdown ? table.markdown() : table.lines(indent: "  ")
        lines.append("")
      }
    }
    let counted = model.extractor.blocks.first?.documentCount ?? 0
    lines.append(
      "adds: what the term adds to the label's score where a statement of usual length has it once; "
        + "in: how many of the \(grouped(counted)) training statements have it")
    return lines
  }

  /// The two sides beside each other.
  func table(_ task: Int, _ label: Int) -> TextTable {
    let strongest = strongest(task, label)
    var table = TextTable(
      header: ["adds", "for it", "in", "adds", "against it", "in"],
      alignments: [.right, .left, .right, .right, .left, .right])
    for row in 0..<max(strongest.for.count, strongest.against.count) {
      table.append(cells(strongest.for, row) + cells(strongest.against, row))
    }
    return table
  }

  private func cells(_ terms: [TermStrength], _ row: Int) -> [String] {
    guard row < terms.count else { return ["", "", ""] }
    let term = terms[row]
    return [
      signed(term.adds), shown(term.feature), term.documentFrequency.map(grouped) ?? "",
    ]
  }

  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    for (task, classifier) in model.classifiers.enumerated() {
      object.set(
        classifier.task.name,
        classifier.task.labels.enumerated().map { label, definition in
          let strongest = strongest(task, label)
          var entry = JSONObjectWriter()
          entry.set("label", definition.name)
          entry.set("intercept", classifier.intercepts[label])
          entry.set("for", strongest.for.map(record))
          entry.set("against", strongest.against.map(record))
          return entry
        })
    }
    object.set("statements", model.extractor.blocks.first?.documentCount ?? 0)
    return object
  }

  private func record(_ term: TermStrength) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("kind", term.feature.block.rawValue)
    entry.set("term", term.feature.term)
    entry.set("adds", term.adds)
    entry.set("coefficient", term.coefficient)
    if let frequency = term.documentFrequency { entry.set("statements", frequency) }
    return entry
  }

  private func strongest(
    _ task: Int, _ label: Int
  ) -> (for: [TermStrength], against: [TermStrength]) {
    model.strongestTerms(
      task: task, label: label, count: count, minimumDocumentFrequency: minimumCount)
  }
}
