package import LinearAlgebra

/// The loss of the rows as a function of their margins, without any matrix.
///
/// Weights are normalized by their sum, so that losses are means. Arrays have one number for each
/// label and row, label after label.
package protocol RowLoss: Sendable {
  /// The number of rows.
  var rows: Int { get }
  /// The number of labels or classes: margins a row.
  var labels: Int { get }
  /// The labels of one block: 1 when labels are independent, all of them in a softmax.
  var labelsPerBlock: Int { get }

  /// The same loss of rows that stand in another order.
  ///
  /// - Parameters:
  ///   - order: which row comes to each place; empty for no change.
  ///   - parallelism: how many threads may work.
  func inOrder(_ order: [Int32], _ parallelism: Parallelism) -> Self
  /// The loss at margin + step · searchMargin, summed over a range of rows, and its derivative by
  /// the step; writes the residuals ∂loss/∂margin and the curvatures of these rows.
  func evaluate(_ trial: Trial, _ rows: Range<Int>, _ series: RowPointers) -> TrialValue
  /// The matrix between Xᵀ and X in the Hessian, of the curvatures that `evaluate` wrote.
  func hessianWeights(_ curvatures: [Double]) -> RowWeights
  /// The diagonal of that matrix, label after label; only some labels are needed.
  ///
  /// - Parameter memory: kept from call to call for the result.
  func diagonal(
    of curvatures: [Double], labels: [Int], in memory: inout [Double], _ parallelism: Parallelism
  ) -> [Double]
}

extension RowLoss {
  /// Sums over rows are made of sums over blocks of this many, whatever the number of threads.
  static var rowsPerSum: Int { 1024 }
  /// Rows that are sampled together: their numbers are one cache line of each series.
  static var rowsPerGroup: Int { 8 }
  /// So many groups tell differences of slopes to about a hundredth.
  static var sampledGroups: Int { 1024 }
  /// As `rowsPerSum`, for groups.
  static var groupsPerSum: Int { 64 }
}

/// The series of numbers that a loss reads and writes, one for each label and row.
struct RowSeriesSet: Sendable {
  /// At the current points.
  var margins: [Double] = []
  /// Of the search directions.
  var searchMargins: [Double] = []
  /// The derivative of the loss at the last trial.
  var residuals: [Double] = []
  /// The second derivative, or for a softmax the probabilities, at the last trial.
  var curvatures: [Double] = []

  /// Sets all margins to zero, in series of `count` numbers.
  mutating func startAtZero(count: Int, _ parallelism: Parallelism) {
    if margins.count == count {
      for position in margins.indices { (margins[position], searchMargins[position]) = (0, 0) }
    } else {
      margins = VectorOperations.zeros(count, parallelism)
      searchMargins = VectorOperations.zeros(count, parallelism)
      residuals = VectorOperations.zeros(count, parallelism)
      curvatures = VectorOperations.zeros(count, parallelism)
    }
  }
}
