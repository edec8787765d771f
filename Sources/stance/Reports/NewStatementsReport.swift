import StanceKit

/// How a model does on a task without the statements that are near copies of those that it was trained on.
struct NewStatementsReport {
  private let copyCount: Int
  private let statementCount: Int
  /// `nil` where no other statement is labelled.
  private let evaluation: TaskEvaluation?

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

  private var count: String {
    NearCopyWording.count(copyCount, of: statementCount, trainedOn: "the model")
  }

  private var score: String {
    let others = statementCount - copyCount
    guard let evaluation, others >= NearCopyWording.fewestOthers else {
      return NearCopyWording.tooFew(others)
    }
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

  func fill(_ object: inout JSONObjectWriter) {
    object.set("near-copies-of-training", copyCount)
    guard let evaluation, statementCount - copyCount >= NearCopyWording.fewestOthers else { return }
    var entry = JSONObjectWriter()
    EvaluationDocument.fill(&entry, evaluation.scores, evaluation.intervals)
    object.set("without-near-copies", entry)
  }
}
