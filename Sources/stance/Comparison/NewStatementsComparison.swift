import StanceKit

/// Two classifiers on a task without the statements that are near copies of what either was trained on.
struct NewStatementsComparison {
  let copyCount: Int
  /// `nil` where the others are too few, or a single group, or where it is not known what one of the two
  /// was trained on: it would be compared on statements that it knows with one that does not.
  let comparison: ScoreComparison?
  private let statementCount: Int
  /// `A` or `B`, of which it is not known; never both, as then no statement is known to be a near copy.
  let unknown: String?

  /// - Returns: `nil` where no statement of the task is known to be a near copy.
  init?(_ paired: PairedAnswers, _ task: PairedAnswers.TaskAnswers, _ bootstrap: Bootstrap) {
    let others = paired.withoutCopies(task)
    statementCount = task.rows.count
    copyCount = statementCount - others.rows.count
    guard copyCount > 0 else { return nil }
    unknown = !paired.knowsCopies.first ? "A" : !paired.knowsCopies.second ? "B" : nil
    comparison =
      unknown == nil && others.rows.count >= NearCopyWording.fewestOthers
      ? paired.comparison(on: others, bootstrap: bootstrap) : nil
  }

  /// How many there are, and what is said of the others.
  var wording: (count: String, others: String) {
    (
      NearCopyWording.count(copyCount, of: statementCount, trainedOn: "a model"),
      wordingOfOthers
    )
  }

  private var wordingOfOthers: String {
    let others = statementCount - copyCount
    if comparison != nil { return "on the other \(grouped(others)):" }
    if others < NearCopyWording.fewestOthers { return NearCopyWording.tooFew(others) }
    return unknown.map { "of \($0) it is not known which, so there are no scores on the others" }
      ?? "the others are a single group, which says nothing of new ones"
  }
}
