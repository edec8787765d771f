import Foundation

/// A score or probability with two digits behind the point.
func twoDigits(_ value: Double) -> String { String(format: "%.2f", value) }

/// `1.25`, and below 0.01 two significant digits: `0.0035`, `1.5e-05`.
func factorDigits(_ value: Double) -> String {
  value < 0.01 ? String(format: "%.2g", value) : twoDigits(value)
}

/// A score or loss with three digits behind the point.
func threeDigits(_ value: Double) -> String { String(format: "%.3f", value) }

/// A score with its interval, where there is one: `0.71 [0.66, 0.75]`.
func twoDigits(_ value: Double, _ interval: ClosedRange<Double>?) -> String {
  twoDigits(value) + bracketed(interval, twoDigits)
}

/// The same with three digits.
func threeDigits(_ value: Double, _ interval: ClosedRange<Double>?) -> String {
  threeDigits(value) + bracketed(interval, threeDigits)
}

private func bracketed(
  _ interval: ClosedRange<Double>?, _ digits: (Double) -> String
) -> String {
  interval.map { " [\(digits($0.lowerBound)), \(digits($0.upperBound))]" } ?? ""
}

/// A term's contribution, with its sign.
func signed(_ value: Double) -> String { String(format: "%+.3f", value) }

/// A ratio with one digit behind the point.
func oneDigit(_ value: Double) -> String { String(format: "%.1f", value) }

/// A count with commas between thousands.
func grouped(_ count: Int) -> String {
  var digits = String(count.magnitude)
  var result = ""
  while digits.count > 3 {
    result = "," + digits.suffix(3) + result
    digits.removeLast(3)
  }
  return (count < 0 ? "-" : "") + digits + result
}

/// A count and what is counted: `1 group`, `2,645 statements`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")"
}

/// A penalty in its shortest form.
func shortest(_ value: Double) -> String { String(format: "%g", value) }
