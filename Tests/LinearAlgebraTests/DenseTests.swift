import LinearAlgebra
import Testing

@Suite("Cholesky factors")
struct CholeskyTests {
  @Test("solve a positive definite system", arguments: [1, 2, 5, 30])
  func solves(order: Int) throws {
    var generator = SeededGenerator(seed: UInt64(order))
    let root = generator.matrix(order, order)
    var matrix = Matrix(rows: order, columns: order)
    for row in 0..<order {
      for column in 0..<order {
        matrix[row, column] = zip(root.row(row), root.row(column)).reduce(row == column ? 1 : 0) {
          $0 + $1.0 * $1.1
        }
      }
    }
    let expected = generator.numbers(order)
    let rightSide = (0..<order).map { row in
      zip(matrix.row(row), expected).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found = try CholeskyFactor(matrix).solve(rightSide)
    // The condition number is below 100: the smallest eigenvalue is at least 1.
    #expect(relativeDifference(found, expected) < 1e-12)
  }

  @Test("have the determinant's logarithm")
  func determinant() throws {
    let matrix = Matrix(rows: 2, columns: 2, elements: [4, 2, 2, 3])
    // 4 · 3 − 2 · 2 = 8, and ln 8 = 3 ln 2.
    #expect(abs(try CholeskyFactor(matrix).logDeterminant - 2.0794415416798357) < 1e-15)
  }

  @Test("of an indefinite matrix name the leading minor")
  func indefinite() throws {
    let matrix = Matrix(rows: 3, columns: 3, elements: [1, 0, 0, 0, 1, 2, 0, 2, 1])
    let error = try #require(throws: CholeskyFactor.NotPositiveDefinite.self) {
      try CholeskyFactor(matrix)
    }
    #expect(error.code == .minorNotPositive)
    #expect(error.order == 3)
    #expect(error.description.contains("leading minor of order 3"))
  }

  @Test("of a matrix with NaN name its row", arguments: [Double.nan, .infinity])
  func notFinite(entry: Double) throws {
    let matrix = Matrix(rows: 2, columns: 2, elements: [1, 0, 0, entry])
    let error = try #require(throws: CholeskyFactor.NotPositiveDefinite.self) {
      try CholeskyFactor(matrix)
    }
    #expect(error.code == .entryNotFinite)
    #expect(error.order == 2)
  }
}

@Suite("Vector operations")
struct VectorOperationTests {
  @Test("equal plain loops on ranges of arrays", arguments: [0, 1, 4, 7, 1000])
  func loops(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let (x, y) = (generator.numbers(count + 3), generator.numbers(count + 5))
    let (xRange, yRange) = (2..<2 + count, 1..<1 + count)
    let pairs = zip(x[xRange], y[yRange])
    let dot = pairs.reduce(0) { $0 + $1.0 * $1.1 }
    let found = VectorOperations.dot(x, xRange, y, yRange, .serial)
    #expect(abs(found - dot) <= 1e-13 * Double(count))
    let norm = x[xRange].reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(abs(VectorOperations.norm(x, xRange, .serial) - norm) <= 1e-13 * (1 + norm))

    var (sum, inverses) = (y, y)
    VectorOperations.add(0.5, times: x, to: &sum, yRange, .serial)
    VectorOperations.invert(y, plus: 2, into: &inverses, yRange, .serial)
    for index in 0..<y.count {
      let isWithin = yRange.contains(index)
      #expect(abs(sum[index] - (isWithin ? y[index] + 0.5 * x[index] : y[index])) <= 1e-15)
      #expect(abs(inverses[index] - (isWithin ? 1 / (y[index] + 2) : y[index])) <= 1e-15)
    }
  }

  @Test("conjugate gradients solve a diagonal system", arguments: [1, 5, 4096, 20_000], [1, 3])
  func conjugateGradients(count: Int, threads: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let diagonal = generator.numbers(count).map { 2 + $0 }
    let gradients = generator.numbers(count + 2)
    let range = 1..<1 + count
    var vectors = ConjugateVectors(count: count + 2, parallelism: Parallelism(threads: threads))
    // Within a third of the inverse, which makes each step shrink the residual by at least that.
    vectors.preconditioner = [7] + diagonal.map { 1 / ($0 + 0.4) } + [7]
    var squares = vectors.begin(against: gradients, range)
    let start = range.reduce(0) {
      $0 + gradients[$1] * gradients[$1] * vectors.preconditioner[$1]
    }
    #expect(abs(squares - start) <= 1e-12 * start)
    for _ in 0..<40 where squares > 1e-28 * start {
      let products = [0] + range.map { diagonal[$0 - 1] * vectors.directions[$0] } + [0]
      let factor = squares / vectors.curvature(products, range)
      let old = squares
      squares = vectors.advance(by: factor, products, range)
      vectors.turn(keeping: squares / old, range)
    }
    for position in range {
      #expect(abs(vectors.steps[position] + gradients[position] / diagonal[position - 1]) < 1e-12)
    }
    #expect(vectors.steps[0] == 0 && vectors.steps[count + 1] == 0)
  }

  @Test("conjugate gradients give the same bits for any number of threads")
  func conjugateThreads() {
    var generator = SeededGenerator(seed: 3)
    let gradients = generator.numbers(100_003)
    let products = generator.numbers(100_003)
    let preconditioner = generator.numbers(100_003).map(abs)
    func results(_ threads: Int) -> [[Double]] {
      var vectors = ConjugateVectors(count: 100_003, parallelism: Parallelism(threads: threads))
      vectors.preconditioner = preconditioner
      let first = vectors.begin(against: gradients, 1..<100_001)
      let curvature = vectors.curvature(products, 1..<100_001)
      let second = vectors.advance(by: 0.3, products, 1..<100_001)
      vectors.turn(keeping: 0.7, 1..<100_001)
      return [[first, curvature, second], vectors.steps, vectors.directions, vectors.residuals]
    }
    #expect(results(1) == results(2) && results(1) == results(5))
  }

  @Test("norms neither overflow nor underflow", arguments: [1e200, 1e-200])
  func scaledNorm(size: Double) {
    #expect(
      abs(VectorOperations.norm([3 * size, 4 * size], 0..<2, .serial) / (5 * size) - 1) < 1e-15)
  }

  @Test("threads compute the same bits")
  func threadsDoNotMatter() {
    var generator = SeededGenerator(seed: 9)
    let (x, y) = (generator.numbers(100_003), generator.numbers(100_003))
    var (one, three) = (y, y)
    VectorOperations.add(0.3, times: x, to: &one, 1..<100_002, .serial)
    VectorOperations.add(0.3, times: x, to: &three, 1..<100_002, Parallelism(threads: 3))
    #expect(one == three)
    #expect(one[0] == y[0] && one[100_002] == y[100_002] && one[1] != y[1])
    VectorOperations.invert(y, plus: 3, into: &one, 1..<100_002, .serial)
    VectorOperations.invert(y, plus: 3, into: &three, 1..<100_002, Parallelism(threads: 3))
    #expect(one == three)
    let dots = [1, 3].map {
      VectorOperations.dot(x, 1..<100_002, y, 2..<100_003, Parallelism(threads: $0))
    }
    #expect(dots[0] == dots[1] && dots[0] != 0)
    let norms = [1, 3].map { VectorOperations.norm(x, 1..<100_002, Parallelism(threads: $0)) }
    let squares = x[1..<100_002].reduce(0) { $0 + $1 * $1 }
    #expect(norms[0] == norms[1] && abs(norms[0] / squares.squareRoot() - 1) < 1e-12)
  }

  @Test("a long vector's norm neither overflows nor underflows", arguments: [1e200, 1e-200])
  func longNorm(size: Double) {
    let x = [Double](repeating: size, count: 90_000)
    #expect(abs(VectorOperations.norm(x, 0..<90_000, .serial) / (300 * size) - 1) < 1e-12)
  }

  @Test(
    "zeros are zero to the last", arguments: [0, 1, 32_767, 32_768, 100_003, 600_001], [1, 2, 3])
  func zeros(count: Int, threads: Int) {
    // What was there before is not zero.
    _ = [Double](repeating: 1, count: count)
    let zeros = VectorOperations.zeros(count, Parallelism(threads: threads))
    #expect(zeros.count == count && zeros.allSatisfy { $0 == 0 })
  }

  @Test("the library that serves them has a name")
  func libraryName() {
    #expect(!LinearAlgebraLibrary.description.isEmpty)
  }
}
