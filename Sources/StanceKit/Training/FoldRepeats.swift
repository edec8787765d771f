/// Several divisions of the same statements into folds, each from other random numbers.
///
/// What is learned from one division is partly chance: which statements happened to be held out
/// together. Choices are made on all of them, and the scores that are reported come from the first.
///
/// An observation is one statement in one repeat: those of the first repeat come first, in the order
/// of the statements.
struct FoldRepeats: Sendable {
  /// One for each repeat, at least one.
  let divisions: [Folds]

  /// The division that the procedure is scored on.
  var first: Folds { divisions[0] }
  var statementCount: Int { first.foldOfRow.count }
  var observationCount: Int { divisions.count * statementCount }

  /// The observations of some statements, repeat by repeat.
  func observations(of statements: [Int]) -> [Int] {
    divisions.indices.flatMap { repeatIndex in
      statements.map { repeatIndex * statementCount + $0 }
    }
  }

  /// For each observation the fold of its statement in the first repeat. By these folds all
  /// observations of a statement stay together.
  var foldsOfObservations: Folds {
    Folds(
      foldOfRow: divisions.flatMap { _ in first.foldOfRow }, count: first.count)
  }
}

extension TaskData {
  /// The annotations of all observations, for choosing; calibration is learned from the statements.
  func repeated(_ count: Int) -> TaskData {
    TaskData(
      task: task, gold: (0..<count).flatMap { _ in gold },
      rowWeights: (0..<count).flatMap { _ in rowWeights })
  }
}
