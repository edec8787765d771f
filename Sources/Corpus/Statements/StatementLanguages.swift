/// The languages of some statements: as their file tells them or, where it does not, guessed by the
/// letters that they are written in.
///
/// A statement without a language gets that of its script: the only language that others of the set are
/// written in so, or that is known to be; where none or several are, the script itself (`arabic`, `latin`). Scripts of fewer than
/// ``fewest`` such statements are left out, and where all that remains is one script of statements that no
/// file tells a language of, nothing is guessed: there is nothing to tell apart.
public struct StatementLanguages: Hashable, Sendable {
  /// One for each statement.
  public let names: [String?]
  /// The script of most letters of each statement; `nil` for a text without letters.
  public let scripts: [WritingSystem?]

  /// Of fewer statements in a script nobody wants to read a score.
  public static let fewest = 20

  /// - Parameters:
  ///   - statements: of one set.
  ///   - known: languages that may be guessed beside those that the statements tell, such as those of a
  ///     model.
  public init(_ statements: [Statement], known: [String] = []) {
    let scripts = statements.map { WritingSystem(ofMostLettersIn: $0.text) }
    self.scripts = scripts
    let told = statements.map(\.language)
    var languages: [WritingSystem: Set<String>] = [:]
    for language in known {
      if let script = WritingSystem(rawValue: language) ?? WritingSystem(ofLanguage: language) {
        languages[script, default: []].insert(language)
      }
    }
    for (language, script) in Self.scriptsOfMost(told, scripts) {
      languages[script, default: []].insert(language)
    }
    var untold: [WritingSystem: Int] = [:]
    for case (nil, let script?) in zip(told, scripts) { untold[script, default: 0] += 1 }
    let guessed = untold.filter { $0.value >= Self.fewest }
    let tellsNothing = told.allSatisfy { $0 == nil } && guessed.count < 2 && known.isEmpty
    names = zip(told, scripts).map { language, script in
      if let language { return language }
      guard let script, !tellsNothing else { return nil }
      if let only = languages[script], only.count == 1 { return only.first }
      return guessed[script] == nil ? nil : script.rawValue
    }
  }

  /// For each told language the script that most of its statements are in, the first of equals.
  private static func scriptsOfMost(
    _ told: [String?], _ scripts: [WritingSystem?]
  ) -> [String: WritingSystem] {
    var counts: [String: [WritingSystem: Int]] = [:]
    for case (let language?, let script?) in zip(told, scripts) {
      counts[language, default: [:]][script, default: 0] += 1
    }
    return counts.compactMapValues { counts in
      WritingSystem.allCases.filter { counts[$0] == counts.values.max() }.first
    }
  }
}
