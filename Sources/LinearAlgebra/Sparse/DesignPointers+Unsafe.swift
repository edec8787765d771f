// Pointers to a design's arrays, for the time of one pass. An empty array may have no address; a
// kernel never reads it, so any address will do.

private func address<Element>(_ buffer: UnsafeBufferPointer<Element>, or fallback: UnsafeRawPointer)
  -> UnsafePointer<Element>
{
  buffer.baseAddress ?? fallback.assumingMemoryBound(to: Element.self)
}

extension DesignMatrix {
  /// The matrix in double precision, for a table of some doubles a column.
  func withRows(tableWidth: Int, _ body: (SparseRows) -> Void) {
    let documents = documentsInDouble
    documents.rowOffsets.withUnsafeBufferPointer { offsets in
      documents.columnIndices.withUnsafeBufferPointer { columns in
        documents.values.withUnsafeBufferPointer { values in
          rowOrder.withUnsafeBufferPointer { order in
            // There is always the offset 0.
            guard let offsets = offsets.baseAddress else { return }
            body(
              SparseRows(
                offsets: offsets, columns: address(columns, or: offsets),
                values: address(values, or: offsets),
                order: order.isEmpty ? nil : order.baseAddress, last: max(0, values.count - 1),
                prefetches: dimension * tableWidth * MemoryLayout<Double>.stride
                  > SparseRows.nearTable))
          }
        }
      }
    }
  }

  /// The matrix in single precision, for a table of some floats a column.
  func withScaledRows(tableWidth: Int, _ body: (ScaledRows) -> Void) {
    precondition(scaled.rowScales.count == rows, "a design for all passes")
    withEntries(scaled.units) { units in
      withEntries(scaled.others) { others in
        scaled.otherValues.withUnsafeBufferPointer { values in
          scaled.rowScales.withUnsafeBufferPointer { scales in
            body(
              ScaledRows(
                units: units, others: others, values: address(values, or: units.columns),
                scales: address(scales, or: units.columns),
                isNarrow: scaled.units.columns.isNarrow,
                prefetches: dimension * tableWidth * MemoryLayout<Float>.stride
                  > SparseRows.nearTable))
          }
        }
      }
    }
  }

  private func withEntries(_ entries: EntryColumns, _ body: (EntryPointers) -> Void) {
    entries.offsets.withUnsafeBufferPointer { offsets in
      guard let offsets = offsets.baseAddress else { return }
      body(
        EntryPointers(
          offsets: offsets, columns: UnsafeRawPointer(entries.columns.address),
          last: max(0, entries.columns.count - 1)))
    }
  }

  /// The pieces of a transposed product: each segment of the rows in each part of the columns.
  func withPieces(_ body: ([ColumnPart]) -> Void) {
    withPieces(crossings.documents, body)
  }

  /// The same among the ones and the other entries of the scaled matrix.
  func withScaledPieces(_ body: ([ScaledColumnPart]) -> Void) {
    withPieces(crossings.units) { units in
      withPieces(crossings.others) { others in
        body(zip(units, others).map { ScaledColumnPart(units: $0, others: $1) })
      }
    }
  }

  private func withPieces(_ crossings: [Int32], _ body: ([ColumnPart]) -> Void) {
    crossings.withUnsafeBufferPointer { crossings in
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

  /// Row weights for many passes in single precision.
  ///
  /// - Parameter memory: where they stand, until it is used again.
  func weightRows(_ weights: RowWeights, _ lanes: Lanes, in memory: WeightMemory) -> WeightRows {
    let factors: LanePointer<Float> = memory.factors.uninitialized(
      features: rows, width: lanes.width, copies: 1)
    var rowWeights: LanePointer<Float>?
    if case .diagonalMinusRankOne = weights {
      rowWeights = memory.weights.uninitialized(features: rows, width: 1, copies: 1)
    }
    let target = rowWeights
    withWeights(weights, lanes) { source in
      parallelism.forEach(rowRanges.count) { index in
        for row in rowRanges[index] {
          for lane in 0..<lanes.width {
            factors.scalars[row &* lanes.width &+ lane] =
              lane < source.series.lanes
              ? Float(source.series.base[source.series.starts[lane] &+ row]) : 0
          }
          if let target, let weights = source.weights { target.scalars[row] = Float(weights[row]) }
        }
      }
    }
    return WeightRows(factors: factors, weights: target.map { UnsafePointer($0.scalars) })
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
