/// What is left to a person, and how good the other answers are.
public struct AnsweredScores: Hashable, Codable, Sendable {
  /// The statements of which at least one label is in question.
  public let leftCount: Int
  /// Of the other statements.
  public let scores: TaskScores
  /// For each label the gold statements that the answers do not miss: those given the label, and
  /// those for which a person is asked about it.
  public let keptCounts: [Int]
  /// For each label the statements that carry it.
  public let supports: [Int]

  /// `nil` where no statement is left.
  init?(_ task: Codebook.Task, gold: [[Int]], predictions: [TaskJudgement]) {
    let answered = predictions.indices.filter { predictions[$0].unsure.isEmpty }
    guard answered.count < predictions.count else { return nil }
    leftCount = predictions.count - answered.count
    scores = TaskScores(
      task, gold: answered.map { gold[$0] }, predictions: answered.map { predictions[$0] })
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
    leftCount >= 0 && scores.statementCount == statementCount - leftCount
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
