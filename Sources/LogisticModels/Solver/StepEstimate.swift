/// Where along a search direction φ is lowest, about, by the secant method on φ′.
///
/// A truncated Newton step rests on the curvatures where it starts. Far from the minimum they are too
/// large: rows saturate as margins grow, and a step of one and a half lowers F twice as much. Finding it
/// costs some slopes over rows, but no pass over the matrix.
///
/// Source: Nocedal & Wright, Numerical Optimization (2006), section 3.5 (interpolation).
struct StepEstimate {
  /// A slope this small, relative to the first, is as good as none.
  private static let flat = 0.05
  /// A step grows by no more than this at a time.
  private static let largestGrowth = 3.0
  /// The secant method gains a digit at each of few trials.
  private static let maximumTrials = 5

  /// The step to try, 1 at first.
  private(set) var step = 1.0
  /// Whether `step` is the estimate.
  private(set) var isDone: Bool
  /// φ′(0).
  private let slope: Double
  private var previous: (step: Double, slope: Double)
  private var trials = 0

  /// Starts with φ′(0); where it is not below 0 the estimate is 1.
  init(slope: Double) {
    self.slope = slope
    previous = (0, slope)
    isDone = !(slope < 0)
  }

  /// Takes φ′(step), and finds the next step. Only a finite slope that has risen since the step before,
  /// as that of a convex φ does, is of use; after another one the estimate is the step where it was, or 1
  /// where it is not finite.
  mutating func record(_ found: Double) {
    trials += 1
    let rise = (found - previous.slope) / (step - previous.step)
    guard abs(found) > -Self.flat * slope, rise.isFinite, rise > 0, trials < Self.maximumTrials
    else {
      if !found.isFinite { step = 1 }
      isDone = true
      return
    }
    let next = min(max(step - found / rise, step / 10), Self.largestGrowth * step)
    previous = (step, found)
    step = next
  }
}
