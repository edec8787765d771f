import Quotations
import Testing

@Suite("English attribution")
struct EnglishTests {
  @Test(
    "direct speech",
    arguments: [
      ("“We stay,” Ann Smith said.", "Ann Smith", "“We stay,”"),
      (
        "“We stay,” said Ann Smith, a teacher from Oslo.", "Ann Smith, a teacher from Oslo",
        "“We stay,”"
      ),
      ("Ann Smith said on Monday: “We stay.”", "Ann Smith", "“We stay.”"),
      (
        "Ann Smith, 34, a teacher, told reporters, “We stay.”", "Ann Smith, 34, a teacher",
        "“We stay.”"
      ),
      ("“Will we stay?” Smith asked.", "Smith", "“Will we stay?”"),
      ("“We stay where we are,” according to the mayor.", "the mayor", "“We stay where we are,”"),
      ("As Smith put it, “we stay where we are.”", "Smith", "“we stay where we are.”"),
      (
        "Smith, a doctor in Homs, on the radio: “We have power until noon.”", "Smith",
        "“We have power until noon.”"
      ),
      ("“We have power until noon.” – Ann Smith", "Ann Smith", "“We have power until noon.”"),
      (
        "“There was shouting,” the officer, who goes by Abu Yazan, was quoted as saying.",
        "the officer", "“There was shouting,”"
      ),
      ("Smith tweeted: “We stay here.”", "Smith", "“We stay here.”"),
      ("The ministry said in a statement: “We stay here.”", "The ministry", "“We stay here.”"),
    ])
  func direct(text: String, speaker: String, quotation: String) {
    #expect(found(text) == [Found(.direct, speaker, quotation)])
  }

  @Test("a split quotation has both parts")
  func split() {
    #expect(
      found("“We waited,” said Smith, “and nobody came.”")
        == [Found(.direct, "Smith", "“We waited,” […] “and nobody came.”")])
  }

  @Test("a quotation that stands alone goes on with the last speaker")
  func floating() {
    let quotes = found(
      "“We waited,” said Ann Smith. “Nobody came to the door.”\n\n“It was the longest night of all.”"
    )
    #expect(quotes.map(\.speaker) == ["Ann Smith", "Ann Smith", "Ann Smith"])
  }

  @Test("two speakers in a sentence keep their words")
  func twoSpeakers() {
    let quotes = found("“We stay,” said Smith, but Jones said: “We leave tonight.”")
    #expect(quotes.map(\.speaker) == ["Smith", "Jones"])
  }

  @Test(
    "reported speech",
    arguments: [
      (
        "Smith said that the talks had failed.", Quotation.Kind.indirect, "Smith",
        "that the talks had failed"
      ),
      ("Smith said the talks had failed.", .indirect, "Smith", "the talks had failed"),
      ("The talks had failed badly, Smith said.", .indirect, "Smith", "The talks had failed badly"),
      (
        "According to the mayor, the talks had failed.", .indirect, "the mayor",
        "the talks had failed"
      ),
      (
        "The envoy urged all sides to protect civilians.", .indirect, "The envoy",
        "to protect civilians"
      ),
      (
        "Smith said that the talks were “a vote in costume”.", .mixed, "Smith",
        "that the talks were “a vote in costume”"
      ),
      (
        "The envoy declined to say whether a session was planned.", .indirect, "The envoy",
        "whether a session was planned"
      ),
      (
        "The ministry denies that its units have left.", .indirect, "The ministry",
        "that its units have left"
      ),
    ])
  func reported(text: String, kind: Quotation.Kind, speaker: String, content: String) {
    #expect(found(text) == [Found(kind, speaker, content)])
  }

  @Test("a participle reports for the subject of its sentence")
  func participle() {
    let quotes = found("Smith said that the room was cold, adding that nobody had come.")
    #expect(
      quotes == [
        Found(.indirect, "Smith", "that the room was cold"),
        Found(.indirect, "Smith", "that nobody had come"),
      ])
  }

  @Test("turns of a transcript belong to their labels")
  func transcript() {
    let quotes = found("SMITH: We will stay.\n\nJONES: Why?\n\nSMITH: Because we must.")
    #expect(quotes.map(\.speaker) == ["SMITH", "JONES", "SMITH"])
    #expect(quotes.allSatisfy { $0.kind == .indirect })
  }

  @Test(
    "nouns and plain sentences report nothing",
    arguments: [
      "The state of the union was calm.", "His claims were filed in the United States on Monday.",
      "They walked to the market and bought bread.",
    ])
  func nothing(text: String) {
    #expect(found(text).isEmpty)
  }
}
