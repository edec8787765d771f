import Corpus
import Testing

@Suite("Round trips")
struct RoundTripTests {
  /// Pieces that a careless reader trips over.
  static let pieces: [String] = [
    "a", "é", "مرحبا", "😀", "\"", "\"\"", ",", "\t", ";", "\n", "\r", "\r\n", " ", "\\", "/", "'",
    "\u{feff}", "\u{2028}", "e\u{301}", "{", "}", "\u{1}", "\u{7f}", "null", "=1+1", "text",
  ]

  static func field(_ generator: inout SplitMix64) -> String {
    var field = ""
    for _ in 0..<Int.random(in: 0...6, using: &generator) {
      field += pieces.randomElement(using: &generator) ?? ""
    }
    return field
  }

  @Test("the generator varies with its seed")
  func generatorVaries() {
    var first = SplitMix64(seed: 1)
    var second = SplitMix64(seed: 2)
    let a = (0..<20).map { _ in Self.field(&first) }
    let b = (0..<20).map { _ in Self.field(&second) }
    #expect(a != b)
    #expect(Set(a).count > 10)
  }

  @Test(
    "tables of nasty fields come back equal", arguments: 1...40 as ClosedRange<UInt64>, [",", "\t"])
  func tables(seed: UInt64, delimiter: String) {
    var generator = SplitMix64(seed: seed)
    let columns = ["text", "x", "y"].prefix(Int.random(in: 1...3, using: &generator))
    let rows = (0..<30).map { _ in columns.map { _ in Self.field(&generator) } }
    let byte = delimiter.utf8.first ?? 0
    var bytes: [UInt8] = []
    DelimitedText.appendRecord(columns, delimiter: byte, to: &bytes)
    for row in rows { DelimitedText.appendRecord(row, delimiter: byte, to: &bytes) }
    if seed % 2 == 0 { bytes.removeLast() }
    for chunkSize in [1, 2, 3, Int.random(in: 4...64, using: &generator), 1 << 16] {
      let reading = Reading(
        bytes, name: delimiter == "," ? "a.csv" : "a.tsv", chunkSize: chunkSize)
      #expect(reading.errors.isEmpty, "seed \(seed), chunks of \(chunkSize)")
      let read = reading.statements.map { [FieldValue.text($0.text)] + $0.extras }
      #expect(
        read == rows.map { $0.map { .text($0) } }, "seed \(seed), chunks of \(chunkSize)")
    }
  }

  @Test("JSONL of nasty fields comes back equal", arguments: 1...40 as ClosedRange<UInt64>)
  func jsonLines(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let rows = (0..<30).map { _ in [Self.field(&generator), Self.field(&generator)] }
    var bytes: [UInt8] = []
    for row in rows {
      // Both orders, so that the reader cannot rely on the order of the record before.
      let order = Bool.random(using: &generator) ? [0, 1] : [1, 0]
      bytes.append(UInt8(ascii: "{"))
      for (place, index) in order.enumerated() {
        if place == 1 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(["text", "x"][index], to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        JSONText.append(row[index], to: &bytes)
      }
      bytes += Array("}\r\n".utf8)
    }
    for chunkSize in [1, Int.random(in: 2...64, using: &generator), 1 << 16] {
      let reading = Reading(bytes, name: "a.jsonl", chunkSize: chunkSize)
      #expect(reading.errors.isEmpty, "seed \(seed), chunks of \(chunkSize)")
      #expect(
        reading.statements.map { [.text($0.text)] + $0.extras }
          == rows.map { $0.map { .text($0) } },
        "seed \(seed), chunks of \(chunkSize)")
    }
  }

  @Test(
    "random bytes are read or rejected, never a crash", arguments: 1...200 as ClosedRange<UInt64>)
  func noise(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let alphabet = Array("\",\n\r\t{}[]:;\\ tex\u{0}1é".utf8) + [0xff, 0xc3]
    let noise = (0..<200).map { _ in alphabet.randomElement(using: &generator) ?? 0 }
    for (name, head) in [("a.csv", "text,x\n"), ("a.jsonl", "{\"text\":"), ("a.txt", "")] {
      let whole = Reading(Array(head.utf8) + noise, name: name)
      let pieces = Reading(Array(head.utf8) + noise, name: name, chunkSize: 3)
      #expect(whole.statements == pieces.statements, "seed \(seed)")
      #expect(whole.errors == pieces.errors, "seed \(seed)")
    }
  }
}
