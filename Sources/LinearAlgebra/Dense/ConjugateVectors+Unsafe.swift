/// The vectors of preconditioned conjugate gradients for A s = b, and what a step does to them.
///
/// Each update goes through memory once, in pieces that stay in the nearest caches and that any
/// thread may take. Pieces have a fixed length and their sums are added in order, so the numbers are
/// the same for any number of threads. Several systems stand side by side in flat arrays; each
/// operation names the range of one of them.
///
/// Source: Nocedal & Wright, Numerical Optimization (2006), algorithm 5.3.
package struct ConjugateVectors: Sendable {
  /// The solution so far, s.
  package private(set) var steps: [Double]
  /// The direction of the next step, d.
  package private(set) var directions: [Double]
  /// What the solution leaves over, r = b − A s.
  package private(set) var residuals: [Double]
  /// The diagonal of the preconditioner P, an approximate inverse of A.
  package var preconditioner: [Double]
  private let parallelism: Parallelism

  /// Four vectors of 32 kB each fit in the second cache, and a piece is worth a thread's attention.
  private static let pieceLength = 4096

  /// Makes vectors of zeros.
  package init(count: Int, parallelism: Parallelism) {
    steps = Array(repeating: 0, count: count)
    directions = steps
    residuals = steps
    preconditioner = steps
    self.parallelism = parallelism
  }

  /// Starts at s = 0: r = b = −g and d = P r.
  ///
  /// - Parameters:
  ///   - gradients: the array of g.
  ///   - range: where the system stands in all arrays.
  /// - Returns: rᵀ P r.
  package mutating func begin(against gradients: [Double], _ range: Range<Int>) -> Double {
    update(gradients, range) { vectors, piece in
      for position in piece {
        vectors.steps[position] = 0
        vectors.residuals[position] = -vectors.other[position]
        vectors.directions[position] =
          vectors.preconditioner[position] * vectors.residuals[position]
      }
      return vectors.squaredNorm(piece)
    }
  }

  /// The curvature dᵀ A d.
  ///
  /// - Parameter products: the array of A d.
  package mutating func curvature(_ products: [Double], _ range: Range<Int>) -> Double {
    update(products, range) { vectors, piece in
      BasicLinearAlgebra.dot(
        piece.count, vectors.directions + piece.lowerBound, vectors.other + piece.lowerBound)
    }
  }

  /// Takes a step of length α: s ← s + α d and r ← r − α A d.
  ///
  /// - Parameter products: the array of A d.
  /// - Returns: rᵀ P r.
  package mutating func advance(
    by factor: Double, _ products: [Double], _ range: Range<Int>
  ) -> Double {
    update(products, range) { vectors, piece in
      let start = piece.lowerBound
      BasicLinearAlgebra.add(
        piece.count, factor, vectors.directions + start, to: vectors.steps + start)
      BasicLinearAlgebra.add(
        piece.count, -factor, vectors.other + start, to: vectors.residuals + start)
      return vectors.squaredNorm(piece)
    }
  }

  /// Turns to the next direction: d ← P r + β d.
  package mutating func turn(keeping factor: Double, _ range: Range<Int>) {
    _ = update([], range) { vectors, piece in
      for position in piece {
        vectors.directions[position] =
          vectors.preconditioner[position] * vectors.residuals[position]
          + factor * vectors.directions[position]
      }
      return 0
    }
  }

  /// Calls `body` for each piece of the range and adds up what it returns.
  ///
  /// - Parameter other: one more array, with as many numbers or none.
  private mutating func update(
    _ other: [Double], _ range: Range<Int>,
    _ body: @Sendable (Pointers, Range<Int>) -> Double
  ) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= steps.count
        && (other.isEmpty || other.count == steps.count) && preconditioner.count == steps.count,
      "a range within vectors of the same length")
    LinearAlgebraLibrary.useOneThread()
    let length = Self.pieceLength
    let count = (range.count + length - 1) / length
    var sums = [Double](repeating: 0, count: count)
    // Waking a thread takes longer than a few pieces.
    let workers = Parallelism(threads: max(1, min(parallelism.threads, count / 8)))
    withPointers(other) { vectors in
      sums.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let sums = buffer
        workers.forEach(count) { index in
          let start = range.lowerBound + index * length
          sums[index] = body(vectors, start..<min(start + length, range.upperBound))
        }
      }
    }
    return sums.reduce(0, +)
  }

  private mutating func withPointers(_ other: [Double], _ body: (Pointers) -> Void) {
    steps.withUnsafeMutableBufferPointer { steps in
      directions.withUnsafeMutableBufferPointer { directions in
        residuals.withUnsafeMutableBufferPointer { residuals in
          preconditioner.withUnsafeBufferPointer { preconditioner in
            other.withUnsafeBufferPointer { other in
              guard let steps = steps.baseAddress, let directions = directions.baseAddress,
                let residuals = residuals.baseAddress,
                let preconditioner = preconditioner.baseAddress
              else { return }
              body(
                Pointers(
                  steps: steps, directions: directions, residuals: residuals,
                  preconditioner: preconditioner, other: other.baseAddress ?? preconditioner))
            }
          }
        }
      }
    }
  }

  private struct Pointers: @unchecked Sendable {
    let steps: UnsafeMutablePointer<Double>
    let directions: UnsafeMutablePointer<Double>
    let residuals: UnsafeMutablePointer<Double>
    let preconditioner: UnsafePointer<Double>
    let other: UnsafePointer<Double>

    /// rᵀ P r over a piece: four sums, always in the same order.
    func squaredNorm(_ piece: Range<Int>) -> Double {
      var sums = SIMD4<Double>(repeating: 0)
      var position = piece.lowerBound
      while position + 4 <= piece.upperBound {
        let r = UnsafeRawPointer(residuals + position).loadUnaligned(as: SIMD4<Double>.self)
        let p = UnsafeRawPointer(preconditioner + position).loadUnaligned(as: SIMD4<Double>.self)
        sums += r * r * p
        position += 4
      }
      while position < piece.upperBound {
        sums[0] += residuals[position] * residuals[position] * preconditioner[position]
        position += 1
      }
      return (sums[0] + sums[1]) + (sums[2] + sums[3])
    }
  }
}
