import Foundation
public import LinearAlgebra

/// How much more often a feature stands with a label than without it, naive Bayes' view of a feature.
///
/// With p = α + the weight of the label's documents that have the feature, and q the same of the
/// others, r = ln((p/‖p‖₁)/(q/‖q‖₁)). Features scaled by |r| let a penalized fit spend its coefficients on
/// what tells labels apart: the penalty λ/2 ‖v‖² on v = w/|r| is one of λ/r² on each coefficient.
///
/// Source: Wang & Manning, Baselines and bigrams: simple, good sentiment and topic classification
/// (2012), equations 2 and 3, with α = 1. The sign of r is left out, as the penalty does not see it.
public enum LogCountRatios {
  /// α: what every feature counts with either side before any document does.
  public static let smoothing = 1.0

  /// |r| of each feature for one label.
  ///
  /// - Parameters:
  ///   - documents: rows × features; a feature is there where its value is not 0.
  ///   - positives: one for each row.
  ///   - rowWeights: one for each row, finite and at least 0.
  /// - Returns: `documents.columns` numbers of at least 0.
  public static func scales(
    _ documents: SparseMatrix, positives: [Bool], rowWeights: [Double]
  ) -> [Double] {
    scales(
      documents, classes: positives.map { $0 ? 1 : 0 }, classCount: 2, rowWeights: rowWeights)
  }

  /// The largest |r| of each feature over all classes, each against the others: a softmax has one scale
  /// a feature.
  ///
  /// - Parameters:
  ///   - documents: as above.
  ///   - classes: one for each row, in 0 ..< `classCount`.
  ///   - rowWeights: one for each row, finite and at least 0.
  /// - Returns: `documents.columns` numbers of at least 0.
  public static func scales(
    _ documents: SparseMatrix, classes: [Int], classCount: Int, rowWeights: [Double]
  ) -> [Double] {
    precondition(
      classes.count == documents.rows && rowWeights.count == documents.rows,
      "one class and one weight for each row")
    let features = documents.columns
    var counts = [Double](repeating: 0, count: features * classCount)
    let (columns, values) = (documents.columnIndices, documents.values)
    for row in 0..<documents.rows {
      for position in documents.nonZeros(ofRow: row) where values[position] != 0 {
        counts[Int(columns[position]) * classCount + classes[row]] +=
          rowWeights[row]
      }
    }
    var totals = [Double](repeating: 0, count: classCount)
    for feature in 0..<features {
      for label in 0..<classCount { totals[label] += counts[feature * classCount + label] }
    }
    let all = totals.reduce(0, +)
    let smoothed = smoothing * Double(features)
    return (0..<features).map { feature in
      let own = counts[feature * classCount..<(feature + 1) * classCount]
      let sum = own.reduce(0, +)
      return own.enumerated().reduce(0) { largest, entry in
        let share = (smoothing + entry.element) / (smoothed + totals[entry.offset])
        let others = (smoothing + sum - entry.element) / (smoothed + all - totals[entry.offset])
        return max(largest, abs(log(share / others)))
      }
    }
  }
}
