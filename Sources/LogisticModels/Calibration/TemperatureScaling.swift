import Foundation
public import LinearAlgebra

/// Softmax scores divided by one number, which changes how sure they are but not their order.
///
/// Source: Guo, Pleiss, Sun & Weinberger, On calibration of modern neural networks (2017),
/// section 4.2.
public struct TemperatureScaling: Hashable, Codable, Sendable {
  /// Above 1 makes probabilities more even, below 1 more extreme.
  public let temperature: Double

  public init(temperature: Double) {
    precondition(temperature > 0 && temperature.isFinite, "a temperature is above 0")
    self.temperature = temperature
  }

  /// The temperatures that a fit may return.
  public static let range = 0.01...100

  /// The temperature in `range` with the lowest log loss against smoothed targets: of n rows and k
  /// classes, a row's own class counts (n + 1)/(n + k) and each other 1/(n + k), which keeps
  /// probabilities away from 0 and 1 where every score is right (after Lin, Lin & Weng 2007).
  ///
  /// The loss is convex in 1/temperature; golden-section search over its logarithm finds the
  /// minimum, which is unique.
  ///
  /// - Parameters:
  ///   - scores: rows × classes, out-of-fold.
  ///   - classes: one for each row, in 0 ..< the number of columns.
  ///   - offsets: what is added to each class's score / temperature; `nil` for nothing.
  public static func fit(
    scores: Matrix, classes: [Int], offsets: [Double]? = nil
  ) -> TemperatureScaling {
    precondition(scores.rows == classes.count, "one class for each row")
    precondition(offsets.map { $0.count == scores.columns } ?? true, "one offset for each class")
    let other = 1 / Double(classes.count + scores.columns)
    let own = 1 - other * Double(scores.columns - 1)
    func loss(_ logarithm: Double) -> Double {
      let inverse = exp(-logarithm)
      return classes.indices.reduce(0) { sum, row in
        var scaled = scores.row(row).map { $0 * inverse }
        if let offsets { for label in offsets.indices { scaled[label] += offsets[label] } }
        let expected = other * scaled.reduce(0, +) + (own - other) * scaled[classes[row]]
        return sum + LogisticFunctions.logSumExp(scaled) - expected
      }
    }
    var low = log(Self.range.lowerBound)
    var high = log(Self.range.upperBound)
    let ratio = (5.0.squareRoot() - 1) / 2
    var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
    var (leftLoss, rightLoss) = (loss(left), loss(right))
    while high - low > tolerance {
      if leftLoss <= rightLoss {
        (high, right, rightLoss) = (right, left, leftLoss)
        left = high - ratio * (high - low)
        leftLoss = loss(left)
      } else {
        (low, left, leftLoss) = (left, right, rightLoss)
        right = low + ratio * (high - low)
        rightLoss = loss(right)
      }
    }
    return TemperatureScaling(temperature: exp((low + high) / 2))
  }

  /// Of the logarithm: the probabilities then move in their sixth digit at most.
  private static let tolerance = 1e-6
}
