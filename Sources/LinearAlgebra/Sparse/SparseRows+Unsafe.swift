internal import CPrefetch

// The inner loops over the non-zeros of one row. Their callers in `DesignMatrix+Unsafe.swift`
// checked all shapes; `SparseMatrix.init` checked all indices. Nothing here checks a bound, counts
// a reference or allocates.
//
// Two promises hold for every loop. A row's sum runs in an order that depends on that row alone.
// A column's sum runs over a segment's rows in order, one addition a row. So neither how rows are
// cut into ranges, nor how columns are cut into parts, nor fusing two loops changes a single bit.

/// The three arrays of a sparse matrix, its values in double or single precision.
struct SparseRows<Value: LaneScalar>: @unchecked Sendable {
  let offsets: UnsafePointer<Int>
  let columns: UnsafePointer<Int32>
  let values: UnsafePointer<Value>
  /// The position of the last non-zero, or 0.
  let last: Int
  /// Whether the table of the columns is so large that lines have to be asked for early.
  let prefetches: Bool

  /// A table of this many bytes stays in the nearer caches of most processors.
  static var nearTable: Int { 1 << 20 }

  /// Columns are never negative, and an unsigned number needs no sign extension.
  @inline(__always)
  func column(_ position: Int) -> Int {
    Int(UInt32(bitPattern: columns[position]))
  }

  /// So many non-zeros ahead, a line comes from memory in time and is still near when it is needed.
  static var prefetchDistance: Int { 192 }

  /// Asks for the line of a column that stands some non-zeros further on, mostly in a later row.
  ///
  /// Rare columns are in no near cache. A row's product has to wait for all of its lines before the
  /// next row can begin, so a processor does not get far enough ahead by itself.
  @inline(__always)
  func prefetch<Entry>(_ table: UnsafePointer<Entry>, _ position: Int, _ doubling: Int) {
    guard prefetches else { return }
    prefetch_line(table + column(min(position &+ Self.prefetchDistance, last)) &<< doubling)
  }

  /// Σ value · coefficient over one row, for one label: four sums hide the latency of an addition.
  ///
  /// - Parameter doubling: 1 where only every second number is a coefficient, 0 otherwise.
  @inline(__always)
  func sum<Scalar: BinaryFloatingPoint>(
    _ row: Int, _ coefficients: UnsafePointer<Scalar>, doubling: Int = 0
  ) -> Scalar {
    var position = offsets[row]
    let end = offsets[row &+ 1]
    var (a, b, c, d) = (0 as Scalar, 0 as Scalar, 0 as Scalar, 0 as Scalar)
    while position &+ 4 <= end {
      for ahead in 0..<4 { prefetch(coefficients, position &+ ahead, doubling) }
      a += Scalar(values[position]) * coefficients[column(position) &<< doubling]
      b += Scalar(values[position &+ 1]) * coefficients[column(position &+ 1) &<< doubling]
      c += Scalar(values[position &+ 2]) * coefficients[column(position &+ 2) &<< doubling]
      d += Scalar(values[position &+ 3]) * coefficients[column(position &+ 3) &<< doubling]
      position &+= 4
    }
    while position < end {
      a += Scalar(values[position]) * coefficients[column(position) &<< doubling]
      position &+= 1
    }
    return (a + b) + (c + d)
  }

  /// Σ value · coefficients over one row, for all lanes at once.
  @inline(__always)
  func sum<Vector: SIMD>(
    _ row: Int, _ coefficients: UnsafePointer<Vector>, doubling: Int = 0
  ) -> Vector
  where Vector.Scalar: BinaryFloatingPoint {
    var position = offsets[row]
    let end = offsets[row &+ 1]
    var (a, b) = (Vector(repeating: 0), Vector(repeating: 0))
    while position &+ 2 <= end {
      prefetch(coefficients, position, doubling)
      prefetch(coefficients, position &+ 1, doubling)
      a +=
        coefficients[column(position) &<< doubling]
        * Vector(repeating: Vector.Scalar(values[position]))
      b +=
        coefficients[column(position &+ 1) &<< doubling]
        * Vector(repeating: Vector.Scalar(values[position &+ 1]))
      position &+= 2
    }
    if position < end {
      a +=
        coefficients[column(position) &<< doubling]
        * Vector(repeating: Vector.Scalar(values[position]))
    }
    return a + b
  }

  /// sums[column] += entry · residual over some non-zeros of one row, for one label.
  ///
  /// Columns of a row differ, so four of them may be read before the first is written.
  @inline(__always)
  func scatter<Scalar: BinaryFloatingPoint>(
    _ residual: Scalar, _ positions: Range<Int>, squared: Bool,
    into sums: UnsafeMutablePointer<Scalar>, doubling: Int = 0, prefetching: Bool
  ) {
    var position = positions.lowerBound
    let end = positions.upperBound
    while position &+ 4 <= end {
      if prefetching {
        for ahead in 0..<4 { prefetch(UnsafePointer(sums), position &+ ahead, doubling) }
      }
      let (i, j) = (column(position) &<< doubling, column(position &+ 1) &<< doubling)
      let (k, l) = (column(position &+ 2) &<< doubling, column(position &+ 3) &<< doubling)
      let a = sums[i] + Scalar(entry(position, squared)) * residual
      let b = sums[j] + Scalar(entry(position &+ 1, squared)) * residual
      let c = sums[k] + Scalar(entry(position &+ 2, squared)) * residual
      let d = sums[l] + Scalar(entry(position &+ 3, squared)) * residual
      sums[i] = a
      sums[j] = b
      sums[k] = c
      sums[l] = d
      position &+= 4
    }
    while position < end {
      sums[column(position) &<< doubling] += Scalar(entry(position, squared)) * residual
      position &+= 1
    }
  }

  /// sums[column] += entry · residuals over some non-zeros of one row, for all lanes at once.
  @inline(__always)
  func scatter<Vector: SIMD>(
    _ residuals: Vector, _ positions: Range<Int>, squared: Bool,
    into sums: UnsafeMutablePointer<Vector>, doubling: Int = 0, prefetching: Bool
  ) where Vector.Scalar: BinaryFloatingPoint {
    var position = positions.lowerBound
    let end = positions.upperBound
    while position < end {
      if prefetching { prefetch(UnsafePointer(sums), position, doubling) }
      sums[column(position) &<< doubling] +=
        residuals * Vector(repeating: Vector.Scalar(entry(position, squared)))
      position &+= 1
    }
  }

  @inline(__always)
  private func entry(_ position: Int, _ squared: Bool) -> Value {
    squared ? values[position] * values[position] : values[position]
  }

  /// The non-zeros of one row.
  @inline(__always)
  func positions(_ row: Int) -> Range<Int> {
    Range(uncheckedBounds: (offsets[row], offsets[row &+ 1]))
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
