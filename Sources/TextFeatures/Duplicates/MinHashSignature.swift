/// The smallest values of a set of shingles under 72 random hash functions, in 24 bands of three:
/// two sets with similarity s agree in some band with probability 1 − (1 − s³)²⁴, which is 0.997 at
/// s = 0.6.
struct MinHashSignature {
  static let bandCount = 24
  private static let bandWidth = 3
  private var minima: [UInt32]

  /// `nil` for an empty set.
  init?(_ shingles: [UInt64]) {
    guard !shingles.isEmpty else { return nil }
    minima = [UInt32](repeating: .max, count: Self.multipliers.count)
    for shingle in shingles {
      for index in minima.indices {
        let (multiplier, summand) = Self.multipliers[index]
        minima[index] = min(
          minima[index], UInt32(truncatingIfNeeded: (shingle &* multiplier &+ summand) >> 32))
      }
    }
  }

  /// What two texts must share to meet in a band.
  func key(of band: Int) -> UInt64 {
    let first = band * Self.bandWidth
    return minima[first..<first + Self.bandWidth].reduce(UInt64(band)) { key, value in
      (key ^ UInt64(value)) &* 0x9E37_79B9_7F4A_7C15 ^ key >> 29
    }
  }

  /// Multiply-shift hash functions (Dietzfelbinger et al. 1997); odd multipliers from SplitMix64.
  private static let multipliers: [(UInt64, UInt64)] = {
    var state: UInt64 = 1
    func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var value = state
      value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
      value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
      return value ^ value >> 31
    }
    return (0..<bandCount * bandWidth).map { _ in (next() | 1, next()) }
  }()
}
