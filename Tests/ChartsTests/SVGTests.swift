import Foundation
import Testing

import Charts

@Suite("SVG")
struct SVGTests {
  @Test(
    "numbers are short and the same everywhere",
    arguments: [
      (0, "0"), (-0.001, "0"), (1.5, "1.5"), (1.25, "1.25"), (1.05, "1.05"), (-2.345, "-2.35"),
      (99.999, "100"), (.infinity, "0"), (.nan, "0"), (1e30, "1000000000"),
    ] as [(Double, String)])
  func numbers(value: Double, text: String) {
    #expect(SVG.number(value) == text)
  }

  @Test("nothing in a name can break out of the picture")
  func escaping() throws {
    let name = "</title><script>alert(\"1\")</script> & 'b'\u{0}\u{8}"
    #expect(
      markupEscaped(name)
        == "&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; 'b'\u{FFFD}\u{FFFD}"
    )
    for markup in Self.pictures(name: name) {
      #expect(!markup.contains("<script") && !markup.contains("\u{0}"))
      #expect(XMLDocumentChecker.isWellFormed(markup), "\(markup)")
    }
  }

  @Test("pictures with names of any script and length are well-formed")
  func wellFormed() {
    for name in ["", "الوحدة", "a very long name of a label that nobody can show as a whole", "🕊️"] {
      for markup in Self.pictures(name: name) {
        #expect(XMLDocumentChecker.isWellFormed(markup), "\(markup)")
      }
    }
  }

  @Test("a picture refers to nothing elsewhere")
  func selfContained() {
    for markup in Self.pictures(name: "label") {
      #expect(!markup.contains("href") && !markup.contains("url("))
    }
  }

  static func pictures(name: String) -> [String] {
    [
      Heatmap(
        rows: [name, "b"], columns: [name, "b"], counts: [[3, 1], [0, 0]], description: name
      ).svg,
      LineChart(
        x: .share(name), y: .numbers("scores", covering: [0, 7]),
        series: [
          .init(name: name, points: [.init(x: 0, y: 1), .init(x: 1, y: 5, interval: 4...6)]),
          .init(name: "b", points: [], showsPoints: true),
        ], showsDiagonal: true, description: name
      ).svg,
      IntervalChart(
        axis: .shares("share", upTo: 0.3),
        rows: [.init(name: name, estimate: 0.2, interval: 0.1...0.3, other: 0.15)],
        description: name
      ).svg,
    ]
  }
}

/// Whether text is an XML document: its elements are closed in order, its attributes quoted.
enum XMLDocumentChecker {
  static func isWellFormed(_ markup: String) -> Bool {
    var open: [Substring] = []
    var rest = markup[...]
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">"), let end = rest[start...].firstIndex(of: ">") else {
        return false
      }
      let tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return false }
      } else {
        guard tag.count(where: { $0 == "\"" }).isMultiple(of: 2) else { return false }
        if !tag.hasSuffix("/") { open.append(tag.prefix { $0 != " " }) }
      }
    }
    return open.isEmpty && !rest.contains(">")
  }
}
