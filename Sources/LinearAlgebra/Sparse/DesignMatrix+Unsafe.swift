extension DesignMatrix {
  /// Margins [X 1] v for each lane's vector v.
  ///
  /// - Parameters:
  ///   - vectors: `dimension` numbers for each lane.
  ///   - lanes: the labels that take part; other parts of the arrays stay as they are.
  ///   - margins: `rows` numbers for each lane, overwritten.
  ///   - workspace: memory kept between passes.
  package func product(
    _ vectors: [Double], lanes: Lanes, into margins: inout [Double],
    using workspace: inout LaneWorkspace
  ) {
    check(vectors: vectors.count, series: margins.count, lanes)
    for chunk in lanes.chunks {
      let input = workspace.input.interleave(vectors, lanes: chunk, features: dimension)
      withRows { sparse in
        withSeries(&margins, chunk) { margins in
          parallelism.forEach(rowRanges.count) { index in
            sparse.gather(rowRanges[index], input, into: margins)
          }
        }
      }
    }
  }

  /// Transposed products [X 1]ᵀ r (or with squared entries) for each lane's series r.
  ///
  /// - Parameters:
  ///   - residuals: `rows` numbers for each lane.
  ///   - entries: whether to sum the entries or their squares.
  ///   - lanes: the labels that take part; other parts of the arrays stay as they are.
  ///   - sums: `dimension` numbers for each lane, overwritten.
  ///   - workspace: memory kept between passes.
  package func transposedProduct(
    _ residuals: [Double], of entries: Entries = .values, lanes: Lanes, into sums: inout [Double],
    using workspace: inout LaneWorkspace
  ) {
    check(vectors: sums.count, series: residuals.count, lanes)
    for chunk in lanes.chunks {
      let output = workspace.output.uninitialized(
        features: dimension, width: chunk.width, copies: segments.count)
      let clearing = parallelism.ranges(of: dimension, minimumLength: 10_000)
      let inPieces = columnParts.count > 1
      if inPieces {
        // Several parts share a copy, so it must be clear before the first of them starts.
        parallelism.forEach(segments.count * clearing.count) { index in
          output.copy(index / clearing.count).clear(clearing[index % clearing.count])
        }
      }
      withRows { sparse in
        withSeries(residuals, chunk) { residuals in
          withPieces { pieces in
            parallelism.forEach(pieces.count) { index in
              let target = output.copy(index / columnParts.count)
              if !inPieces { target.clear(0..<dimension) }
              switch entries {
              case .values: sparse.scatter(pieces[index], residuals, squared: false, into: target)
              case .squares: sparse.scatter(pieces[index], residuals, squared: true, into: target)
              }
            }
          }
        }
      }
      workspace.output.separate(
        segments.count, into: &sums, lanes: chunk, features: dimension, parallelism)
    }
  }

  /// Hessian products [X 1]ᵀ W [X 1] v for each lane's vector v, and the margins [X 1] v.
  ///
  /// Both products take one pass, in which each segment of the rows is one thread's; more threads
  /// than segments do one product after the other. The result is the same to the last bit.
  ///
  /// - Parameters:
  ///   - vectors: `dimension` numbers for each lane.
  ///   - weights: W; labels × rows.
  ///   - lanes: the labels that take part; for a softmax all of them, in order.
  ///   - outputs: overwritten for each lane.
  ///   - workspace: memory kept between passes.
  package func hessianProduct(
    _ vectors: [Double], weights: RowWeights, lanes: Lanes, into outputs: inout HessianOutputs,
    using workspace: inout LaneWorkspace
  ) {
    if columnParts.count == 1 && lanes.labels.count <= Lanes.widest {
      fusedHessianProduct(
        vectors, weights: weights, lanes: lanes, into: &outputs, using: &workspace)
      return
    }
    product(vectors, lanes: lanes, into: &outputs.margins, using: &workspace)
    if workspace.weighted.count < outputs.margins.count {
      workspace.weighted = Array(repeating: 0, count: outputs.margins.count)
    }
    withSeries(outputs.margins, lanes) { margins in
      withSeries(&workspace.weighted, lanes) { weighted in
        withWeights(weights, lanes) { weights in
          parallelism.forEach(rowRanges.count) { index in
            weights.weigh(margins, rowRanges[index], into: weighted)
          }
        }
      }
    }
    // Taken out, so that the pass may read it while it uses the rest of the workspace.
    let weighted = workspace.weighted
    workspace.weighted = []
    transposedProduct(weighted, lanes: lanes, into: &outputs.products, using: &workspace)
    workspace.weighted = weighted
  }

  private func fusedHessianProduct(
    _ vectors: [Double], weights: RowWeights, lanes: Lanes, into outputs: inout HessianOutputs,
    using workspace: inout LaneWorkspace
  ) {
    check(vectors: vectors.count, series: outputs.margins.count, lanes)
    check(vectors: outputs.products.count, series: weights.count, lanes)
    let input = workspace.input.interleave(vectors, lanes: lanes, features: dimension)
    let output = workspace.output.uninitialized(
      features: dimension, width: lanes.width, copies: segments.count)
    withRows { sparse in
      withSeries(&outputs.margins, lanes) { margins in
        withWeights(weights, lanes) { weights in
          parallelism.forEach(segments.count) { index in
            let target = output.copy(index)
            target.clear(0..<dimension)
            sparse.gatherAndScatter(segments[index], input, weights, into: margins, target)
          }
        }
      }
    }
    workspace.output.separate(
      segments.count, into: &outputs.products, lanes: lanes, features: dimension, parallelism)
  }

  private func check(vectors: Int, series: Int, _ lanes: Lanes) {
    let last = lanes.labels.max() ?? -1
    precondition(
      (lanes.labels.min() ?? 0) >= 0 && lanes.stride >= dimension
        && (last < 0 || vectors >= last * lanes.stride + dimension) && series >= (last + 1) * rows,
      "each lane needs a vector of \(dimension) and a series of \(rows) numbers")
  }
}

/// What a Hessian product yields; kept by the solver, so that its loop allocates nothing.
package struct HessianOutputs: Sendable {
  /// [X 1] v, labels × rows.
  package var margins: [Double]
  /// [X 1]ᵀ W [X 1] v, `dimension` numbers for each lane.
  package var products: [Double]

  /// Makes outputs of zeros.
  package init(margins: Int, products: Int) {
    self.margins = Array(repeating: 0, count: margins)
    self.products = Array(repeating: 0, count: products)
  }
}
