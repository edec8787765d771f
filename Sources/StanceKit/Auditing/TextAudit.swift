/// Texts too short to judge, and what languages they are in.
public struct TextAudit: Sendable {
  /// Statements without any text; they are not among the audited ones.
  public let blank: [Statement]
  /// Statements with text but without a word: emoji, punctuation, digits of a list.
  public let wordless: [Int]
  /// Statements of a single word.
  public let oneWord: [Int]
  /// By falling count; the statements without a language come as `nil`.
  public let languages: [LanguageCount]
  /// By falling count.
  public let scripts: [ScriptCount]
  /// Statements most of whose letters are not of their language's script.
  public let misplaced: [Int]

  public struct LanguageCount: Hashable, Sendable {
    public let language: String?
    public let count: Int
  }

  public struct ScriptCount: Hashable, Sendable {
    public let script: WritingSystem
    public let count: Int
  }

  /// - Parameters:
  ///   - scripts: one for each statement.
  ///   - wordCounts: one for each statement.
  init(_ data: LabelledStatements, scripts: [WritingSystem?], wordCounts: [Int]) {
    blank = data.blankStatements
    wordless = wordCounts.indices.filter { wordCounts[$0] == 0 }
    oneWord = wordCounts.indices.filter { wordCounts[$0] == 1 }
    var byLanguage: [String?: Int] = [:]
    var byScript: [WritingSystem: Int] = [:]
    var misplaced: [Int] = []
    for (row, statement) in data.statements.enumerated() {
      byLanguage[statement.language, default: 0] += 1
      guard let script = scripts[row] else { continue }
      byScript[script, default: 0] += 1
      if let expected = statement.language.flatMap(WritingSystem.init(ofLanguage:)),
        expected != script
      {
        misplaced.append(row)
      }
    }
    self.misplaced = misplaced
    languages = byLanguage.map { LanguageCount(language: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.language ?? "") < ($0.count, $1.language ?? "") }
    self.scripts = byScript.map { ScriptCount(script: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.script.rawValue) < ($0.count, $1.script.rawValue) }
  }
}
