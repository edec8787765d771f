/// Which steps along a descent direction are long and short enough.
///
/// With φ(α) = F(w + α s), a step is taken if it lowers F enough (Armijo), or, where F is so flat
/// that rounding hides the decrease, if the slope shows that it does (the approximate Wolfe
/// condition). Without the second, no gradient much below √ε could be reached.
///
/// Source: Hager & Zhang, A new conjugate gradient method with guaranteed descent and an efficient
/// line search (2005), equations 4.1, T1 and T2.
enum LineSearch {
  /// The part of the decrease promised by the slope that a step has to deliver (Hager & Zhang's δ).
  static let sufficientDecrease = 0.1
  /// Values this close, relative to their size, are equal up to the rounding of a sum over rows.
  static let valueRounding = 1e-14
  /// Halving this often makes a step of 1e-12, far below any that a convex loss asks for.
  static let smallestStep = 1e-12

  /// Whether a step is good enough to be taken.
  ///
  /// - Parameters:
  ///   - step: α > 0.
  ///   - found: φ(α) and φ′(α).
  ///   - old: φ(0) and φ′(0).
  static func accepts(_ step: Double, _ found: TrialValue, from old: TrialValue) -> Bool {
    guard found.value.isFinite, found.slope.isFinite else { return false }
    if found.value <= old.value + sufficientDecrease * step * old.slope && old.slope < 0 {
      return true
    }
    let isFlat = found.value <= old.value + valueRounding * abs(old.value)
    return isFlat && found.slope <= (2 * sufficientDecrease - 1) * old.slope
  }

  /// A shorter step: where the parabola through both values and the first slope is lowest, kept
  /// between a tenth and a half of the step.
  ///
  /// - Throws: `noDescent` if there is no shorter step worth a trial.
  static func shorten(
    _ step: Double, _ found: TrialValue, from old: TrialValue
  ) throws(FittingError) -> Double {
    guard step > smallestStep, old.slope < 0 else {
      throw FittingError(
        code: .noDescent,
        message: """
          no step lowers the objective \(old.value) along a direction of slope \(old.slope), but a \
          Newton direction should; check the features for values of very different sizes
          """)
    }
    let excess = found.value - old.value - step * old.slope
    let lowest = -old.slope * step * step / (2 * excess)
    return lowest.isFinite ? min(max(lowest, step / 10), step / 2) : step / 2
  }
}
