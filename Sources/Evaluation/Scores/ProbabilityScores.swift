import Foundation

/// Losses of predicted probabilities: lower is better, and both are lowest in expectation for the
/// true probabilities.
///
/// A mean over no statements is not a number.
public enum ProbabilityScores {
  /// Probabilities are kept this far from 0 and 1 before their logarithm is taken, so that one
  /// certain mistake costs 36 and not infinity: 2⁻⁵², as scikit-learn has it for doubles.
  public static let clippingDistance = Double.ulpOfOne

  /// The log loss of one label: mean of −[y ln p + (1 − y) ln(1 − p)].
  ///
  /// - Parameters:
  ///   - probabilities: of the label, one per statement, in 0...1; clipped by `clippingDistance`.
  ///   - positives: one per statement: does it carry the label?
  public static func logLoss(probabilities: [Double], positives: [Bool]) -> Double {
    check(probabilities, count: positives.count)
    let sum = zip(probabilities, positives).reduce(0.0) { sum, statement in
      let (probability, positive) = (clipped(statement.0), statement.1)
      // log1p keeps the small losses of well-predicted negatives.
      return sum - (positive ? log(probability) : log1p(-probability))
    }
    return sum / Double(positives.count)
  }

  /// The log loss of a single-label task: mean of −ln p(gold label).
  ///
  /// - Parameters:
  ///   - rowMajorProbabilities: n × k, each row one statement's probabilities of the k labels, in
  ///     0...1; clipped by `clippingDistance`, not normalized again.
  ///   - gold: n indices in 0..<k.
  ///   - labelCount: k, at least 1.
  public static func logLoss(
    rowMajorProbabilities: [Double], gold: [Int], labelCount: Int
  ) -> Double {
    check(rowMajorProbabilities, count: gold.count * labelCount)
    let sum = gold.enumerated().reduce(0.0) { sum, statement in
      precondition(0..<labelCount ~= statement.element, "gold label outside 0..<\(labelCount)")
      return sum
        - log(clipped(rowMajorProbabilities[statement.offset * labelCount + statement.element]))
    }
    return sum / Double(gold.count)
  }

  /// The Brier score of one label: mean of (p − y)², y being 1 for positives and 0 else.
  ///
  /// - Parameters:
  ///   - probabilities: of the label, one per statement, in 0...1.
  ///   - positives: one per statement: does it carry the label?
  ///
  /// Source: Brier (1950), in the halved form that is usual for two classes: 0...1.
  public static func brierScore(probabilities: [Double], positives: [Bool]) -> Double {
    check(probabilities, count: positives.count)
    let sum = zip(probabilities, positives).reduce(0.0) { sum, statement in
      let difference = statement.0 - (statement.1 ? 1 : 0)
      return sum + difference * difference
    }
    return sum / Double(positives.count)
  }

  /// The Brier score of a single-label task: mean over statements of Σ over labels of (p − y)².
  ///
  /// This is Brier's own form, 0...2, and scikit-learn's for three classes and more
  /// (`scale_by_half=False`); with two labels it is twice the score of either label.
  ///
  /// - Parameters:
  ///   - rowMajorProbabilities: n × k, each row one statement's probabilities of the k labels, in
  ///     0...1.
  ///   - gold: n indices in 0..<k.
  ///   - labelCount: k, at least 1.
  public static func brierScore(
    rowMajorProbabilities: [Double], gold: [Int], labelCount: Int
  ) -> Double {
    check(rowMajorProbabilities, count: gold.count * labelCount)
    var sum = 0.0
    for (row, goldLabel) in gold.enumerated() {
      precondition(0..<labelCount ~= goldLabel, "gold label outside 0..<\(labelCount)")
      for label in 0..<labelCount {
        let probability = rowMajorProbabilities[row * labelCount + label]
        let difference = probability - (label == goldLabel ? 1 : 0)
        sum += difference * difference
      }
    }
    return sum / Double(gold.count)
  }

  static func check(_ probabilities: [Double], count: Int) {
    precondition(
      probabilities.count == count, "\(probabilities.count) probabilities where \(count) belong")
    precondition(probabilities.allSatisfy { 0...1 ~= $0 }, "a probability is outside 0...1")
  }

  private static func clipped(_ probability: Double) -> Double {
    min(max(probability, clippingDistance), 1 - clippingDistance)
  }
}
