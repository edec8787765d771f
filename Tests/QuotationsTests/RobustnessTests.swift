import Quotations
import Testing

@Suite("Robustness")
struct RobustnessTests {
  @Test(
    "every prefix of an article is read, and every range slices",
    arguments: ["articles-en", "articles-ar"])
  func prefixes(name: String) throws {
    for article in try MarkedArticle.read(name) {
      let scalars = Array(article.text.unicodeScalars)
      // All short ones, and of the long ones those that are likely to cut something in two.
      for end in stride(from: 0, through: scalars.count, by: name == "articles-en" ? 11 : 13) {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[..<end])
        expectSlices(String(view), "\(article.id), first \(end) scalars")
      }
    }
  }

  private static let pieces = [
    "said", "he", " ", "\"", "“", "”", "'", "’", "‘", "«", "»", "‹", "„", "\n", "\n\n", "\r\n", ".",
    ",",
    ":", "–", "Smith", "according to", "that", "to", "urged", "who", "and", "asked", "the", "1",
    "%",
    "قال", "أن", "وقال", "الوزير", "،", "بحسب", "عن", "قوله", "أما", "لكنه", "U.S.", "Mr.", "-",
    "(", ")",
    "?", "…", "\u{200F}", "\u{FFFD}", "😀", "e\u{301}", "saying", "as", "wrote",
  ]

  @Test("30,000 random strings of words, marks and broken bytes are read, and every range slices")
  func random() {
    let seed: UInt64 = 5
    var generator = SplitMix64(seed: seed)
    for index in 0..<30_000 {
      var text = ""
      if index % 3 == 0 {
        let bytes = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
          UInt8.random(in: 0...255, using: &generator)
        }
        text = String(decoding: bytes, as: UTF8.self)
      } else {
        for _ in 0..<Int.random(in: 0...50, using: &generator) {
          text += Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &generator)]
          if Bool.random(using: &generator) { text += " " }
        }
      }
      expectSlices(text, "seed \(seed), string \(index)")
    }
  }

  /// Texts whose reading would take hours were any step quadratic.
  @Test(
    "long monotonous texts are read to the end",
    arguments: [
      "“", "« ‹ ", "\"", "said ", "he said ", "“a” ", "“a.” ", "x: “a”\n\n", "Smith: a\n\n",
      "“a\n\n",
      "Ann Smith said. ", "قال ", "قال الوزير إن ", "'a ", "according to a, ", "a, ",
    ])
  func monotonous(piece: String) {
    let text = String(repeating: piece, count: 400_000 / piece.utf8.count)
    let last = quotations(text).last?.spans.last?.upperBound ?? 0
    #expect(last <= text.unicodeScalars.count)
  }

  @Test("an empty text has no quotation", arguments: ["", " ", "\n\n", "\u{FEFF}"])
  func empty(text: String) {
    #expect(quotations(text).isEmpty)
  }
}
