import LinearAlgebra
import Testing

@Suite("Conjugate gradients in lanes")
struct ConjugateGradientTests {
  /// Rows × columns of one segment and of several.
  static let shapes = [(60, 12), (700, 9)]

  @Test("solve each label's system", arguments: shapes, [1, 2, 3, 5, 8])
  func solution(shape: (Int, Int), labels: Int) throws {
    try expectSolution(shape, labels, frequent: false)
  }

  @Test("solve the same with frequent columns together", arguments: shapes, [1, 2, 3, 5, 8])
  func frequentColumns(shape: (Int, Int), labels: Int) throws {
    try expectSolution(shape, labels, frequent: true)
  }

  @Test("solve the same where entries are products", arguments: shapes, [1, 3, 8])
  func factoredMatrix(shape: (Int, Int), labels: Int) throws {
    var generator = SeededGenerator(seed: UInt64(shape.0))
    let matrix = generator.factoredMatrix(shape.0, shape.1)
    try expectSolution(shape, labels, frequent: true, matrix)
  }

  @Test("the frequent columns' factor is that of their part of the Hessian, curvatures alike")
  func factor() throws {
    var generator = SeededGenerator(seed: 4)
    let sparse = generator.sparseMatrix(200, 150)
    let frequent = FrequentColumns(of: sparse)
    let counts = sparse.nonZeroCountsByColumn()
    #expect(frequent.columns.count == 128)
    #expect(frequent.columns == frequent.columns.sorted())
    let rarest = try #require(frequent.columns.map { counts[$0] }.min())
    let left = counts.indices.filter { !frequent.columns.contains($0) }
    #expect(left.allSatisfy { counts[$0] <= rarest })

    let dense = sparse.dense()
    var matrix = Matrix(rows: 129, columns: 129)
    for i in 0..<129 {
      for j in 0..<129 {
        for row in 0..<200 {
          let first = i < 128 ? dense[row, frequent.columns[i]] : 1
          let second = j < 128 ? dense[row, frequent.columns[j]] : 1
          matrix[i, j] += 3 * first * second / 200
        }
      }
      matrix[i, i] += i < 128 ? Self.l2Penalty : Self.damping
    }
    let found = try #require(
      frequent.factor(curvature: 3, l2Penalty: Self.l2Penalty, damping: Self.damping))
    let rightSide = generator.numbers(129)
    let expected = try CholeskyFactor(matrix).solve(rightSide)
    #expect(relativeDifference(found.solve(rightSide), expected) < 1e-12)
    #expect(frequent.factor(curvature: 0, l2Penalty: 1, damping: 1) == nil)
  }

  @Test("of equally frequent columns the first are taken, and none that no row has")
  func ties() {
    // Columns 0, 3, 6 … stand in both rows, those after them in one, the rest in none.
    var dense = Matrix(rows: 2, columns: 300)
    for column in stride(from: 0, to: 300, by: 3) {
      (dense[0, column], dense[1, column], dense[1, column + 1]) = (1, 2, 3)
    }
    let expected = (0..<300).filter { $0 % 3 == 0 || ($0 % 3 == 1 && $0 < 28 * 3) }
    #expect(FrequentColumns(of: SparseMatrix(dense)).columns == expected)
    var few = Matrix(rows: 1, columns: 200)
    for column in [5, 70, 199] { few[0, column] = 1 }
    #expect(FrequentColumns(of: SparseMatrix(few)).columns == [5, 70, 199])
    #expect(FrequentColumns(of: SparseMatrix(Matrix(rows: 1, columns: 9))).columns == [])
  }

  private func expectSolution(
    _ shape: (Int, Int), _ labels: Int, frequent: Bool, _ matrix: SparseMatrix? = nil
  ) throws {
    let (rows, size) = (shape.0, shape.1 + 1)
    let seed = UInt64(rows + labels)
    var generator = SeededGenerator(seed: seed)
    let sparse = matrix ?? generator.sparseMatrix(rows, shape.1)
    let weights = generator.numbers(labels * rows).map { 0.1 + abs($0) }
    let gradients = generator.numbers(labels * size)
    let found = solve(sparse, weights, gradients, labels, threads: 1, frequent)
    for threads in [2, 20] {
      #expect(
        solve(sparse, weights, gradients, labels, threads: threads, frequent) == found,
        "seed \(seed)")
    }
    let dense = sparse.dense()
    for label in 0..<labels {
      var matrix = Matrix(rows: size, columns: size)
      for i in 0..<size {
        for j in 0..<size {
          for row in 0..<rows {
            let left = i < shape.1 ? dense[row, i] : 1
            let right = j < shape.1 ? dense[row, j] : 1
            matrix[i, j] += weights[label * rows + row] * left * right
          }
        }
        matrix[i, i] += i < shape.1 ? Self.l2Penalty : Self.damping
      }
      let range = label * size..<(label + 1) * size
      let expected = try CholeskyFactor(matrix).solve(gradients[range].map { -$0 })
      #expect(relativeDifference(Array(found[range]), expected) < 1e-4, "seed \(seed)")
    }
  }

  static let l2Penalty = 0.5
  static let damping = 0.25

  /// Lanes are done one after the other, so that those left move to narrower buffers.
  private func solve(
    _ sparse: SparseMatrix, _ weights: [Double], _ gradients: [Double], _ labels: Int,
    threads: Int, _ usesFrequentColumns: Bool
  ) -> [Double] {
    let design = DesignMatrix(
      sparse, parallelism: Parallelism(threads: threads), minimumNonZerosPerThread: 1)
    var conjugates = LaneConjugates(design)
    var steps = [Double](repeating: 0, count: gradients.count)
    let inverses = [Double](repeating: 0.01, count: gradients.count)
    var active = Array(0..<labels)
    var frequent: FrequentColumnFactors?
    if usesFrequentColumns {
      let columns = FrequentColumns(of: sparse)
      var factors = FrequentColumnFactors(columns)
      // Labels whose matrix has no factor stay with the diagonal.
      for label in stride(from: 0, to: labels, by: 2) {
        factors.factors[label] = columns.factor(
          curvature: weights[label * sparse.rows..<(label + 1) * sparse.rows].reduce(0, +),
          l2Penalty: Self.l2Penalty, damping: Self.damping)
      }
      frequent = factors
    }
    var squares = conjugates.begin(
      against: gradients, preconditioner: inverses, frequent: frequent,
      Lanes(labels: active, stride: design.dimension))
    for step in 0..<40 {
      let curvatures = conjugates.multiply(
        .diagonal(weights), l2Penalty: Self.l2Penalty, damping: .init(repeating: Self.damping))
      var factors = LaneConjugates.Sums(repeating: 0)
      for lane in 0..<conjugates.lanes.labels.count where curvatures[lane] > 0 {
        factors[lane] = squares[lane] / curvatures[lane]
      }
      let old = squares
      squares = conjugates.advance(by: factors)
      var kept = LaneConjugates.Sums(repeating: 0)
      for lane in 0..<conjugates.lanes.labels.count where old[lane] > 0 {
        kept[lane] = squares[lane] / old[lane]
      }
      // The last label leaves when its system is solved.
      if step >= 30, active.count > 1 {
        let before = conjugates.lanes.labels
        active.removeLast()
        if conjugates.narrow(to: active, storing: &steps) {
          var (narrowSquares, narrowKept) = (squares, kept)
          for (lane, label) in active.enumerated() {
            let source = before.firstIndex(of: label) ?? 0
            narrowSquares[lane] = squares[source]
            narrowKept[lane] = kept[source]
          }
          (squares, kept) = (narrowSquares, narrowKept)
        }
      }
      conjugates.turn(keeping: kept)
    }
    conjugates.store(into: &steps)
    return steps
  }
}
