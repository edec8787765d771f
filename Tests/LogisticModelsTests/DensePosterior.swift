import Foundation
import LinearAlgebra
import LogisticModels

/// How far two ways to invert a matrix of condition number below 1e5 may differ.
let inverseAgreement = 1e-8

/// Hessians written out and inverted by Gauss-Jordan elimination, to compare posteriors with.
enum DensePosterior {
  /// H⁻¹ over (features + 1) numbers, the intercept last.
  static func inverseHessian(
    _ documents: SparseMatrix, curvatures: [Double], penalty: Double
  ) -> Matrix {
    let dense = withConstant(documents)
    let order = dense.columns
    var hessian = Matrix(rows: order, columns: order)
    for position in 0..<order - 1 { hessian[position, position] = penalty }
    for row in 0..<dense.rows {
      for j in 0..<order {
        for k in 0..<order { hessian[j, k] += curvatures[row] * dense[row, j] * dense[row, k] }
      }
    }
    return inverse(hessian)
  }

  /// H⁻¹ over classes × (features + 1) numbers, class after class, on what differs between classes.
  static func inverseSoftmaxHessian(
    _ documents: SparseMatrix, probabilities: Matrix, weights: [Double], penalty: Double
  ) -> Matrix {
    let dense = withConstant(documents)
    let (order, classes) = (dense.columns, probabilities.columns)
    var hessian = Matrix(rows: classes * order, columns: classes * order)
    for a in 0..<classes {
      for b in 0..<classes {
        // A common shift of the intercepts has no curvature: any will do.
        hessian[a * order + order - 1, b * order + order - 1] += 1
        for row in 0..<dense.rows {
          let (p, q) = (probabilities[row, a], probabilities[row, b])
          let curvature = weights[row] * ((a == b ? p : 0) - p * q)
          for j in 0..<order {
            for k in 0..<order {
              hessian[a * order + j, b * order + k] += curvature * dense[row, j] * dense[row, k]
            }
          }
        }
      }
      for j in 0..<order - 1 { hessian[a * order + j, a * order + j] += penalty }
    }
    return inverse(hessian)
  }

  /// (x, 1) of all rows.
  static func withConstant(_ documents: SparseMatrix) -> Matrix {
    let dense = documents.dense()
    return Matrix(
      rows: dense.rows, columns: dense.columns + 1,
      elements: (0..<dense.rows).flatMap { dense.row($0) + [1] })
  }

  /// xᵀ M y.
  static func form(
    _ x: some Collection<Double>, _ matrix: Matrix, _ y: some Collection<Double>
  ) -> Double {
    zip(x, 0..<matrix.rows).reduce(0) { sum, entry in
      sum + entry.0 * zip(matrix.row(entry.1), y).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  static func inverse(_ matrix: Matrix) -> Matrix {
    let order = matrix.rows
    var (left, right) = (matrix, Matrix(rows: order, columns: order))
    for position in 0..<order { right[position, position] = 1 }
    for pivot in 0..<order {
      let best = (pivot..<order).max { abs(left[$0, pivot]) < abs(left[$1, pivot]) } ?? pivot
      for column in 0..<order {
        (left[pivot, column], left[best, column]) = (left[best, column], left[pivot, column])
        (right[pivot, column], right[best, column]) = (right[best, column], right[pivot, column])
      }
      let scale = 1 / left[pivot, pivot]
      for column in 0..<order {
        left[pivot, column] *= scale
        right[pivot, column] *= scale
      }
      for row in 0..<order where row != pivot {
        let factor = left[row, pivot]
        for column in 0..<order {
          left[row, column] -= factor * left[pivot, column]
          right[row, column] -= factor * right[pivot, column]
        }
      }
    }
    return right
  }
}

/// Rows like short statements: some twenty of many words, frequent ones more often, of length 1.
struct StatementLikeData {
  let documents: SparseMatrix
  let positive: [Bool]
  let classes: [Int]

  init(rows: Int, words: Int = 1500, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let weights = (0..<words).map { _ in
      [Double.random(in: -3..<3, using: &generator), Double.random(in: -3..<3, using: &generator)]
    }
    var (offsets, columns, values) = ([0], [Int32](), [Double]())
    var (positive, classes) = ([Bool](), [Int]())
    for row in 0..<rows {
      // Zipf's law: the rank's logarithm is uniform.
      let length = Int.random(in: 8..<35, using: &generator)
      let drawn = Set(
        (0..<length).map { _ in
          let power = Double.random(in: 0..<1, using: &generator)
          return min(words - 1, Int(pow(Double(words), power)) - 1)
        }
      ).sorted()
      let entries = drawn.map { log(2 + Double($0)) }
      let norm = entries.reduce(0) { $0 + $1 * $1 }.squareRoot()
      columns += drawn.map(Int32.init)
      values += entries.map { $0 / norm }
      offsets.append(columns.count)
      let scores = (0..<2).map { output in
        zip(drawn, entries).reduce(0) { $0 + 2 * weights[$1.0][output] * $1.1 / norm }
      }
      positive.append(
        Double.random(in: 0..<1, using: &generator) < LogisticFunctions.sigmoid(scores[0] - 0.5))
      classes.append(
        row < 3 ? row : [scores[0], scores[1], 0.3].enumerated().max { $0.1 < $1.1 }?.offset ?? 0)
    }
    documents = SparseMatrix(
      rows: rows, columns: words, rowOffsets: offsets, columnIndices: columns, values: values)
    self.positive = positive
    self.classes = classes
  }

  /// One label; rows of `weights` 0 are left out.
  func indicators(_ weights: [Double]? = nil, smoothing: Double = 0) -> LabelIndicators {
    LabelIndicators(
      labels: 1, positive: positive,
      rowWeights: weights ?? Array(repeating: 1, count: documents.rows), smoothing: smoothing)
  }

  func classTargets(_ weights: [Double]? = nil) -> ClassTargets {
    ClassTargets(classes: classes, classCount: 3, rowWeights: weights)
  }
}
