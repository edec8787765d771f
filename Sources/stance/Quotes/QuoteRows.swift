import StanceKit

/// CSV, one row a quotation.
struct QuoteRows: QuoteWriter {
  let tasks: [AnswerFields]
  let nearCopy: NearCopyFields

  func header() -> [UInt8] {
    var fields = [
      "document", "kind", "spans", "text", "speaker", "speaker.name", "speaker.party",
      "speaker.start", "speaker.end", "cue", "rule", "confidence", "unclosed",
    ]
    for task in tasks { fields += task.columns }
    return record(fields + nearCopy.columns)
  }

  func lines(_ judged: JudgedArticle) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, quotation) in judged.quotations.enumerated() {
      var fields = self.fields(of: quotation, in: judged.article)
      if let judgement = judged.judgement(index) {
        for (task, answer) in zip(tasks, judgement.tasks) {
          fields += task.cells(answer, hasEvidence: true)
        }
        fields += nearCopy.cells(judgement)
      }
      bytes += record(fields)
    }
    return bytes
  }

  private func fields(of quotation: Quotation, in article: Article) -> [String] {
    let spans = quotation.spans.map { "\($0.lowerBound)-\($0.upperBound)" }
    var fields = [article.id, quotation.kind.rawValue]
    fields += [spans.joined(separator: ";"), quotation.text]
    if let speaker = quotation.speaker {
      fields += [speaker.text, speaker.name, speaker.party ?? ""]
      fields += [String(speaker.range.lowerBound), String(speaker.range.upperBound)]
    } else {
      fields += Array(repeating: "", count: 5)
    }
    fields += [quotation.cue?.text ?? "", quotation.rule.rawValue]
    fields += [String(quotation.confidence), String(quotation.isUnclosed)]
    return fields
  }

  private func record(_ fields: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(fields, delimiter: UInt8(ascii: ","), to: &bytes)
    return bytes
  }
}
