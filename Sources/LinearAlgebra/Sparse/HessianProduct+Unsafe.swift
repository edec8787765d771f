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
      parallelism.forEach(segments.count) {
        pairs.copy($0).pair(source, scaledBy: scaled.columnScales, lanes)
      }
    }
    multiply(
      pairs, weightRows(weights, lanes, in: workspace.weights), lanes, &workspace)
    workspace.output.separate(
      segments.count, of: pairs.secondHalf, into: &products, lanes: lanes, features: dimension,
      scaledBy: scaled.columnScales, parallelism)
  }

  /// Adds the products of each segment of the rows to the sums of its copy of the pairs, in which
  /// each feature's vector and sums stand side by side: the vector times c, the sums still over c.
  func multiply(
    _ pairs: LanePointer<Float>, _ weights: WeightRows, _ lanes: Lanes,
    _ workspace: inout LaneWorkspace
  ) {
    if columnParts.count == 1 {
      // Both products in one pass, each segment of the rows one thread's.
      withScaledRows(tableWidth: pairs.width) { sparse in
        parallelism.forEach(segments.count) { index in
          sparse.run(
            HessianLoop(
              sparse: sparse, rows: segments[index], pairs: pairs.copy(index), weights: weights),
            width: lanes.width)
        }
      }
    } else {
      splitProduct(pairs, weights, lanes, &workspace)
    }
  }

  /// One product after the other, for more threads than segments.
  private func splitProduct(
    _ pairs: LanePointer<Float>, _ weights: WeightRows, _ lanes: Lanes,
    _ workspace: inout LaneWorkspace
  ) {
    let residuals: LanePointer<Float> = workspace.residuals.uninitialized(
      features: rows, width: lanes.width, copies: 1)
    withScaledRows(tableWidth: pairs.width) { sparse in
      parallelism.forEach(rowRanges.count) { index in
        sparse.run(
          ResidualLoop(
            sparse: sparse, rows: rowRanges[index], pairs: pairs, weights: weights,
            residuals: residuals),
          width: lanes.width)
      }
      withScaledPieces { pieces in
        parallelism.forEach(pieces.count) { index in
          sparse.run(
            SumLoop(
              sparse: sparse, part: pieces[index], residuals: residuals,
              output: pairs.copy(index / columnParts.count).secondHalf),
            width: lanes.width)
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
