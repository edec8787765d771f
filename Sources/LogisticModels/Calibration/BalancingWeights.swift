import Foundation
public import LinearAlgebra

/// What probabilities of classes are multiplied by, before the highest wins, so that rare classes are
/// found as well as frequent ones.
///
/// Where to miss a statement of class k costs 1/πₖ, with πₖ the class's share, the class with the
/// highest pₖ/πₖ costs least (Elkan, The foundations of cost-sensitive learning, 2001, section 1), and
/// the mean of the classes' recalls is highest. That holds of true probabilities. Those of a model know
/// of rare classes too little, or were fitted with weights already, so the factors are learned: the ones
/// with which wₖ pₖ / Σ wⱼ pⱼ has the lowest log loss out-of-fold, where each class counts the same.
public enum BalancingWeights {
  /// The weights, each in 1/`heaviest`...`heaviest`; the smallest is 1 where all classes have rows and may
  /// have one of their own.
  ///
  /// Their logarithms b have a standard normal prior that is as strong as the rarest class is rare: the
  /// objective is the mean log loss of each class, summed over the classes, + Σ b²/2n, with n the number
  /// of the rarest class's rows.
  ///
  /// - Parameters:
  ///   - probabilities: rows × classes, out-of-fold, each at least 0; of rows that do not sum to 1 their
  ///     shares.
  ///   - classes: one for each row, in 0 ..< the number of columns.
  ///   - isWeighted: for each class whether it may have a weight of its own; the others keep 1, and so
  ///     does a class without rows.
  public static func fit(
    probabilities: Matrix, classes: [Int], isWeighted: [Bool]
  ) -> [Double] {
    precondition(
      probabilities.rows == classes.count && probabilities.columns == isWeighted.count,
      "one class for each row, one answer for each class")
    let counts = classes.reduce(into: Array(repeating: 0, count: isWeighted.count)) {
      $0[$1] += 1
    }
    let free = isWeighted.indices.filter { isWeighted[$0] && counts[$0] > 0 }
    guard counts.count(where: { $0 > 0 }) > 1, !free.isEmpty else {
      return Array(repeating: 1, count: isWeighted.count)
    }
    let loss = ShiftedSoftmaxLoss(
      scores: Matrix(
        rows: probabilities.rows, columns: probabilities.columns,
        elements: probabilities.elements.map { log(max($0, lowestProbability)) }),
      classes: classes, rowWeights: counts.map { $0 > 0 ? 1 / Double($0) : 0 }, shifted: free,
      isScaled: false, ridge: 1 / Double(counts.filter { $0 > 0 }.min() ?? 1))
    let found = loss.minimum(
      from: Array(repeating: 0, count: free.count), tolerance: gradientTolerance)
    let offsets = loss.offsets(at: found)
    let lowest = free.count == isWeighted.count ? offsets.min() ?? 0 : 0
    return offsets.map { min(max(exp($0 - lowest), 1 / heaviest), heaviest) }
  }

  /// What takes the largest offset back.
  public static let heaviest = exp(BiasCorrectedTemperatureScaling.largestOffset)

  /// A probability of 0 would make a row's loss infinite, whatever the weights.
  private static let lowestProbability = 1e-12
  /// Below it weights move in their ninth digit.
  private static let gradientTolerance = 1e-10
}
