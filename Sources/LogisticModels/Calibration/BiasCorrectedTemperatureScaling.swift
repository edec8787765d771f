public import LinearAlgebra

/// Softmax scores divided by one number and shifted by one for each class: beside how sure they are, how
/// often they expect each class is put right, as after a fit with balanced weights.
///
/// Source: Alexandari, Kundaje & Shrikumar, Maximum likelihood with bias-corrected calibration is
/// hard-to-beat at label shift adaptation (2020), section 3.
public struct BiasCorrectedTemperatureScaling: Hashable, Sendable {
  /// In `TemperatureScaling.range`.
  public let temperature: Double
  /// What is added to score / temperature, one for each class; the largest is 0, the smallest at least
  /// −`largestOffset`.
  public let offsets: [Double]

  /// An offset beyond it takes 160,000 to 1 from a class, which no data of the sizes that are labelled
  /// tell.
  public static let largestOffset = 12.0

  /// The temperature and the offsets with the lowest log loss against the smoothed targets of
  /// `TemperatureScaling`, with a standard normal prior on each offset before the largest is taken off all of
  /// them, so that the order of classes does not matter; `nil` where either is out of its range, or there is
  /// nothing to fit to.
  ///
  /// - Parameters:
  ///   - scores: rows × classes, out-of-fold.
  ///   - classes: one for each row, in 0 ..< the number of columns.
  public static func fit(scores: Matrix, classes: [Int]) -> BiasCorrectedTemperatureScaling? {
    precondition(scores.rows == classes.count, "one class for each row")
    guard scores.rows > 0, scores.columns > 1 else { return nil }
    let count = Double(classes.count)
    // Of all offsets only differences matter to probabilities: the prior makes their sum 0.
    let loss = ShiftedSoftmaxLoss(
      scores: scores, classes: classes,
      rowWeights: Array(repeating: 1 / count, count: scores.columns),
      ownShare: (count + 1) / (count + Double(scores.columns)), shifted: Array(0..<scores.columns),
      isScaled: true, ridge: 1 / count)
    let start = Array(repeating: 0.0, count: scores.columns) + [1]
    let found = loss.minimum(from: start, tolerance: gradientTolerance)
    let temperature = 1 / (found.last ?? 1)
    guard TemperatureScaling.range.contains(temperature) else { return nil }
    let offsets = loss.offsets(at: found)
    let largest = offsets.max() ?? 0
    guard offsets.allSatisfy({ largest - $0 <= largestOffset }) else { return nil }
    return BiasCorrectedTemperatureScaling(
      temperature: temperature, offsets: offsets.map { $0 - largest })
  }

  /// Of the mean loss: below it probabilities move in their eighth digit.
  private static let gradientTolerance = 1e-9
}
