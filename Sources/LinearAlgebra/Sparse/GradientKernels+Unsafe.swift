extension SparseRows where Value == Float {
  /// Adds the rows' residuals times their entries, and curvatures times squared entries, to the sums
  /// of one part of the columns: each column's two sums stand side by side.
  func scatter(
    _ part: ColumnPart, _ residuals: RowSeries, _ curvatures: RowSeries,
    into pairs: LanePointer<Float>
  ) {
    switch pairs.width {
    case 2:
      let sums = pairs.scalars
      let (first, second) = (
        residuals.base + residuals.starts[0], curvatures.base + curvatures.starts[0]
      )
      var constant = SIMD2<Double>(repeating: 0)
      for row in part.rows {
        let positions = part.positions(self, row)
        let (residual, curvature) = (first[row], second[row])
        let both = SIMD2(Float(residual), Float(curvature))
        scatterBoth(both, positions, into: pairs.vectors(SIMD2<Float>.self))
        constant += SIMD2(residual, curvature)
      }
      if part.hasConstant {
        sums[2 * pairs.columns] = Float(constant[0])
        sums[2 * pairs.columns + 1] = Float(constant[1])
      }
    case 4: scatter(SIMD2.self, part, residuals, curvatures, into: pairs)
    case 8: scatter(SIMD4.self, part, residuals, curvatures, into: pairs)
    default: scatter(SIMD8.self, part, residuals, curvatures, into: pairs)
    }
  }

  /// One label's two sums as one vector.
  @inline(__always)
  private func scatterBoth(
    _ factors: SIMD2<Float>, _ positions: Range<Int>, into sums: UnsafeMutablePointer<SIMD2<Float>>
  ) {
    for position in positions {
      prefetch(UnsafePointer(sums), position, 0)
      let value = values[position]
      sums[column(position)] += factors * SIMD2(value, value * value)
    }
  }

  @inline(__always)
  private func scatter<Vector: SIMD>(
    _: Vector.Type, _ part: ColumnPart, _ residuals: RowSeries, _ curvatures: RowSeries,
    into pairs: LanePointer<Float>
  ) where Vector.Scalar == Float {
    let sums = pairs.vectors(Vector.self)
    var (first, second) = (ConstantSums(), ConstantSums())
    for row in part.rows {
      let (residual, curvature): (Vector, Vector) = (residuals.load(row), curvatures.load(row))
      for position in part.positions(self, row) {
        prefetch(UnsafePointer(sums), position, 1)
        let value = Vector(repeating: values[position])
        let pair = sums + 2 &* column(position)
        pair[0] += residual * value
        pair[1] += curvature * (value * value)
      }
      first.add(residual)
      second.add(curvature)
    }
    if part.hasConstant {
      sums[2 * pairs.columns] = first.rounded()
      sums[2 * pairs.columns + 1] = second.rounded()
    }
  }
}

/// The sums of the constant column. It has an entry in every row, too many to add in single precision.
struct ConstantSums {
  private var sums = SIMD8<Double>(repeating: 0)

  @inline(__always)
  mutating func add<Vector: SIMD>(_ residuals: Vector) where Vector.Scalar == Float {
    for lane in 0..<Vector.scalarCount { sums[lane] += Double(residuals[lane]) }
  }

  @inline(__always)
  func rounded<Vector: SIMD>() -> Vector where Vector.Scalar == Float {
    var result = Vector(repeating: 0)
    for lane in 0..<Vector.scalarCount { result[lane] = Float(sums[lane]) }
    return result
  }
}
