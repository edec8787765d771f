/// How often a classifier gives which answer to statements of each label, overall and by language.
struct ClassifierErrors: Sendable {
  /// Fewer statements of a class than this say too little of a language's own errors.
  static let fewest = 15

  /// One table for each of the task's questions: a single-label task asks one, a multi-label task one
  /// for each label (is it there?).
  private let overall: [[[Int]]]
  private let byLanguage: [String: [[[Int]]]]

  init(_ evaluation: TaskEvaluation) {
    overall = Self.tables(evaluation.scores)
    byLanguage = Dictionary(
      evaluation.byLanguage.map { ($0.language, Self.tables($0.scores)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The errors on a language's statements, those on all where too few of it were seen.
  func table(_ question: Int, language: String?) -> [[Int]] {
    if let own = language.flatMap(tables)?[question],
      own.allSatisfy({ $0.reduce(0, +) >= Self.fewest })
    {
      return own
    }
    return overall[question]
  }

  /// Those of the language or, where it is none of the known ones, of the script that it is written in.
  private func tables(_ language: String) -> [[[Int]]]? {
    byLanguage[language]
      ?? WritingSystem(ofLanguage: language).flatMap { byLanguage[$0.rawValue] }
  }

  /// Rows: classes; columns: answers, the last of a single-label task being "no answer".
  private static func tables(_ scores: TaskScores) -> [[[Int]]] {
    switch scores {
    case .multiLabel(let scores, _):
      scores.perLabel.map {
        [[$0.trueNegatives, $0.falsePositives], [$0.falseNegatives, $0.truePositives]]
      }
    case .singleLabel(let scores):
      [
        scores.labels.indices.map { gold in
          scores.labels.indices.map { scores.matrix[gold: gold, predicted: $0] }
            + [scores.matrix.unanswered[gold]]
        }
      ]
    }
  }
}
