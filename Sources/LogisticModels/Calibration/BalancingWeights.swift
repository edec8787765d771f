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
  /// The weights, each above 0; the smallest is 1 where all classes may have one of their own.
  ///
  /// Newton's method on the logarithms b of the weights, at most 100 steps. These have a standard normal
  /// prior that is as strong as the rarest class is rare: the objective is the mean log loss of each
  /// class, summed over the classes, + Σ b²/2n, with n the number of the rarest class's rows.
  ///
  /// - Parameters:
  ///   - probabilities: rows × classes, out-of-fold, in 0...1.
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
    let problem = BalancingProblem(
      logarithms: probabilities, classes: classes, counts: counts, free: free)
    var point = Array(repeating: 0.0, count: isWeighted.count)
    var loss = problem.loss(point)
    for _ in 0..<maximumSteps {
      let (gradient, hessian) = problem.derivatives(point)
      guard gradient.contains(where: { abs($0) > gradientTolerance }),
        let step = try? CholeskyFactor(hessian).solve(gradient)
      else { break }
      var length = 1.0
      while length > shortestStep {
        var next = point
        for (place, label) in free.enumerated() { next[label] -= length * step[place] }
        let nextLoss = problem.loss(next)
        if nextLoss < loss {
          (point, loss) = (next, nextLoss)
          break
        }
        length /= 2
      }
      if length <= shortestStep { break }
    }
    let lowest = free.count == isWeighted.count ? point.min() ?? 0 : 0
    return point.map { exp($0 - lowest) }
  }

  private static let maximumSteps = 100
  /// Below it weights move in their ninth digit.
  private static let gradientTolerance = 1e-10
  /// Where halving has come to the limits of the numbers, the minimum is reached.
  private static let shortestStep = 1e-10
}

/// Σ over classes of their mean log loss under softmax(ln p + b), with a normal prior on b.
private struct BalancingProblem {
  /// Rows × classes: ln p.
  private let logarithms: Matrix
  private let classes: [Int]
  /// For each class what a row of it counts: 1 / the number of its rows.
  private let rowWeights: [Double]
  /// The classes whose b is not 0.
  private let free: [Int]
  private let ridge: Double

  /// A probability of 0 would make a row's loss infinite, whatever the weights.
  private static let lowestProbability = 1e-12

  init(logarithms probabilities: Matrix, classes: [Int], counts: [Int], free: [Int]) {
    var logarithms = probabilities
    for place in logarithms.elements.indices {
      logarithms.elements[place] = log(max(logarithms.elements[place], Self.lowestProbability))
    }
    self.logarithms = logarithms
    self.classes = classes
    self.free = free
    rowWeights = counts.map { $0 > 0 ? 1 / Double($0) : 0 }
    ridge = 1 / Double(counts.filter { $0 > 0 }.min() ?? 1)
  }

  func loss(_ point: [Double]) -> Double {
    let prior = point.reduce(0) { $0 + ridge / 2 * $1 * $1 }
    return classes.enumerated().reduce(prior) { sum, entry in
      let scores = shifted(entry.offset, point)
      let rowLoss = LogisticFunctions.logSumExp(scores) - scores[entry.element]
      return sum + rowWeights[entry.element] * rowLoss
    }
  }

  /// In the b of `free`.
  func derivatives(_ point: [Double]) -> (gradient: [Double], hessian: Matrix) {
    var gradient = free.map { ridge * point[$0] }
    var hessian = Matrix(rows: free.count, columns: free.count, repeating: 0)
    for place in free.indices { hessian[place, place] = ridge }
    for (row, ofRow) in classes.enumerated() {
      let (weight, found) = (rowWeights[ofRow], LogisticFunctions.softmax(shifted(row, point)))
      for (place, label) in free.enumerated() {
        gradient[place] += weight * (found[label] - (label == ofRow ? 1 : 0))
        hessian[place, place] += weight * found[label]
        for (other, otherLabel) in free.enumerated() {
          hessian[place, other] -= weight * found[label] * found[otherLabel]
        }
      }
    }
    return (gradient, hessian)
  }

  private func shifted(_ row: Int, _ point: [Double]) -> [Double] {
    zip(logarithms.row(row), point).map { $0 + $1 }
  }
}
