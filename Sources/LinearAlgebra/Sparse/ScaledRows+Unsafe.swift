internal import CMachine

// The passes over a `ScaledMatrix`. Their callers checked all shapes, and `SparseMatrix.init` all
// indices. Nothing here checks a bound, counts a reference or allocates.
//
// The promises of `SparseRows` hold here as well: a row's sum runs in an order that depends on that row
// alone, and a column's sum runs over a segment's rows in order, one addition a row.

/// A `ScaledMatrix` as its loops see it.
struct ScaledRows: @unchecked Sendable {
  let units: EntryPointers
  let others: EntryPointers
  /// One for each of the others.
  let values: UnsafePointer<Float>
  /// r.
  let scales: UnsafePointer<Float>
  let isNarrow: Bool
  /// Whether the table of the columns is so large that lines have to be asked for early.
  let prefetches: Bool
}

/// `EntryColumns` as loops see them.
struct EntryPointers: @unchecked Sendable {
  private let offsets: UnsafePointer<UInt32>
  let columns: UnsafeRawPointer
  /// The position of the last entry, or 0.
  let last: Int

  init(offsets: UnsafePointer<UInt32>, columns: UnsafeRawPointer, last: Int) {
    self.offsets = offsets
    self.columns = columns
    self.last = last
  }

  @inline(__always)
  func positions(_ row: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(offsets[row]), Int(offsets[row &+ 1])))
  }

  @inline(__always)
  func column<Index: ColumnIndex>(_: Index.Type, _ position: Int) -> Int {
    Int(truncatingIfNeeded: columns.assumingMemoryBound(to: Index.self)[position])
  }
}

extension EntryPointers {
  /// The columns of an entry and the next three; narrow ones come by a single load.
  @inline(__always)
  func fourColumns<Index: ColumnIndex>(_: Index.Type, _ position: Int) -> (Int, Int, Int, Int) {
    guard MemoryLayout<Index>.size == 2 else {
      return (
        column(Index.self, position), column(Index.self, position &+ 1),
        column(Index.self, position &+ 2), column(Index.self, position &+ 3)
      )
    }
    // Which of the four comes first does not depend on the order of bytes, as each is looked at alone.
    let four = columns.loadUnaligned(fromByteOffset: position &* 2, as: UInt64.self)
    return (
      Int(truncatingIfNeeded: four & 0xFFFF), Int(truncatingIfNeeded: four &>> 16 & 0xFFFF),
      Int(truncatingIfNeeded: four &>> 32 & 0xFFFF), Int(truncatingIfNeeded: four &>> 48)
    )
  }
}

/// Two or four bytes.
typealias ColumnIndex = FixedWidthInteger & UnsignedInteger & SendableMetatype

/// What is done with the rows, for indices of one size and vectors of one width.
protocol ScaledRowLoop {
  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type)
}

extension ScaledRows {
  /// Runs a loop for this matrix's indices.
  ///
  /// - Parameter width: the lanes: 1, 2, 4 or 8.
  @inline(__always)
  func run(_ loop: some ScaledRowLoop, width: Int) {
    if isNarrow {
      run(UInt16.self, loop, width)
    } else {
      run(UInt32.self, loop, width)
    }
  }

  @inline(__always)
  private func run<Index: ColumnIndex>(
    _: Index.Type, _ loop: some ScaledRowLoop, _ width: Int
  ) {
    switch width {
    case 1: loop.run(Index.self, Float.self)
    case 2: loop.run(Index.self, SIMD2<Float>.self)
    case 4: loop.run(Index.self, SIMD4<Float>.self)
    default: loop.run(Index.self, SIMD8<Float>.self)
    }
  }

  /// Asks for the line of a column that stands some entries further on, as `SparseRows` does.
  @inline(__always)
  private func prefetch<Index: ColumnIndex, Vector>(
    _: Index.Type, _ entries: EntryPointers, _ position: Int, _ table: UnsafePointer<Vector>,
    _ doubling: Int
  ) {
    guard prefetches else { return }
    let ahead = min(position &+ SparseRows.prefetchDistance, entries.last)
    prefetch_line(table + entries.column(Index.self, ahead) &<< doubling)
  }

  @inline(__always)
  private func unit<Index: ColumnIndex, Vector: LaneVector>(
    _: Index.Type, _ position: Int, _ coefficients: UnsafePointer<Vector>, _ doubling: Int
  ) -> Vector {
    prefetch(Index.self, units, position, coefficients, doubling)
    return coefficients[units.column(Index.self, position) &<< doubling]
  }

  @inline(__always)
  private func other<Index: ColumnIndex, Vector: LaneVector>(
    _: Index.Type, _ position: Int, _ coefficients: UnsafePointer<Vector>, _ doubling: Int
  ) -> Vector {
    prefetch(Index.self, others, position, coefficients, doubling)
    return coefficients[others.column(Index.self, position) &<< doubling]
      .times(Vector(repeating: values[position]))
  }

  /// r Σ entry · coefficients over one row, for all lanes at once: four sums hide the latency of an
  /// addition.
  ///
  /// - Parameter doubling: 1 where only every second vector is a coefficient, 0 otherwise.
  @inline(__always)
  func sum<Index: ColumnIndex, Vector: LaneVector>(
    _: Index.Type, _ row: Int, _ coefficients: UnsafePointer<Vector>, doubling: Int
  ) -> Vector {
    let zero = Vector(repeating: 0)
    var (a, b, c, d) = (zero, zero, zero, zero)
    var (position, end) = bounds(units, row)
    while position &+ 4 <= end {
      for ahead in 0..<4 {
        prefetch(Index.self, units, position &+ ahead, coefficients, doubling)
      }
      let (i, j, k, l) = units.fourColumns(Index.self, position)
      a = a.plus(coefficients[i &<< doubling])
      b = b.plus(coefficients[j &<< doubling])
      c = c.plus(coefficients[k &<< doubling])
      d = d.plus(coefficients[l &<< doubling])
      position &+= 4
    }
    while position < end {
      a = a.plus(unit(Index.self, position, coefficients, doubling))
      position &+= 1
    }
    (position, end) = bounds(others, row)
    while position &+ 2 <= end {
      b = b.plus(other(Index.self, position, coefficients, doubling))
      c = c.plus(other(Index.self, position &+ 1, coefficients, doubling))
      position &+= 2
    }
    if position < end { d = d.plus(other(Index.self, position, coefficients, doubling)) }
    return a.plus(b).plus(c.plus(d)).times(Vector(repeating: scales[row]))
  }

  @inline(__always)
  private func bounds(_ entries: EntryPointers, _ row: Int) -> (start: Int, end: Int) {
    let positions = entries.positions(row)
    return (positions.lowerBound, positions.upperBound)
  }

  /// sums[column] += entry · r · residuals over some entries of one row, for all lanes at once.
  @inline(__always)
  func scatter<Index: ColumnIndex, Vector: LaneVector>(
    _: Index.Type, _ residuals: Vector, _ row: Int, _ unitPositions: Range<Int>,
    _ otherPositions: Range<Int>, into sums: UnsafeMutablePointer<Vector>
  ) {
    let scaled = residuals.times(Vector(repeating: scales[row]))
    for position in unitPositions {
      let target = sums + units.column(Index.self, position) &<< 1
      target.pointee = target.pointee.plus(scaled)
    }
    for position in otherPositions {
      let target = sums + others.column(Index.self, position) &<< 1
      target.pointee = target.pointee.plus(scaled.times(Vector(repeating: values[position])))
    }
  }

  /// Adds entry · r · residuals and (entry · r)² · curvatures to the pairs of the columns.
  @inline(__always)
  func scatterBoth<Index: ColumnIndex, Vector: LaneVector>(
    _: Index.Type, _ residuals: Vector, _ curvatures: Vector, _ row: Int,
    _ unitPositions: Range<Int>, _ otherPositions: Range<Int>,
    into sums: UnsafeMutablePointer<Vector>
  ) {
    let scale = scales[row]
    let first = residuals.times(Vector(repeating: scale))
    let second = curvatures.times(Vector(repeating: scale * scale))
    for position in unitPositions {
      prefetch(Index.self, units, position, UnsafePointer(sums), 1)
      let pair = sums + units.column(Index.self, position) &<< 1
      pair[0] = pair[0].plus(first)
      pair[1] = pair[1].plus(second)
    }
    for position in otherPositions {
      prefetch(Index.self, others, position, UnsafePointer(sums), 1)
      let value = values[position]
      let pair = sums + others.column(Index.self, position) &<< 1
      pair[0] = pair[0].plus(first.times(Vector(repeating: value)))
      pair[1] = pair[1].plus(second.times(Vector(repeating: value * value)))
    }
  }
}

extension RowSeries {
  /// The numbers of a row in single precision.
  @inline(__always)
  func lanes<Vector: LaneVector>(_ row: Int) -> Vector {
    var result = Vector(repeating: 0)
    for lane in 0..<Vector.laneCount { result[lane] = Float(base[starts[lane] &+ row]) }
    return result
  }

  /// Stores from the last lane to the first, so that lane 0 wins over those that repeat it.
  @inline(__always)
  func store(_ vector: some LaneVector, _ row: Int) {
    for lane in stride(from: type(of: vector).laneCount &- 1, through: 0, by: -1) {
      base[starts[lane] &+ row] = Double(vector[lane])
    }
  }
}
