// The loops over rows: what one thread does in one pass over the matrix. The buffers of lanes have
// one more entry than the matrix has columns, for the constant column.

extension SparseRows {
  /// Margins of a range of rows.
  func gather(_ rows: Range<Int>, _ input: LanePointer<Double>, into margins: RowSeries) {
    switch input.width {
    case 1:
      let coefficients = UnsafePointer(input.scalars)
      let constant = coefficients[input.columns]
      let target = margins.base + margins.starts[0]
      for row in rows { target[row] = sum(row, coefficients) + constant }
    case 2: gather(SIMD2.self, rows, input, into: margins)
    case 4: gather(SIMD4.self, rows, input, into: margins)
    default: gather(SIMD8.self, rows, input, into: margins)
    }
  }

  @inline(__always)
  private func gather<Vector: SIMD>(
    _: Vector.Type, _ rows: Range<Int>, _ input: LanePointer<Double>, into margins: RowSeries
  ) where Vector.Scalar == Double {
    let coefficients = UnsafePointer(input.vectors(Vector.self))
    let constant = coefficients[input.columns]
    for row in rows { margins.store(sum(row, coefficients) + constant, row) }
  }

  /// Adds the rows' residuals times their entries to the sums of one part of the columns.
  func scatter(
    _ part: ColumnPart, _ residuals: RowSeries, squared: Bool, into output: LanePointer<Double>
  ) {
    switch output.width {
    case 1:
      let sums = output.scalars
      let source = residuals.base + residuals.starts[0]
      var constant = 0.0
      for row in part.rows {
        let residual = source[row]
        scatter(
          residual, part.positions(positions(row), row), squared: squared, into: sums,
          prefetching: part.count == 1)
        constant += residual
      }
      if part.hasConstant { sums[output.columns] = constant }
    case 2: scatter(SIMD2.self, part, residuals, squared: squared, into: output)
    case 4: scatter(SIMD4.self, part, residuals, squared: squared, into: output)
    default: scatter(SIMD8.self, part, residuals, squared: squared, into: output)
    }
  }

  @inline(__always)
  private func scatter<Vector: SIMD>(
    _: Vector.Type, _ part: ColumnPart, _ residuals: RowSeries, squared: Bool,
    into output: LanePointer<Double>
  ) where Vector.Scalar == Double {
    let sums = output.vectors(Vector.self)
    var constant = Vector(repeating: 0)
    for row in part.rows {
      let residual: Vector = residuals.load(row)
      scatter(
        residual, part.positions(positions(row), row), squared: squared, into: sums,
        prefetching: part.count == 1)
      constant += residual
    }
    if part.hasConstant { sums[output.columns] = constant }
  }
}

/// One part of the columns in a segment of the rows, as its thread sees it.
struct ColumnPart: @unchecked Sendable {
  let rows: Range<Int>
  let index: Int
  let count: Int
  /// Those of the rows' entries: see `ColumnParts.crossings`.
  let crossings: UnsafePointer<Int32>?

  /// Whether the constant column is in this part.
  var hasConstant: Bool { index == count - 1 }

  /// Those of a row's entries that lie in this part.
  @inline(__always)
  func positions(_ entries: Range<Int>, _ row: Int) -> Range<Int> {
    guard let crossings, count > 1 else { return entries }
    let first = row &* (count &- 1)
    return Range(
      uncheckedBounds: (
        index == 0 ? entries.lowerBound : entries.lowerBound &+ Int(crossings[first &+ index &- 1]),
        index == count &- 1
          ? entries.upperBound : entries.lowerBound &+ Int(crossings[first &+ index])
      ))
  }
}
