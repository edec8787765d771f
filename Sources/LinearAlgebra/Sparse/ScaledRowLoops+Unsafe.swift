// What one thread does with the rows of a `ScaledMatrix` in one pass.

/// Margins of a range of rows.
struct MarginLoop: ScaledRowLoop {
  let sparse: ScaledRows
  let rows: Range<Int>
  let coefficients: LanePointer<Float>
  let margins: RowSeries

  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type) {
    let table = UnsafePointer(coefficients.lanes(Vector.self))
    let constant = table[coefficients.columns]
    for row in rows {
      margins.store(sparse.sum(Index.self, row, table, doubling: 0).plus(constant), row)
    }
  }
}

/// Margins of a range of rows, and at once their weighted residuals added to the sums of the columns:
/// the second half finds the row in the nearest cache, and each column's sums beside the coefficients
/// that the first half read.
struct HessianLoop: ScaledRowLoop {
  let sparse: ScaledRows
  let rows: Range<Int>
  let pairs: LanePointer<Float>
  let weights: WeightRows

  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type) {
    let coefficients = UnsafePointer(pairs.lanes(Vector.self))
    let sums = pairs.lanes(Vector.self) + 1
    let added = coefficients[2 &* pairs.columns]
    var constant = ConstantSums()
    var next = Vector(repeating: 0)
    // A row is gathered before the one before it is scattered, so that neither waits for the other.
    var row = rows.lowerBound
    while row <= rows.upperBound {
      let margins = next.plus(added)
      if row < rows.upperBound {
        next = sparse.sum(Index.self, row, coefficients, doubling: 1)
      }
      if row > rows.lowerBound {
        let last = row &- 1
        let residuals = weights.weigh(margins, last)
        sparse.scatter(
          Index.self, residuals, last, sparse.units.positions(last),
          sparse.others.positions(last), into: sums)
        constant.add(residuals)
      }
      row &+= 1
    }
    sums[2 &* pairs.columns] = constant.rounded()
  }
}

/// The first half of a Hessian product alone: weighted residuals, row after row.
struct ResidualLoop: ScaledRowLoop {
  let sparse: ScaledRows
  let rows: Range<Int>
  let pairs: LanePointer<Float>
  let weights: WeightRows
  let residuals: LanePointer<Float>

  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type) {
    let coefficients = UnsafePointer(pairs.lanes(Vector.self))
    let target = residuals.lanes(Vector.self)
    let added = coefficients[2 &* pairs.columns]
    for row in rows {
      let margin = sparse.sum(Index.self, row, coefficients, doubling: 1).plus(added)
      target[row] = weights.weigh(margin, row)
    }
  }
}

/// The second half alone, for one part of the columns.
struct SumLoop: ScaledRowLoop {
  let sparse: ScaledRows
  let part: ScaledColumnPart
  let residuals: LanePointer<Float>
  /// The second half of pairs.
  let output: LanePointer<Float>

  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type) {
    let source = UnsafePointer(residuals.lanes(Vector.self))
    let sums = output.lanes(Vector.self)
    var constant = ConstantSums()
    for row in part.units.rows {
      sparse.scatter(
        Index.self, source[row], row, part.units.positions(sparse.units.positions(row), row),
        part.others.positions(sparse.others.positions(row), row), into: sums)
      constant.add(source[row])
    }
    if part.units.hasConstant { sums[2 &* output.columns] = constant.rounded() }
  }
}

/// Adds the rows' residuals times their entries, and curvatures times squared entries, to the sums of
/// one part of the columns: each column's two sums stand side by side.
struct GradientLoop: ScaledRowLoop {
  let sparse: ScaledRows
  let part: ScaledColumnPart
  let residuals: RowSeries
  let curvatures: RowSeries
  let pairs: LanePointer<Float>

  func run<Index: ColumnIndex, Vector: LaneVector>(_: Index.Type, _: Vector.Type) {
    let sums = pairs.lanes(Vector.self)
    var (first, second) = (ConstantSums(), ConstantSums())
    for row in part.units.rows {
      let (residual, curvature): (Vector, Vector) = (residuals.lanes(row), curvatures.lanes(row))
      sparse.scatterBoth(
        Index.self, residual, curvature, row,
        part.units.positions(sparse.units.positions(row), row),
        part.others.positions(sparse.others.positions(row), row), into: sums)
      first.add(residual)
      second.add(curvature)
    }
    if part.units.hasConstant {
      sums[2 &* pairs.columns] = first.rounded()
      sums[2 &* pairs.columns &+ 1] = second.rounded()
    }
  }
}

/// `RowWeights` as loops read them again and again: row after row, in single precision.
struct WeightRows: @unchecked Sendable {
  /// Curvatures, or the probabilities of a softmax; 0 in lanes beyond the labels.
  let factors: LanePointer<Float>
  /// The softmax's weights, one a row.
  let weights: UnsafePointer<Float>?

  @inline(__always)
  func weigh<Vector: LaneVector>(_ margins: Vector, _ row: Int) -> Vector {
    let factors = UnsafePointer(factors.lanes(Vector.self))[row]
    let products = factors.times(margins)
    guard let weights else { return products }
    var mean: Float = 0
    for lane in 0..<Vector.laneCount { mean += products[lane] }
    let centred = products.plus(factors.times(Vector(repeating: -mean)))
    return Vector(repeating: weights[row]).times(centred)
  }
}

/// One part of the columns in a segment of the rows, among the ones and among the other entries.
struct ScaledColumnPart: @unchecked Sendable {
  let units: ColumnPart
  let others: ColumnPart
}

/// The sums of the constant column. It has an entry in every row, too many to add in single precision.
private struct ConstantSums {
  private var sums = SIMD8<Double>(repeating: 0)

  @inline(__always)
  mutating func add(_ residuals: some LaneVector) { residuals.add(to: &sums) }

  @inline(__always)
  func rounded<Vector: LaneVector>() -> Vector { Vector(lanes: SIMD8<Float>(sums)) }
}
