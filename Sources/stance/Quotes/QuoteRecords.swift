import StanceKit

/// One JSON object a quotation.
struct QuoteRecords: QuoteWriter {
  let tasks: [AnswerFields]
  let nearCopy: NearCopyFields

  func lines(_ judged: JudgedArticle) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, quotation) in judged.quotations.enumerated() {
      var object = JSONObjectWriter()
      object.set("document", judged.article.id)
      object.set("kind", quotation.kind.rawValue)
      object.key("spans")
      object.append(spans: quotation.spans)
      object.set("text", quotation.text)
      if let speaker = quotation.speaker {
        object.setObject("speaker") { fields in
          fields.set("text", speaker.text)
          fields.set("start", speaker.range.lowerBound)
          fields.set("end", speaker.range.upperBound)
          fields.set("name", speaker.name)
          if let party = speaker.party { fields.set("party", party) }
        }
      } else {
        object.set("speaker", .missing)
      }
      if let cue = quotation.cue {
        object.setObject("cue") { fields in
          fields.set("text", cue.text)
          fields.set("start", cue.range.lowerBound)
          fields.set("end", cue.range.upperBound)
        }
      } else {
        object.set("cue", .missing)
      }
      object.set("rule", quotation.rule.rawValue)
      object.set("confidence", quotation.confidence)
      object.set("unclosed", quotation.isUnclosed)
      if let judgement = judged.judgement(index) { set(judgement, in: &object) }
      bytes.append(contentsOf: object.finished())
      bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
  }

  private func set(_ judgement: Judgement, in object: inout JSONObjectWriter) {
    for (task, answer) in zip(tasks, judgement.tasks) {
      object.setObject(task.task.name) { task.fill(&$0, answer, hasEvidence: true) }
    }
    object.set("evidence", judgement.hasEvidence)
    nearCopy.fill(&object, judgement)
  }
}
