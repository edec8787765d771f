import StanceKit

/// An article with its quotations and, where a model was used, what it says of each.
struct JudgedArticle {
  let article: Article
  let quotations: [Quotation]
  /// One for each quotation, or none at all.
  let judgements: [Judgement]

  func judgement(_ index: Int) -> Judgement? {
    judgements.isEmpty ? nil : judgements[index]
  }
}

/// Writes quotations in one of the formats.
protocol QuoteWriter {
  /// What comes before the first article.
  func header() -> [UInt8]
  func lines(_ judged: JudgedArticle) -> [UInt8]
  /// What comes after the last.
  func footer() -> [UInt8]
}

extension QuoteWriter {
  func header() -> [UInt8] { [] }
  func footer() -> [UInt8] { [] }
}
