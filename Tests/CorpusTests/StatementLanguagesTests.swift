import Corpus
import Testing

@Suite("Languages of statements")
struct StatementLanguagesTests {
  private func statements(
    _ parts: (count: Int, text: String, language: String?)...
  ) -> [Statement] {
    parts.flatMap { part in
      (0..<part.count).map { _ in
        var statement = Statement(
          id: "", text: part.text, location: SourceLocation(file: "s.csv", line: 1))
        statement.language = part.language
        return statement
      }
    }
  }

  @Test(
    "the script is that of most letters",
    arguments: [
      ("We call for unity", WritingSystem.latin), ("ندعو إلى الوحدة", .arabic),
      ("نريد NATO 2254 معنا", .arabic), ("Élysée, São Paulo", .latin), ("Мы за мир", .cyrillic),
      ("Ζητούμε ειρήνη", .greek), ("אנחנו בעד שלום", .hebrew), ("我们呼吁和平", .eastAsian),
      ("हम शांति चाहते हैं", .other), ("aب", .latin),
    ])
  func scripts(text: String, script: WritingSystem) {
    #expect(WritingSystem(ofMostLettersIn: text) == script)
  }

  @Test(
    "digits, marks and emoji have no script", arguments: ["", "2254", "٢٢٥٤ ، ؟", "!?@[`{", "🙂 👍"])
  func noLetters(text: String) {
    #expect(WritingSystem(ofMostLettersIn: text) == nil)
  }

  @Test("what the file tells holds, whatever the letters")
  func told() {
    let languages = StatementLanguages(statements((2, "ندعو", "fa"), (1, "peace", "ar")))
    #expect(languages.names == ["fa", "fa", "ar"])
    #expect(languages.scripts == [.arabic, .arabic, .latin])
  }

  @Test("a statement without a language gets the only one that is written as it is")
  func guessedFromOthers() {
    let languages = StatementLanguages(
      statements((1, "ندعو", "ar"), (1, "peace", "en"), (1, "الوحدة", nil), (1, "unity", nil)))
    #expect(languages.names == ["ar", "en", "ar", "en"])
    let two = StatementLanguages(
      statements((1, "paix", "fr"), (1, "peace", "en"), (20, "unity", nil)))
    #expect(two.names == ["fr", "en"] + Array(repeating: "latin", count: 20))
  }

  @Test("a told language is known by the script of its statements, listed or not")
  func unlistedLanguage() {
    let languages = StatementLanguages(
      statements((1, "peace", "en"), (1, "hòa bình", "vi"), (20, "thống nhất", nil)))
    #expect(languages.names == ["en", "vi"] + Array(repeating: "latin", count: 20))
  }

  @Test("where no language is told, scripts of enough statements are told apart")
  func guessed() {
    let both = StatementLanguages(
      statements((20, "ندعو", nil), (30, "peace", nil), (1, "мир", nil)))
    #expect(
      both.names == Array(repeating: "arabic", count: 20) + Array(repeating: "latin", count: 30)
        + [nil])
    let one = StatementLanguages(statements((19, "ندعو", nil), (30, "peace", nil)))
    #expect(one.names == Array(repeating: nil, count: 49))
  }

  @Test("the languages of a model are guessed however few the statements")
  func known() {
    let few = statements((1, "ندعو", nil), (1, "peace", nil), (1, "мир", nil))
    #expect(StatementLanguages(few, known: ["ar", "en"]).names == ["ar", "en", nil])
    #expect(StatementLanguages(few, known: ["arabic", "latin"]).names == ["arabic", "latin", nil])
  }
}
