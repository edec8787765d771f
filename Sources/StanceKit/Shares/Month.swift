/// A month of the calendar, as far as a date says which.
public struct Month: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let year: Int
  /// 1...12.
  public let month: Int

  /// Reads a date that begins as ISO 8601 does (`2024-05`, `2024-05-17`, `2024-05-17T10:00Z`, also with
  /// slashes or dots), or is written with the year at its end (`17.05.2024`, `17/05/2024`: the month in
  /// the middle, unless only the first number can be one); `nil` for anything else.
  public init?(date: String) {
    let parts = date.split(maxSplits: 3, omittingEmptySubsequences: false) {
      "-/.".contains($0)
    }
    func number(_ index: Int) -> Int? {
      guard parts.indices.contains(index) else { return nil }
      let digits = parts[index].prefix { $0.isASCII && $0.isNumber }
      return digits.count <= 4 ? Int(digits) : nil
    }
    guard let first = number(0), let second = number(1) else { return nil }
    if parts[0].count == 4 {
      (year, month) = (first, second)
    } else if let third = number(2), third >= 1000 {
      (year, month) = second > 12 ? (third, first) : (third, second)
    } else {
      return nil
    }
    guard (1...12).contains(month) else { return nil }
  }

  public static func < (left: Month, right: Month) -> Bool {
    (left.year, left.month) < (right.year, right.month)
  }

  /// `2024-05`
  public var description: String {
    let digits = String(year)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
      + (month < 10 ? "-0\(month)" : "-\(month)")
  }
}
