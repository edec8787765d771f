import Foundation

/// An inverse power law of a score in the number of training statements: F(n) = a − b · n^(−c), which
/// rises ever more slowly to a.
///
/// Source: Figueroa, Zeng-Treitler, Kandula & Ngo, "Predicting sample size required for classification
/// performance", BMC Medical Informatics and Decision Making 12:8 (2012), equation 1.
public struct PowerLaw: Hashable, Sendable {
  /// a, where the curve would end: at most 1.
  public let limit: Double
  /// b, at least 0.
  public let gap: Double
  /// c, within `PowerLaw.rates`.
  public let rate: Double

  /// Slower than the lowest is a straight line in ln n, faster than the highest a step.
  public static let rates = 0.05...2.0
  private static let steps = 60

  public init(limit: Double, gap: Double, rate: Double) {
    (self.limit, self.gap, self.rate) = (limit, gap, rate)
  }

  /// F(n), for n above 0.
  public func score(at count: Double) -> Double { limit - gap * pow(count, -rate) }

  /// The n for which F(n) is a score; `nil` where the curve ends below it or does not rise.
  public func count(reaching score: Double) -> Double? {
    guard gap > 0, score < limit else { return nil }
    return pow(gap / (limit - score), 1 / rate)
  }

  /// The law nearest to measured scores by squared distance, c from a grid of rates evenly spaced by
  /// their logarithm, a and b by least squares within their bounds.
  ///
  /// - Parameters:
  ///   - counts: numbers of training statements, above 0.
  ///   - scores: one for each, in 0...1.
  ///   - weights: one for each, above 0.
  /// - Returns: `nil` for fewer than three different counts.
  public static func fit(counts: [Double], scores: [Double], weights: [Double]) -> PowerLaw? {
    precondition(
      counts.count == scores.count && counts.count == weights.count
        && counts.allSatisfy { $0 > 0 }, "a score and a weight for each count above 0")
    guard Set(counts).count >= 3 else { return nil }
    let ratio = rates.upperBound / rates.lowerBound
    var best: (law: PowerLaw, loss: Double)?
    for step in 0..<steps {
      let rate = rates.lowerBound * pow(ratio, Double(step) / Double(steps - 1))
      let powers = counts.map { pow($0, -rate) }
      let law = bounded(powers, scores, weights, rate)
      let loss = counts.indices.reduce(0.0) { sum, index in
        let difference = scores[index] - (law.limit - law.gap * powers[index])
        return sum + weights[index] * difference * difference
      }
      if loss < best?.loss ?? .infinity { best = (law, loss) }
    }
    return best?.law
  }

  /// a ≤ 1 and b ≥ 0 with the least Σ w (y − a + b x)².
  private static func bounded(
    _ powers: [Double], _ scores: [Double], _ weights: [Double], _ rate: Double
  ) -> PowerLaw {
    let total = weights.reduce(0, +)
    func mean(_ values: [Double]) -> Double {
      zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    }
    let (x, y) = (mean(powers), mean(scores))
    let variance = mean(powers.map { ($0 - x) * ($0 - x) })
    let covariance = mean(zip(powers, scores).map { ($0 - x) * ($1 - y) })
    var gap = variance > 0 ? max(0, -covariance / variance) : 0
    var limit = y + gap * x
    if limit > 1 {
      // On the bound a = 1, b is the slope through it.
      limit = 1
      let squares = mean(powers.map { $0 * $0 })
      gap = squares > 0 ? max(0, mean(zip(powers, scores).map { $0 * (1 - $1) }) / squares) : 0
    }
    return PowerLaw(limit: limit, gap: gap, rate: rate)
  }
}
