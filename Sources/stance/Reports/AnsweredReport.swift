import StanceKit

/// How much is left to a person, and the scores of the answers given beside those of all.
struct AnsweredReport {
  private let evaluation: TaskEvaluation

  init(_ evaluation: TaskEvaluation) { self.evaluation = evaluation }

  func lines(indent: String) -> [String] {
    guard let answered = evaluation.answered else { return [] }
    return ["", indent + summary(answered), ""]
      + table(answered).lines(indent: indent)
  }

  func markdown() -> [String] {
    guard let answered = evaluation.answered else { return [] }
    let text = summary(answered)
    return ["", capitalized(text) + ".", ""]
      + table(answered).markdown()
  }

  private func summary(_ answered: AnsweredScores) -> String {
    let count = evaluation.scores.statementCount
    return "left to a person: \(grouped(answered.leftCount)) of \(counted(count, "statement")) "
      + "(\(percent((answered.leftShare * 1000).rounded() / 1000))); right answers: "
      + "\(threeDigits(Self.rightShare(answered.scores))) of those given, "
      + "\(threeDigits(Self.rightShare(evaluation.scores))) if all had to be"
  }

  /// Exact match or accuracy.
  private static func rightShare(_ scores: TaskScores) -> Double {
    switch scores {
    case .multiLabel(let scores, _): scores.exactMatch
    case .singleLabel(let scores): scores.accuracy
    }
  }

  private func table(_ answered: AnsweredScores) -> TextTable {
    var table = TextTable(
      header: [
        "of the answers given", "precision", "recall", "F1", "support", "recall with questions",
      ])
    let scores = answered.scores.common
    for (label, confusion) in scores.perLabel.enumerated() {
      table.append([
        scores.labels[label], twoDigits(confusion.precision), twoDigits(confusion.recall),
        twoDigits(confusion.f1), grouped(confusion.support), twoDigits(answered.keptRecall(label)),
      ])
    }
    table.append([
      "macro", twoDigits(scores.macroPrecision), twoDigits(scores.macroRecall),
      threeDigits(scores.macroF1), grouped(scores.pooled.support), "",
    ])
    return table
  }
}
