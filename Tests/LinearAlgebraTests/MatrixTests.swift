import LinearAlgebra
import Testing

@Suite("Matrices")
struct MatrixTests {
  @Test("a dense matrix is stored row after row")
  func layout() {
    var matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    matrix[0, 2] = 9
    #expect(matrix.elements == [1, 2, 9, 4, 5, 6])
    #expect(matrix.transposed() == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 9, 6]))
  }

  @Test("a matrix without rows or columns is a matrix")
  func empty() {
    #expect(Matrix(rows: 0, columns: 5).transposed() == Matrix(rows: 5, columns: 0))
    #expect(SparseMatrix(Matrix(rows: 0, columns: 0)).nonZeroCount == 0)
  }

  @Test(
    "a sparse matrix keeps exactly the non-zeros of a dense one",
    arguments: 1...5 as ClosedRange<UInt64>)
  func sparseRoundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let sparse = generator.sparseMatrix(13, 9)
    let dense = sparse.dense()
    #expect(SparseMatrix(dense) == sparse)
    #expect(sparse.nonZeroCount == dense.elements.count { $0 != 0 }, "seed \(seed)")
    let counts = (0..<9).map { column in (0..<13).count { dense[$0, column] != 0 } }
    #expect(sparse.nonZeroCountsByColumn() == counts)
  }

  @Test("selected rows come in the given order, repeated as given")
  func selection() {
    let dense = Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 0, 0, 3])
    let selected = SparseMatrix(dense).selectingRows([2, 1, 2])
    #expect(selected.dense() == Matrix(rows: 3, columns: 2, elements: [0, 3, 0, 0, 0, 3]))
  }

  @Test("the generator varies with its seed and its position")
  func generatorVaries() {
    var (one, two) = (SeededGenerator(seed: 1), SeededGenerator(seed: 2))
    let numbers = one.numbers(100)
    #expect(Set(numbers).count == 100)
    #expect(numbers != two.numbers(100))
  }
}
