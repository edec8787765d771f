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
      let input: LanePointer<Double> = workspace.input.interleave(
        vectors, lanes: chunk, features: dimension, parallelism)
      withRows(tableWidth: chunk.width) { sparse in
        withSeries(&margins, chunk) { margins in
          parallelism.forEach(rowRanges.count) { index in
            sparse.gather(rowRanges[index], input, into: margins)
          }
        }
      }
    }
  }

  /// The same in single precision; relative to the margins' size exact to about 1e-6.
  package func singleProduct(
    _ vectors: [Double], lanes: Lanes, into margins: inout [Double],
    using workspace: inout LaneWorkspace
  ) {
    check(vectors: vectors.count, series: margins.count, lanes)
    for chunk in lanes.chunks {
      let input: LanePointer<Float> = workspace.input.interleave(
        vectors, lanes: chunk, features: dimension, scaledBy: scaled.columnScales, parallelism)
      withScaledRows(tableWidth: chunk.width) { sparse in
        withSeries(&margins, chunk) { margins in
          parallelism.forEach(rowRanges.count) { index in
            sparse.run(
              MarginLoop(
                sparse: sparse, rows: rowRanges[index], coefficients: input, margins: margins),
              width: chunk.width)
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
      let output: LanePointer<Double> = workspace.output.uninitialized(
        features: dimension, width: chunk.width, copies: segments.count)
      let inPieces = columnParts.count > 1
      if inPieces { clear(output) }
      withRows(tableWidth: chunk.width) { sparse in
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
        segments.count, of: output, into: &sums, lanes: chunk, features: dimension, parallelism)
    }
  }

  /// Transposed products [X 1]ᵀ r, and at once Σᵢ hᵢ xᵢⱼ² with other series h: in single precision,
  /// exact to about 1e-5 of the sums of absolute values.
  ///
  /// - Parameters:
  ///   - residuals: r, `rows` numbers for each lane.
  ///   - curvatures: h, as many.
  ///   - lanes: the labels that take part; other parts of the arrays stay as they are.
  ///   - sums: `dimension` numbers for each lane of both results, overwritten.
  ///   - workspace: memory kept between passes.
  package func singleTransposedProducts(
    _ residuals: [Double], _ curvatures: [Double], lanes: Lanes,
    into sums: inout (products: [Double], squares: [Double]),
    using workspace: inout LaneWorkspace
  ) {
    check(
      vectors: min(sums.products.count, sums.squares.count),
      series: min(residuals.count, curvatures.count), lanes)
    for chunk in lanes.chunks {
      let pairs: LanePointer<Float> = workspace.output.uninitialized(
        features: dimension, width: 2 * chunk.width, copies: segments.count)
      let inPieces = columnParts.count > 1
      if inPieces { clear(pairs) }
      withScaledRows(tableWidth: pairs.width) { sparse in
        withSeries(residuals, chunk) { residuals in
          withSeries(curvatures, chunk) { curvatures in
            withScaledPieces { pieces in
              parallelism.forEach(pieces.count) { index in
                let target = pairs.copy(index / columnParts.count)
                if !inPieces { target.clear(0..<dimension) }
                sparse.run(
                  GradientLoop(
                    sparse: sparse, part: pieces[index], residuals: residuals,
                    curvatures: curvatures, pairs: target),
                  width: chunk.width)
              }
            }
          }
        }
      }
      workspace.output.separate(
        segments.count, of: pairs, into: &sums.products, lanes: chunk, features: dimension,
        scaledBy: scaled.columnScales, parallelism)
      workspace.output.separate(
        segments.count, of: pairs.secondHalf, into: &sums.squares, lanes: chunk,
        features: dimension, scaledBy: scaled.squaredColumnScales, parallelism)
    }
  }

  /// Clears all copies, before several parts of the columns share each of them.
  func clear<Scalar: LaneScalar>(_ output: LanePointer<Scalar>) {
    let ranges = parallelism.ranges(of: dimension, minimumLength: LaneBuffer.featuresPerThread)
    parallelism.forEach(segments.count * ranges.count) { index in
      output.copy(index / ranges.count).clear(ranges[index % ranges.count])
    }
  }

  func check(vectors: Int, series: Int, _ lanes: Lanes) {
    let last = lanes.labels.max() ?? -1
    precondition(
      (lanes.labels.min() ?? 0) >= 0 && lanes.stride >= dimension
        && (last < 0 || vectors >= last * lanes.stride + dimension) && series >= (last + 1) * rows,
      "each lane needs a vector of \(dimension) and a series of \(rows) numbers")
  }
}
