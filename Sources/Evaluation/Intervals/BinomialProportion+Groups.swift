extension BinomialProportion {
  /// Wilson's interval of 95 % of a share in a sample of whole groups: successes and trials are divided
  /// by the design effect, by how much more the share varies between samples of groups than between
  /// samples of single trials; never less than 1.
  ///
  /// Without groups, and where all or none of the trials succeed, it is Wilson's own interval.
  ///
  /// - Parameters:
  ///   - successes: the cells of the totals that count successes, each among the trials.
  ///   - trials: the cells that count trials.
  ///   - excluded: cells that are counted in `trials` and are none.
  ///
  /// Source: Dean and Pagano, "Evaluating confidence interval methods for binomial proportions in
  /// clustered surveys", Journal of Survey Statistics and Methodology 3 (2015), section 2; the variance
  /// of a ratio as in Cochran, Sampling Techniques (1977), section 2.11.
  static func interval(
    successes: [Int], trials: [Int], excluding excluded: [Int] = [], in units: ResampledUnits
  ) -> ClosedRange<Double> {
    // What an entry of each cell adds to successes and trials.
    var roles: [Int: (success: Double, trial: Double)] = [:]
    for cell in successes { roles[cell, default: (0, 0)].success += 1 }
    for cell in trials { roles[cell, default: (0, 0)].trial += 1 }
    for cell in excluded { roles[cell, default: (0, 0)].trial -= 1 }
    var (successCount, trialCount) = (0.0, 0.0)
    for (cell, role) in roles {
      successCount += role.success * units.totals[cell]
      trialCount += role.trial * units.totals[cell]
    }
    let effect = designEffect(
      roles, share: trialCount > 0 ? successCount / trialCount : 0, trialCount, in: units)
    return interval(
      successes: successCount / effect, trials: trialCount / effect,
      standardDeviations: standardDeviationsOf95Percent)
  }

  /// G/(G − 1) Σ (yᵢ − p nᵢ)² / (n p (1 − p)), with yᵢ successes of nᵢ trials in group i.
  private static func designEffect(
    _ roles: [Int: (success: Double, trial: Double)], share: Double, _ trialCount: Double,
    in units: ResampledUnits
  ) -> Double {
    guard units.isGrouped, share > 0, share < 1, units.count > 1 else { return 1 }
    var squares = 0.0
    for (pattern, number) in units.multiplicities.enumerated() {
      var (successes, trials) = (0.0, 0.0)
      for entry in units.entries(ofPattern: pattern) {
        guard let role = roles[entry.cell] else { continue }
        successes += role.success * entry.amount
        trials += role.trial * entry.amount
      }
      let residual = successes - share * trials
      squares += Double(number) * residual * residual
    }
    let groups = Double(units.count)
    return max(1, groups / (groups - 1) * squares / (trialCount * share * (1 - share)))
  }
}
