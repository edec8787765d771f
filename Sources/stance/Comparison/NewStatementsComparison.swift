import StanceKit

/// Two classifiers on a task without the statements that are near copies of what either was trained on.
struct NewStatementsComparison {
  let copyCount: Int
  /// `nil` where the others are too few, or a single group.
  let comparison: ScoreComparison?
  private let statementCount: Int

  /// - Returns: `nil` where no statement of the task is a near copy.
  init?(_ paired: PairedAnswers, _ task: PairedAnswers.TaskAnswers, _ bootstrap: Bootstrap) {
    let others = paired.withoutCopies(task)
    statementCount = task.rows.count
    copyCount = statementCount - others.rows.count
    guard copyCount > 0 else { return nil }
    comparison =
      others.rows.count < NewStatementsReport.fewestOthers
      ? nil : paired.comparison(on: others, bootstrap: bootstrap)
  }

  var wording: String {
    let others = statementCount - copyCount
    let rest =
      if comparison != nil {
        "on the other \(grouped(others)):"
      } else if others < NewStatementsReport.fewestOthers {
        NewStatementsReport.tooFew(others)
      } else {
        "the others are a single group, which says nothing of new ones"
      }
    return NewStatementsReport.copies(copyCount, of: statementCount, by: "a model") + "; " + rest
  }
}
