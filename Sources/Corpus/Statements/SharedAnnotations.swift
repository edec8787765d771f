/// Lets statements whose cells are the same share the memory of their annotations.
///
/// Labels repeat: what would be an allocation for every statement is one for each of a few
/// combinations, and passes over all annotations find these in the nearest cache.
struct SharedAnnotations: Sendable {
  private var known: [[String?]] = []

  /// Comparing with more combinations would cost more than it saves.
  private static let most = 8

  /// `annotations`, in memory that statements before may have as well.
  mutating func shared(_ annotations: [String?]) -> [String?] {
    if annotations.isEmpty { return annotations }
    for index in known.indices where areSame(known[index], annotations) { return known[index] }
    if known.count < Self.most { known.append(annotations) }
    return annotations
  }

  /// Byte for byte: equal strings may be spelt in several ways.
  private func areSame(_ one: [String?], _ other: [String?]) -> Bool {
    guard one == other else { return false }
    for (left, right) in zip(one, other) {
      if let left, let right, !left.utf8.elementsEqual(right.utf8) { return false }
    }
    return true
  }
}
