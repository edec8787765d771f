import Quotations
import Testing

@Suite("Speakers")
struct SpeakerTests {
  private func names(_ text: String, _ aliases: SpeakerAliases = SpeakerAliases()) -> [String?] {
    QuotationExtractor(aliases: aliases).quotations(in: text).map { $0.speaker?.name }
  }

  @Test("a last name becomes the fullest form in the article")
  func lastNames() {
    let text = """
      The head of the coalition, Salem al-Meslet, received the delegation. Meslet said: “We are on one side.”
      """
    #expect(names(text) == ["Salem al-Meslet"])
  }

  @Test("a pronoun is the last speaker it fits")
  func pronouns() {
    let text = """
      “We stay,” said Susan Smith. “We leave,” said John Jones. “Never,” she said. “Now,” he said.
      """
    #expect(names(text) == ["Susan Smith", "John Jones", "Susan Smith", "John Jones"])
  }

  @Test("a role is whom the article introduced by it")
  func roles() {
    let text = """
      They met the General Coordinator of the Commission, Hassan Abdel Azim, at noon. \
      “All of this requires work,” according to the General Coordinator of the Commission.
      """
    #expect(names(text) == ["Hassan Abdel Azim"])
  }

  @Test("a body stays a body")
  func bodies() {
    let text = "Salem al-Meslet leads the coalition. The coalition said: “We are on one side.”"
    #expect(names(text) == ["The coalition"])
  }

  @Test("Arabic last names are completed")
  func arabic() {
    let text =
      "وقال وزير الخارجية الدكتور معن الفايز إن اللقاء انتهى. وأضاف الفايز: «لن نعود غداً»."
    #expect(names(text) == ["معن الفايز", "معن الفايز"])
  }

  @Test("an alias table gives name and party, whatever the capitals")
  func aliases() throws {
    var aliases = SpeakerAliases()
    aliases.add("salem  AL-meslet", SpeakerAliases.Entry(name: "Meslet, Salem", party: "SNC"))
    let text = "Salem al-Meslet said: “We are on one side.”"
    let speaker = try #require(
      QuotationExtractor(aliases: aliases).quotations(in: text).first?.speaker)
    #expect(speaker.name == "Meslet, Salem" && speaker.party == "SNC")
    #expect(speaker.text == "Salem al-Meslet")
  }
}
