import LinearAlgebra
import Testing

@Suite("Products of dense matrices and of sparse rows")
struct MatrixProductTests {
  private func product(_ left: Matrix, _ right: Matrix) -> Matrix {
    var result = Matrix(rows: left.rows, columns: right.columns)
    for row in 0..<left.rows {
      for column in 0..<right.columns {
        for inner in 0..<left.columns {
          result[row, column] += left[row, inner] * right[inner, column]
        }
      }
    }
    return result
  }

  @Test(
    "a dense product equals plain loops",
    arguments: [(1, 1, 1), (3, 5, 2), (2, 40, 33), (0, 3, 2), (2, 0, 3), (2, 3, 0)])
  func dense(rows: Int, inner: Int, columns: Int) {
    var generator = SeededGenerator(seed: 5)
    let (left, right) = (generator.matrix(rows, inner), generator.matrix(inner, columns))
    let (found, expected) = (left.product(right), product(left, right))
    #expect(found.rows == rows && found.columns == columns)
    #expect(relativeDifference(found.elements, expected.elements) < 1e-13)
  }

  @Test("a product of sparse rows equals the dense one", arguments: [1, 2, 3] as [UInt64])
  func crossProduct(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func documents(_ rows: Int) -> SparseMatrix {
      var dense = generator.matrix(rows, 30)
      for row in 0..<rows {
        for column in 0..<30 where (row + column) % 3 != 0 { dense[row, column] = 0 }
      }
      return SparseMatrix(dense)
    }
    let (first, second) = (documents(17), documents(9))
    let expected = product(first.dense(), second.dense().transposed())
    #expect(relativeDifference(first.crossProduct(second).elements, expected.elements) < 1e-13)
    let similarities = first.crossProduct(first)
    #expect(similarities == similarities.transposed())
  }

  @Test("an inverse times its matrix is the identity", arguments: [1, 2, 7, 90])
  func inverse(order: Int) throws {
    var generator = SeededGenerator(seed: UInt64(order))
    let root = generator.matrix(order, order)
    var matrix = root.product(root.transposed())
    for position in 0..<order { matrix[position, position] += 1 }
    let inverse = try CholeskyFactor(matrix).inverse()
    #expect(inverse == inverse.transposed())
    let found = matrix.product(inverse)
    for row in 0..<order {
      for column in 0..<order {
        // The condition number is below 1000: the smallest eigenvalue is at least 1.
        #expect(abs(found[row, column] - (row == column ? 1 : 0)) < 1e-11)
      }
    }
  }
}
