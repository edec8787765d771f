/// The smallest hashes of a set of shingles in each of 128 parts of all hashes, in 42 bands of three:
/// two sets with similarity s agree in a value with probability s, and in some band with probability
/// 1 − (1 − s³)⁴², which is 0.99996 at s = 0.6 for large sets.
///
/// One hash of each shingle is enough for all parts (one permutation hashing: Li, Owen & Zhang 2012); a
/// part without one borrows that of another (Shrivastava 2017), so the values of small sets are not
/// independent.
struct MinHashSignature {
  static let count = 128
  static let bandWidth = 3
  static let bandCount = count / bandWidth
  private static let empty = UInt32.max

  private var minima = [UInt32](repeating: empty, count: count)

  /// `nil` for an empty set.
  init?(_ shingles: [UInt64]) {
    guard !shingles.isEmpty else { return nil }
    for shingle in shingles { insert(shingle) }
  }

  /// The signature of an empty set, which has no values.
  init() {}

  var isEmpty: Bool { !minima.contains { $0 != Self.empty } }

  mutating func removeAll() {
    for part in minima.indices { minima[part] = Self.empty }
  }

  /// Takes in a shingle's hash; order and repetition mean nothing.
  @inline(__always)
  mutating func insert(_ shingle: UInt64) {
    let hash = shingle &* 0x9E37_79B9_7F4A_7C15
    let part = Int(truncatingIfNeeded: hash >> 57)
    minima[part] = min(minima[part], UInt32(truncatingIfNeeded: hash >> 24) & ~1)
  }

  /// The part's value, of 32 random bits. The part is mixed in: small sets that differ would else agree
  /// in all parts when they do in one.
  ///
  /// - Precondition: the set is not empty.
  func value(_ part: Int) -> UInt32 {
    UInt32(mixed(UInt64(minima[lender(part)]) << 8 | UInt64(part)) >> 32)
  }

  /// The part itself, or where it is empty one that is not, drawn by the part's number.
  private func lender(_ part: Int) -> Int {
    var (lender, draw) = (part, UInt64(part))
    while minima[lender] == Self.empty {
      draw = mixed(draw)
      lender = Int(truncatingIfNeeded: draw >> 57)
    }
    return lender
  }

  /// What two texts must share to meet in a band.
  func key(of band: Int) -> UInt64 {
    let first = band * Self.bandWidth
    return (first..<first + Self.bandWidth).reduce(UInt64(band)) { mixed($0 ^ UInt64(value($1))) }
  }
}

/// A step of SplitMix64 (Steele, Lea & Flood 2014).
private func mixed(_ state: UInt64) -> UInt64 {
  var value = state &+ 0x9E37_79B9_7F4A_7C15
  value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
  value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
  return value ^ value >> 31
}
