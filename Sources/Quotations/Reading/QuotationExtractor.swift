/// Finds the quotations of articles: who said what, and exactly where.
///
/// ```swift
/// let extractor = QuotationExtractor()
/// for quotation in extractor.quotations(in: article) {
///   print(quotation.speaker?.name ?? "?", quotation.text)
/// }
/// ```
///
/// English and Arabic, told apart sentence by sentence. The time is linear in the length of the text.
public struct QuotationExtractor: Sendable {
  private let lexicon: Lexicon
  private let aliases: SpeakerAliases

  /// - Parameters:
  ///   - lexicon: the words that the rules know.
  ///   - aliases: the names that speakers are to be given.
  public init(lexicon: Lexicon = .standard, aliases: SpeakerAliases = SpeakerAliases()) {
    self.lexicon = lexicon
    self.aliases = aliases
  }

  /// The quotations of an article, by where they start.
  public func quotations(in article: String) -> [Quotation] {
    let text = ArticleText(article, lexicon: lexicon)
    let reading = ArticleReading(text, lexicon: lexicon)
    var names = SpeakerNames(text, reading.attributions)
    var found: [Quotation] = []
    found.reserveCapacity(reading.attributions.count)
    for attribution in reading.attributions where !attribution.parts.isEmpty {
      found.append(quotation(attribution, text, reading.spans, &names))
    }
    return found.sorted { first, second in
      let (a, b) = (first.spans[0], second.spans[0])
      return (a.lowerBound, a.upperBound) < (b.lowerBound, b.upperBound)
    }
  }

  /// A part without the marks and the comma at its ends.
  private static func withoutMarks(_ part: String) -> String {
    var view = part.unicodeScalars[...]
    func isMark(_ scalar: Unicode.Scalar) -> Bool {
      [.mark, .apostrophe, .space].contains(ScalarKind(scalar.value))
    }
    while let first = view.first, isMark(first) { view.removeFirst() }
    while let last = view.last, isMark(last) || ScalarKind(last.value) == .comma {
      view.removeLast()
    }
    return String(view)
  }

  private func quotation(
    _ attribution: Attribution, _ text: ArticleText, _ spans: [MarkedSpan],
    _ names: inout SpeakerNames
  ) -> Quotation {
    let ranges = attribution.parts.map { text.range($0) }
    let parts = ranges.map { text.string($0) }
    var quotation = Quotation(
      spans: ranges, text: parts.joined(separator: " […] "),
      statement: parts.map(Self.withoutMarks).joined(separator: " "), kind: attribution.kind,
      speaker: nil, cue: nil, rule: attribution.rule,
      confidence: Confidence.of(attribution),
      isUnclosed: attribution.quotes.contains { spans[$0].isUnclosed })
    if let mention = attribution.speaker {
      let range = text.range(mention.tokens)
      let name = names.name(of: mention)
      let written = text.string(range)
      let alias = aliases.isEmpty ? nil : aliases[name] ?? aliases[written]
      quotation.speaker = Quotation.Speaker(
        text: written, range: range, name: alias?.name ?? name, party: alias?.party)
    }
    if let cue = attribution.cue {
      let range = text.range(cue)
      quotation.cue = Quotation.Cue(text: text.string(range), range: range)
    }
    return quotation
  }
}
