/// A dense matrix of `Double`, stored row after row.
///
/// `elements[row * columns + column]` is the entry at (`row`, `column`).
public struct Matrix: Hashable, Sendable {
  /// The number of rows, at least 0.
  public let rows: Int
  /// The number of columns, at least 0.
  public let columns: Int
  /// The entries, row after row (`rows * columns` of them).
  public package(set) var elements: [Double]

  /// Makes a matrix with the same number everywhere.
  public init(rows: Int, columns: Int, repeating element: Double = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative number of rows or columns")
    self.rows = rows
    self.columns = columns
    self.elements = Array(repeating: element, count: rows * columns)
  }

  /// Makes a matrix of `elements`, which stand row after row.
  ///
  /// - Parameter elements: exactly `rows * columns` numbers.
  public init(rows: Int, columns: Int, elements: [Double]) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative number of rows or columns")
    precondition(
      elements.count == rows * columns,
      "\(elements.count) elements do not fill \(rows) rows of \(columns) columns")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The entry at (`row`, `column`).
  public subscript(row: Int, column: Int) -> Double {
    get {
      precondition(column >= 0 && column < columns, "no column \(column) in \(columns)")
      return elements[row * columns + column]
    }
    set {
      precondition(column >= 0 && column < columns, "no column \(column) in \(columns)")
      elements[row * columns + column] = newValue
    }
  }

  /// The entries of one row, in the order of the columns.
  ///
  /// The slice's indices are those of `elements`, as everywhere with `ArraySlice`.
  public func row(_ row: Int) -> ArraySlice<Double> {
    precondition(row >= 0 && row < rows, "no row \(row) in \(rows)")
    return elements[row * columns..<(row + 1) * columns]
  }

  /// The matrix with rows and columns exchanged.
  public func transposed() -> Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns {
        result.elements[column * rows + row] = elements[row * columns + column]
      }
    }
    return result
  }
}
