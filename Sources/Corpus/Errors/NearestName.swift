/// Finds the name that somebody who mistyped probably meant.
package enum NearestName {
  /// The candidate with the smallest edit distance, the first of several, if it is near enough:
  /// at most a third of the longer name may differ. Case is ignored.
  package static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
    let scalars = Array(name.lowercased().unicodeScalars)
    // The distance is quadratic in the length, and no label is as long as a paragraph.
    guard !scalars.isEmpty, scalars.count <= 100 else { return nil }
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let other = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(scalars.count, other.count) / 3)
      guard abs(scalars.count - other.count) <= limit else { continue }
      let distance = editDistance(scalars, other)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours that turn one
  /// sequence into the other, none of them touching a place twice ("optimal string alignment").
  ///
  /// Source: Damerau 1964; the recurrence is Wagner and Fischer 1974 with transpositions.
  package static func editDistance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    var current = previous
    for i in a.indices {
      current[0] = i + 1
      for j in b.indices {
        var distance = previous[j] + (a[i] == b[j] ? 0 : 1)
        distance = min(distance, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          distance = min(distance, beforePrevious[j - 1] + 1)
        }
        current[j + 1] = distance
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[b.count]
  }
}
