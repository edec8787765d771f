import Foundation
import LinearAlgebra

/// The weighted cross-entropy of softmax(a · scores + b) with one number a and one b for each class.
struct ShiftedSoftmaxLoss: ConvexLoss {
  /// Rows × classes.
  let scores: Matrix
  /// One for each row.
  let classes: [Int]
  /// For each class what a row of it counts.
  let rowWeights: [Double]
  /// What a row's own class is expected to have, the others sharing the rest: 1, or less where the
  /// target is smoothed.
  var ownShare = 1.0
  /// The classes whose b is sought, rising; the others have 0.
  let shifted: [Int]
  /// Whether a is sought, too; else it is 1.
  let isScaled: Bool
  /// ρ in the penalty ρ/2 Σ b², above 0.
  let ridge: Double

  /// Keeps the Hessian positive definite where scores do not differ.
  private static let hair = 1e-12

  /// b of all classes, from a point: the b of `shifted`, and behind them a where it is sought.
  func offsets(at point: [Double]) -> [Double] {
    var all = Array(repeating: 0.0, count: scores.columns)
    for (place, label) in shifted.enumerated() { all[label] = point[place] }
    return all
  }

  func value(at point: [Double]) -> Double {
    let (slope, offsets) = (isScaled ? point[shifted.count] : 1, offsets(at: point))
    let otherShare = otherShare
    var sum = offsets.reduce(0) { $0 + ridge / 2 * $1 * $1 }
    var shiftedScores = offsets
    for (row, own) in classes.enumerated() {
      var total = 0.0
      for label in offsets.indices {
        shiftedScores[label] = slope * scores[row, label] + offsets[label]
        total += shiftedScores[label]
      }
      let expected = otherShare * total + (ownShare - otherShare) * shiftedScores[own]
      sum += rowWeights[own] * (LogisticFunctions.logSumExp(shiftedScores) - expected)
    }
    return sum
  }

  func derivatives(at point: [Double]) -> (gradient: [Double], hessian: Matrix) {
    let (slope, offsets) = (isScaled ? point[shifted.count] : 1, offsets(at: point))
    let otherShare = otherShare
    var gradient = shifted.map { ridge * offsets[$0] } + (isScaled ? [0] : [])
    var hessian = Matrix(rows: point.count, columns: point.count, repeating: 0)
    for place in shifted.indices { hessian[place, place] = ridge }
    let last = shifted.count
    if isScaled { hessian[last, last] = Self.hair }
    for (row, own) in classes.enumerated() {
      let weight = rowWeights[own]
      let found = LogisticFunctions.softmax(
        offsets.indices.map { slope * scores[row, $0] + offsets[$0] })
      func target(_ label: Int) -> Double { label == own ? ownShare : otherShare }
      for (place, label) in shifted.enumerated() {
        gradient[place] += weight * (found[label] - target(label))
        hessian[place, place] += weight * found[label]
        for (other, otherLabel) in shifted.enumerated() {
          hessian[place, other] -= weight * found[label] * found[otherLabel]
        }
      }
      guard isScaled else { continue }
      var (mean, square) = (0.0, 0.0)
      for label in offsets.indices {
        let score = scores[row, label]
        mean += found[label] * score
        square += found[label] * score * score
        gradient[last] += weight * (found[label] - target(label)) * score
      }
      hessian[last, last] += weight * (square - mean * mean)
      for (place, label) in shifted.enumerated() {
        let mixed = weight * found[label] * (scores[row, label] - mean)
        hessian[place, last] += mixed
        hessian[last, place] += mixed
      }
    }
    return (gradient, hessian)
  }

  private var otherShare: Double { (1 - ownShare) / Double(max(1, scores.columns - 1)) }
}
