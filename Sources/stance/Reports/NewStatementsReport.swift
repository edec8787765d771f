import StanceKit

/// How a model does on a task without the statements that are near copies of those that it was trained on.
struct NewStatementsReport {
  private let copyCount: Int
  private let statementCount: Int
  /// `nil` where no other statement is labelled.
  private let evaluation: TaskEvaluation?

  /// A score on fewer is one of chance.
  static let fewestOthers = 10

  /// - Returns: `nil` where no statement of the task is a near copy.
  init?(_ whole: TaskEvaluation, _ new: ModelEvaluation.NewStatements?) {
    guard let new, let copyCount = new.copyCounts[whole.task], copyCount > 0 else { return nil }
    self.copyCount = copyCount
    statementCount = whole.scores.statementCount
    evaluation = new.evaluations.first { $0.task == whole.task }
  }

  func lines(indent: String) -> [String] { ["", indent + count, indent + score] }

  /// A sentence.
  var sentence: String {
    let text = "\(count); \(score)."
    return capitalized(text)
  }

  private var count: String { Self.copies(copyCount, of: statementCount) }

  static func copies(_ count: Int, of total: Int, by model: String = "the model") -> String {
    "\(grouped(count)) of \(counted(total, "statement")) "
      + (count == 1 ? "is nearly the same as one" : "are nearly the same as ones")
      + " that \(model) was trained on"
  }

  private var score: String {
    let others = statementCount - copyCount
    guard let evaluation, others >= Self.fewestOthers else { return Self.tooFew(others) }
    let (scores, intervals) = (evaluation.scores.common, evaluation.intervals)
    let right =
      switch evaluation.scores {
      case .multiLabel(let scores, _):
        "exact match \(threeDigits(scores.exactMatch, intervals?.correct))"
      case .singleLabel(let scores):
        "accuracy \(threeDigits(scores.accuracy, intervals?.correct))"
      }
    return "on the other \(grouped(others)): macro F1 "
      + "\(threeDigits(scores.macroF1, intervals?.macroF1)), macro recall "
      + "\(threeDigits(scores.macroRecall, intervals?.macroRecall)), \(right)"
  }

  static func tooFew(_ others: Int) -> String {
    "only \(counted(others, "other")) labelled, too few to say anything of new ones"
  }

  func fill(_ object: inout JSONObjectWriter) {
    object.set("near-copies-of-training", copyCount)
    guard let evaluation, statementCount - copyCount >= Self.fewestOthers else { return }
    var entry = JSONObjectWriter()
    EvaluationDocument.fill(&entry, evaluation.scores, evaluation.intervals)
    object.set("without-near-copies", entry)
  }
}
