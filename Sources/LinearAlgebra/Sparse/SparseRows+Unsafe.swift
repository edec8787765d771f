internal import CMachine

// The inner loops over the non-zeros of one row. Their callers in `DesignMatrix+Unsafe.swift`
// checked all shapes; `SparseMatrix.init` checked all indices. Nothing here checks a bound, counts
// a reference or allocates.
//
// Two promises hold for every loop. A row's sum runs in an order that depends on that row alone.
// A column's sum runs over a segment's rows in order, one addition a row. So neither how rows are
// cut into ranges, nor how columns are cut into parts, nor fusing two loops changes a single bit.

/// The three arrays of a sparse matrix in double precision, its rows in the order of a design.
struct SparseRows: @unchecked Sendable {
  private let offsets: UnsafePointer<Int>
  private let columns: UnsafePointer<Int32>
  private let values: UnsafePointer<Double>
  /// The matrix's row at each place of the design; `nil` where it is the same.
  private let order: UnsafePointer<Int32>?
  /// The position of the last non-zero, or 0.
  private let last: Int
  /// Whether the table of the columns is so large that lines have to be asked for early.
  private let prefetches: Bool

  init(
    offsets: UnsafePointer<Int>, columns: UnsafePointer<Int32>, values: UnsafePointer<Double>,
    order: UnsafePointer<Int32>?, last: Int, prefetches: Bool
  ) {
    self.offsets = offsets
    self.columns = columns
    self.values = values
    self.order = order
    self.last = last
    self.prefetches = prefetches
  }

  /// A table of this many bytes stays in the nearer caches of most processors.
  static var nearTable: Int { 1 << 20 }

  /// Columns are never negative, and an unsigned number needs no sign extension.
  @inline(__always)
  private func column(_ position: Int) -> Int {
    Int(UInt32(bitPattern: columns[position]))
  }

  /// So many non-zeros ahead, a line comes from memory in time and is still near when it is needed.
  static var prefetchDistance: Int { 192 }

  /// Asks for the line of a column that stands some non-zeros further on, mostly in a later row.
  ///
  /// Rare columns are in no near cache. A row's product has to wait for all of its lines before the
  /// next row can begin, so a processor does not get far enough ahead by itself.
  @inline(__always)
  private func prefetch<Entry>(_ table: UnsafePointer<Entry>, _ position: Int) {
    guard prefetches else { return }
    prefetch_line(table + column(min(position &+ Self.prefetchDistance, last)))
  }

  /// Σ value · coefficient over one row, for one label: four sums hide the latency of an addition.
  @inline(__always)
  func sum(_ row: Int, _ coefficients: UnsafePointer<Double>) -> Double {
    let positions = positions(row)
    var position = positions.lowerBound
    let end = positions.upperBound
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    while position &+ 4 <= end {
      for ahead in 0..<4 { prefetch(coefficients, position &+ ahead) }
      a += values[position] * coefficients[column(position)]
      b += values[position &+ 1] * coefficients[column(position &+ 1)]
      c += values[position &+ 2] * coefficients[column(position &+ 2)]
      d += values[position &+ 3] * coefficients[column(position &+ 3)]
      position &+= 4
    }
    while position < end {
      a += values[position] * coefficients[column(position)]
      position &+= 1
    }
    return (a + b) + (c + d)
  }

  /// Σ value · coefficients over one row, for all lanes at once.
  @inline(__always)
  func sum<Vector: SIMD>(_ row: Int, _ coefficients: UnsafePointer<Vector>) -> Vector
  where Vector.Scalar == Double {
    let positions = positions(row)
    var position = positions.lowerBound
    let end = positions.upperBound
    var (a, b) = (Vector(repeating: 0), Vector(repeating: 0))
    while position &+ 2 <= end {
      prefetch(coefficients, position)
      prefetch(coefficients, position &+ 1)
      a += coefficients[column(position)] * Vector(repeating: values[position])
      b += coefficients[column(position &+ 1)] * Vector(repeating: values[position &+ 1])
      position &+= 2
    }
    if position < end {
      a += coefficients[column(position)] * Vector(repeating: values[position])
    }
    return a + b
  }

  /// sums[column] += entry · residual over some non-zeros of one row, for one label.
  ///
  /// Columns of a row differ, so four of them may be read before the first is written.
  @inline(__always)
  func scatter(
    _ residual: Double, _ positions: Range<Int>, squared: Bool,
    into sums: UnsafeMutablePointer<Double>, prefetching: Bool
  ) {
    var position = positions.lowerBound
    let end = positions.upperBound
    while position &+ 4 <= end {
      if prefetching {
        for ahead in 0..<4 { prefetch(UnsafePointer(sums), position &+ ahead) }
      }
      let (i, j) = (column(position), column(position &+ 1))
      let (k, l) = (column(position &+ 2), column(position &+ 3))
      let a = sums[i] + entry(position, squared) * residual
      let b = sums[j] + entry(position &+ 1, squared) * residual
      let c = sums[k] + entry(position &+ 2, squared) * residual
      let d = sums[l] + entry(position &+ 3, squared) * residual
      sums[i] = a
      sums[j] = b
      sums[k] = c
      sums[l] = d
      position &+= 4
    }
    while position < end {
      sums[column(position)] += entry(position, squared) * residual
      position &+= 1
    }
  }

  /// sums[column] += entry · residuals over some non-zeros of one row, for all lanes at once.
  @inline(__always)
  func scatter<Vector: SIMD>(
    _ residuals: Vector, _ positions: Range<Int>, squared: Bool,
    into sums: UnsafeMutablePointer<Vector>, prefetching: Bool
  ) where Vector.Scalar == Double {
    for position in positions {
      if prefetching { prefetch(UnsafePointer(sums), position) }
      sums[column(position)] += residuals * Vector(repeating: entry(position, squared))
    }
  }

  @inline(__always)
  private func entry(_ position: Int, _ squared: Bool) -> Double {
    squared ? values[position] * values[position] : values[position]
  }

  /// The non-zeros of the row at a place.
  @inline(__always)
  func positions(_ place: Int) -> Range<Int> {
    let row = order.map { Int($0[place]) } ?? place
    return Range(uncheckedBounds: (offsets[row], offsets[row &+ 1]))
  }
}

/// Series of one number a row for the labels of a pass: lane `l`'s starts at `base + starts[l]`.
///
/// Lanes beyond the labels, up to the vector's width, repeat lane 0's start. Loops over lanes then
/// have a constant length, and stay in registers; what the repeated lanes compute is not used.
struct RowSeries: @unchecked Sendable {
  let base: UnsafeMutablePointer<Double>
  let starts: UnsafePointer<Int>
  let lanes: Int

  @inline(__always)
  func load<Vector: SIMD>(_ row: Int) -> Vector where Vector.Scalar: BinaryFloatingPoint {
    var result = Vector(repeating: 0)
    for lane in 0..<Vector.scalarCount {
      result[lane] = Vector.Scalar(base[starts[lane] &+ row])
    }
    return result
  }

  /// Stores from the last lane to the first, so that lane 0 wins over those that repeat it.
  @inline(__always)
  func store<Vector: SIMD>(_ vector: Vector, _ row: Int)
  where Vector.Scalar: BinaryFloatingPoint {
    for lane in stride(from: Vector.scalarCount &- 1, through: 0, by: -1) {
      base[starts[lane] &+ row] = Double(vector[lane])
    }
  }
}
