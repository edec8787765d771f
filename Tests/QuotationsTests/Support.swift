import Foundation
import Quotations
import Testing

/// What a test needs to know of a quotation.
struct Found: Equatable, CustomStringConvertible {
  var kind: Quotation.Kind
  var speaker: String?
  var text: String

  init(_ kind: Quotation.Kind, _ speaker: String?, _ text: String) {
    self.kind = kind
    self.speaker = speaker
    self.text = text
  }

  var description: String { "\(kind.rawValue) \(speaker ?? "-"): \(text)" }
}

func quotations(_ text: String) -> [Quotation] { QuotationExtractor().quotations(in: text) }

func found(_ text: String) -> [Found] {
  quotations(text).map { Found($0.kind, $0.speaker?.text, $0.text) }
}

/// Scalars of a text, sliced as spans count them.
func slice(_ text: String, _ range: Range<Int>) -> String {
  var view = String.UnicodeScalarView()
  view.append(contentsOf: Array(text.unicodeScalars)[range])
  return String(view)
}

/// Checks that every range of every quotation slices to the text it claims.
func expectSlices(_ text: String, _ comment: @autoclosure () -> Comment? = nil) {
  let count = text.unicodeScalars.count
  for quotation in quotations(text) {
    var end = 0
    for span in quotation.spans {
      let isInside = span.lowerBound >= end && span.upperBound <= count && !span.isEmpty
      #expect(isInside, comment())
      guard isInside else { return }
      end = span.upperBound
    }
    let parts = quotation.spans.map { slice(text, $0) }
    #expect(parts.joined(separator: " […] ") == quotation.text, comment())
    if let speaker = quotation.speaker {
      #expect(slice(text, speaker.range) == speaker.text, comment())
    }
    if let cue = quotation.cue { #expect(slice(text, cue.range) == cue.text, comment()) }
  }
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers for a seed on every platform.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// A marked article of seeds/articles.
struct MarkedArticle: Decodable {
  struct Quote: Decodable {
    var content: [[Int]]
    var source: [[Int]]
    var kind: String
    var who: String?
  }

  var id: String
  var text: String
  var quotes: [Quote]

  static func read(_ name: String) throws -> [MarkedArticle] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "seeds/articles/\(name).jsonl")
    return try String(decoding: Data(contentsOf: file), as: UTF8.self).split(separator: "\n").map {
      try JSONDecoder().decode(MarkedArticle.self, from: Data($0.utf8))
    }
  }
}
