/// How far two sets of labels are apart.
public enum SetDistance: Sendable {
  /// 0 for the same labels, 1 for any others.
  case nominal
  /// MASI, 1 − J M: J is the Jaccard index |A ∩ B| / |A ∪ B|; M is 1 for the same sets, 2/3 where one
  /// holds the other, 1/3 where each has something of its own beside what they share, else 0. Two empty
  /// sets are the same.
  ///
  /// Source: Passonneau, "Measuring agreement on set-valued items (MASI) for semantic and pragmatic
  /// annotation", LREC 2006.
  case masi

  /// The distance in 0...1 of two sets, each in ascending order.
  public func callAsFunction(_ left: [Int], _ right: [Int]) -> Double {
    if left == right { return 0 }
    guard case .masi = self else { return 1 }
    let shared = Set(left).intersection(right).count
    let union = left.count + right.count - shared
    let monotonicity =
      shared == 0 ? 0 : shared == min(left.count, right.count) ? 2.0 / 3 : 1.0 / 3
    return 1 - monotonicity * Double(shared) / Double(union)
  }
}
