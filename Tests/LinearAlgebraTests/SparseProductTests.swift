import LinearAlgebra
import Testing

/// Sums of at most a few hundred products of numbers below 1: rounding stays far below this.
private let rounding = 1e-13
/// The same in single precision, relative to the largest sum.
private let singleRounding = 1e-5

@Suite("Sparse products")
struct SparseProductTests {
  /// Rows × columns: many rows for few columns make segments of rows, few rows make none.
  static let shapes = [(1, 1), (5, 40), (60, 12), (700, 9), (300, 120)]
  static let labelCounts = [1, 2, 3, 4, 5, 8, 11]

  @Test("equal those of the dense matrix", arguments: shapes, labelCounts)
  func denseEqualsSparse(shape: (Int, Int), labels: Int) {
    let seed = UInt64(shape.0 * 100 + labels)
    var generator = SeededGenerator(seed: seed)
    let sparse = generator.sparseMatrix(shape.0, shape.1)
    let dense = sparse.dense()
    let coefficients = generator.matrix(labels, shape.1)
    let intercepts = generator.numbers(labels)
    let residuals = generator.matrix(shape.0, labels)

    var scores = Matrix(rows: shape.0, columns: labels)
    var sums = Matrix(rows: labels, columns: shape.1)
    var squares = sums
    for row in 0..<shape.0 {
      for label in 0..<labels {
        scores[row, label] = intercepts[label]
        for column in 0..<shape.1 {
          let value = dense[row, column]
          scores[row, label] += value * coefficients[label, column]
          sums[label, column] += value * residuals[row, label]
          squares[label, column] += value * value * residuals[row, label]
        }
      }
    }
    let found = sparse.product(coefficients, intercepts: intercepts)
    #expect(relativeDifference(found.elements, scores.elements) < rounding, "seed \(seed)")
    let transposed = sparse.transposedProduct(residuals)
    #expect(relativeDifference(transposed.elements, sums.elements) < rounding, "seed \(seed)")
    let squared = sparse.transposedProductOfSquares(residuals)
    #expect(relativeDifference(squared.elements, squares.elements) < rounding, "seed \(seed)")
  }

  @Test("are the same bits for any number of threads", arguments: shapes, labelCounts)
  func threadsDoNotMatter(shape: (Int, Int), labels: Int) {
    let seed = UInt64(shape.0 * 100 + labels)
    var generator = SeededGenerator(seed: seed)
    let sparse = generator.sparseMatrix(shape.0, shape.1)
    let vectors = generator.numbers(labels * (shape.1 + 1))
    let series = generator.numbers(labels * shape.0)
    let serial = passes(sparse, vectors, series, labels, threads: 1)
    for threads in [2, 3, 20] {
      let parallel = passes(sparse, vectors, series, labels, threads: threads)
      #expect(parallel == serial, "seed \(seed), \(threads) threads")
    }
  }

  @Test("of a Hessian equal both products with the weighting between", arguments: labelCounts)
  func hessianIsTwoProducts(labels: Int) {
    var generator = SeededGenerator(seed: UInt64(labels))
    let sparse = generator.sparseMatrix(700, 9)
    let vectors = generator.numbers(labels * 10)
    let curvatures = generator.numbers(labels * 700)
    let design = DesignMatrix(sparse, parallelism: .serial)
    let lanes = Lanes(count: labels, stride: 10)
    var workspace = LaneWorkspace()
    var products = [Double](repeating: 0, count: labels * 10)
    design.hessianProduct(
      vectors, weights: .diagonal(curvatures), lanes: lanes, into: &products, using: &workspace)
    var margins = [Double](repeating: 0, count: labels * 700)
    design.product(vectors, lanes: lanes, into: &margins, using: &workspace)
    var expected = [Double](repeating: 0, count: labels * 10)
    let weighted = zip(curvatures, margins).map { $0 * $1 }
    design.transposedProduct(weighted, lanes: lanes, into: &expected, using: &workspace)
    #expect(relativeDifference(products, expected) < singleRounding)
  }

  @Test("in single precision equal those in double", arguments: shapes, labelCounts)
  func singleEqualsDouble(shape: (Int, Int), labels: Int) {
    let seed = UInt64(shape.0 * 100 + labels)
    var generator = SeededGenerator(seed: seed)
    let sparse = generator.sparseMatrix(shape.0, shape.1)
    let vectors = generator.numbers(labels * (shape.1 + 1))
    let series = generator.numbers(labels * shape.0)
    let found = passes(sparse, vectors, series, labels, threads: 2)
    for (double, single) in [(0, 3), (1, 4), (2, 5)] {
      #expect(relativeDifference(found[single], found[double]) < singleRounding, "seed \(seed)")
      // Products that fell back to double precision would pass as well.
      #expect(found[single] != found[double] || found[double].count < 4, "seed \(seed)")
    }
  }

  @Test("leave labels that take no part alone")
  func lanesAreSelective() {
    var generator = SeededGenerator(seed: 4)
    let sparse = generator.sparseMatrix(50, 6)
    let design = DesignMatrix(sparse, parallelism: .serial)
    let vectors = generator.numbers(5 * 7)
    var (all, some) = ([Double](repeating: 0, count: 250), [Double](repeating: 7, count: 250))
    var workspace = LaneWorkspace()
    design.product(vectors, lanes: Lanes(count: 5, stride: 7), into: &all, using: &workspace)
    design.product(
      vectors, lanes: Lanes(labels: [1, 2, 4], stride: 7), into: &some, using: &workspace)
    for label in 0..<5 {
      let range = label * 50..<(label + 1) * 50
      if [1, 2, 4].contains(label) {
        #expect(relativeDifference(Array(some[range]), Array(all[range])) < rounding)
      } else {
        #expect(some[range].allSatisfy { $0 == 7 })
      }
    }
  }

  @Test("of an empty matrix are the intercepts, and zeros")
  func emptyMatrix() {
    let empty = SparseMatrix(
      rows: 3, columns: 2, rowOffsets: [0, 0, 0, 0], columnIndices: [], values: [])
    let scores = empty.product(Matrix(rows: 1, columns: 2, repeating: 5), intercepts: [2])
    #expect(scores == Matrix(rows: 3, columns: 1, repeating: 2))
    #expect(
      empty.transposedProduct(Matrix(rows: 3, columns: 1, repeating: 1))
        == Matrix(rows: 1, columns: 2))
    let none = SparseMatrix(
      rows: 0, columns: 2, rowOffsets: [0], columnIndices: [], values: [])
    #expect(none.product(Matrix(rows: 2, columns: 2)).elements.isEmpty)
    #expect(
      none.transposedProduct(Matrix(rows: 0, columns: 2)) == Matrix(rows: 2, columns: 2))
  }

  /// All four passes, one array after the other; a softmax's Hessian too when it fits.
  private func passes(
    _ sparse: SparseMatrix, _ vectors: [Double], _ series: [Double], _ labels: Int, threads: Int
  ) -> [[Double]] {
    let design = DesignMatrix(
      sparse, parallelism: Parallelism(threads: threads), minimumNonZerosPerThread: 1)
    let lanes = Lanes(count: labels, stride: design.dimension)
    var workspace = LaneWorkspace()
    var margins = [Double](repeating: 0, count: series.count)
    var sums = [Double](repeating: 0, count: vectors.count)
    var squares = sums
    var products = sums
    design.product(vectors, lanes: lanes, into: &margins, using: &workspace)
    design.transposedProduct(series, lanes: lanes, into: &sums, using: &workspace)
    design.transposedProduct(series, of: .squares, lanes: lanes, into: &squares, using: &workspace)
    var results = [margins, sums, squares]
    design.singleProduct(vectors, lanes: lanes, into: &margins, using: &workspace)
    var both = (products: sums, squares: sums)
    design.singleTransposedProducts(series, series, lanes: lanes, into: &both, using: &workspace)
    results += [margins, both.products, both.squares]
    let rowWeights = series.prefix(sparse.rows).map(abs)
    for weights in [
      RowWeights.diagonal(series),
      .diagonalMinusRankOne(probabilities: series, weights: rowWeights),
    ] {
      design.hessianProduct(
        vectors, weights: weights, lanes: lanes, into: &products, using: &workspace)
      results.append(products)
    }
    return results
  }
}
