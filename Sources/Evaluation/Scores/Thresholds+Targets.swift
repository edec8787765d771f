/// A threshold for a target, and how much of the target it keeps.
public struct TargetedThreshold: Hashable, Sendable {
  /// In 0...1, for `Thresholds.isOn`; `nil` where no threshold reaches the target.
  public let threshold: Double?
  /// The lower bound of the score at the threshold; where there is none, the highest of all
  /// thresholds.
  public let reached: Double
}

extension Thresholds {
  /// How sure a target is to hold on new data: a normal bound of 80 % on one side.
  ///
  /// The estimate itself would miss the target on half of all new data, and more often for the choice
  /// among many thresholds; a bound of 95 % would give up labels of which there are few.
  public static let confidence = BinomialProportion.standardDeviationsOf80Percent

  /// The lowest threshold whose precision can be relied on: the lower end of Wilson's interval of
  /// `confidence` is at least `target`.
  ///
  /// Cuts are those of `bestF1`. With 6 positives and no negative above a threshold, a precision of
  /// 0.9 cannot be relied on yet, with 7 it can.
  ///
  /// - Parameters:
  ///   - target: in 0...1.
  ///   - probabilities: one per statement, in 0...1; out-of-fold.
  ///   - positives: one per statement: does it carry the label?
  /// - Complexity: O(n log n).
  public static func lowest(
    withPrecision target: Double, probabilities: [Double], positives: [Bool]
  ) -> TargetedThreshold {
    var best: Double?
    var reached = 0.0
    forEachCut(probabilities: probabilities, positives: positives) { cut in
      let bound = BinomialProportion.lowerBound(
        successes: cut.truePositives, trials: cut.predicted, standardDeviations: confidence)
      if bound >= target {
        (best, reached) = (cut.threshold, bound)
      } else if best == nil {
        reached = max(reached, bound)
      }
    }
    return TargetedThreshold(threshold: best, reached: reached)
  }

  /// The highest threshold whose recall can be relied on: the lower end of Wilson's interval of
  /// `confidence` is at least `target`. With too few positives for that, the highest threshold that
  /// misses none of them.
  ///
  /// - Parameters: as for `lowest(withPrecision:probabilities:positives:)`.
  /// - Returns: always a threshold; `reached` tells where it does not hold the target.
  /// - Complexity: O(n log n).
  public static func highest(
    withRecall target: Double, probabilities: [Double], positives: [Bool]
  ) -> TargetedThreshold {
    let support = positives.count { $0 }
    var found: TargetedThreshold?
    var complete: TargetedThreshold?
    forEachCut(probabilities: probabilities, positives: positives) { cut in
      guard found == nil else { return }
      let bound = BinomialProportion.lowerBound(
        successes: cut.truePositives, trials: support, standardDeviations: confidence)
      let here = TargetedThreshold(threshold: cut.threshold, reached: bound)
      if bound >= target { found = here }
      if complete == nil, cut.truePositives == support { complete = here }
    }
    return found ?? complete ?? TargetedThreshold(threshold: 0, reached: 0)
  }

  /// One way to divide the statements.
  struct Division {
    let threshold: Double
    /// The probabilities above and below which other statements are, or 0.
    let neighbours: ClosedRange<Double>
    let truePositives: Int
    /// Statements with the label on.
    let predicted: Int

    /// Of the thresholds that divide the statements like this.
    var width: Double { neighbours.upperBound - neighbours.lowerBound }

    /// How far a threshold is from those that divide the statements like this.
    func distance(from threshold: Double) -> Double {
      max(0, neighbours.lowerBound - threshold, threshold - neighbours.upperBound)
    }
  }

  /// Calls `body` for every cut between neighbouring distinct probabilities and the one below the
  /// lowest, from the highest down.
  static func forEachCut(
    probabilities: [Double], positives: [Bool], _ body: (Division) -> Void
  ) {
    ProbabilityScores.check(probabilities, count: positives.count)
    let descending = zip(probabilities, positives).sorted { $0.0 > $1.0 }
    var truePositives = 0
    for (index, statement) in descending.enumerated() {
      truePositives += statement.1 ? 1 : 0
      let isLast = index == descending.count - 1
      let next = isLast ? 0 : descending[index + 1].0
      guard isLast || next < statement.0 else { continue }
      body(
        Division(
          threshold: midpoint(below: next, above: statement.0), neighbours: next...statement.0,
          truePositives: truePositives, predicted: index + 1))
    }
  }

  /// A number in (below, above] halfway between the two; the upper one when no number lies between.
  static func midpoint(below: Double, above: Double) -> Double {
    let middle = below + (above - below) / 2
    return middle > below ? middle : above
  }
}
