import Quotations
import Testing

/// Scores the marked articles of seeds/articles: what is found today must not get lost.
@Suite("Marked articles")
struct ArticleTests {
  @Test(
    "direct quotations are found with their speakers", arguments: ["articles-en", "articles-ar"])
  func direct(name: String) throws {
    var (gold, predicted, matched, attributed, right) = (0, 0, 0, 0, 0)
    for article in try MarkedArticle.read(name) {
      let quotations = quotations(article.text)
      predicted += quotations.filter { $0.kind == .direct }.reduce(0) { $0 + $1.spans.count }
      for quote in article.quotes where quote.kind == "direct" {
        for content in quote.content {
          gold += 1
          let span = content[0]..<content[1]
          let best = quotations.first { $0.spans.contains { overlap($0, span) >= 0.8 } }
          guard let best else { continue }
          matched += 1
          guard let source = quote.source.first else { continue }
          attributed += 1
          let range = source[0]..<source[1]
          let isSame =
            best.speaker.map { $0.range.overlaps(range) || $0.name == quote.who } ?? false
          right += isSame ? 1 : 0
        }
      }
    }
    let recall = Double(matched) / Double(gold)
    let precision = Double(matched) / Double(predicted)
    #expect(gold >= 35)
    #expect(2 * precision * recall / (precision + recall) >= 0.93)
    #expect(Double(right) / Double(attributed) >= 0.9)
  }

  /// Shared characters over the characters of both.
  private func overlap(_ first: Range<Int>, _ second: Range<Int>) -> Double {
    let shared = first.clamped(to: second).count
    let union = max(first.upperBound, second.upperBound) - min(first.lowerBound, second.lowerBound)
    return Double(shared) / Double(union)
  }
}
