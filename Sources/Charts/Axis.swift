/// One direction of a chart: where its values lie and which are written beside it.
public struct Axis: Sendable {
  public let title: String
  public let range: ClosedRange<Double>
  package let ticks: [Double]
  let isShare: Bool

  /// From 0 to 1, written in per cent.
  public static func share(_ title: String) -> Axis {
    Axis(title: title, range: 0...1, ticks: [0, 0.25, 0.5, 0.75, 1], isShare: true)
  }

  /// From 0 or below to the first round number that nothing exceeds.
  ///
  /// - Parameter values: what is shown, finite.
  public static func numbers(_ title: String, covering values: some Sequence<Double>) -> Axis {
    let (low, high) = values.reduce((0.0, 0.0)) { (min($0.0, $1), max($0.1, $1)) }
    let step = roundStep((high - low) / 4)
    let first = (low / step).rounded(.down) * step
    let last = max((high / step).rounded(.up) * step, first + step)
    let count = Int(((last - first) / step).rounded())
    return Axis(
      title: title, range: first...last, ticks: (0...count).map { first + Double($0) * step },
      isShare: false)
  }

  /// Shares from 0 to the first round one that none exceeds, in per cent.
  public static func shares(_ title: String, upTo highest: Double) -> Axis {
    let step = roundStep(min(max(highest, 0.01), 1) / 4)
    let count = max(1, Int((min(max(highest, 0.01), 1) / step).rounded(.up)))
    return Axis(
      title: title, range: 0...step * Double(count), ticks: (0...count).map { step * Double($0) },
      isShare: true)
  }

  /// 1, 2 or 5 times a power of ten, not below `step`.
  private static func roundStep(_ step: Double) -> Double {
    guard step > 0, step.isFinite else { return 1 }
    var power = 1.0
    while power * 10 <= step { power *= 10 }
    while power > step { power /= 10 }
    return power * ([1, 2, 5, 10].first { power * $0 >= step * (1 - 1e-9) } ?? 10)
  }

  /// How a value is written.
  package func label(_ value: Double) -> String {
    if isShare {
      let percent = value * 100
      return percent == percent.rounded()
        ? "\(Int(percent.rounded())) %" : "\(SVG.number(percent)) %"
    }
    let rounded = value.rounded()
    return abs(value - rounded) < 1e-9 ? Axis.grouped(Int(rounded)) : SVG.number(value)
  }

  private static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += "," }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }

  /// Where a value lies: 0 at the beginning, 1 at the end.
  package func place(_ value: Double) -> Double {
    (min(max(value, range.lowerBound), range.upperBound) - range.lowerBound)
      / (range.upperBound - range.lowerBound)
  }
}
