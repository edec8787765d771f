import Quotations
import Testing

@Suite("Lexicon")
struct LexiconTests {
  private static let sentence = "The mayor harrumphed that the talks had failed."

  @Test("an added verb reports in all its forms")
  func addedVerb() throws {
    #expect(QuotationExtractor().quotations(in: Self.sentence).isEmpty)
    var lexicon = Lexicon.standard
    try lexicon.add(
      "# ours\n[english verbs]\nharrumph : quote that  # grumbles\n", name: "words.txt")
    let extractor = QuotationExtractor(lexicon: lexicon)
    for form in ["harrumphed", "harrumphs", "has harrumphed"] {
      let text = Self.sentence.replacing("harrumphed", with: form)
      #expect(extractor.quotations(in: text).map(\.cue?.text) == [form])
    }
  }

  @Test("an added Arabic verb is known with its prefixes and endings")
  func addedArabicVerb() throws {
    var lexicon = Lexicon.standard
    try lexicon.add("[arabic verbs]\nدمدم يدمدم مدمدم - : quote that", name: "words.txt")
    let extractor = QuotationExtractor(lexicon: lexicon)
    for form in ["دمدم", "ودمدمت", "فدمدم", "ويدمدم"] {
      #expect(extractor.quotations(in: "\(form) الوزير أن الحرب انتهت.").count == 1, "\(form)")
    }
  }

  @Test(
    "a mistake is said with its line, and nothing is added",
    arguments: [
      ("grumble : quote", LexiconError.Code.noSection, 1),
      ("[english words]\n", .unknownSection, 1),
      ("\n[english verbs]\ngrumble\n", .missingFrames, 3),
      ("[english verbs]\ngrumble : loud\n", .unknownFrame, 2),
      ("[english verbs]\nsay said : quote\n", .wrongFormCount, 2),
      ("[arabic verbs]\nقال : quote\n", .wrongFormCount, 2),
    ])
  func mistakes(text: String, code: LexiconError.Code, line: Int) throws {
    var lexicon = Lexicon.standard
    let error = try #require(throws: LexiconError.self) {
      try lexicon.add(text, name: "words.txt")
    }
    #expect(error.code == code && error.line == line)
    #expect(error.description.hasPrefix("words.txt:\(line): "))
  }
}
