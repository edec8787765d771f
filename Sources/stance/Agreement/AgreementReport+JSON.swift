import StanceKit

extension AgreementReport {
  /// An object for each task.
  func object() -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("coders", coded.coders)
    for (index, task) in coded.codebook.tasks.enumerated() {
      object.set(task.name, self.object(index))
    }
    return object
  }

  private func object(_ index: Int) -> JSONObjectWriter {
    let (task, agreement) = (coded.codebook.tasks[index], agreements[index])
    var object = JSONObjectWriter()
    object.set("kind", task.kind.rawValue)
    object.set("statements", agreement.statementCount)
    object.set("answers", agreement.answerCount)
    fill(&object, "percent-agreement", agreement.percentAgreement)
    if let kappa = agreement.cohenKappa { fill(&object, "cohen-kappa", kappa) }
    fill(&object, "fleiss-kappa", agreement.fleissKappa)
    fill(&object, "krippendorff-alpha", agreement.krippendorffAlpha)
    if let alpha = agreement.masiAlpha { fill(&object, "krippendorff-alpha-masi", alpha) }
    if let sampling = agreement.sampling {
      object.set("intervals", IntervalDocument.method(sampling))
    }
    object.setObject("labels") { labels in
      for (label, own) in zip(task.labels, agreement.labels) {
        var entry = JSONObjectWriter()
        entry.set("answers", own.answerCount)
        fill(&entry, "percent-agreement", own.percentAgreement)
        fill(&entry, coded.coders.count == 2 ? "cohen-kappa" : "fleiss-kappa", own.kappa)
        fill(&entry, "krippendorff-alpha", own.krippendorffAlpha)
        labels.set(label.name, entry)
      }
    }
    if !agreement.pairs.isEmpty {
      object.set("pairs", agreement.pairs.map(self.object))
    }
    object.set(
      "disagreements", coded.disagreements(onTask: index).map { disagreement(index, $0) })
    return object
  }

  private func object(_ pair: Agreement.Pair) -> JSONObjectWriter {
    var object = JSONObjectWriter()
    object.set("coders", [coded.coders[pair.first], coded.coders[pair.second]])
    object.set("statements", pair.statementCount)
    fill(&object, "percent-agreement", pair.percentAgreement)
    fill(&object, "cohen-kappa", pair.cohenKappa)
    return object
  }

  private func disagreement(_ index: Int, _ row: Int) -> JSONObjectWriter {
    let labels = coded.codebook.tasks[index].labels.map(\.name)
    var object = JSONObjectWriter()
    object.set("id", coded.statements[row].id)
    if showsText { object.set("text", coded.statements[row].text) }
    object.setObject("answers") { answers in
      for (coder, answer) in zip(coded.coders, coded.answers[index][row]) {
        if let answer {
          answers.set(coder, answer.map { labels[$0] })
        } else {
          answers.set(coder, FieldValue.missing)
        }
      }
    }
    if let vote = coded.majority(onTask: index, ofStatement: row) {
      object.set("majority", vote.labels.map { labels[$0] })
      object.set("tied", vote.tied.map { labels[$0] })
    }
    return object
  }

  private func fill(
    _ object: inout JSONObjectWriter, _ name: String, _ coefficient: Agreement.Coefficient
  ) {
    object.set(name, orNull: coefficient.value)
    object.set("\(name)-interval", interval: coefficient.interval)
  }
}
