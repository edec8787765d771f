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
    guard one.count == other.count else { return false }
    for index in one.indices {
      switch (one[index], other[index]) {
      case (nil, nil): continue
      case (let left?, let right?) where left.hasBytes(of: right): continue
      default: return false
      }
    }
    return true
  }
}

extension String {
  fileprivate func hasBytes(of other: String) -> Bool {
    let found = utf8.withContiguousStorageIfAvailable { bytes in
      other.utf8.withContiguousStorageIfAvailable { others in
        bytes.count == others.count
          && bytes.indices.allSatisfy { bytes[$0] == others[$0] }
      }
    }
    // Strings that are not stored as UTF-8 come from elsewhere than a file.
    return (found ?? nil) ?? utf8.elementsEqual(other.utf8)
  }
}
