/// A division of rows into folds for cross-validation.
///
/// Rows of one group are always in the same fold, and every fold holds about the same share of
/// the rows and of each label. No fold is empty.
///
/// ```swift
/// let folds = try Folds(
///   groups: [0, 0, 1, 2], labels: [[0], [0, 1], [], [1]], labelCount: 2, count: 2,
///   using: &generator)
/// for fold in 0..<folds.count {
///   let training = folds.training(excluding: fold)
///   let heldOut = folds.held(out: fold)
/// }
/// ```
public struct Folds: Hashable, Sendable {
  /// For each row its fold, in 0..<`count`.
  public let foldOfRow: [Int]
  /// The number of folds, at least 2.
  public let count: Int

  /// Divides rows so that groups stay whole and labels are balanced.
  ///
  /// Greedy, as scikit-learn's `StratifiedGroupKFold`, but for any number of indicators a row. With
  /// s(f, c) the share of all occurrences of indicator c that fold f holds, each group in turn goes
  /// to the fold that keeps Σ over c of the variance over f of s(f, c) lowest; ties go to the fold
  /// with fewer rows. The row itself counts as an indicator, which balances the folds' sizes and
  /// fills empty folds first. Groups come in the order of their spread Σ over c of (their share of
  /// c)², the largest first (so big groups and rare labels are placed while there is room to make
  /// up for them), and in random order where that is the same.
  ///
  /// The result depends on the arguments and the generator's numbers alone, not on the platform.
  ///
  /// - Parameters:
  ///   - groups: one number per row; rows with the same number stay together.
  ///   - labels: per row, the distinct indices in 0..<`labelCount` of what it should be balanced
  ///     by: the labels it carries over all tasks, and for example its language. May be empty.
  ///   - labelCount: the number of indicators, at least 0.
  ///   - count: the number of folds, from 2 to the number of groups.
  ///   - generator: decides the order of equal groups.
  /// - Throws: `FoldError` with `.tooFewFolds` or `.tooFewGroups` when `count` is out of range.
  /// - Complexity: O(g log g + indicators of all rows × folds) for g groups.
  ///
  /// Source: Sechidis, Tsoumakas and Vlahavas, "On the Stratification of Multi-label Data", ECML
  /// PKDD 2011, for placing the rare labels first.
  public init(
    groups: [Int], labels: [[Int]], labelCount: Int, count: Int,
    using generator: inout some RandomNumberGenerator
  ) throws(FoldError) {
    precondition(groups.count == labels.count, "one list of labels for each row is needed")
    guard count >= 2 else { throw .tooFewFolds(count) }
    let rows = GroupedRows(groups: groups, labels: labels, labelCount: labelCount)
    guard rows.groupCount >= count else {
      throw .tooFewGroups(rows.groupCount, foldCount: count)
    }
    var assignment = FoldAssignment(rows: rows, foldCount: count)
    for group in rows.placementOrder(using: &generator) { assignment.place(group) }
    foldOfRow = rows.groupOfRow.map { assignment.foldOfGroup[$0] }
    self.count = count
  }

  /// Takes folds as they were made.
  ///
  /// - Parameters:
  ///   - foldOfRow: for each row a number in 0..<`count`.
  ///   - count: at least 2.
  public init(foldOfRow: [Int], count: Int) {
    precondition(count >= 2 && foldOfRow.allSatisfy { 0..<count ~= $0 }, "folds in 0..<\(count)")
    self.foldOfRow = foldOfRow
    self.count = count
  }

  /// The rows to learn from when a fold is held out, ascending.
  public func training(excluding fold: Int) -> [Int] {
    precondition(0..<count ~= fold, "fold outside 0..<\(count)")
    return foldOfRow.indices.filter { foldOfRow[$0] != fold }
  }

  /// The rows of a fold, ascending: those that the model trained on the others predicts.
  public func held(out fold: Int) -> [Int] {
    precondition(0..<count ~= fold, "fold outside 0..<\(count)")
    return foldOfRow.indices.filter { foldOfRow[$0] == fold }
  }
}
