import StanceKit

/// Explanations as JSON, one object a line.
struct ExplanationRecords: ExplanationWriter {
  let model: Model

  func append(_ explained: ExplainedStatement, to bytes: inout [UInt8]) {
    let terms = explained.terms
    let explanation = terms.explanation
    JSONObjectWriter.append(to: &bytes) { object in
      if let id = explained.id { object.set("id", id) }
      if explained.showsText { object.set("text", explained.text) }
      object.set("evidence", explanation.judgement.hasEvidence)
      object.set("coverage", probability: explanation.judgement.coverage)
      for (classifier, sums) in zip(model.classifiers, explanation.tasks) {
        object.set(
          classifier.task.name,
          sums.indices.map { record(classifier, $0, sums[$0], explained) })
      }
      if !explained.copies.isEmpty { object.set("near-copies", explained.copies.map(record)) }
      if !explained.neighbours.isEmpty {
        object.set("nearest", explained.neighbours.map(record))
      }
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  private func record(
    _ classifier: TaskClassifier, _ index: Int, _ sum: Explanation.LabelSum,
    _ explained: ExplainedStatement
  ) -> JSONObjectWriter {
    let terms = explained.terms
    var label = JSONObjectWriter()
    label.set("label", sum.label)
    label.set("on", sum.isOn)
    if classifier.rule.abstains {
      label.set("unsure", terms.judgement(classifier)?.unsure.contains(index) ?? false)
    }
    label.set("probability", probability: sum.probability)
    if let alone = sum.probabilityWithoutCopies {
      label.set("probability-without-near-copies", probability: alone)
    }
    switch classifier.rule {
    case .thresholds(let rules): label.set("threshold", orNull: rules[index].threshold)
    case .mostProbable(_, let rules):
      if classifier.rule.weighsLabels, let rules { label.set("weight", rules[index].weight) }
    }
    label.set("score", sum.score)
    label.set("intercept", sum.intercept)
    let all = terms.terms(sum)
    label.set(
      "terms",
      all.prefix(terms.count).map { term in
        var entry = JSONObjectWriter()
        entry.set("kind", term.kind)
        entry.set("term", term.text)
        entry.set("adds", term.adds)
        if !term.places.isEmpty { entry.set("places", places(term, explained.text)) }
        return entry
      })
    let rest = all.dropFirst(terms.count)
    label.set("further-terms", rest.count)
    label.set("further-terms-add", rest.reduce(0) { $0 + $1.adds })
    return label
  }

  /// Where a term stands, in bytes and in Unicode scalars, and as what.
  private func places(_ term: ShownTerm, _ text: String) -> [JSONObjectWriter] {
    // Places mostly rise: scalars are counted on from the last one.
    var (byte, scalar, position) = (0, 0, text.startIndex)
    return term.places.map { place in
      if place.lowerBound < byte { (byte, scalar, position) = (0, 0, text.startIndex) }
      let start = text.utf8.index(position, offsetBy: place.lowerBound - byte)
      scalar += text.unicodeScalars[position..<start].count
      (byte, position) = (place.lowerBound, start)
      let written = String(text[start..<text.utf8.index(start, offsetBy: place.count)])
      var entry = JSONObjectWriter()
      entry.key("bytes")
      entry.append(span: place)
      entry.key("characters")
      entry.append(span: scalar..<scalar + written.unicodeScalars.count)
      if written != term.text { entry.set("text", written) }
      return entry
    }
  }

  private func record(_ neighbour: ShownNeighbour) -> JSONObjectWriter {
    var entry = JSONObjectWriter()
    entry.set("id", neighbour.id)
    entry.set("similarity", probability: neighbour.similarity)
    if let isNearCopy = neighbour.isNearCopy { entry.set("near-copy", isNearCopy) }
    for (classifier, gold) in zip(model.classifiers, neighbour.gold) {
      if let gold { entry.set(classifier.task.name, gold) }
    }
    if let text = neighbour.text { entry.set("text", text) }
    return entry
  }
}
