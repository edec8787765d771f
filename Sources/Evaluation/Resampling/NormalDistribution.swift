import Foundation

/// The standard normal distribution, and what small samples put in its place.
public enum NormalDistribution {
  /// Φ(x) = erfc(−x / √2) / 2.
  static func cumulative(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }

  /// Φ⁻¹(p), found by halving: to the last digits that Φ itself has. −9 and 9 stand for what lies
  /// beyond, where p is 0 or 1 to 18 digits.
  static func quantile(_ probability: Double) -> Double {
    var (low, high) = (-9.0, 9.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if cumulative(middle) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// How many standard deviations to either side of the mean hold the variable with a probability.
  ///
  /// - Parameter level: above 0 and below 1.
  public static func standardDeviations(holding level: Double) -> Double {
    precondition(level > 0 && level < 1, "a level of \(level)")
    return -quantile((1 - level) / 2)
  }

  /// The quantile of Student's t that corresponds to a normal one, by the Cornish-Fisher expansion;
  /// within 0.001 from 5 degrees of freedom on, and infinite without any.
  ///
  /// Source: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
  static func studentQuantile(normal x: Double, degreesOfFreedom: Int) -> Double {
    guard degreesOfFreedom > 0 else { return .infinity }
    let n = Double(degreesOfFreedom)
    let square = x * x
    let first = x * (square + 1) / 4
    let second = x * ((5 * square + 16) * square + 3) / 96
    let third = x * (((3 * square + 19) * square + 17) * square - 15) / 384
    let fourth =
      x * ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160
    return x + (first + (second + (third + fourth / n) / n) / n) / n
  }
}
