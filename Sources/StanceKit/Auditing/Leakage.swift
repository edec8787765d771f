/// What a test says about statements that training has seen in all but name.
public struct Leakage: Sendable {
  /// Why a statement of the test is no test.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Training has the same or nearly the same text.
    case duplicate
    /// Training has statements of the same group: the same article, speech or speaker.
    case group
  }

  public struct Leak: Hashable, Sendable {
    /// The statement of the test.
    public let row: Int
    /// The first statement of training that it belongs with.
    public let trainingRow: Int
    public let kind: Kind
  }

  public let trainingCount: Int
  public let testCount: Int
  public let leaks: [Leak]
  /// One for each task of the model; empty where `unscoredReason` says why.
  public let scores: [Scores]
  /// Why no model could be trained and scored, in words for people.
  public let unscoredReason: String?

  /// The same model's scores, with and without what leaked.
  public struct Scores: Sendable {
    public let task: String
    /// Of the whole test, as it would be published.
    public let inflated: TaskScores
    /// Of its statements that leaked; `nil` where none did.
    public let leaked: TaskScores?
    /// Of its other statements: what to expect of new ones; `nil` where all leaked.
    public let clean: TaskScores?
  }

  /// - Parameter trainer: its settings are those of the model that is trained on the training part.
  init(
    _ data: LabelledStatements, isTest: [Bool], _ duplicates: DuplicateAudit, _ trainer: Trainer
  ) throws {
    precondition(isTest.count == data.statements.count, "one side for each statement")
    let training = isTest.indices.filter { !isTest[$0] }
    let test = isTest.indices.filter { isTest[$0] }
    (trainingCount, testCount) = (training.count, test.count)
    var firstOfCluster: [Int: Int] = [:]
    var firstOfGroup: [String: Int] = [:]
    for row in training.reversed() {
      firstOfCluster[duplicates.firstOfCluster[row]] = row
      if let group = data.statements[row].group { firstOfGroup[group] = row }
    }
    leaks = test.compactMap { row in
      if let twin = firstOfCluster[duplicates.firstOfCluster[row]] {
        return Leak(row: row, trainingRow: twin, kind: .duplicate)
      }
      return data.statements[row].group.flatMap { firstOfGroup[$0] }.map {
        Leak(row: row, trainingRow: $0, kind: .group)
      }
    }
    do {
      let model = try trainer.train(on: data.selecting(training)).model
      let leaked = Set(leaks.map(\.row))
      let parts = [test, test.filter(leaked.contains), test.filter { !leaked.contains($0) }]
      let evaluations = parts.map { rows in
        rows.isEmpty
          ? [] : model.evaluate(on: data.selecting(rows), parallelism: trainer.parallelism)
      }
      scores = evaluations[0].map { whole in
        func part(_ index: Int) -> TaskScores? {
          evaluations[index].first { $0.task == whole.task }?.scores
        }
        return Scores(task: whole.task, inflated: whole.scores, leaked: part(1), clean: part(2))
      }
      unscoredReason = nil
    } catch let error as TrainingError {
      (scores, unscoredReason) = ([], error.message)
    }
  }
}
