// Pointers to a design's arrays, for the time of one pass. An empty array may have no address; a
// kernel never reads it, so any address will do.

private func address<Element>(_ buffer: UnsafeBufferPointer<Element>, or fallback: UnsafeRawPointer)
  -> UnsafePointer<Element>
{
  buffer.baseAddress ?? fallback.assumingMemoryBound(to: Element.self)
}

extension DesignMatrix {
  /// The matrix in double precision, for a table of some doubles a column.
  func withRows(tableWidth: Int, _ body: (SparseRows<Double>) -> Void) {
    withRows(documents.values, tableWidth * MemoryLayout<Double>.stride, body)
  }

  /// The matrix in single precision, for a table of some floats a column.
  func withSingleRows(tableWidth: Int, _ body: (SparseRows<Float>) -> Void) {
    withRows(singleValues, tableWidth * MemoryLayout<Float>.stride, body)
  }

  private func withRows<Value>(
    _ values: [Value], _ bytesPerColumn: Int, _ body: (SparseRows<Value>) -> Void
  ) {
    documents.rowOffsets.withUnsafeBufferPointer { offsets in
      documents.columnIndices.withUnsafeBufferPointer { columns in
        values.withUnsafeBufferPointer { values in
          // There is always the offset 0.
          guard let offsets = offsets.baseAddress else { return }
          body(
            SparseRows(
              offsets: offsets, columns: address(columns, or: offsets),
              values: address(values, or: offsets), last: max(0, values.count - 1),
              prefetches: dimension * bytesPerColumn > SparseRows<Value>.nearTable))
        }
      }
    }
  }

  /// The pieces of a transposed product: each segment of the rows in each part of the columns.
  func withPieces(_ body: ([ColumnPart]) -> Void) {
    columnParts.crossings.withUnsafeBufferPointer { crossings in
      nonisolated(unsafe) let base = crossings.baseAddress
      body(
        segments.flatMap { rows in
          (0..<columnParts.count).map {
            ColumnPart(rows: rows, index: $0, count: columnParts.count, crossings: base)
          }
        })
    }
  }

  func withSeries(_ series: inout [Double], _ lanes: Lanes, _ body: (RowSeries) -> Void) {
    withStarts(lanes) { starts in
      series.withUnsafeMutableBufferPointer { series in
        guard let base = series.baseAddress else { return }
        body(RowSeries(base: base, starts: starts, lanes: lanes.labels.count))
      }
    }
  }

  /// Series that are only read.
  func withSeries(_ series: [Double], _ lanes: Lanes, _ body: (RowSeries) -> Void) {
    withStarts(lanes) { starts in
      series.withUnsafeBufferPointer { series in
        guard let base = series.baseAddress else { return }
        body(
          RowSeries(
            base: UnsafeMutablePointer(mutating: base), starts: starts, lanes: lanes.labels.count))
      }
    }
  }

  func withWeights(_ weights: RowWeights, _ lanes: Lanes, _ body: (RowWeightPointers) -> Void) {
    switch weights {
    case .diagonal(let curvatures):
      withSeries(curvatures, lanes) { body(RowWeightPointers(series: $0, weights: nil)) }
    case .diagonalMinusRankOne(let probabilities, let weights):
      precondition(weights.count >= rows, "one weight a row")
      withSeries(probabilities, lanes) { series in
        weights.withUnsafeBufferPointer { weights in
          body(RowWeightPointers(series: series, weights: weights.baseAddress))
        }
      }
    }
  }

  private func withStarts(_ lanes: Lanes, _ body: (UnsafePointer<Int>) -> Void) {
    guard let first = lanes.labels.first else { return }
    var starts = lanes.labels.map { $0 * rows }
    while starts.count < Lanes.widest { starts.append(first * rows) }
    starts.withUnsafeBufferPointer { starts in
      guard let starts = starts.baseAddress else { return }
      body(starts)
    }
  }
}

/// `RowWeights` as a kernel reads them; the lanes are those of the margins.
struct RowWeightPointers: @unchecked Sendable {
  /// Curvatures, or the probabilities of a softmax.
  let series: RowSeries
  /// The softmax's weights, one a row.
  let weights: UnsafePointer<Double>?

  @inline(__always)
  func weigh(_ margin: Float, _ row: Int) -> Float {
    let factor = Float(series.base[series.starts[0] &+ row])
    let product = factor * margin
    guard let weights else { return product }
    return Float(weights[row]) * (product - factor * product)
  }

  @inline(__always)
  func weigh<Vector: SIMD>(_ margins: Vector, _ row: Int) -> Vector where Vector.Scalar == Float {
    let factors: Vector = series.load(row)
    let products = factors * margins
    guard let weights else { return products }
    var mean: Float = 0
    for lane in 0..<series.lanes { mean += products[lane] }
    return Vector(repeating: Float(weights[row])) * (products - factors * Vector(repeating: mean))
  }

  /// Weighs the margins of a range of rows in place, in double precision and for any number of lanes.
  func weigh(_ margins: RowSeries, _ rows: Range<Int>) {
    for row in rows {
      var mean = 0.0
      if weights != nil {
        for lane in 0..<series.lanes {
          let position = series.starts[lane] &+ row
          mean += series.base[position] * margins.base[position]
        }
      }
      for lane in 0..<series.lanes {
        let position = series.starts[lane] &+ row
        let product = series.base[position] * (margins.base[position] - mean)
        margins.base[position] = weights.map { $0[row] * product } ?? product
      }
    }
  }
}
