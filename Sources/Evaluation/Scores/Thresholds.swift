/// From a label's probability to its decision.
public enum Thresholds {
  /// The threshold where nothing speaks for another one.
  public static let standard = 0.5

  /// The rule everywhere: a label is on when its probability is at least the threshold.
  public static func isOn(_ probability: Double, at threshold: Double) -> Bool {
    probability >= threshold
  }

  /// The threshold with the highest F1 on the given probabilities.
  ///
  /// All cuts between neighbouring distinct probabilities are tried, and the one below the lowest,
  /// where the label is on for every statement; a cut is placed at the midpoint of its neighbours
  /// (0 being the neighbour below the lowest). Of cuts with the same F1 the one nearest 0.5 is
  /// taken, and of two equally near the higher. Without a positive every F1 is 0, and the answer
  /// is `standard`.
  ///
  /// Use out-of-fold probabilities: on those of the training statements the threshold overfits.
  ///
  /// - Parameters:
  ///   - probabilities: one per statement, in 0...1.
  ///   - positives: one per statement: does it carry the label?
  /// - Returns: a threshold in 0...1, for `isOn`.
  /// - Complexity: O(n log n).
  public static func bestF1(probabilities: [Double], positives: [Bool]) -> Double {
    let support = positives.count { $0 }
    guard support > 0 else {
      ProbabilityScores.check(probabilities, count: positives.count)
      return standard
    }
    var best: Cut?
    forEachCut(probabilities: probabilities, positives: positives) { division in
      let cut = Cut(
        threshold: division.threshold, truePositives: division.truePositives,
        denominator: division.predicted + support)
      // Cuts come from the highest down, so of two equally good ones the higher stays.
      if best.map(cut.isBetter) ?? true { best = cut }
    }
    return best?.threshold ?? standard
  }

  /// A threshold for a high F1 that another sample of statements would choose, too: the mean of all
  /// thresholds whose F1 is within one standard error of the highest.
  ///
  /// Around the highest F1 many thresholds do as well but for chance, and the highest of all is often at
  /// the edge of these. All thresholds between two neighbouring probabilities have the same F1; of the
  /// cuts of `bestF1` the one between whose neighbours the mean is, or that is nearest it, is taken, of
  /// two equally near the higher. F1 is 2J/(1 + J) with J = TP/u, where u is the number of statements with
  /// the label or with the answer, so its standard error is 2/(1 + J)² √(J(1 − J)/u), by the delta method
  /// from a share of u.
  ///
  /// With probabilities of 2,645 statements of which some teach the threshold of a label and the others
  /// judge it, F1 rises with 60 statements by 0.007, with 150 by 0.003, with 400 by 0.001, and from
  /// 1,200 on it stays what it is.
  ///
  /// - Parameters and result: as of `bestF1`.
  public static func steadyF1(probabilities: [Double], positives: [Bool]) -> Double {
    let support = positives.count { $0 }
    guard support > 0 else {
      ProbabilityScores.check(probabilities, count: positives.count)
      return standard
    }
    var cuts: [(division: Division, f1: Double)] = []
    var best = (f1: -1.0, error: 0.0)
    forEachCut(probabilities: probabilities, positives: positives) { division in
      let union = Double(division.predicted + support - division.truePositives)
      let share = Double(division.truePositives) / union
      let f1 = 2 * share / (1 + share)
      cuts.append((division, f1))
      if f1 > best.f1 {
        best = (f1, 2 / ((1 + share) * (1 + share)) * (share * (1 - share) / union).squareRoot())
      }
    }
    let good = cuts.filter { $0.f1 >= best.f1 - best.error }.map(\.division)
    let width = good.reduce(0) { $0 + $1.width }
    // Where all statements share one probability of 0 there is no width.
    let sum = good.reduce(0) { $0 + $1.width * $1.threshold }
    let mean = width > 0 ? sum / width : good[0].threshold
    // Cuts come from the highest down, and of equals the first is found.
    return good.min { $0.distance(from: mean) < $1.distance(from: mean) }?.threshold ?? standard
  }
}

/// One way to divide the statements; F1 = 2 TP / (predicted + support).
private struct Cut {
  let threshold: Double
  let truePositives: Int
  /// Statements predicted on, plus the label's support.
  let denominator: Int

  func isBetter(than other: Cut) -> Bool {
    // Fractions are compared by cross-multiplying integers, so that ties are exact.
    let here = truePositives * other.denominator
    let there = other.truePositives * denominator
    guard here == there else { return here > there }
    return abs(threshold - Thresholds.standard) < abs(other.threshold - Thresholds.standard)
  }
}
