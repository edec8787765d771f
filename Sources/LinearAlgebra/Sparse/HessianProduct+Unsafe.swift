extension DesignMatrix {
  /// Hessian products [X 1]ᵀ W [X 1] v for each lane's vector v, in single precision.
  ///
  /// Newton's method needs the direction that a Hessian product serves to a few digits only, since
  /// its goal is set by gradients, which are sums in double precision. Half the memory for
  /// coefficients and sums is twice as much of them in the nearest cache.
  ///
  /// Both products take one pass, in which each segment of the rows is one thread's; more threads
  /// than segments do one product after the other. The result is the same to the last bit. More
  /// labels than one pass can serve take several, in double precision.
  ///
  /// - Parameters:
  ///   - vectors: `dimension` numbers for each lane.
  ///   - weights: W; labels × rows.
  ///   - lanes: the labels that take part; for a softmax all of them, in order.
  ///   - products: `dimension` numbers for each lane, overwritten; within about 1e-5 of their norm.
  ///   - workspace: memory kept between passes.
  package func hessianProduct(
    _ vectors: [Double], weights: RowWeights, lanes: Lanes, into products: inout [Double],
    using workspace: inout LaneWorkspace
  ) {
    check(vectors: vectors.count, series: weights.count, lanes)
    check(vectors: products.count, series: weights.count, lanes)
    guard lanes.labels.count <= Lanes.widest else {
      chunkedHessianProduct(
        vectors, weights: weights, lanes: lanes, into: &products, using: &workspace)
      return
    }
    let pairs: LanePointer<Float> = workspace.output.uninitialized(
      features: dimension, width: 2 * lanes.width, copies: segments.count)
    vectors.withUnsafeBufferPointer { vectors in
      guard let base = vectors.baseAddress else { return }
      nonisolated(unsafe) let source = base
      parallelism.forEach(segments.count) { pairs.copy($0).pair(source, lanes) }
    }
    multiply(pairs, weights, lanes, &workspace)
    workspace.output.separate(
      segments.count, of: pairs.secondHalf, into: &products, lanes: lanes, features: dimension,
      parallelism)
  }

  /// Adds the products of each segment of the rows to the sums of its copy of the pairs, in which
  /// each feature's vector and sums stand side by side.
  func multiply(
    _ pairs: LanePointer<Float>, _ weights: RowWeights, _ lanes: Lanes,
    _ workspace: inout LaneWorkspace
  ) {
    if columnParts.count == 1 {
      // Both products in one pass, each segment of the rows one thread's.
      withSingleRows(tableWidth: pairs.width) { sparse in
        withWeights(weights, lanes) { weights in
          parallelism.forEach(segments.count) { index in
            sparse.gatherAndScatter(segments[index], pairs.copy(index), weights)
          }
        }
      }
    } else {
      splitProduct(pairs, weights, lanes, &workspace)
    }
  }

  /// One product after the other, for more threads than segments.
  private func splitProduct(
    _ pairs: LanePointer<Float>, _ weights: RowWeights, _ lanes: Lanes,
    _ workspace: inout LaneWorkspace
  ) {
    let residuals: LanePointer<Float> = workspace.residuals.uninitialized(
      features: rows, width: lanes.width, copies: 1)
    withSingleRows(tableWidth: pairs.width) { sparse in
      withWeights(weights, lanes) { weights in
        parallelism.forEach(rowRanges.count) { index in
          sparse.gather(rowRanges[index], pairs, weights, into: residuals)
        }
        withPieces { pieces in
          parallelism.forEach(pieces.count) { index in
            sparse.scatter(
              pieces[index], residuals, into: pairs.copy(index / columnParts.count).secondHalf)
          }
        }
      }
    }
  }

  private func chunkedHessianProduct(
    _ vectors: [Double], weights: RowWeights, lanes: Lanes, into products: inout [Double],
    using workspace: inout LaneWorkspace
  ) {
    // Taken out, so that the passes may read it while they use the rest of the workspace.
    var margins = workspace.margins
    workspace.margins = []
    if margins.count < weights.count { margins = Array(repeating: 0, count: weights.count) }
    product(vectors, lanes: lanes, into: &margins, using: &workspace)
    withSeries(&margins, lanes) { margins in
      withWeights(weights, lanes) { weights in
        parallelism.forEach(rowRanges.count) { index in
          weights.weigh(margins, rowRanges[index])
        }
      }
    }
    transposedProduct(margins, lanes: lanes, into: &products, using: &workspace)
    workspace.margins = margins
  }
}

extension SparseRows where Value == Float {
  /// Margins of a range of rows, and at once their weighted residuals added to the sums of the
  /// columns: the second loop finds the row in the nearest cache, and each column's sums beside the
  /// coefficients that the first loop read.
  func gatherAndScatter(
    _ rows: Range<Int>, _ pairs: LanePointer<Float>, _ weights: RowWeightPointers
  ) {
    switch pairs.width {
    case 2:
      let coefficients = UnsafePointer(pairs.scalars)
      let sums = pairs.scalars + 1
      let added = coefficients[2 * pairs.columns]
      var constant = 0.0
      for row in rows {
        let residual = weights.weigh(sum(row, coefficients, doubling: 1) + added, row)
        scatter(
          residual, positions(row), squared: false, into: sums, doubling: 1, prefetching: false)
        constant += Double(residual)
      }
      sums[2 * pairs.columns] = Float(constant)
    case 4: gatherAndScatter(SIMD2.self, rows, pairs, weights)
    case 8: gatherAndScatter(SIMD4.self, rows, pairs, weights)
    default: gatherAndScatter(SIMD8.self, rows, pairs, weights)
    }
  }

  @inline(__always)
  private func gatherAndScatter<Vector: SIMD>(
    _: Vector.Type, _ rows: Range<Int>, _ pairs: LanePointer<Float>, _ weights: RowWeightPointers
  ) where Vector.Scalar == Float {
    let coefficients = UnsafePointer(pairs.vectors(Vector.self))
    let sums = pairs.vectors(Vector.self) + 1
    let added = coefficients[2 * pairs.columns]
    var constant = ConstantSums()
    var next: Vector =
      rows.isEmpty ? Vector(repeating: 0) : sum(rows.lowerBound, coefficients, doubling: 1)
    for row in rows {
      let residuals = weights.weigh(next + added, row)
      if row &+ 1 < rows.upperBound { next = sum(row &+ 1, coefficients, doubling: 1) }
      scatter(
        residuals, positions(row), squared: false, into: sums, doubling: 1, prefetching: false)
      constant.add(residuals)
    }
    sums[2 * pairs.columns] = constant.rounded()
  }

  /// The first half alone: weighted residuals, row after row.
  func gather(
    _ rows: Range<Int>, _ pairs: LanePointer<Float>, _ weights: RowWeightPointers,
    into residuals: LanePointer<Float>
  ) {
    switch residuals.width {
    case 1:
      let coefficients = UnsafePointer(pairs.scalars)
      let added = coefficients[2 * pairs.columns]
      for row in rows {
        residuals.scalars[row] = weights.weigh(sum(row, coefficients, doubling: 1) + added, row)
      }
    case 2: gather(SIMD2.self, rows, pairs, weights, into: residuals)
    case 4: gather(SIMD4.self, rows, pairs, weights, into: residuals)
    default: gather(SIMD8.self, rows, pairs, weights, into: residuals)
    }
  }

  @inline(__always)
  private func gather<Vector: SIMD>(
    _: Vector.Type, _ rows: Range<Int>, _ pairs: LanePointer<Float>, _ weights: RowWeightPointers,
    into residuals: LanePointer<Float>
  ) where Vector.Scalar == Float {
    let coefficients = UnsafePointer(pairs.vectors(Vector.self))
    let target = residuals.vectors(Vector.self)
    let added = coefficients[2 * pairs.columns]
    for row in rows {
      target[row] = weights.weigh(sum(row, coefficients, doubling: 1) + added, row)
    }
  }

  /// The second half alone, for one part of the columns.
  ///
  /// - Parameter output: the second half of pairs.
  func scatter(
    _ part: ColumnPart, _ residuals: LanePointer<Float>, into output: LanePointer<Float>
  ) {
    switch residuals.width {
    case 1:
      var constant = 0.0
      for row in part.rows {
        let residual = residuals.scalars[row]
        scatter(
          residual, part.positions(self, row), squared: false, into: output.scalars, doubling: 1,
          prefetching: false)
        constant += Double(residual)
      }
      if part.hasConstant { output.scalars[2 * output.columns] = Float(constant) }
    case 2: scatter(SIMD2.self, part, residuals, into: output)
    case 4: scatter(SIMD4.self, part, residuals, into: output)
    default: scatter(SIMD8.self, part, residuals, into: output)
    }
  }

  @inline(__always)
  private func scatter<Vector: SIMD>(
    _: Vector.Type, _ part: ColumnPart, _ residuals: LanePointer<Float>,
    into output: LanePointer<Float>
  ) where Vector.Scalar == Float {
    let source = UnsafePointer(residuals.vectors(Vector.self))
    let sums = output.vectors(Vector.self)
    var constant = ConstantSums()
    for row in part.rows {
      scatter(
        source[row], part.positions(self, row), squared: false, into: sums, doubling: 1,
        prefetching: false)
      constant.add(source[row])
    }
    if part.hasConstant { sums[2 * output.columns] = constant.rounded() }
  }
}
