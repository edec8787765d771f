import Foundation

/// How the counts of one block become values, whatever its features are.
struct BlockValues: Sendable {
  /// A feature that fewer training statements have is left out.
  let minimumDocumentFrequency: Int
  /// What rows are scaled to; `nil` where values stay as they are.
  let rowLength: Double?
  fileprivate let curve: CountCurve
  /// p of idfᵖ, 0 for no idf at all.
  fileprivate let idfPower: Double
}

/// A value as a function of a count of at least 1.
enum CountCurve: Hashable, Sendable {
  case one
  case count
  /// 1 + ln(count).
  case sublinear
  /// κ · ln(1 + count).
  case logarithm(strength: Double)

  func value(of count: Double) -> Double {
    switch self {
    case .one: 1
    case .count: count
    case .sublinear: 1 + log(count)
    case .logarithm(let strength): strength * log(1 + count)
    }
  }
}

extension Recipe {
  /// - Precondition: the recipe uses the block.
  func values(of block: FeatureBlock) -> BlockValues {
    if let keywords, block == .keywords {
      // The columns are those of the lists, whatever the training texts contain.
      return BlockValues(
        minimumDocumentFrequency: 0, rowLength: nil,
        curve: .logarithm(strength: keywords.strength), idfPower: 0)
    }
    if let columns, block == .columns {
      return BlockValues(
        minimumDocumentFrequency: columns.minimumDocumentFrequency, rowLength: nil, curve: .one,
        idfPower: 0)
    }
    guard let nGrams = self[block] else { preconditionFailure("the recipe has no \(block)") }
    let (curve, power): (CountCurve, Double) =
      switch nGrams.weighting {
      case .binary: (.one, 0)
      case .count: (.count, 0)
      case .tfIDF(.binary, let power): (.one, power)
      case .tfIDF(.count, let power): (.count, power)
      case .tfIDF(.sublinear, let power): (.sublinear, power)
      }
    return BlockValues(
      minimumDocumentFrequency: nGrams.minimumDocumentFrequency,
      rowLength: nGrams.weight.squareRoot(), curve: curve, idfPower: power)
  }
}

/// `BlockValues` with the document frequencies that training texts have.
struct TermWeights: Sendable {
  let rowLength: Double?
  private let curve: CountCurve
  /// The curve for the counts that nearly all terms have.
  private let values: [Double]
  /// For each term where its factor stands in `factors`; empty where there is no idf.
  private let places: [UInt32]
  private let factors: [Double]

  /// A higher document frequency is not its own place in a table of factors.
  private static let highestFrequencyAsPlace: UInt32 = 1 << 18

  init(_ values: BlockValues, _ frequencies: [UInt32], documentCount: Int) {
    rowLength = values.rowLength
    curve = values.curve
    self.values = [0] + (1..<256).map { [curve] in curve.value(of: Double($0)) }
    let (power, numerator) = (values.idfPower, 1 + Double(documentCount))
    func factor(_ frequency: UInt32) -> Double {
      let idf = log(numerator / (1 + Double(frequency))) + 1
      return power == 1 ? idf : pow(idf, power)
    }
    guard power != 0 else {
      (places, factors) = ([], [])
      return
    }
    // Thousands of terms have the same frequency: its logarithm and power are computed once.
    let highest = frequencies.max() ?? 0
    if highest <= Self.highestFrequencyAsPlace {
      var table = [Double](repeating: 0, count: Int(highest) + 1)
      // A factor is at least 1, as no term is in more texts than there are.
      for frequency in frequencies where table[Int(frequency)] == 0 {
        table[Int(frequency)] = factor(frequency)
      }
      (places, factors) = (frequencies, table)
    } else {
      // Terms stand by falling frequency, as a rule.
      var (table, last): ([Double], UInt32?) = ([], nil)
      places = frequencies.map { frequency in
        if frequency != last { table.append(factor(frequency)) }
        last = frequency
        return UInt32(table.count - 1)
      }
      factors = table
    }
  }

  /// The weight of `term` occurring `count` times, before rows are scaled.
  @inline(__always)
  func weight(of term: Int, count: Int) -> Double {
    let value = count < 256 ? values[count] : curve.value(of: Double(count))
    return places.isEmpty ? value : value * factors[Int(places[term])]
  }

  /// Whether a term that occurs `count` times weighs its factor.
  @inline(__always)
  func isFactor(count: Int) -> Bool { values[min(count, 255)] == 1 }

  /// What the weight of a term is a multiple of, whatever text it stands in.
  func factor(of term: Int) -> Double {
    places.isEmpty ? 1 : factors[Int(places[term])]
  }

  /// Scales the values of a row whose squares add up to `squares`, if rows are scaled at all.
  @inline(__always)
  func scale(_ squares: Double, _ divide: (Double) -> Void) {
    // Every weight is above 0, so only a row without entries has no length.
    guard let rowLength, squares > 0 else { return }
    divide(squares.squareRoot() / rowLength)
  }
}
