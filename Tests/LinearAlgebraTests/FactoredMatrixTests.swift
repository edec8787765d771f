import Testing

@testable import LinearAlgebra

/// As in `SparseProductTests`: sums in single precision, relative to the largest.
private let singleRounding = 1e-5

@Suite("Matrices whose entries are products")
struct FactoredMatrixTests {
  /// Rows × columns: one segment, several, more columns than two bytes can number, and so many rows that
  /// several threads write them, some at a time.
  static let shapes = [(60, 12), (700, 9), (40, 70_000), (0, 3), (6000, 40)]

  @Test(
    "have passes in single precision over rows in their own order", arguments: shapes,
    [1, 3, 8, 11]
  )
  func passes(shape: (Int, Int), labels: Int) {
    let seed = UInt64(shape.0 + labels)
    var generator = SeededGenerator(seed: seed)
    let matrix = generator.factoredMatrix(shape.0, shape.1)
    let vectors = generator.numbers(labels * (shape.1 + 1))
    let series = generator.numbers(labels * shape.0)
    let expected = results(matrix.with(nil), vectors, series, labels, .allPasses, threads: 1)
    var before: [[Double]]?
    for threads in [1, 2, 20] {
      let found = results(matrix, vectors, series, labels, .singlePrecision, threads: threads)
      for (found, expected) in zip(found, expected) {
        #expect(relativeDifference(found, expected) < singleRounding, "seed \(seed)")
      }
      #expect(before == nil || found == before, "seed \(seed), \(threads) threads")
      before = found
      // Rows that are written when they are needed give the same to the last bit.
      let written = results(
        matrix.written(), vectors, series, labels, .singlePrecision, threads: threads)
      #expect(found.starts(with: written), "seed \(seed), \(threads) threads")
      #expect(written.count == (labels <= Lanes.widest ? 5 : 3))
    }
  }

  @Test("are the same whether they are stored or written when they are read", arguments: shapes)
  func written(shape: (Int, Int)) {
    var generator = SeededGenerator(seed: UInt64(shape.1))
    let stored = generator.factoredMatrix(shape.0, shape.1)
    let factors = generator.numbers(shape.1)
    let selection = shape.0 == 0 ? [] : [7, 7, shape.0 - 1, 0]
    for parallelism in [Parallelism.serial, Parallelism(threads: 3)] {
      #expect(stored.written(parallelism) == stored)
      #expect(stored.written(parallelism).stored() == stored)
      #expect(stored.written(parallelism).factors == stored.factors)
      #expect(stored.written(parallelism).hashValue == stored.hashValue)
      let selected = stored.written(parallelism).selectingRows(selection)
      #expect(selected == stored.selectingRows(selection))
      #expect(selected.factors == stored.selectingRows(selection).factors)
      #expect(
        stored.written(parallelism).scalingColumns(by: factors)
          == stored.scalingColumns(by: factors))
      let (frequent, expected) = (
        FrequentColumns(of: stored.written(parallelism)), FrequentColumns(of: stored)
      )
      #expect(frequent.columns == expected.columns && frequent.moments == expected.moments)
    }
  }

  @Test("are ordered by their rows' shapes, in segments of the same work")
  func order() {
    var generator = SeededGenerator(seed: 5)
    let matrix = generator.factoredMatrix(700, 9)
    let design = DesignMatrix(matrix, parallelism: .serial, purpose: .singlePrecision)
    let order = design.rowOrder.map(Int.init)
    #expect(order.sorted() == Array(0..<700))
    #expect(DesignMatrix(matrix, parallelism: .serial).rowOrder.isEmpty)
    let ones = order.map { row in
      matrix.nonZeros(ofRow: row).count { matrix.factors?.areProducts[$0] ?? false }
    }
    // Each segment begins with short rows again.
    let falls = zip(ones, ones.dropFirst()).count { $0 > $1 }
    #expect(falls == 7)
  }

  @Test("fall back to their values where a factor is of no use", arguments: [0, 1e-40, .infinity])
  func unusableFactors(factor: Double) {
    var generator = SeededGenerator(seed: 8)
    let matrix = generator.factoredMatrix(60, 12)
    let vectors = generator.numbers(2 * 13)
    let series = generator.numbers(2 * 60)
    var columns = matrix.factors?.columns ?? []
    columns[3] = factor
    let spoilt = matrix.with(
      EntryFactors(
        rows: matrix.factors?.rows ?? [], columns: columns,
        areProducts: matrix.factors?.areProducts ?? []))
    var rows = matrix.factors?.rows ?? []
    rows[5] = factor
    let spoiltRow = matrix.with(
      EntryFactors(
        rows: rows, columns: matrix.factors?.columns ?? [],
        areProducts: matrix.factors?.areProducts ?? []))
    let expected = results(matrix.with(nil), vectors, series, 2, .allPasses, threads: 1)
    for spoilt in [spoilt, spoilt.written(), spoiltRow, spoiltRow.written()] {
      let found = results(spoilt, vectors, series, 2, .singlePrecision, threads: 1)
      for (found, expected) in zip(found, expected) {
        #expect(relativeDifference(found, expected) < singleRounding)
      }
    }
  }

  @Test("keep their factors when rows are selected and columns scaled")
  func derivedMatrices() throws {
    var generator = SeededGenerator(seed: 6)
    let matrix = generator.factoredMatrix(60, 12)
    let selected = matrix.selectingRows([5, 5, 59, 0])
    let scaled = selected.scalingColumns(by: generator.numbers(12).map { 2 + $0 })
    for matrix in [matrix, selected, scaled] {
      let factors = try #require(matrix.factors)
      #expect(factors.areProducts.contains(true) && factors.areProducts.contains(false))
      for row in 0..<matrix.rows {
        for position in matrix.nonZeros(ofRow: row) where factors.areProducts[position] {
          let column = Int(matrix.columnIndices[position])
          let product = factors.rows[row] * factors.columns[column]
          #expect(abs(matrix.values[position] / product - 1) < 1e-14)
        }
      }
    }
    #expect(matrix.with(nil) == matrix)
  }

  /// In single precision margins in the documents' order, sums and sums of squares, and Hessian products;
  /// in double precision margins and sums, where the design serves it.
  private func results(
    _ matrix: SparseMatrix, _ vectors: [Double], _ series: [Double], _ labels: Int,
    _ purpose: DesignMatrix.Purpose, threads: Int
  ) -> [[Double]] {
    let design = DesignMatrix(
      matrix, parallelism: Parallelism(threads: threads), purpose: purpose,
      minimumNonZerosPerThread: 1)
    let lanes = Lanes(count: labels, stride: design.dimension)
    let rows = matrix.rows
    let order = design.rowOrder.isEmpty ? Array(0..<rows) : design.rowOrder.map(Int.init)
    func inOrder(_ numbers: [Double]) -> [Double] {
      (0..<labels).flatMap { label in order.map { numbers[label * rows + $0] } }
    }
    var workspace = LaneWorkspace()
    var results: [[Double]] = []
    func appendProduct(_ multiply: (inout [Double]) -> Void) {
      var margins = [Double](repeating: 0, count: series.count)
      multiply(&margins)
      var inDocuments = margins
      for label in 0..<labels {
        for (place, row) in order.enumerated() {
          inDocuments[label * rows + row] = margins[label * rows + place]
        }
      }
      results.append(inDocuments)
    }
    appendProduct { design.singleProduct(vectors, lanes: lanes, into: &$0, using: &workspace) }
    let ordered = inOrder(series)
    let zeros = [Double](repeating: 0, count: vectors.count)
    var both = (products: zeros, squares: zeros)
    design.singleTransposedProducts(
      ordered, ordered, lanes: lanes, into: &both, using: &workspace)
    results += [both.products, both.squares]
    // More labels than one pass can serve take several, in double precision.
    guard design.documents != nil || labels <= Lanes.widest else { return results }
    for weights in [
      RowWeights.diagonal(ordered),
      .diagonalMinusRankOne(
        probabilities: ordered, weights: Array(ordered.prefix(rows).map(abs))),
    ] {
      var products = zeros
      design.hessianProduct(
        vectors, weights: weights, lanes: lanes, into: &products, using: &workspace)
      results.append(products)
    }
    guard design.documents != nil else { return results }
    appendProduct { design.product(vectors, lanes: lanes, into: &$0, using: &workspace) }
    var sums = zeros
    design.transposedProduct(ordered, lanes: lanes, into: &sums, using: &workspace)
    results.append(sums)
    return results
  }
}

extension SparseMatrix {
  /// The same matrix, whose rows are copied whenever they are read.
  fileprivate func written(_ parallelism: Parallelism = .serial) -> SparseMatrix {
    let (columns, values) = (columnIndices, values)
    guard let factors else { preconditionFailure("a matrix with factors") }
    let offsets = rowOffsets
    let marked = (0..<rows).map { row in
      Int32(nonZeros(ofRow: row).count { factors.areProducts[$0] })
    }
    return SparseMatrix(
      columnFactors: factors.columns, rowOffsets: offsets, markedCounts: marked, parallelism
    ) { rows, target in
      for (place, entry) in (offsets[rows.lowerBound]..<offsets[rows.upperBound]).enumerated() {
        target.columns[place] = columns[entry]
        target.values[place] = values[entry]
        target.marks[place] = factors.areProducts[entry]
      }
      for row in rows { target.rowFactors[row - rows.lowerBound] = factors.rows[row] }
    }
  }
}

extension SeededGenerator {
  /// A matrix as weighted counts make it: most entries a product of their row's and their column's factor,
  /// some a multiple of it.
  mutating func factoredMatrix(_ rows: Int, _ columns: Int) -> SparseMatrix {
    var pattern = sparseMatrix(rows, min(columns, 40))
    let spread = max(1, columns / 40)
    let rowFactors = numbers(rows).map { 0.3 + abs($0) }
    let columnFactors = numbers(columns).map { 1 + 3 * abs($0) }
    let areProducts = pattern.values.map { $0 < 0.6 }
    var values: [Double] = []
    for row in 0..<rows {
      for position in pattern.nonZeros(ofRow: row) {
        let column = Int(pattern.columnIndices[position]) * spread
        let count = areProducts[position] ? 1 : 1 + pattern.values[position]
        values.append(rowFactors[row] * columnFactors[column] * count)
      }
    }
    pattern = SparseMatrix(
      rows: rows, columns: columns, rowOffsets: pattern.rowOffsets,
      columnIndices: pattern.columnIndices.map { $0 * Int32(spread) }, values: values)
    return pattern.with(
      EntryFactors(rows: rowFactors, columns: columnFactors, areProducts: areProducts))
  }
}
