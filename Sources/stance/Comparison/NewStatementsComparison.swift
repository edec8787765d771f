import StanceKit

/// Two classifiers on a task without the statements that are near copies of what either was trained on.
struct NewStatementsComparison {
  /// Of what either was trained on.
  let copyCount: Int
  /// For A and for B how many statements are near copies of what it was trained on; `nil` where that is not
  /// known.
  let copyCounts: [(name: String, count: Int?)]
  /// `nil` where the others are too few, or a single group, or where it is not known what one of the two
  /// was trained on: it would be compared on statements that it knows with one that does not.
  let comparison: ScoreComparison?
  private let statementCount: Int

  /// - Returns: `nil` where no statement of the task is known to be a near copy.
  init?(_ paired: PairedAnswers, _ task: PairedAnswers.TaskAnswers, _ bootstrap: Bootstrap) {
    let others = paired.withoutCopies(task)
    statementCount = task.rows.count
    copyCount = statementCount - others.rows.count
    guard copyCount > 0 else { return nil }
    copyCounts = [("A", paired.copies.first), ("B", paired.copies.second)].map { name, copies in
      (name, copies.map { copies in task.rows.count { copies.contains($0) } })
    }
    let areKnown = copyCounts.allSatisfy { $0.count != nil }
    comparison =
      areKnown && others.rows.count >= NearCopyWording.fewestOthers
      ? paired.comparison(on: others, bootstrap: bootstrap) : nil
  }

  /// How many there are, and what is said of the others.
  var wording: (count: String, others: String) {
    let counts = copyCounts.compactMap { name, count in count.map { "\(name): \(grouped($0))" } }
    return (
      NearCopyWording.count(copyCount, of: statementCount, trainedOn: "a model")
        + " (\(counts.joined(separator: ", ")))", wordingOfOthers
    )
  }

  private var wordingOfOthers: String {
    let others = statementCount - copyCount
    if comparison != nil { return "on the other \(grouped(others)):" }
    if others < NearCopyWording.fewestOthers { return NearCopyWording.tooFew(others) }
    if let unknown = copyCounts.first(where: { $0.count == nil }) {
      return "of \(unknown.name) it is not known which, so there are no scores on the others"
    }
    return "the others are a single group, which says nothing of new ones"
  }
}
