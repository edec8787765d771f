import Testing

@testable import LinearAlgebra

@Suite("The order of rows in a fit")
struct RowOrderTests {
  /// Counts up to these: few shapes, so many that counts are ranked one after the other, and counts beyond
  /// which loops are all the same.
  static let largest: [(Int32, Int32)] = [(9, 3), (900, 800), (3000, 2000), (0, 0)]

  @Test(
    "is by ones, then by other entries, then by index, dealt out to segments in turn",
    arguments: largest, [1, 2, 8])
  func order(largest: (units: Int32, others: Int32), segments: Int) {
    var generator = SeededGenerator(seed: UInt64(largest.units) + 1)
    // Enough for three threads to share.
    let rows = 50_003
    let units = (0..<rows).map { _ in Int32.random(in: 0...largest.units, using: &generator) }
    let others = (0..<rows).map { _ in Int32.random(in: 0...largest.others, using: &generator) }
    let ranked = (0..<rows).sorted { first, second in
      let firstShape = (min(units[first], 1023), min(others[first], 1023), first)
      return firstShape < (min(units[second], 1023), min(others[second], 1023), second)
    }
    let expected = (0..<segments).flatMap { segment in
      stride(from: segment, to: rows, by: segments).map { Int32(ranked[$0]) }
    }
    for threads in [1, 2, 3] {
      let order = RowOrder(
        unitCounts: units, otherCounts: others, segments: segments,
        Parallelism(threads: threads))
      #expect(order.rows == expected, "\(threads) threads")
      #expect(order.rows.indices.allSatisfy { order.places[Int(order.rows[$0])] == Int32($0) })
    }
  }

  @Test(
    "holds few rows and none",
    arguments: zip([0, 1, 3], [[], [0], [0, 2, 1]] as [[Int32]]))
  func few(rows: Int, expected: [Int32]) {
    let counts = [Int32](repeating: 5, count: rows)
    let order = RowOrder(
      unitCounts: counts, otherCounts: counts, segments: 2, Parallelism(threads: 2))
    #expect(order.rows == expected)
    #expect(order.places == expected)
  }
}
