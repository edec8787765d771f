import LinearAlgebra

/// SplitMix64 (Steele, Lea & Flood 2014): the same numbers for a seed on every platform.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func numbers(_ count: Int) -> [Double] {
    (0..<count).map { _ in Double.random(in: -1..<1, using: &self) }
  }

  mutating func matrix(_ rows: Int, _ columns: Int) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: numbers(rows * columns))
  }

  /// A matrix whose first columns are full and whose last are nearly empty, as words are.
  mutating func sparseMatrix(_ rows: Int, _ columns: Int) -> SparseMatrix {
    var dense = Matrix(rows: rows, columns: columns)
    for row in 0..<rows where row % 7 != 3 {
      for column in 0..<columns {
        let share = 1 / (1 + Double(column) / 4)
        if Double.random(in: 0..<1, using: &self) < share {
          dense[row, column] = Double.random(in: -1..<1, using: &self)
        }
      }
    }
    return SparseMatrix(dense)
  }
}

/// The largest difference between two arrays, relative to the largest number of the second.
func relativeDifference(_ found: [Double], _ expected: [Double]) -> Double {
  guard found.count == expected.count else { return .infinity }
  let scale = expected.map(abs).max() ?? 0
  let difference = zip(found, expected).map { abs($0 - $1) }.max() ?? 0
  return difference == 0 ? 0 : difference / scale
}
