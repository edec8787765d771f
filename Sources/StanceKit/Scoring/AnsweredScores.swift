/// What is left to a person, and how good the other answers are.
public struct AnsweredScores: Hashable, Codable, Sendable {
  /// The statements of which at least one label is in question.
  public let leftCount: Int
  /// Of the other statements.
  public let scores: TaskScores
  /// As those of all statements.
  public let intervals: ScoreIntervals?
  /// For each label the gold statements that the answers do not miss: those given the label, and
  /// those for which a person is asked about it.
  public let keptCounts: [Int]
  /// For each label the statements that carry it.
  public let supports: [Int]

  /// `nil` where no statement is left.
  init?(_ statements: ScoredStatements) {
    let (task, gold) = (statements.task, statements.gold)
    let predictions = statements.predictions
    let answered = predictions.indices.filter { predictions[$0].unsure.isEmpty }
    guard answered.count < predictions.count else { return nil }
    leftCount = predictions.count - answered.count
    let given = statements[answered]
    (scores, intervals) = (given.scores, given.intervals)
    var (kept, supports) = ([Int](), [Int]())
    for label in task.labels.indices {
      let carriers = gold.indices.filter { gold[$0].contains(label) }
      supports.append(carriers.count)
      kept.append(
        carriers.count {
          predictions[$0].labels.contains(label) || predictions[$0].unsure.contains(label)
        })
    }
    (keptCounts, self.supports) = (kept, supports)
  }

  /// Whether the counts go together, where they come from a file.
  func fits(labelCount: Int, statementCount: Int) -> Bool {
    leftCount >= 0 && intervals?.fits(labelCount: labelCount) ?? true
      && scores.statementCount == statementCount - leftCount
      && keptCounts.count == labelCount && supports.count == labelCount
      && zip(keptCounts, supports).allSatisfy { (0...$1).contains($0) && $1 <= statementCount }
  }

  /// The share of the statements that is left.
  public var leftShare: Double {
    Double(leftCount) / Double(max(1, leftCount + scores.statementCount))
  }

  /// How many of the statements that carry a label are given it, or left with it in question.
  public func keptRecall(_ label: Int) -> Double {
    Double(keptCounts[label]) / Double(max(1, supports[label]))
  }
}
