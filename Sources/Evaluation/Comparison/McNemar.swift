import Foundation

/// McNemar's test of whether two classifiers are right equally often about the same statements.
public struct McNemarTest: Hashable, Sendable {
  /// Statements that the first alone, and the second alone, is right about.
  public let firstOnly: Int
  public let secondOnly: Int
  /// Two-sided: how probable a difference at least this large is where both are right equally often; 1
  /// where they never differ.
  public let pValue: Double

  /// Compares answers.
  ///
  /// Where each statement stands for itself the test is exact: under the hypothesis the smaller count is
  /// binomial with a chance of one half. For statements in groups it is the χ² of Durkalski and others,
  /// (Σ d)² / Σ d², with d the difference of the two counts in a group, which is McNemar's own (without
  /// correction) for groups of one.
  ///
  /// - Parameters:
  ///   - first: whether the first is right, statement by statement.
  ///   - second: the same of the second.
  ///   - groups: for each statement the number of its group.
  ///
  /// Sources: McNemar, "Note on the sampling error of the difference between correlated proportions or
  /// percentages", Psychometrika 12 (1947); Durkalski, Palesch, Lipsitz and Rust, "Analysis of clustered
  /// matched-pair data", Statistics in Medicine 22 (2003), equation 3.
  public init(first: [Bool], second: [Bool], groups: [Int]) {
    precondition(
      first.count == second.count && first.count == groups.count,
      "two answers and a group for each statement")
    var differences: [Int: Int] = [:]
    var (firstOnly, secondOnly) = (0, 0)
    for (row, group) in groups.enumerated() where first[row] != second[row] {
      if first[row] { firstOnly += 1 } else { secondOnly += 1 }
      differences[group, default: 0] += first[row] ? 1 : -1
    }
    (self.firstOnly, self.secondOnly) = (firstOnly, secondOnly)
    guard firstOnly + secondOnly > 0 else {
      pValue = 1
      return
    }
    if Set(groups).count == groups.count {
      pValue = Self.exact(min(firstOnly, secondOnly), of: firstOnly + secondOnly)
    } else {
      let sum = Double(firstOnly - secondOnly)
      let squares = differences.values.reduce(0) { $0 + $1 * $1 }
      pValue = squares == 0 ? 1 : erfc((sum * sum / Double(squares) / 2).squareRoot())
    }
  }

  /// 2 P(X ≤ smaller) of a binomial variable with a chance of one half, at most 1.
  static func exact(_ smaller: Int, of count: Int) -> Double {
    // ln C(n, k) − n ln 2, term by term.
    var logarithm = -Double(count) * log(2.0)
    var sum = exp(logarithm)
    for k in 0..<max(smaller, 0) {
      logarithm += log(Double(count - k) / Double(k + 1))
      sum += exp(logarithm)
    }
    return min(1, 2 * sum)
  }
}

/// Corrections for several tests at once.
public enum MultipleTests {
  /// Holm's step-down p-values: together they keep the chance of any false alarm below each level.
  ///
  /// Source: Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
  /// Statistics 6 (1979).
  public static func holm(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var largest = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, index) in order.enumerated() {
      largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}
