import Quotations
import Testing

@Suite("Quotation marks")
struct MarkTests {
  @Test(
    "marks of every kind enclose a quotation",
    arguments: [
      ("\"", "\""), ("“", "”"), ("''", "''"), ("``", "''"), ("‘", "’"), ("'", "'"), ("«", "»"),
      ("»", "«"), ("‹", "›"), ("„", "“"), ("„", "”"), ("”", "“"), ("‟", "”"), ("「", "」"),
    ])
  func kinds(open: String, close: String) {
    let text =
      "The talks went on. \(open)We will not leave the room before midnight,\(close) Smith said."
    #expect(
      found(text) == [
        Found(.direct, "Smith", "\(open)We will not leave the room before midnight,\(close)")
      ])
  }

  @Test("apostrophes are no marks")
  func apostrophes() {
    let text = "The brothers' house, '90s style, wasn't theirs. 'It's ours, isn't it?' Smith asked."
    #expect(found(text) == [Found(.direct, "Smith", "'It's ours, isn't it?'")])
  }

  @Test("a quotation inside another belongs to it")
  func nested() {
    let text = "“They told us, ‘Next year you will choose.’ Two years have passed,” Zeidan said."
    #expect(
      found(text) == [
        Found(
          .direct, "Zeidan", "“They told us, ‘Next year you will choose.’ Two years have passed,”")
      ])
    let arabic = "وقالت الوزيرة: «من لديه دليل فلينشره على «فيسبوك»»."
    #expect(found(arabic).map(\.text) == ["«من لديه دليل فلينشره على «فيسبوك»»"])
  }

  @Test("paragraphs that open again without closing are one quotation")
  func paragraphs() throws {
    let text = """
      “We have waited outside prisons.

      “We have learned that both doors are guarded.

      “So today we demand,” said Fadwa Qassab.
      """
    let quotation = try #require(quotations(text).first)
    #expect(quotations(text).count == 1)
    #expect(quotation.spans.count == 3 && quotation.speaker?.text == "Fadwa Qassab")
    #expect(!quotation.isUnclosed)
  }

  @Test("an unclosed quotation ends with its paragraph and says so")
  func unclosed() throws {
    let text = "Smith said: “We will stay here until the end.\n\nThe room was empty."
    let quotation = try #require(quotations(text).first)
    #expect(quotation.text == "“We will stay here until the end.")
    #expect(quotation.isUnclosed)
    let closed = try #require(quotations("Smith said: “We will stay.”").first)
    #expect(!closed.isUnclosed)
  }

  @Test(
    "titles, slogans and scare quotes are left alone",
    arguments: [
      "The so-called “Geneva track” has produced five rounds and no signature.",
      "The film “Rivers of Our Land” was shown on Tuesday.",
      "A bulldozer nicknamed “Grandfather” rested its bucket on the wall.",
      "رفع المتظاهرون صوراً تحت عنوان «خيرات بلدي» في دمشق.",
    ])
  func leftAlone(text: String) {
    #expect(found(text).isEmpty)
  }

  @Test("ranges count scalars, not characters or bytes")
  func scalars() throws {
    let text = "😀 é e\u{301} — “Nous resterons ici,” Smith said."
    let quotation = try #require(quotations(text).first)
    #expect(slice(text, quotation.spans[0]) == "“Nous resterons ici,”")
    expectSlices(text)
  }
}
