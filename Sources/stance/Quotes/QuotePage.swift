import StanceKit

/// A page that shows the articles with their quotations marked in the colours of their stances; the
/// speaker appears on hover, tap or focus. It needs nothing from elsewhere.
struct QuotePage: QuoteWriter {
  let tasks: [AnswerFields]
  let nearCopy: NearCopyFields

  /// Colours for labels that have none in the codebook: distinguishable, light enough for text.
  private static let palette = [
    "#8ecae6", "#b7e4c7", "#ffd166", "#f4acb7", "#cdb4db", "#ffb38a", "#a0c4ff", "#d9ed92",
  ]
  private static let noLabel = "#e5e5e5"

  func header() -> [UInt8] {
    var legend = ""
    if let task = tasks.first {
      let labels = task.task.labels
      legend = labels.indices.map { label in
        "<span class=\"key\" style=\"background:\(color(label))\">\(HTMLText.escaped(labels[label].name))</span>"
      }.joined(separator: " ")
      legend =
        "<p class=\"legend\">\(legend) <span class=\"key\" style=\"background:\(Self.noLabel)\">–</span></p>\n"
    }
    return Array((page.header() + legend).utf8)
  }

  func footer() -> [UInt8] { Array(page.footer().utf8) }

  private var page: HTMLPage {
    HTMLPage(
      title: "Quotations",
      style: """
        mark { color: #222; border-radius: .2em; padding: .05em .1em; position: relative; cursor: help; }
        mark.indirect { background-image: linear-gradient(#ffffffb0, #ffffffb0); }
        mark:hover::after, mark:focus::after { content: attr(data-speaker); position: absolute; inset-inline-start: 0; top: 1.9em; z-index: 1; width: max-content; max-width: min(20rem, 80vw); padding: .3em .6em; font: .8rem/1.4 sans-serif; color: var(--hint-ink); background: var(--hint-ground); border-radius: .3em; white-space: pre-line; }
        .legend .key { color: #222; }
        """)
  }

  func lines(_ judged: JudgedArticle) -> [UInt8] {
    let scalars = Array(judged.article.text.unicodeScalars)
    let direction = isRightToLeft(scalars) ? " dir=\"rtl\" lang=\"ar\"" : " dir=\"ltr\""
    var html =
      "<article\(direction)>\n<h2 dir=\"auto\">\(HTMLText.escaped(judged.article.id))</h2>\n"
    for paragraph in paragraphs(scalars) {
      html += "<p>\(marked(paragraph, scalars, judged))</p>\n"
    }
    return Array((html + "</article>\n").utf8)
  }

  // MARK: Text

  private func paragraphs(_ scalars: [Unicode.Scalar]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    for index in 0...scalars.count
    where index == scalars.count || scalars[index] == "\n" || scalars[index] == "\r" {
      if index > start { found.append(start..<index) }
      start = index + 1
    }
    return found
  }

  private func isRightToLeft(_ scalars: [Unicode.Scalar]) -> Bool {
    var right = 0
    var left = 0
    for scalar in scalars where scalar.properties.isAlphabetic {
      if (0x590..<0x900).contains(scalar.value) || (0xFB1D..<0xFF00).contains(scalar.value) {
        right += 1
      } else {
        left += 1
      }
    }
    return right > left
  }

  /// A paragraph with its quotations marked. Where two overlap, the one that starts later is shown.
  private func marked(
    _ paragraph: Range<Int>, _ scalars: [Unicode.Scalar], _ judged: JudgedArticle
  ) -> String {
    var cuts: Set<Int> = [paragraph.lowerBound, paragraph.upperBound]
    var spans: [(range: Range<Int>, quotation: Int)] = []
    for (index, quotation) in judged.quotations.enumerated() {
      for span in quotation.spans where span.overlaps(paragraph) {
        let range = span.clamped(to: paragraph)
        spans.append((range, index))
        cuts.formUnion([range.lowerBound, range.upperBound])
      }
    }
    let places = cuts.sorted()
    var html = ""
    for (start, end) in zip(places, places.dropFirst()) {
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<end])
      let piece = HTMLText.escaped(String(view))
      let covering = spans.last { $0.range.lowerBound <= start && end <= $0.range.upperBound }
      html += covering.map { mark(piece, $0.quotation, judged) } ?? piece
    }
    return html
  }

  private func mark(_ piece: String, _ index: Int, _ judged: JudgedArticle) -> String {
    let quotation = judged.quotations[index]
    var lines = [quotation.speaker?.name ?? "?"]
    if let party = quotation.speaker?.party { lines[0] += " (\(party))" }
    var color = Self.noLabel
    if let judgement = judged.judgement(index) {
      for (task, answer) in zip(tasks, judgement.tasks) where judgement.hasEvidence {
        let labels = task.shown(answer)
        if !labels.isEmpty { lines.append("\(task.task.name): \(labels)") }
      }
      if let mark = nearCopy.shown(judgement) { lines.append(mark) }
      if judgement.hasEvidence, let first = judgement.tasks.first {
        let best = first.labels.max { first.probabilities[$0] < first.probabilities[$1] }
        color = best.map(self.color) ?? color
      }
    }
    return
      "<mark class=\"\(quotation.kind.rawValue)\" tabindex=\"0\" style=\"background-color:\(color)\""
      + " data-speaker=\"\(HTMLText.escaped(lines.joined(separator: "\n")))\">\(piece)</mark>"
  }

  private func color(_ label: Int) -> String {
    guard let color = tasks.first?.task.labels[label].color, color.count == 7 else {
      return Self.palette[label % Self.palette.count]
    }
    return Self.lightened(color)
  }

  /// Two fifths of a colour on white: light enough for black text on it, whatever the page's ground.
  private static func lightened(_ color: String) -> String {
    guard let value = UInt32(color.dropFirst(), radix: 16) else { return noLabel }
    return [16, 8, 0].reduce("#") { hex, shift in
      let part = value >> UInt32(shift) & 0xFF
      let light = (part * 2 + 255 * 3) / 5
      return hex + (light < 16 ? "0" : "") + String(light, radix: 16)
    }
  }
}
