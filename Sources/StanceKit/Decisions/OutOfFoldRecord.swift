/// What is kept of a task's cross-validation so that thresholds can be set anew without training: of
/// each statement that decisions were learned from its out-of-fold scores under the settings that were
/// chosen, its gold labels, fold, language and script. Neither texts nor ids.
public struct OutOfFoldRecord: Hashable, Sendable {
  /// Statements × labels, before calibration, in single precision as the model file holds them.
  let scores: [Float]
  /// For each statement its label numbers, rising.
  let gold: [[Int]]
  /// For each statement whether the model of its fold knows anything of it.
  let evidence: [Bool]
  let folds: Folds
  /// For each statement a number of `languageNames`; `nil` where it has no language.
  let languages: [Int?]
  /// In byte order.
  let languageNames: [String]
  /// For each statement the script of its letters; all `nil` where they are all of one.
  let scripts: [WritingSystem?]
  /// How many statements decisions were learned from; those kept may be a sample of them.
  public let labelledCount: Int

  /// The statements that are kept.
  public var count: Int { gold.count }

  /// Of more statements this many are kept, evenly spaced: 200,000 scores of ten labels are 8 MB, and
  /// tell a share within 0.2 percentage points.
  static let maximumCount = 200_000

  init(
    scores: [Float], gold: [[Int]], evidence: [Bool], folds: Folds,
    languages: (numbers: [Int?], names: [String]), scripts: [WritingSystem?], labelledCount: Int
  ) {
    precondition(
      gold.count == evidence.count && gold.count == folds.foldOfRow.count
        && gold.count == languages.numbers.count && gold.count == scripts.count,
      "one entry for each statement")
    self.scores = scores
    self.gold = gold
    self.evidence = evidence
    self.folds = folds
    (self.languages, languageNames) = languages
    self.scripts = scripts
    self.labelledCount = labelledCount
  }

  /// Keeps what cross-validation found.
  ///
  /// - Parameters:
  ///   - labelled: the statements to keep, in rising order, all of them labelled.
  ///   - scores: statements × labels.
  ///   - evidence: one for each statement.
  ///   - languages: one for each statement.
  init(
    _ data: TaskData, rows labelled: [Int], folds: Folds, scores: Matrix, evidence: [Bool],
    languages: [String?], maximumCount: Int = Self.maximumCount
  ) {
    let count = min(labelled.count, maximumCount)
    let rows = (0..<count).map { labelled[$0 * labelled.count / count] }
    let names = Set(rows.compactMap { languages[$0] }).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    var numbers: [String: Int] = [:]
    for (number, name) in names.enumerated() { numbers[name] = number }
    let scripts = rows.map(data.script)
    let isOneScript = Set(labelled.compactMap(data.script)).count < 2
    self.init(
      scores: rows.flatMap { scores.row($0).map(Float.init) },
      gold: rows.map { (data.gold[$0] ?? []).sorted() }, evidence: rows.map { evidence[$0] },
      folds: Folds(foldOfRow: rows.map { folds.foldOfRow[$0] }, count: folds.count),
      languages: (rows.map { languages[$0].flatMap { numbers[$0] } }, names),
      scripts: isOneScript ? Array(repeating: nil, count: count) : scripts,
      labelledCount: labelled.count)
  }

  var scoreMatrix: Matrix {
    let columns = scores.count / max(1, count)
    return Matrix(rows: count, columns: columns, elements: scores.map(Double.init))
  }
}
