/// Units whose two sides change places, each with a chance of one half: what two classifiers would have
/// said if it did not matter which is which.
struct SwappedUnits {
  /// The totals of each side as they are.
  private let sides: (first: [Double], second: [Double])
  /// Of the units whose sides differ, by pattern: how many there are, and second less first.
  private let patterns: [(number: Int, differences: [ResampledUnits.Entry])]

  /// - Parameter units: the first half of whose cells belongs to the first side.
  init(_ units: ResampledUnits) {
    let width = units.width / 2
    sides = (Array(units.totals[..<width]), Array(units.totals[width...]))
    patterns = units.multiplicities.enumerated().compactMap { pattern, number in
      var differences: [Int: Double] = [:]
      for entry in units.entries(ofPattern: pattern) {
        differences[entry.cell % width, default: 0] +=
          entry.cell < width ? -entry.amount : entry.amount
      }
      let entries = differences.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        .map { ResampledUnits.Entry(cell: $0.key, amount: $0.value) }
      return entries.isEmpty ? nil : (number, entries)
    }
  }

  var isUniform: Bool { patterns.isEmpty }

  /// The totals of both sides after a draw.
  func draw(using generator: inout SplitMix64) -> (first: [Double], second: [Double]) {
    var totals = sides
    for (number, differences) in patterns {
      let swapped = Double(Self.heads(number, using: &generator))
      guard swapped > 0 else { continue }
      for difference in differences {
        totals.first[difference.cell] += swapped * difference.amount
        totals.second[difference.cell] -= swapped * difference.amount
      }
    }
    return totals
  }

  /// How many of some tosses of a fair coin are heads.
  private static func heads(_ count: Int, using generator: inout SplitMix64) -> Int {
    var heads = 0
    var rest = count
    while rest >= 64 {
      heads += generator.next().nonzeroBitCount
      rest -= 64
    }
    return rest == 0 ? heads : heads + (generator.next() >> UInt64(64 - rest)).nonzeroBitCount
  }
}
