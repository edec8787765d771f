/// The vectors as loops see them, with the lanes of each feature side by side.
///
/// With X = diag(r) (U + V) diag(c), they are those of the system in c s: d and s times c, r and A d over
/// c, the preconditioner's diagonal times c², the penalty over c². Conjugate gradients do the same steps in
/// either, and the passes over U and V need not multiply by c.
struct LaneVectors: @unchecked Sendable {
  /// d and A d, as many copies as the design has segments; their parts of A d are summed up in the
  /// first.
  private(set) var pairs: LanePointer<Float>
  private(set) var residuals: LanePointer<Float>
  private(set) var steps: LanePointer<Float>
  private(set) var inverses: LanePointer<Float>
  private(set) var width: Int
  /// c, and 1 / c² of the matrix's columns; one lane.
  private let scales: LanePointer<Float>
  private let inverseSquares: LanePointer<Float>
  private let features: Int
  private let copies: Int

  /// Some vectors of a piece fit in the nearest cache, and it is worth a thread's attention.
  private static let pieceLength = 2048
  /// So many products are added up in single precision before their sum goes on in double.
  private static let sumLength = 16

  init(
    _ memory: LaneMemory, _ pairs: LaneBuffer, _ design: DesignMatrix, width: Int
  ) {
    self.width = width
    features = design.dimension
    copies = design.segments.count
    (scales, inverseSquares) = (memory.scales, memory.inverseSquares)
    self.pairs = pairs.uninitialized(features: features, width: 2 * width, copies: copies)
    residuals = memory.residuals.uninitialized(features: features, width: width, copies: 1)
    steps = memory.steps.uninitialized(features: features, width: width, copies: 1)
    inverses = memory.inverses.uninitialized(features: features, width: width, copies: 1)
  }

  func begin(
    _ gradients: UnsafePointer<Double>, _ inverses: UnsafePointer<Double>, _ lanes: Lanes,
    _ parallelism: Parallelism
  ) {
    nonisolated(unsafe) let (gradients, inverses) = (gradients, inverses)
    let ranges = parallelism.ranges(of: features, minimumLength: LaneBuffer.featuresPerThread)
    parallelism.forEach(ranges.count) { index in
      self.residuals.clear(ranges[index])
      self.inverses.clear(ranges[index])
      self.steps.clear(ranges[index])
      for (lane, label) in lanes.labels.enumerated() {
        let start = label * lanes.stride
        for feature in ranges[index] {
          let scale = Double(scales.scalars[feature])
          let position = feature &* width &+ lane
          self.residuals.scalars[position] = -Float(gradients[start &+ feature] / scale)
          self.inverses.scalars[position] = Float(inverses[start &+ feature] * scale * scale)
        }
      }
      // Old directions are kept by a factor of zero, so that they have to be numbers.
      pairs.clear(ranges[index])
    }
  }

  func finishProducts(
    _ l2Penalty: Float, _ damping: SIMD8<Float>, _ parallelism: Parallelism
  ) -> SIMD8<Double> {
    switch width {
    case 1: finishProducts(Float.self, l2Penalty, damping, parallelism)
    case 2: finishProducts(SIMD2<Float>.self, l2Penalty, damping, parallelism)
    case 4: finishProducts(SIMD4<Float>.self, l2Penalty, damping, parallelism)
    default: finishProducts(SIMD8<Float>.self, l2Penalty, damping, parallelism)
    }
  }

  func advance(_ factors: SIMD8<Float>, _ parallelism: Parallelism) -> SIMD8<Double> {
    switch width {
    case 1: advance(Float.self, factors, parallelism)
    case 2: advance(SIMD2<Float>.self, factors, parallelism)
    case 4: advance(SIMD4<Float>.self, factors, parallelism)
    default: advance(SIMD8<Float>.self, factors, parallelism)
    }
  }

  func turn(_ factors: SIMD8<Float>, _ parallelism: Parallelism) {
    switch width {
    case 1: turn(Float.self, factors, parallelism)
    case 2: turn(SIMD2<Float>.self, factors, parallelism)
    case 4: turn(SIMD4<Float>.self, factors, parallelism)
    default: turn(SIMD8<Float>.self, factors, parallelism)
    }
  }

  /// A feature's residual r, not over c.
  func residual(of feature: Int, lane: Int) -> Double {
    Double(residuals.scalars[feature &* width &+ lane]) * Double(scales.scalars[feature])
  }

  /// Adds to a feature's direction d in all copies.
  func add(_ number: Double, toDirectionOf feature: Int, lane: Int) {
    let scaled = Float(number * Double(scales.scalars[feature]))
    for copy in 0..<copies {
      pairs.copy(copy).scalars[2 &* feature &* width &+ lane] += scaled
    }
  }

  /// Leaves a feature's diagonal out of the preconditioner.
  func clearInverse(of feature: Int, lane: Int) {
    inverses.scalars[feature &* width &+ lane] = 0
  }

  /// Writes one lane's solution s.
  func store(lane: Int, _ features: Range<Int>, into vector: UnsafeMutablePointer<Double>) {
    for feature in features {
      vector[feature] =
        Double(steps.scalars[feature &* width &+ lane]) / Double(scales.scalars[feature])
    }
  }

  /// Keeps some lanes of r, P, s and d; each number moves to a place that was read before.
  mutating func compact(_ lanes: [Int], width newWidth: Int) {
    for vector in [residuals, steps, inverses] {
      for feature in 0..<features {
        for lane in 0..<newWidth {
          vector.scalars[feature &* newWidth &+ lane] =
            lane < lanes.count ? vector.scalars[feature &* width &+ lanes[lane]] : 0
        }
      }
    }
    for feature in 0..<features {
      for lane in 0..<newWidth {
        pairs.scalars[feature &* 2 &* newWidth &+ lane] =
          lane < lanes.count ? pairs.scalars[feature &* 2 &* width &+ lanes[lane]] : 0
      }
    }
    width = newWidth
    residuals = residuals.with(width: newWidth)
    steps = steps.with(width: newWidth)
    inverses = inverses.with(width: newWidth)
    pairs = pairs.with(width: 2 * newWidth)
  }
}

extension LaneVectors {
  @inline(__always)
  private func finishProducts<Vector: LaneVector>(
    _: Vector.Type, _ l2Penalty: Float, _ damping: SIMD8<Float>, _ parallelism: Parallelism
  ) -> SIMD8<Double> {
    let pair = pairs.lanes(Vector.self)
    let others = (1..<max(1, copies)).map { pairs.copy($0).lanes(Vector.self) }
    nonisolated(unsafe) let (first, rest) = (pair, others)
    nonisolated(unsafe) let inverseSquares = inverseSquares.scalars
    let constant = Vector(lanes: damping)
    return sums(parallelism) { piece in
      Self.sum(piece) { feature in
        let position = 2 &* feature
        let direction = first[position]
        var product = first[position &+ 1]
        for other in rest { product = product.plus(other[position &+ 1]) }
        let penalty = Vector(repeating: l2Penalty * inverseSquares[feature])
        product = product.plus(direction.times(feature == features &- 1 ? constant : penalty))
        first[position &+ 1] = product
        return direction.times(product)
      }
    }
  }

  @inline(__always)
  private func advance<Vector: LaneVector>(
    _: Vector.Type, _ factors: SIMD8<Float>, _ parallelism: Parallelism
  ) -> SIMD8<Double> {
    nonisolated(unsafe) let pairs = pairs.lanes(Vector.self)
    nonisolated(unsafe) let (residuals, steps, inverses) = (
      residuals.lanes(Vector.self), steps.lanes(Vector.self), inverses.lanes(Vector.self)
    )
    let (factor, negative) = (Vector(lanes: factors), Vector(lanes: -factors))
    return sums(parallelism) { piece in
      Self.sum(piece) { feature in
        let position = 2 &* feature
        steps[feature] = steps[feature].plus(factor.times(pairs[position]))
        let residual = residuals[feature].plus(negative.times(pairs[position &+ 1]))
        residuals[feature] = residual
        return residual.times(inverses[feature]).times(residual)
      }
    }
  }

  @inline(__always)
  private func turn<Vector: LaneVector>(
    _: Vector.Type, _ factors: SIMD8<Float>, _ parallelism: Parallelism
  ) {
    nonisolated(unsafe) let targets = (0..<copies).map { pairs.copy($0).lanes(Vector.self) }
    nonisolated(unsafe) let (residuals, inverses) = (
      residuals.lanes(Vector.self), inverses.lanes(Vector.self)
    )
    let factor = Vector(lanes: factors)
    let zero = Vector(lanes: SIMD8(repeating: 0))
    forEachPiece(parallelism) { _, piece in
      for feature in piece {
        let position = 2 &* feature
        let direction = residuals[feature].times(inverses[feature])
          .plus(factor.times(targets[0][position]))
        for target in targets {
          target[position] = direction
          target[position &+ 1] = zero
        }
      }
    }
  }

  /// Calls `body` for each piece of the features and adds up what it returns, in order.
  private func sums(
    _ parallelism: Parallelism, _ body: @Sendable (Range<Int>) -> SIMD8<Double>
  ) -> SIMD8<Double> {
    var partial = [SIMD8<Double>](repeating: SIMD8(repeating: 0), count: pieceCount)
    partial.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let partial = buffer
      forEachPiece(parallelism) { partial[$0] = body($1) }
    }
    return partial.reduce(SIMD8(repeating: 0)) { $0 + $1 }
  }

  /// Calls `body` for each feature of a piece and adds up what it returns, for each lane. Inlined with
  /// its body, which would otherwise be a call for each feature.
  @inline(__always)
  private static func sum<Vector: LaneVector>(
    _ features: Range<Int>, _ body: (Int) -> Vector
  ) -> SIMD8<Double> {
    var total = SIMD8<Double>(repeating: 0)
    var feature = features.lowerBound
    while feature < features.upperBound {
      let stop = min(feature &+ sumLength, features.upperBound)
      var sum = Vector(lanes: SIMD8(repeating: 0))
      while feature < stop {
        sum = sum.plus(body(feature))
        feature &+= 1
      }
      sum.add(to: &total)
    }
    return total
  }

  private var pieceCount: Int { (features + Self.pieceLength - 1) / Self.pieceLength }

  private func forEachPiece(
    _ parallelism: Parallelism, _ body: @Sendable (_ index: Int, _ piece: Range<Int>) -> Void
  ) {
    // Waking a thread takes longer than a few pieces.
    let workers = Parallelism(threads: max(1, min(parallelism.threads, pieceCount / 4)))
    workers.forEach(pieceCount) { index in
      let start = index * Self.pieceLength
      body(index, start..<min(start + Self.pieceLength, features))
    }
  }
}
